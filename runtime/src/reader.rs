//! A position in the bytes of a message, and every primitive read strictly from it.

mod heap;
mod refusal;

use bytes::Bytes;

use refusal::{beyond_input, ended, explained, failure, not_utf8, replaced, unknown_tag};

use crate::{Decode, DecodeError, DecodeErrorKind, Failed, Input, Limits, ascii};

/// Reads BARE values one after another from a message.
///
/// Generated code and the types of this crate read through it; a user meets it when writing
/// [`Decode`] for a type of their own.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
    /// The length of the whole input, from which offsets in errors are computed.
    len: usize,
    /// The buffer that long strings and data may share.
    source: Option<&'a Bytes>,
    /// What is left of the heap budget.
    budget: usize,
    /// The heap budget that this input started with, for the error message.
    limit: usize,
    /// Whether these bytes were accepted before, so that checks across elements need not be repeated.
    checked: bool,
    /// Why reading failed.
    failure: Option<DecodeError>,
}

impl<'a> Reader<'a> {
    /// A reader at the start of `input`.
    pub fn new(input: impl Into<Input<'a>>, limits: &Limits) -> Self {
        let input = input.into();
        let rest = input.as_slice();
        let budget = limits.heap(rest.len());
        let source = match input {
            Input::Shared(bytes) => Some(bytes),
            Input::Borrowed(_) => None,
        };
        Self { rest, len: rest.len(), source, budget, limit: budget, checked: false, failure: None }
    }

