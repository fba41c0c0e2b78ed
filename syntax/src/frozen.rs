//! `frozen.txt`: the meaning of every released version, one canonical line for each type.
//!
//! The lines of a version are themselves a schema, so that a version is compared with what was frozen by [`diff`](crate::diff).
//! Comments and layout of a schema file do not count, and a version without lines is a draft.

mod effect;
mod parse;
mod update;
mod verify;

use crate::ir::{DefId, Schema};
use crate::{Checked, Span};
pub(crate) use parse::parse;
use std::fmt;
pub use update::{UpdateError, retire, update};
pub(crate) use verify::{Current, departures, verify};

/// The name of the file beside the versions of a family.
pub const FILE_NAME: &str = "frozen.txt";

/// The released versions of a family.
#[derive(Clone, Debug)]
pub struct Frozen {
    entries: Vec<Entry>,
}

impl Frozen {
    /// The released versions in the order of their labels.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What was released under this label.
    pub fn find(&self, label: &Label) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|entry| entry.label.cmp(label)).ok()?;
        Some(&self.entries[at])
    }
}

/// One released version.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Which version.
    pub label: Label,
    /// What became of it.
    pub state: State,
    /// Why it was retired, if that was written down.
    pub why: Option<String>,
    /// Its meaning.
    ///
    /// Spans in it do not belong to a text that a user knows; [`Entry::span`] gives the line of a type.
    pub schema: Checked<Schema>,
    /// The line with the state.
    pub state_span: Span,
    /// One for each definition of the schema.
    lines: Vec<Line>,
}

impl Entry {
    /// The line of a type in `frozen.txt`.
    ///
    /// # Panics
    ///
    /// If the id comes from another, larger schema.
    pub fn span(&self, id: DefId) -> Span {
        self.lines[id.index()].span
    }

    /// A place of a type in `frozen.txt`, from its span in the schema of this entry.
    pub(crate) fn place(&self, id: DefId, span: Span) -> Span {
        self.lines[id.index()].place(span)
    }
}

/// Where the line of a type stands.
#[derive(Clone, Copy, Debug)]
struct Line {
    /// The name and the type in `frozen.txt`.
    span: Span,
    /// Where the name begins in the text that was checked.
    checked_start: u32,
}

impl Line {
    /// The place in `frozen.txt` of a place in the text that was checked, kept within the line.
    fn place(&self, checked: Span) -> Span {
        let there = |offset: u32| {
            let into = offset.saturating_sub(self.checked_start);
            self.span.start.saturating_add(into).min(self.span.end)
        };
        Span::new(there(checked.start), there(checked.end))
    }
}

/// What became of a released version.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum State {
    /// It is spoken.
    Frozen,
    /// It was given up: its number stays taken, and its file stays because migrations go through it.
    Retired,
    /// It is a second layout that was released under the number of another.
    Alternate,
}

impl State {
    /// The word in `frozen.txt`.
    pub const fn word(self) -> &'static str {
        match self {
            State::Frozen => "frozen",
            State::Retired => "retired",
            State::Alternate => "alternate",
        }
    }

    fn from_word(word: &str) -> Option<State> {
        [State::Frozen, State::Retired, State::Alternate].into_iter().find(|state| state.word() == word)
    }
}

/// Which version: `v2`, or `v2-older` for an alternate. Its file has the same name.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Label {
    /// The number, from 1.
    pub number: u16,
    /// The name of an alternate: lower-case letters and digits.
    pub alternate: Option<String>,
}

impl Label {
    /// The label of the version with this number.
    pub const fn version(number: u16) -> Label {
        Label { number, alternate: None }
    }

    /// The label with this spelling, of which there is one only.
    pub fn parse(text: &str) -> Option<Label> {
        let (digits, alternate) = match text.strip_prefix('v')?.split_once('-') {
            Some((digits, name)) => (digits, Some(name)),
            None => (text.strip_prefix('v')?, None),
        };
        if digits.starts_with('0') || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let is_name = |name: &str| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if !alternate.is_none_or(is_name) {
            return None;
        }
        Some(Label { number: digits.parse().ok()?, alternate: alternate.map(str::to_owned) })
    }

    /// Whether a version of this label may be in this state.
    fn may_be(&self, state: State) -> bool {
        self.alternate.is_some() == (state == State::Alternate)
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v{}", self.number)?;
        match &self.alternate {
            Some(name) => write!(f, "-{name}"),
            None => Ok(()),
        }
    }
}
