//! The errors of reading, made apart from it.
//!
//! What is cold takes numbers or octets and not the reader: a reader whose address nobody takes is kept in registers.

use crate::{DecodeError, DecodeErrorKind};

/// The input of `len` octets ended: the error stands at its end and says what is missing there.
#[cold]
pub(super) fn ended(len: usize, needed: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::UnexpectedEnd { needed }, len)
}

/// The error of `octets` that stand behind `start` others and are no text.
#[cold]
pub(super) fn not_utf8(start: usize, octets: &[u8]) -> DecodeError {
    let valid_up_to = octets.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
    DecodeError::new(DecodeErrorKind::InvalidUtf8 { valid_up_to }, start + valid_up_to)
}

/// The error of a length or count of which `left` octets of the input stood behind the start and `remaining` behind it.
///
/// It is beyond the input if one octet each is too much already; otherwise the input ends inside one of the elements.
#[cold]
pub(super) fn beyond_input(
    len: usize,
    left: usize,
    remaining: usize,
    announced: u64,
    least: u64,
) -> DecodeError {
    // No slice is longer than `isize::MAX`, so that waiting for more octets would be in vain.
    let needed = isize::try_from(least).ok().map(|least| least.cast_unsigned().saturating_sub(remaining));
    match needed {
        Some(needed) if announced <= remaining as u64 => ended(len, needed),
        _ => {
            DecodeError::new(DecodeErrorKind::LengthBeyondInput { announced, remaining, needed }, len - left)
        }
    }
}

/// The error of a tag that was read just before `position`.
#[cold]
pub(super) fn unknown_tag(position: usize, found: u64) -> DecodeError {
    // Varints are minimal, so that the length follows from the number.
    DecodeError::new(DecodeErrorKind::UnknownTag { found }, position - crate::encode::uint_len(found))
}

/// A new error instead of an older one, by one call where most reading fails.
#[cold]
#[inline(never)]
pub(super) fn failure(old: Option<DecodeError>, kind: DecodeErrorKind, offset: usize) -> Option<DecodeError> {
    replaced(old, DecodeError::new(kind, offset))
}

/// `new` instead of an older error, which is dropped here and not wherever something may fail.
#[cold]
#[inline(never)]
pub(super) fn replaced(old: Option<DecodeError>, new: DecodeError) -> Option<DecodeError> {
    drop(old);
    Some(new)
}

#[cold]
#[inline(never)]
pub(super) fn explained(
    error: Option<DecodeError>,
    explain: impl FnOnce(DecodeError) -> DecodeError,
) -> Option<DecodeError> {
    error.map(explain)
}
