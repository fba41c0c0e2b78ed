//! What is wrong with the bytes of a message, where, and in which field.
//!
//! A [`DecodeError`] is one pointer wide, so that the results of reading stay small.
//! Its path is collected only on the way out of a failed decode: reading good bytes costs nothing for it.

use alloc::boxed::Box;
use alloc::format;
use core::fmt;

use crate::Reader;
use crate::path::{Path, PathSegment};

/// Why the bytes are not a value of the type: the rules D1–D11 of the wire format, and the reader's own limits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// D1: the input ends inside a value.
    UnexpectedEnd {
        /// How many octets more are needed at least.
        needed: usize,
    },
    /// D2: a varint takes more octets than its number needs.
    OverlongVarint,
    /// D3: a varint holds a number above 64 bits.
    VarintOverflow,
    /// D4: a `bool` is neither 00 nor 01.
    InvalidBool {
        /// The octet found.
        found: u8,
    },
    /// D5: the presence octet of an `optional` is neither 00 nor 01.
    InvalidOptional {
        /// The octet found.
        found: u8,
    },
    /// D6: a `str` is not UTF-8.
    InvalidUtf8 {
        /// How many octets of the string are valid before the first wrong one.
        valid_up_to: usize,
    },
    /// D7: the schema names no enum value with this number.
    UnknownEnumValue {
        /// The number found.
        found: u64,
    },
    /// D8: the schema assigns this tag to no member of the union.
    UnknownTag {
        /// The tag found.
        found: u64,
    },
    /// D9: a map holds the same key twice.
    DuplicateKey {
        /// The position, from 0, of the pair that has the key first.
        first: usize,
    },
    /// D10: a length or count is larger than what the rest of the input can hold.
    LengthBeyondInput {
        /// The length in octets, or the count of elements.
        announced: u64,
        /// The octets left.
        remaining: usize,
        /// How many octets more are needed at least; `None` if no input can be so long.
        needed: Option<usize>,
    },
    /// D11: octets are left after the value.
    TrailingBytes {
        /// How many.
        count: usize,
    },
    /// The value would take more heap than [`Limits`](crate::Limits) allows.
    LimitExceeded {
        /// The heap budget of this message in octets.
        budget: usize,
        /// What this allocation would have needed in octets.
        wanted: usize,
    },
    /// The allocator refused.
    OutOfMemory {
        /// The octets asked for.
        wanted: usize,
    },
    /// A hand-written [`Decode`](crate::Decode) returned what another reader than its own had failed with, and that one
    /// keeps why; [`Reader::fail`] says why to the own one.
    Unexplained,
}

impl DecodeErrorKind {
    /// The code of the violated rule in the list of refusals (`bare-spec` A.2), if it is one of the format's.
    #[must_use]
    pub const fn rule(self) -> Option<&'static str> {
        Some(match self {
            Self::UnexpectedEnd { .. } => "D1",
            Self::OverlongVarint => "D2",
            Self::VarintOverflow => "D3",
            Self::InvalidBool { .. } => "D4",
            Self::InvalidOptional { .. } => "D5",
            Self::InvalidUtf8 { .. } => "D6",
            Self::UnknownEnumValue { .. } => "D7",
            Self::UnknownTag { .. } => "D8",
            Self::DuplicateKey { .. } => "D9",
            Self::LengthBeyondInput { .. } => "D10",
            Self::TrailingBytes { .. } => "D11",
            Self::LimitExceeded { .. } | Self::OutOfMemory { .. } | Self::Unexplained => return None,
        })
    }
}

