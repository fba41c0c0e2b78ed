//! Writing `frozen.txt`.

use super::{Label, State};
use crate::family::Family;
use crate::ir::Schema;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::{self, Write as _};

const HEAD: &str = "\
# The meaning of every released version, one line for each type.
# Written by the command that freezes, not by hand; a line that was released never changes.
";

/// The text of `frozen.txt` after these versions got these states.
///
/// Everything else that was frozen stays as it is: a [`Family`] whose frozen versions changed does not load.
/// Nothing is written.
///
/// # Errors
///
/// If a version has no file, a state does not fit its label, or a retired version would be used again.
pub fn update(family: &Family, states: &[(Label, State)]) -> Result<String, UpdateError> {
    let mut all: BTreeMap<&Label, (State, &Schema)> = BTreeMap::new();
    for entry in family.frozen().iter().flat_map(|frozen| frozen.entries()) {
        all.insert(&entry.label, (entry.state, &entry.schema));
    }
    for (label, state) in states {
        let version = family.find(label).ok_or_else(|| UpdateError::NoVersion { label: label.clone() })?;
        if !label.may_be(*state) {
            return Err(UpdateError::State { label: label.clone(), state: *state });
        }
        match all.get_mut(label) {
            Some((State::Retired, _)) if *state != State::Retired => {
                return Err(UpdateError::Retired { label: label.clone() });
            }
            // The lines that were frozen stay, in the order in which they were.
            Some((before, _)) => *before = *state,
            None => {
                all.insert(label, (*state, &version.schema));
            }
        }
    }
    let mut text = HEAD.to_owned();
    for (label, (state, schema)) in all {
        write!(text, "\n{label} {}\n", state.word()).expect("writing to a string does not fail");
        for id in schema.ids() {
            writeln!(text, "{label} {}", schema.canonical(id)).expect("writing to a string does not fail");
        }
    }
    Ok(text)
}

/// Why a version cannot get a state.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum UpdateError {
    /// The version has no file.
    NoVersion {
        /// The version.
        label: Label,
    },
    /// Only an alternate can be an alternate, and it cannot be anything else.
    State {
        /// The version.
        label: Label,
        /// The state that it cannot have.
        state: State,
    },
    /// The version was retired, and its number is never reused.
    Retired {
        /// The version.
        label: Label,
    },
}

impl fmt::Display for UpdateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UpdateError::NoVersion { label } => write!(f, "there is no `{label}.bare`"),
            UpdateError::State { label, state } => write!(f, "`{label}` cannot be `{}`", state.word()),
            UpdateError::Retired { label } => {
                write!(f, "`{label}` is retired, and a retired number is never used again")
            }
        }
    }
}

impl Error for UpdateError {}
