//! What may be wrong with JSON.

use std::error::Error;
use std::fmt;

use barewire::{DecodeErrorKind, write_within};

use crate::path::{Path, PathSegment};

/// Why a text is not the JSON form of a value of the type.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum JsonErrorKind {
    /// The text is no JSON.
    Syntax {
        /// What the parser says.
        message: Box<str>,
    },
    /// The JSON is no value of the type.
    Unexpected {
        /// What stands for a value of the type.
        expected: Box<str>,
        /// What was found, shortened.
        found: Box<str>,
    },
    /// An object has a key that the type does not have.
    UnknownKey {
        /// The key, shortened.
        key: Box<str>,
        /// The keys that it has, if they are few; `None` also where no other key may follow.
        expected: Option<Box<str>>,
    },
    /// An object lacks a key.
    MissingKey {
        /// The key.
        key: Box<str>,
    },
    /// An object has a key twice.
    RepeatedKey {
        /// The key.
        key: Box<str>,
    },
    /// The schema assigns this tag to no member of the union.
    UnknownTag {
        /// The tag.
        found: u64,
    },
    /// A map holds the same key twice.
    DuplicateKey {
        /// The position, from 0, of the pair that has the key first.
        first: usize,
    },
    /// The value would take more heap than [`Limits`](barewire::Limits) allows.
    LimitExceeded {
        /// The heap budget of this text in octets.
        budget: usize,
        /// What this allocation would have needed in octets.
        wanted: usize,
    },
    /// The allocator refused.
    OutOfMemory {
        /// The octets asked for.
        wanted: usize,
    },
}

impl fmt::Display for JsonErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { message } => f.write_str(message),
            Self::Unexpected { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::UnknownKey { key, expected: None } => write!(f, "unknown key {key}"),
            Self::UnknownKey { key, expected: Some(expected) } => {
                write!(f, "unknown key {key}, expected {expected}")
            }
            Self::MissingKey { key } => write!(f, "missing key {key}"),
            Self::RepeatedKey { key } => write!(f, "key {key} stands twice"),
            Self::UnknownTag { found } => {
                write!(f, "{}", DecodeErrorKind::UnknownTag { found: *found })
            }
            Self::DuplicateKey { first } => {
                write!(f, "{}", DecodeErrorKind::DuplicateKey { first: *first })
            }
            Self::LimitExceeded { budget, wanted } => {
                write!(f, "{}", DecodeErrorKind::LimitExceeded { budget: *budget, wanted: *wanted })
            }
            Self::OutOfMemory { wanted } => {
                write!(f, "{}", DecodeErrorKind::OutOfMemory { wanted: *wanted })
            }
        }
    }
}

/// A text that is not the JSON form of a value of the type.
#[derive(Clone, Eq, PartialEq)]
pub struct JsonError(Box<Refusal>);

#[derive(Clone, Eq, PartialEq)]
struct Refusal {
    kind: JsonErrorKind,
    line: usize,
    column: usize,
    path: Path,
}

impl JsonError {
    pub(super) fn new(kind: JsonErrorKind, (line, column): (usize, usize), path: Path) -> Self {
        Self(Box::new(Refusal { kind, line, column, path }))
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &JsonErrorKind {
        &self.0.kind
    }

    /// The line, from 1, where reading stopped.
    #[must_use]
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// The column, in octets from 1, where reading stopped; 0 before the first of a line.
    #[must_use]
    pub fn column(&self) -> usize {
        self.0.column
    }

    /// The keys and positions from the whole, which is called `$`, to what is wrong, outermost first.
    pub fn path(&self) -> impl DoubleEndedIterator<Item = PathSegment<'_>> {
        self.0.path.segments()
    }
}

impl fmt::Display for JsonError {
    /// At most 200 characters, as a [`DecodeError`](crate::DecodeError).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Refusal { kind, line, column, path } = &*self.0;
        write_within(f, &format!("{kind} at line {line} column {column}"), path)
    }
}

impl fmt::Debug for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonError")
            .field("kind", &self.0.kind)
            .field("message", &format_args!("{self}"))
            .finish()
    }
}

impl Error for JsonError {}
