//! What migrations have to decide, as the generator asks it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use barewire_codegen::Config;
use barewire_codegen::scaffold::Question;
use barewire_syntax::diff::Comparison;
use barewire_syntax::family::{Family, Version};
use barewire_syntax::frozen::Label;
use barewire_syntax::ir::DefId;

use crate::output::{counted, listed};
use crate::paint;

/// Old names and the new ones of the same definitions.
type Renamed = [(String, String)];

const NO_CODE: &str = "\nno code is generated for these schemas; `barewire generate` says why\n";

/// What the migration between the two versions of a family has to decide, in both directions.
pub(super) fn between(family: &Family, renamed: &Renamed) -> String {
    let Some(questions) = of(family, renamed) else { return NO_CODE.to_owned() };
    let strong = paint::STRONG;
    let mut text = String::new();
    for (from, way) in [(1, "from old to new"), (2, "from new to old")] {
        let asked: Vec<&Question> =
            questions.iter().filter(|question| question.from == Label::version(from)).collect();
        let _ = write!(text, "\n{strong}a migration {way} {strong:#}");
        match asked.len() {
            0 => text.push_str("has nothing to decide\n"),
            count => {
                let _ = writeln!(text, "has {} to write", counted(count, "method"));
                asked.iter().for_each(|question| text.push_str(&line(question)));
            }
        }
    }
    if let [old, new] = family.versions() {
        text.push_str(&apart(old, new, renamed));
    }
    text
}

/// What the steps of a family ask that they did not ask before, and what they ask no more.
pub(super) fn since((old, was): (&Family, &Renamed), (new, is): (&Family, &Renamed)) -> String {
    let (Some(before), Some(after)) = (of(old, was), of(new, is)) else { return NO_CODE.to_owned() };
    let strong = paint::STRONG;
    let mut text = String::new();
    for (these, others, how) in [(&after, &before, "more"), (&before, &after, "no more")] {
        let asked: Vec<&Question> = these.iter().filter(|question| !others.contains(question)).collect();
        if asked.is_empty() {
            continue;
        }
        let methods = counted(asked.len(), "method");
        let _ = writeln!(text, "\n{strong}the migrations of the family{strong:#} ask {methods} {how}");
        for question in asked {
            let _ = write!(text, "  {} to {}:{}", question.from, question.to, &line(question)[1..]);
        }
    }
    if text.is_empty() {
        text.push_str("\nthe migrations of the family ask what they asked before\n");
    }
    text
}

/// What the steps of a family ask; nothing is asked where no code is generated.
fn of(family: &Family, renamed: &Renamed) -> Option<Vec<Question>> {
    let config = renamed.iter().fold(Config::new(), |config, (old, new)| config.renamed(old, new));
    config.questions(family).ok()
}

fn line(question: &Question) -> String {
    format!("  {}: {}\n", question.method, question.reasons.join("; "))
}

/// The messages that only one side has: about them nothing is asked, since they are not migrated.
fn apart(old: &Version, new: &Version, renamed: &Renamed) -> String {
    let comparison = Comparison::with_renamed(&old.schema, &new.schema, renamed);
    let kept: BTreeSet<DefId> = new.schema.ids().filter_map(|id| comparison.counterpart(id)).collect();
    let messages = |version: &Version, is_alone: &dyn Fn(DefId) -> bool| -> Vec<String> {
        let schema = &version.schema;
        let alone = schema.ids().filter(|id| !schema.is_used(*id) && is_alone(*id));
        alone.map(|id| schema.definition(id).name.clone()).collect()
    };
    let gone = messages(old, &|id| !kept.contains(&id));
    let added = messages(new, &|id| comparison.counterpart(id).is_none());
    let mut text = String::new();
    for (names, side) in [(&gone, "old"), (&added, "new")] {
        if !names.is_empty() {
            let is = if names.len() == 1 { "is a message" } else { "are messages" };
            let _ = write!(text, "\n{} {is} of the {side} side alone, and not migrated", listed(names));
        }
    }
    let spelled = match (&gone[..], &added[..]) {
        ([], _) | (_, []) => None,
        ([gone], [added]) => Some(format!("{gone}={added}")),
        _ => Some("OLD=NEW".to_owned()),
    };
    if let Some(pair) = spelled {
        let _ = write!(text, "\nif a message only has another name, say so by `--renamed {pair}`");
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}
