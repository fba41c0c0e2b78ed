//! What "the same" means between two versions of a schema, and what exactly is not the same.
//!
//! [`compare`] takes two checked schemas and gives, for each definition, how it relates to the one of the same name.
//! Sharing types between versions, freezing released versions and showing differences all read this one answer.
//! [`Comparison`] answers for single types and bodies, for a generator that walks both schemas itself.
//! Time and memory are linear in the two schemas, but for the look-up of names.

mod change;
mod comparison;
mod consequence;
mod display;
mod matching;
mod number;
mod pairing;
mod shape;
mod walk;

use crate::Checked;
use crate::ir::{DefId, Schema};
pub use change::{Change, ChangeKind, FieldPart, Kind, MemberPart, Path, Step, ValuePart};
pub use comparison::{Comparison, is_renamed};
pub use consequence::Consequence;
pub use display::Display;
pub(crate) use display::{sentence, written};
pub use matching::{Match, Matching};
pub use number::Fit;
use std::collections::BTreeSet;

/// How a schema differs from another.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Diff {
    /// One for each definition of the new schema, in its order.
    pub definitions: Vec<Status>,
    /// The definitions of the old schema that the new one does not have.
    pub dropped: Vec<DefId>,
    /// The definitions that both schemas have under different names: in the old one, and in the new one.
    pub renamed: Vec<(DefId, DefId)>,
}

/// How a definition relates to the one of the same name in the old schema.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Status {
    /// Both have the same canonical line, and so has every definition below.
    Identical {
        /// The definition in the old schema.
        old: DefId,
    },
    /// Both have the same canonical line, but a definition below differs.
    Inside {
        /// The definition in the old schema.
        old: DefId,
    },
    /// The canonical lines differ.
    Changed {
        /// The definition in the old schema.
        old: DefId,
        /// At least one: what is new or different in the order of the new text, then what was dropped.
        changes: Vec<Change>,
    },
    /// The old schema has no definition of this name.
    Added,
}

impl Diff {
    /// How this definition of the new schema relates to the old one.
    ///
    /// # Panics
    ///
    /// If the id comes from another, larger schema.
    pub fn status(&self, id: DefId) -> &Status {
        &self.definitions[id.index()]
    }

    /// Whether both schemas mean the same.
    pub fn is_empty(&self) -> bool {
        let Diff { definitions, dropped, renamed } = self;
        dropped.is_empty() && renamed.is_empty() && definitions.iter().all(Status::is_identical)
    }

    /// The difference as text, for the two schemas that were compared.
    pub fn display<'a>(&'a self, old: &'a Schema, new: &'a Schema) -> Display<'a> {
        Display::new(self, old, new)
    }
}

impl Status {
    /// Whether the definition is the same in depth.
    pub fn is_identical(&self) -> bool {
        match self {
            Status::Identical { .. } => true,
            Status::Inside { .. } | Status::Changed { .. } | Status::Added => false,
        }
    }
}

/// Compares two versions of a schema, definition by definition.
///
/// Comments, layout and the order of definitions do not count; names of fields and values do.
///
/// ```
/// use barewire_syntax::{Source, check, diff};
///
/// let old = check(&Source::new("v1.bare", "type Ping struct { sequence: u32 }"))?;
/// let new = check(&Source::new("v2.bare", "type Ping struct { sequence: u64 }"))?;
/// let diff = diff::compare(&old, &new);
/// assert_eq!(
///     diff.display(&old, &new).to_string(),
///     "`Ping` changed\n  `Ping.sequence` widened from `u32` to `u64`\n",
/// );
/// # Ok::<(), barewire_syntax::Report>(())
/// ```
pub fn compare(old: &Checked<Schema>, new: &Checked<Schema>) -> Diff {
    compare_renamed(old, new, &[])
}

/// Compares two versions as [`compare`] does, where each pair of `renamed` is an old name and the new one of the same
/// definition; [`is_renamed`] says which pairs count.
pub fn compare_renamed(old: &Checked<Schema>, new: &Checked<Schema>, renamed: &[(String, String)]) -> Diff {
    let comparison = Comparison::with_renamed(old, new, renamed);
    let pairs: Vec<(DefId, DefId)> =
        new.ids().filter_map(|id| Some((comparison.counterpart(id)?, id))).collect();
    let kept: BTreeSet<DefId> = pairs.iter().map(|(before, _)| *before).collect();
    let has_other_name =
        |(before, after): &(DefId, DefId)| old.definition(*before).name != new.definition(*after).name;
    Diff {
        definitions: new.ids().map(|id| walk::definition(&comparison, id)).collect(),
        dropped: old.ids().filter(|id| !kept.contains(id)).collect(),
        renamed: pairs.into_iter().filter(has_other_name).collect(),
    }
}

/// For each definition of `new`, whether it is identical in depth to the definition of the same name in `old`.
///
/// The answer is that of [`compare`] without the changes.
pub fn identical(old: &Checked<Schema>, new: &Checked<Schema>) -> Vec<bool> {
    let comparison = Comparison::new(old, new);
    let same = |id| {
        let before = comparison.counterpart(id);
        before.is_some_and(|before| comparison.is_same(old.definition(before).ty, new.definition(id).ty))
    };
    new.ids().map(same).collect()
}
