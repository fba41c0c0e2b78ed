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
    written(family, states, None)
}

/// The text of `frozen.txt` after a version was given up, with the reason beside its state.
///
/// Nothing is written.
///
/// # Errors
///
/// As [`update`], and if no newer version would be left to speak.
pub fn retire(family: &Family, label: &Label, why: &str) -> Result<String, UpdateError> {
    if family.versions().last().is_some_and(|last| Label::version(last.number) == *label) {
        return Err(UpdateError::Newest { label: label.clone() });
    }
    // A reason is the rest of a line.
    let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
    let why: String = why.chars().filter(|c| !c.is_control()).collect();
    written(family, &[(label.clone(), State::Retired)], Some(&why))
}

/// One released version.
struct Released<'a> {
    state: State,
    why: Option<&'a str>,
    schema: &'a Schema,
}

fn written<'a>(
    family: &'a Family,
    states: &'a [(Label, State)],
    why: Option<&'a str>,
) -> Result<String, UpdateError> {
    let mut all: BTreeMap<&Label, Released<'a>> = BTreeMap::new();
    for entry in family.frozen().iter().flat_map(|frozen| frozen.entries()) {
        let released = Released { state: entry.state, why: entry.why.as_deref(), schema: &entry.schema };
        all.insert(&entry.label, released);
    }
    for (label, state) in states {
        let version = family.find(label).ok_or_else(|| UpdateError::NoVersion { label: label.clone() })?;
        if !label.may_be(*state) {
            return Err(UpdateError::State { label: label.clone(), state: *state });
        }
        match all.get_mut(label) {
            Some(released) if released.state == State::Retired && *state != State::Retired => {
                return Err(UpdateError::Retired { label: label.clone() });
            }
            // The lines that were frozen stay, in the order in which they were.
            Some(released) => {
                released.state = *state;
                released.why = why.or(released.why);
            }
            None => {
                all.insert(label, Released { state: *state, why, schema: &version.schema });
            }
        }
    }
    let mut text = HEAD.to_owned();
    for (label, Released { state, why, schema }) in all {
        let why = why.filter(|why| !why.is_empty()).map(|why| format!(": {why}")).unwrap_or_default();
        write!(text, "\n{label} {}{why}\n", state.word()).expect("writing to a string does not fail");
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
    /// The version is the newest: without a newer one, nothing would be spoken.
    Newest {
        /// The version.
        label: Label,
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
            UpdateError::Newest { label } => {
                write!(f, "`{label}` is the newest version: retire it once there is a newer one to speak")
            }
            UpdateError::Retired { label } => {
                write!(f, "`{label}` is retired, and a retired number is never used again")
            }
        }
    }
}

impl Error for UpdateError {}
