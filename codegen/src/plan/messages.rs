//! The messages of a family through its versions, and the steps that they need.

use std::collections::BTreeSet;

use barewire_syntax::frozen::Label;
use barewire_syntax::ir::{self, DefId};

use super::step::{Carried, Planner, Version};
use super::{Body, Kind, Message, MessageLayout, MessageStep, Module, Source, Step, Unchanged};
use crate::config::Config;

/// The steps between neighbours of `sources`, up and down, and the messages that they carry.
pub(super) fn plan(sources: &[Source<'_>], modules: &[Module], config: &Config) -> (Vec<Step>, Vec<Message>) {
    let all: Vec<Version<'_>> = sources
        .iter()
        .zip(modules)
        .filter_map(|(source, module)| {
            let label = module.label.as_ref()?;
            Some(Version { label, schema: source.schema, module })
        })
        .collect();
    let (alternates, versions): (Vec<_>, Vec<_>) =
        all.iter().copied().partition(|version| version.module.is_alternate());
    let renamed = config.renames();
    let reversed: Vec<(String, String)> =
        renamed.iter().map(|(old, new)| (new.clone(), old.clone())).collect();
    let pairs = || versions.windows(2).map(|pair| (pair[0], pair[1]));
    let mut up: Vec<Planner<'_>> = pairs().map(|(old, new)| Planner::new(old, new, renamed, true)).collect();
    let mut down: Vec<Planner<'_>> =
        pairs().map(|(old, new)| Planner::new(new, old, &reversed, false)).collect();
    let mut aside: Vec<(usize, Planner<'_>)> = alternates
        .iter()
        .filter_map(|alternate| {
            let of = versions.iter().position(|version| version.label.number == alternate.label.number)?;
            Some((of, Planner::new(*alternate, versions[of], renamed, true)))
        })
        .collect();

    let mut messages = Vec::new();
    for id in message_ids(versions.last(), config) {
        let mut trace = Trace { versions: &versions, up: &mut up, down: &mut down, aside: &mut aside };
        let layouts = trace.layouts(id, &alternates);
        messages.push(Message { layouts, unchanged: Vec::new() });
    }
    let neighbours = up.into_iter().zip(down).flat_map(|(up, down)| [up.finish(), down.finish()]);
    let steps: Vec<Step> = neighbours.chain(aside.into_iter().map(|(_, planner)| planner.finish())).collect();
    for message in &mut messages {
        message.unchanged = unchanged(&message.layouts, &steps);
    }
    (steps, messages)
}

/// The members that are the same in one of `layouts` and in all newer ones, by the steps in both directions.
fn unchanged(layouts: &[MessageLayout], steps: &[Step]) -> Vec<Unchanged> {
    let mut found: Vec<Unchanged> = Vec::new();
    let mut tags: Option<BTreeSet<u64>> = None;
    for (distance, pair) in layouts.windows(2).rev().enumerate() {
        let [older, newer] = pair else { unreachable!("a window of two") };
        let Some(MessageStep { up, down }) = &older.next else { break };
        if older.name != newer.name {
            // The paths of errors would begin with another name.
            break;
        }
        let (old, new) = (Label::version(older.last), Label::version(newer.first));
        let both = &same_tags(steps, (&old, &new), up) & &same_tags(steps, (&new, &old), down);
        let same = tags.map_or_else(|| both.clone(), |newer| &newer & &both);
        if !same.is_empty() && older.alternates.is_empty() {
            let tags = same.iter().copied().collect();
            found.push(Unchanged { first: older.first, last: older.last, steps: distance + 1, tags });
        }
        tags = Some(same);
    }
    found.reverse();
    found
}

/// The tags of the members that the generated method of a step leaves as they are; none if it is written by hand.
fn same_tags(steps: &[Step], (from, to): (&Label, &Label), method: &str) -> BTreeSet<u64> {
    let step = steps.iter().find(|step| step.from == *from && step.to == *to);
    let method = step.and_then(|step| step.methods.iter().find(|other| other.name == method));
    match method.map(|method| &method.body) {
        Some(Body::Union(arms)) => arms.iter().filter_map(|arm| arm.unchanged).collect(),
        _ => BTreeSet::new(),
    }
}

/// The messages of the newest version, each once.
fn message_ids(latest: Option<&Version<'_>>, config: &Config) -> Vec<DefId> {
    let Some(latest) = latest else { return Vec::new() };
    let chosen: Vec<DefId> = match config.chosen_messages() {
        Some(names) => names.iter().filter_map(|name| latest.schema.find(name)).collect(),
        None => latest.schema.ids().filter(|id| !latest.schema.is_used(*id)).collect(),
    };
    let mut ids: Vec<DefId> = Vec::new();
    for id in chosen.into_iter().map(|id| behind_aliases(latest, id)) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// The definition that has a type of its own, if `id` is another name for one.
fn behind_aliases(version: &Version<'_>, mut id: DefId) -> DefId {
    while let Kind::Alias(_) = kind(version, id)
        && let ir::Type::Named(target) = version.schema.ty(version.schema.definition(id).ty)
    {
        id = *target;
    }
    id
}

fn kind<'p>(version: &Version<'p>, id: DefId) -> &'p Kind {
    &version.module.definitions[id.index()].item().kind
}

/// Following a message down the versions.
struct Trace<'t, 'p> {
    versions: &'t [Version<'p>],
    up: &'t mut [Planner<'p>],
    down: &'t mut [Planner<'p>],
    aside: &'t mut [(usize, Planner<'p>)],
}

impl Trace<'_, '_> {
    /// The layouts of the message that is `latest` in the newest version, oldest first.
    fn layouts(&mut self, latest: DefId, alternates: &[Version<'_>]) -> Vec<MessageLayout> {
        let mut at = self.versions.len() - 1;
        let mut id = latest;
        let mut layouts = vec![self.layout(at, id)];
        self.alternates(at, id, alternates, &mut layouts[0]);
        while let Some(before) = at.checked_sub(1)
            && let Some(older) = self.up[before].counterpart(id)
            && !matches!(kind(&self.versions[before], older), Kind::Alias(_))
            && let Some(up) = self.up[before].message(id)
            && let Some(down) = self.down[before].message(older)
        {
            (at, id) = (before, older);
            match (up, down) {
                (Carried::By(up), Carried::By(down)) => {
                    let layout = self.layout(at, id);
                    layouts.push(MessageLayout { next: Some(MessageStep { up, down }), ..layout });
                }
                (Carried::Moved, _) | (_, Carried::Moved) => {
                    let layout = layouts.last_mut().expect("the newest is there");
                    layout.first = self.versions[at].label.number;
                }
            }
            let layout = layouts.last_mut().expect("the newest is there");
            self.alternates(at, id, alternates, layout);
        }
        layouts.reverse();
        layouts
    }

    fn layout(&self, at: usize, id: DefId) -> MessageLayout {
        let version = &self.versions[at];
        let number = version.label.number;
        let name = version.module.definitions[id.index()].item().name.clone();
        MessageLayout { first: number, last: number, name, next: None, alternates: Vec::new() }
    }

    /// Adds the alternates of a version in which the message has another layout.
    fn alternates(&mut self, at: usize, id: DefId, alternates: &[Version<'_>], layout: &mut MessageLayout) {
        for ((of, planner), alternate) in self.aside.iter_mut().zip(alternates) {
            if *of == at
                && let Some(other) = planner.counterpart(id)
                && !matches!(kind(alternate, other), Kind::Alias(_))
                && let Some(Carried::By(method)) = planner.message(id)
            {
                layout.alternates.push((alternate.label.clone(), method));
            }
        }
    }
}
