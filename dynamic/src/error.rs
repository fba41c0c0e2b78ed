//! What may be wrong: with the type asked for, with bytes, and with a value that is to be encoded.
//!
//! What may be wrong with JSON stands with it.

use std::error::Error;
use std::fmt;

use barewire::{DecodeErrorKind, Failed, Reader, write_within};
use barewire_syntax::ir::Primitive;

use crate::MAX_DEPTH;
use crate::path::{Path, PathSegment};

/// A schema has no such type, or not one that messages of this crate can have.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum TypeError {
    /// The schema has no definition of this name.
    Unknown {
        /// The name asked for.
        name: String,
        /// The name that was probably meant.
        near: Option<String>,
    },
    /// The type nests deeper than [`MAX_DEPTH`].
    TooDeep {
        /// The name asked for.
        name: String,
        /// How deep it nests, named types counted.
        depth: u32,
    },
}

impl fmt::Display for TypeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { name, near: None } => write!(f, "the schema has no type `{name}`"),
            Self::Unknown { name, near: Some(near) } => {
                write!(f, "the schema has no type `{name}`, did you mean `{near}`?")
            }
            Self::TooDeep { name, depth } => {
                write!(f, "`{name}` is nested {depth} deep, the limit is {MAX_DEPTH}")
            }
        }
    }
}

impl Error for TypeError {}

/// Bytes that are not a value of the type that was read.
///
/// The kind, the offset, the path and the text are those that generated code gives for the same bytes,
/// but for the limits: values take another heap here.
#[derive(Clone, Eq, PartialEq)]
pub struct DecodeError(Box<Failure>);

#[derive(Clone, Eq, PartialEq)]
struct Failure {
    /// What the reader found; it knows no path.
    cause: barewire::DecodeError,
    path: Path,
}

impl DecodeError {
    /// Which rule the bytes break.
    #[must_use]
    pub fn kind(&self) -> DecodeErrorKind {
        self.0.cause.kind()
    }

    /// Where the offending value begins, in octets from the start of the input; for an input that ended, its end;
    /// for a string, its first octet that is wrong; for the limits, where the reader stood.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.cause.offset()
    }

    /// The steps from the message to the value that failed, outermost first.
    pub fn path(&self) -> impl DoubleEndedIterator<Item = PathSegment<'_>> {
        self.0.path.segments()
    }

    /// The tag or enum number that the schema does not know, if that is what is wrong.
    #[must_use]
    pub fn tag(&self) -> Option<u64> {
        self.0.cause.tag()
    }

    /// How many octets more are needed at least, if the input may only be incomplete; `None` if it is wrong.
    #[must_use]
    pub fn needed(&self) -> Option<usize> {
        self.0.cause.needed()
    }

    /// The same error seen from a value that holds the failed one by `segment`.
    #[cold]
    pub(crate) fn within(mut self, segment: PathSegment<'_>) -> Self {
        self.0.path.push(segment);
        self
    }
}

impl From<barewire::DecodeError> for DecodeError {
    #[cold]
    fn from(cause: barewire::DecodeError) -> Self {
        Self(Box::new(Failure { cause, path: Path::default() }))
    }
}

/// What a reader returned, with the error that it keeps if it failed.
pub(crate) trait Explained<T> {
    fn explained(self, r: &mut Reader<'_>) -> Result<T, DecodeError>;
}

impl<T> Explained<T> for Result<T, Failed> {
    #[inline]
    fn explained(self, r: &mut Reader<'_>) -> Result<T, DecodeError> {
        self.map_err(|failed| r.error(failed).into())
    }
}

impl fmt::Display for DecodeError {
    /// At most 200 characters: of a path that is longer, the ends say most, so its middle is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_within(f, &self.0.cause.to_string(), &self.0.path)
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("kind", &self.kind())
            .field("offset", &self.offset())
            .field("message", &format_args!("{self}"))
            .finish()
    }
}

impl Error for DecodeError {}

/// Why a value cannot be encoded as the type.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// The value is of another kind than the type.
    Kind {
        /// What a value of the type is.
        expected: &'static str,
        /// What the value is.
        found: &'static str,
    },
    /// The type holds no number of this size.
    Range {
        /// The type.
        expected: Primitive,
        /// The number.
        found: i128,
    },
    /// Data or a list has another length than the type fixes.
    Length {
        /// The length of the type: of a list in elements, of data in octets.
        expected: u64,
        /// The length of the value.
        found: usize,
    },
    /// A struct has more or fewer values than fields.
    Fields {
        /// How many fields the type has.
        expected: usize,
        /// How many values there are.
        found: usize,
    },
    /// The schema names no enum value with this number.
    UnknownEnumValue {
        /// The number.
        found: u64,
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
}

impl fmt::Display for EncodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Kind { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::Range { expected, found } => {
                write!(f, "expected a number that fits `{}`, found {found}", expected.name())
            }
            Self::Length { expected, found } => write!(f, "expected a length of {expected}, found {found}"),
            Self::Fields { expected, found } => {
                write!(f, "expected the values of {expected} fields, found {found}")
            }
            Self::UnknownEnumValue { found } => write!(f, "unknown enum value {found}"),
            Self::UnknownTag { found } => write!(f, "unknown union tag {found}"),
            Self::DuplicateKey { first } => write!(f, "map key repeats that of pair {first}"),
        }
    }
}

/// A value that is not one of the type.
#[derive(Clone, Eq, PartialEq)]
pub struct EncodeError(Box<Misfit>);

#[derive(Clone, Eq, PartialEq)]
struct Misfit {
    kind: EncodeErrorKind,
    path: Path,
}

impl EncodeError {
    /// Why the value cannot be encoded.
    #[must_use]
    pub fn kind(&self) -> EncodeErrorKind {
        self.0.kind
    }

    /// The steps from the message to the value that does not fit, outermost first.
    pub fn path(&self) -> impl DoubleEndedIterator<Item = PathSegment<'_>> {
        self.0.path.segments()
    }

    /// The same error seen from a value that holds the one that does not fit by `segment`.
    #[cold]
    pub(crate) fn within(mut self, segment: PathSegment<'_>) -> Self {
        self.0.path.push(segment);
        self
    }
}

impl From<EncodeErrorKind> for EncodeError {
    #[cold]
    fn from(kind: EncodeErrorKind) -> Self {
        Self(Box::new(Misfit { kind, path: Path::default() }))
    }
}

impl fmt::Display for EncodeError {
    /// At most 200 characters, as a [`DecodeError`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_within(f, &self.0.kind.to_string(), &self.0.path)
    }
}

impl fmt::Debug for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EncodeError")
            .field("kind", &self.0.kind)
            .field("message", &format_args!("{self}"))
            .finish()
    }
}

impl Error for EncodeError {}