    /// A reader for bytes that a view has accepted before.
    pub(crate) fn checked(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            len: bytes.len(),
            source: None,
            budget: usize::MAX,
            limit: usize::MAX,
            checked: true,
            failure: None,
        }
    }

    /// What is left of the heap budget, and what there was.
    pub(crate) fn budget(&self) -> (usize, usize) {
        (self.budget, self.limit)
    }

    /// Reads a value whose octets may be any from these octets alone.
    ///
    /// No part of the value needs a check that its octets are there, since the compiler knows how many there are.
    // It takes no function: a compiler that has much to do calls one at each element of a list.
    #[inline(always)]
    pub(crate) fn raw<W, T: Decode<'a, W>>(&mut self) -> Result<T, Failed> {
        let Some((octets, rest)) = self.rest.split_at_checked(T::MIN_LEN) else {
            return Err(self.ended(T::MIN_LEN - self.rest.len()));
        };
        let mut part = Self {
            rest: octets,
            len: self.len - rest.len(),
            source: self.source,
            budget: self.budget,
            limit: self.limit,
            checked: self.checked,
            failure: None,
        };
        let value = T::read(&mut part);
        self.budget = part.budget;
        if value.is_ok() {
            self.rest = rest;
        } else {
            self.failure = part.failure.take();
        }
        value
    }

    /// Whether the bytes were accepted before.
    pub(crate) fn is_checked(&self) -> bool {
        self.checked
    }

    /// A reader of this input that stands at `start` again, for bytes that were accepted between it and here.
    pub(crate) fn rewound(&self, start: &'a [u8]) -> Self {
        Self {
            rest: start,
            len: self.len,
            source: self.source,
            budget: usize::MAX,
            limit: self.limit,
            checked: true,
            failure: None,
        }
    }

    /// The octets read so far.
    #[must_use]
    #[inline]
    pub fn position(&self) -> usize {
        self.len - self.rest.len()
    }

    /// The octets left.
    #[must_use]
    #[inline]
    pub fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// The octets left, without reading them.
    #[must_use]
    #[inline]
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Checks that the whole input was read.
    ///
    /// # Errors
    ///
    /// [`TrailingBytes`](DecodeErrorKind::TrailingBytes) if octets are left.
    #[inline(always)]
    pub fn finish(&mut self) -> Result<(), Failed> {
        match self.rest.len() {
            0 => Ok(()),
            count => Err(self.fail(DecodeErrorKind::TrailingBytes { count })),
        }
    }

    /// Reads the content of the union member `name`, and makes the union of it.
    ///
    /// # Errors
    ///
    /// As reading `T`.
    #[inline(always)]
    pub fn member<T: Decode<'a>, U>(
        &mut self,
        name: &'static str,
        of: impl FnOnce(T) -> U,
    ) -> Result<U, Failed> {
        match T::read(self) {
            Ok(content) => Ok(of(content)),
            Err(failed) => Err(failed.within(self, name)),
        }
    }

    /// Reads the content of the union member `name` in the layout `W`, and makes the union of it.
    ///
    /// # Errors
    ///
    /// As reading `T`.
    #[inline(always)]
    pub fn member_as<W, T: Decode<'a, W>, U>(
        &mut self,
        name: &'static str,
        of: impl FnOnce(T) -> U,
    ) -> Result<U, Failed> {
        self.field_as(name).map(of)
    }

    /// Fails at the current position.
    #[inline]
    pub fn fail(&mut self, kind: DecodeErrorKind) -> Failed {
        self.failure = failure(self.failure.take(), kind, self.position());
        Failed(())
    }

    /// Fails because the input ended.
    #[inline]
    fn ended(&mut self, needed: usize) -> Failed {
        self.failure = failure(self.failure.take(), DecodeErrorKind::UnexpectedEnd { needed }, self.len);
        Failed(())
    }

    /// Fails with `error`.
    #[inline]
    pub(crate) fn failed(&mut self, error: DecodeError) -> Failed {
        self.failure = replaced(self.failure.take(), error);
        Failed(())
    }

    /// Changes the error with which reading failed.
    #[inline]
    pub(crate) fn explain(&mut self, explain: impl FnOnce(DecodeError) -> DecodeError) {
        self.failure = explained(self.failure.take(), explain);
    }

    /// The error with which reading failed;
    /// [`Unexplained`](DecodeErrorKind::Unexplained) if it was another reader that failed, or the error was taken before.
    #[cold]
    #[must_use]
    pub fn error(&mut self, failed: Failed) -> DecodeError {
        let Failed(()) = failed;
        let unexplained = || DecodeError::new(DecodeErrorKind::Unexplained, self.len - self.rest.len());
        self.failure.take().unwrap_or_else(unexplained)
    }

    /// Reads the field or union member `name`, which errors then carry in their path.
    ///
    /// # Errors
    ///
    /// As reading `T`.
    #[inline(always)]
    pub fn field<T: Decode<'a>>(&mut self, name: &'static str) -> Result<T, Failed> {
        T::read(self).map_err(|failed| failed.within(self, name))
    }

    /// Reads the field or union member `name` in the layout `W`, where the Rust type alone does not tell it:
    /// an `u64` may be a BARE `uint` or `u64`.
    ///
    /// # Errors
    ///
    /// As reading `T`.
    #[inline(always)]
    pub fn field_as<W, T: Decode<'a, W>>(&mut self, name: &'static str) -> Result<T, Failed> {
        T::read(self).map_err(|failed| failed.within(self, name))
    }

    /// The next `N` octets.
    ///
    /// # Errors
    ///
    /// [`UnexpectedEnd`](DecodeErrorKind::UnexpectedEnd) if fewer are left.
    #[inline(always)]
    pub fn array<const N: usize>(&mut self) -> Result<&'a [u8; N], Failed> {
        match self.rest.split_first_chunk::<N>() {
            Some((array, rest)) => {
                self.rest = rest;
                Ok(array)
            }
            None => Err(self.ended(N - self.rest.len())),
        }
    }

    /// The next `len` octets.
    ///
    /// # Errors
    ///
    /// [`UnexpectedEnd`](DecodeErrorKind::UnexpectedEnd) if fewer are left.
    #[inline(always)]
    pub fn slice(&mut self, len: usize) -> Result<&'a [u8], Failed> {
        match self.rest.split_at_checked(len) {
            Some((slice, rest)) => {
                self.rest = rest;
                Ok(slice)
            }
            None => Err(self.ended(len - self.rest.len())),
        }
    }

    /// A `uint`: also lengths, counts, enum numbers and tags.
    ///
    /// # Errors
    ///
    /// D1, D2 or D3 of the wire format.
    #[inline(always)]
    pub fn uint(&mut self) -> Result<u64, Failed> {
        match *self.rest {
            [a, ref rest @ ..] if a < 0x80 => {
                self.rest = rest;
                Ok(u64::from(a))
            }
            [a, b, ref rest @ ..] if b.wrapping_sub(1) < 0x7f => {
                self.rest = rest;
                Ok(u64::from(a & 0x7f) | u64::from(b) << 7)
            }
            _ => match long_uint(self.rest, self.len) {
                Ok((value, rest)) => {
                    self.rest = rest;
                    Ok(value)
                }
                Err(error) => Err(self.failed(error)),
            },
        }
    }

    /// An `int`.
    ///
    /// # Errors
    ///
    /// D1, D2 or D3 of the wire format.
    #[inline]
    pub fn int(&mut self) -> Result<i64, Failed> {
        let zigzag = self.uint()?;
        Ok((zigzag >> 1).cast_signed() ^ -(zigzag & 1).cast_signed())
    }

    /// A `bool`.
    ///
    /// # Errors
    ///
    /// D1 or D4 of the wire format.
    #[inline(always)]
    pub fn bool(&mut self) -> Result<bool, Failed> {
        self.flag(|found| DecodeErrorKind::InvalidBool { found })
    }

    /// Whether an `optional` is set.
    ///
    /// # Errors
    ///
    /// D1 or D5 of the wire format.
    #[inline(always)]
    pub fn present(&mut self) -> Result<bool, Failed> {
        self.flag(|found| DecodeErrorKind::InvalidOptional { found })
    }

    #[inline(always)]
    fn flag(&mut self, refusal: fn(u8) -> DecodeErrorKind) -> Result<bool, Failed> {
        match *self.rest {
            [octet, ref rest @ ..] if octet <= 1 => {
                self.rest = rest;
                Ok(octet == 1)
            }
            [found, ..] => Err(self.fail(refusal(found))),
            [] => Err(self.ended(1)),
        }
    }

    /// The octets of a `data`.
    ///
    /// # Errors
    ///
    /// D1, D2, D3 or D10 of the wire format.
    #[inline(always)]
    pub fn data(&mut self) -> Result<&'a [u8], Failed> {
        let (input, len) = self.data_in_input()?;
        Ok(&input[..len])
    }

    /// The input from the first octet of a `data` on, and how many octets of it are that `data`.
    #[inline(always)]
    fn data_in_input(&mut self) -> Result<(&'a [u8], usize), Failed> {
        let start = self.rest;
        let announced = self.uint()?;
        let input = self.rest;
        match usize::try_from(announced) {
            Ok(len) if len <= input.len() => {
                self.rest = &input[len..];
                Ok((input, len))
            }
            Ok(_) | Err(_) => {
                Err(self.failed(beyond_input(self.len, start.len(), input.len(), announced, announced)))
            }
        }
    }

    /// The text of a `str`.
    ///
    /// # Errors
    ///
    /// D1, D2, D3, D6 or D10 of the wire format.
    #[inline]
    pub fn str(&mut self) -> Result<&'a str, Failed> {
        self.str_in_input().map(|(text, _)| text)
    }

    /// The text of a `str`, and the input from its first octet on.
    #[inline(always)]
    pub(crate) fn str_in_input(&mut self) -> Result<(&'a str, &'a [u8]), Failed> {
        let (input, len) = self.data_in_input()?;
        match ascii::text(input, len) {
            Some(text) => Ok((text, input)),
            None => Err(self.failed(not_utf8(self.len - input.len(), &input[..len]))),
        }
    }

    /// The count of a list or map whose elements take `min_len` octets each at least.
    ///
    /// # Errors
    ///
    /// D1, D2, D3 or D10 of the wire format, before anything is allocated.
    #[inline]
    pub fn count(&mut self, min_len: usize) -> Result<usize, Failed> {
        let start = self.rest;
        let announced = self.uint()?;
        self.expect_elements(start, announced, min_len)
    }

    /// Checks that the rest of the input can hold the `count` elements of a fixed list.
    ///
    /// # Errors
    ///
    /// D1 or D10 of the wire format.
    #[inline]
    pub fn fixed_count(&mut self, count: usize, min_len: usize) -> Result<(), Failed> {
        self.expect_elements(self.rest, count as u64, min_len).map(|_| ())
    }

    #[inline]
    fn expect_elements(&mut self, start: &[u8], announced: u64, min_len: usize) -> Result<usize, Failed> {
        // No element of a schema is empty: `void` stands only in unions, and a struct has a field.
        // One written by hand is counted as an octet, or five octets could announce 2^32 of them.
        let least = announced.saturating_mul(min_len.max(1) as u64);
        if least <= self.rest.len() as u64 {
            // Lossless: the count is at most the length of a slice.
            return Ok(announced as usize);
        }
        Err(self.failed(beyond_input(self.len, start.len(), self.rest.len(), announced, least)))
    }

    /// The tag of a union that the schema does not assign, read just before this position.
    #[inline]
    pub fn unknown_tag(&mut self, found: u64) -> Failed {
        self.failed(unknown_tag(self.position(), found))
    }

    /// An enum, from its number.
    ///
    /// # Errors
    ///
    /// D1, D2, D3 or D7 of the wire format.
    #[inline]
    pub fn enumeration<T: TryFrom<u64>>(&mut self) -> Result<T, Failed> {
        let start = self.rest;
        let found = self.uint()?;
        T::try_from(found).map_err(|_| {
            let kind = DecodeErrorKind::UnknownEnumValue { found };
            self.failed(DecodeError::new(kind, self.len - start.len()))
        })
    }

    /// `slice`, which must be a part of this input, as a buffer of its own:
    /// shared with the input if that can be shared, else copied.
    ///
    /// # Errors
    ///
    /// [`LimitExceeded`](DecodeErrorKind::LimitExceeded) or [`OutOfMemory`](DecodeErrorKind::OutOfMemory)
    /// if it has to be copied.
    #[inline]
    pub(crate) fn share(&mut self, slice: &'a [u8]) -> Result<Bytes, Failed> {
        match self.source {
            Some(source) => Ok(source.slice_ref(slice)),
            None => {
                let mut copy = self.scratch::<u8>(slice.len())?;
                copy.extend_from_slice(slice);
                Ok(Bytes::from(copy))
            }
        }
    }
}

/// The `uint` of more than one octet at the start of `rest`, the end of an input of `len` octets, and what follows it.
fn long_uint(rest: &[u8], len: usize) -> Result<(u64, &[u8]), DecodeError> {
    let refused = |kind| Err(DecodeError::new(kind, len - rest.len()));
    let mut value = 0;
    for (position, &octet) in rest.iter().enumerate() {
        if position == 9 && octet > 1 {
            return refused(DecodeErrorKind::VarintOverflow);
        }
        value |= u64::from(octet & 0x7f) << (7 * position);
        if octet < 0x80 {
            if octet == 0 {
                return refused(DecodeErrorKind::OverlongVarint);
            }
            return Ok((value, &rest[position + 1..]));
        }
    }
    Err(ended(len, 1))
}