impl fmt::Display for DecodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::UnexpectedEnd { needed } => {
                write!(f, "input ended, {needed} more {} needed", bytes(needed))
            }
            Self::OverlongVarint => f.write_str("varint is longer than its number needs"),
            Self::VarintOverflow => f.write_str("varint is above 64 bits"),
            Self::InvalidBool { found } => {
                write!(f, "expected 00 or 01 for a bool, found {found:02x}")
            }
            Self::InvalidOptional { found } => {
                write!(f, "expected 00 or 01 for an optional, found {found:02x}")
            }
            Self::InvalidUtf8 { valid_up_to } => {
                write!(f, "string is not UTF-8, {valid_up_to} {} into it", bytes(valid_up_to))
            }
            Self::UnknownEnumValue { found } => write!(f, "unknown enum value {found}"),
            Self::UnknownTag { found } => write!(f, "unknown union tag {found}"),
            Self::DuplicateKey { first } => write!(f, "map key repeats that of pair {first}"),
            Self::LengthBeyondInput { announced, remaining, .. } => write!(
                f,
                "length {announced} is more than the {remaining} {} left can hold",
                bytes(remaining)
            ),
            Self::TrailingBytes { count } => write!(f, "{count} {} left after the value", bytes(count)),
            Self::LimitExceeded { budget, wanted } => write!(
                f,
                "value needs {wanted} more bytes of heap, above the limit of {budget} for this input"
            ),
            Self::OutOfMemory { wanted } => write!(f, "allocation of {wanted} bytes failed"),
            Self::Unexplained => f.write_str("reading failed for a reason that another reader has"),
        }
    }
}

pub(crate) const fn bytes(count: usize) -> &'static str {
    if count == 1 { "byte" } else { "bytes" }
}

/// Bytes that are not a value of the type that was read.
///
/// # Examples
///
/// ```
/// use barewire::{Decode, DecodeErrorKind, Limits, Reader};
///
/// let mut r = Reader::new(&[0x02][..], &Limits::default());
/// let failed = <bool as Decode>::read(&mut r).unwrap_err();
/// let error = r.error(failed);
/// assert_eq!(error.kind(), DecodeErrorKind::InvalidBool { found: 2 });
/// assert_eq!(error.to_string(), "expected 00 or 01 for a bool, found 02 at byte 0");
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct DecodeError(Box<Failure>);

#[derive(Clone, Debug, Eq, PartialEq)]
struct Failure {
    kind: DecodeErrorKind,
    offset: usize,
    path: Path,
}

impl DecodeError {
    /// An error at `offset` octets from the start of the input, without a path yet.
    #[cold]
    #[must_use]
    #[doc(hidden)]
    pub fn new(kind: DecodeErrorKind, offset: usize) -> Self {
        Self(Box::new(Failure { kind, offset, path: Path::default() }))
    }

    /// Which rule the bytes break.
    #[must_use]
    pub fn kind(&self) -> DecodeErrorKind {
        self.0.kind
    }

