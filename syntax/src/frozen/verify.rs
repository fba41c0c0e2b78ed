//! Comparing the versions of a family with what was frozen of them.

use super::effect::effect;
use super::{Entry, Frozen, State};
use crate::diff::{self, Change, ChangeKind, Status, sentence};
use crate::findings::Findings;
use crate::ir::{DefId, Schema};
use crate::quote::{clip, quote};
use crate::{Checked, Diagnostic, SourceId, Span, code};

const REMEDY: &str = "undo this, and make the change in a version that is not released yet";

/// A version as it stands in its file.
pub(crate) struct Current<'a> {
    pub(crate) schema: &'a Checked<Schema>,
    pub(crate) source: SourceId,
}

/// Every way in which a version departs from what was frozen, for each version that does.
pub(crate) fn verify<'a>(
    frozen: &Frozen,
    frozen_source: SourceId,
    current: impl Fn(&Entry) -> Option<Current<'a>>,
) -> Vec<Findings> {
    let departures = frozen.entries().iter().map(|entry| departures(entry, frozen_source, current(entry)));
    departures.filter(|findings| findings.error_count() > 0).collect()
}

/// Every way in which a version departs from what was frozen of it; without a version, that it is missing.
pub(crate) fn departures(entry: &Entry, frozen_source: SourceId, current: Option<Current<'_>>) -> Findings {
    match current {
        Some(current) => Departure { entry, frozen_source, current }.findings(),
        None => {
            let mut findings = Findings::new(frozen_source);
            findings.push(missing(entry, frozen_source));
            findings
        }
    }
}

fn missing(entry: &Entry, source: SourceId) -> Diagnostic {
    let Entry { label, state, .. } = entry;
    let state = match state {
        State::Frozen => "frozen",
        State::Retired => "retired",
        State::Alternate => "frozen as an alternate",
    };
    Diagnostic::error(code::FROZEN_MISSING, format!("{label} is {state} but has no file"))
        .primary(source, entry.state_span, "released here")
        .note(format!("restore `{label}.bare`; its meaning is in the lines below"))
}

/// A version and what was frozen of it.
struct Departure<'a> {
    entry: &'a Entry,
    frozen_source: SourceId,
    current: Current<'a>,
}

impl Departure<'_> {
    fn findings(&self) -> Findings {
        let (old, new) = (&self.entry.schema, self.current.schema);
        let mut findings = Findings::new(self.current.source);
        let diff = diff::compare(old, new);
        for (id, status) in new.ids().zip(&diff.definitions) {
            match status {
                // What differs inside is reported where it differs.
                Status::Identical { .. } | Status::Inside { .. } => {}
                Status::Added => findings.push(self.added(id)),
                Status::Changed { old, changes } => {
                    changes.iter().for_each(|change| findings.push(self.changed(*old, id, change)));
                }
            }
        }
        diff.dropped.iter().for_each(|id| findings.push(self.dropped(*id)));
        findings
    }

    fn changed(&self, old: DefId, id: DefId, change: &Change) -> Diagnostic {
        let definition = self.current.schema.definition(id);
        let (before, after) = (&self.entry.schema, self.current.schema);
        let (here, there) = match &change.kind {
            ChangeKind::FieldDropped(_) | ChangeKind::ValueDropped(_) | ChangeKind::MemberDropped(_) => {
                ("lost it", "frozen with it")
            }
            ChangeKind::FieldAdded(_) | ChangeKind::ValueAdded(_) | ChangeKind::MemberAdded(_) => {
                ("", "frozen without it")
            }
            _ => ("", "frozen like this"),
        };
        let span = change.new.unwrap_or(definition.name_span);
        let frozen = change.old.map_or(self.name(old), |span| self.entry.place(old, span));
        let what = sentence(before, after, &definition.name, change);
        self.error(what, span, here, frozen, there)
            .note(effect(before, after, &self.entry.label, change))
            .note(REMEDY)
    }

    fn added(&self, id: DefId) -> Diagnostic {
        let definition = self.current.schema.definition(id);
        let label = &self.entry.label;
        let what = format!("type {} added", quote(&definition.name));
        self.error(what, definition.name_span, "", self.entry.state_span, "frozen without it")
            .note(format!(
                "no value written with {label} holds it, and programs released with {label} do not know it"
            ))
            .note(REMEDY)
    }

    fn dropped(&self, id: DefId) -> Diagnostic {
        let name = &self.entry.schema.definition(id).name;
        let what = format!("type {} dropped", quote(name));
        let start = Span::new(0, 0);
        self.error(what, start, "", self.name(id), "frozen with it")
            .note(format!("values of it that were written with {} can no longer be read", self.entry.label))
            .note(REMEDY)
    }

    fn error(&self, what: String, span: Span, here: &str, frozen: Span, there: &str) -> Diagnostic {
        let Entry { label, state, why, .. } = self.entry;
        let state = match state {
            State::Frozen => "frozen",
            State::Retired => "retired, and its number is never reused",
            State::Alternate => "frozen as an alternate",
        };
        let finding = Diagnostic::error(code::FROZEN_CHANGED, format!("{label} is {state}: {what}"))
            .primary(self.current.source, span, here)
            .secondary(self.frozen_source, frozen, there);
        match why {
            Some(why) => finding.note(format!("it was retired: {}", clip(why))),
            None => finding,
        }
    }

    /// The name of a type in `frozen.txt`.
    fn name(&self, id: DefId) -> Span {
        self.entry.place(id, self.entry.schema.definition(id).name_span)
    }
}