    /// Where the offending value begins, in octets from the start of the input; for an input that ended, its end;
    /// for a string, its first octet that is wrong; for the limits, where the reader stood.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// The steps from the message to the value that failed, outermost first.
    pub fn path(&self) -> impl DoubleEndedIterator<Item = PathSegment> + '_ {
        self.0.path.segments()
    }

    /// The tag or enum number that the schema does not know, if that is what is wrong.
    #[must_use]
    pub fn tag(&self) -> Option<u64> {
        match self.0.kind {
            DecodeErrorKind::UnknownTag { found } | DecodeErrorKind::UnknownEnumValue { found } => {
                Some(found)
            }
            DecodeErrorKind::UnexpectedEnd { .. }
            | DecodeErrorKind::OverlongVarint
            | DecodeErrorKind::VarintOverflow
            | DecodeErrorKind::InvalidBool { .. }
            | DecodeErrorKind::InvalidOptional { .. }
            | DecodeErrorKind::InvalidUtf8 { .. }
            | DecodeErrorKind::DuplicateKey { .. }
            | DecodeErrorKind::LengthBeyondInput { .. }
            | DecodeErrorKind::TrailingBytes { .. }
            | DecodeErrorKind::LimitExceeded { .. }
            | DecodeErrorKind::OutOfMemory { .. }
            | DecodeErrorKind::Unexplained => None,
        }
    }

    /// How many octets more are needed at least, if the input may only be incomplete; `None` if it is wrong.
    #[must_use]
    pub fn needed(&self) -> Option<usize> {
        match self.0.kind {
            DecodeErrorKind::UnexpectedEnd { needed } => Some(needed),
            DecodeErrorKind::LengthBeyondInput { needed, .. } => needed,
            DecodeErrorKind::OverlongVarint
            | DecodeErrorKind::VarintOverflow
            | DecodeErrorKind::InvalidBool { .. }
            | DecodeErrorKind::InvalidOptional { .. }
            | DecodeErrorKind::InvalidUtf8 { .. }
            | DecodeErrorKind::UnknownEnumValue { .. }
            | DecodeErrorKind::UnknownTag { .. }
            | DecodeErrorKind::DuplicateKey { .. }
            | DecodeErrorKind::TrailingBytes { .. }
            | DecodeErrorKind::LimitExceeded { .. }
            | DecodeErrorKind::OutOfMemory { .. }
            | DecodeErrorKind::Unexplained => None,
        }
    }

    /// The same error seen from an input in which `octets` stand before the one that was read.
    #[must_use]
    pub(crate) fn behind(mut self, octets: usize) -> Self {
        self.0.offset += octets;
        self
    }

    /// The same error seen from a value that holds the failed one as the field or member `name`.
    #[cold]
    #[must_use]
    #[doc(hidden)]
    pub fn within(self, name: &'static str) -> Self {
        self.push(PathSegment::Name(name))
    }

    /// The same error seen from a list or map that holds the failed value at position `index`.
    #[cold]
    #[must_use]
    #[doc(hidden)]
    pub fn at_index(self, index: usize) -> Self {
        self.push(PathSegment::Index(index))
    }

    /// The same error seen from a map that holds the failed key in the pair at position `index`.
    #[cold]
    #[must_use]
    #[doc(hidden)]
    pub fn at_key(self, index: usize) -> Self {
        self.push(PathSegment::Key(index))
    }

    fn push(mut self, segment: PathSegment) -> Self {
        self.0.path.push(segment);
        self
    }
}

/// Reading failed; the [`Reader`] knows why, and tells by [`Reader::error`].
///
/// It takes no room in the results of reading, so that these stay where the values in them are made.
#[derive(Debug)]
#[must_use]
pub struct Failed(pub(crate) ());

impl Failed {
    /// Adds that the value which failed is the field or member `name`.
    #[inline]
    pub fn within(self, r: &mut Reader<'_>, name: &'static str) -> Self {
        r.explain(|error| error.within(name));
        self
    }

    /// Adds that the value which failed stands at position `index` of a list or map.
    #[inline]
    pub fn at_index(self, r: &mut Reader<'_>, index: usize) -> Self {
        r.explain(|error| error.at_index(index));
        self
    }

    /// Adds that the key which failed is that of the pair at position `index` of a map.
    #[inline]
    pub fn at_key(self, r: &mut Reader<'_>, index: usize) -> Self {
        r.explain(|error| error.at_key(index));
        self
    }
}

impl fmt::Display for DecodeError {
    /// At most 200 characters: of a path that is longer, the ends say most, so its middle is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.path.write(f, &format!("{} at byte {}", self.0.kind, self.0.offset))
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("kind", &self.0.kind)
            .field("offset", &self.0.offset)
            .field("message", &format_args!("{self}"))
            .finish()
    }
}

impl core::error::Error for DecodeError {}

/// A message that does not fit where it should be written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum EncodeError {
    /// The caller's buffer is too short; nothing was written.
    BufferTooShort {
        /// The encoded length in octets.
        needed: usize,
        /// The octets that the buffer has.
        available: usize,
    },
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::BufferTooShort { needed, available } => {
                write!(f, "the message takes {needed} {}, the buffer has {available}", bytes(needed))
            }
        }
    }
}

impl core::error::Error for EncodeError {}
