//! A position in the bytes of a message, and every primitive read strictly from it.

use alloc::vec::Vec;
use bytes::Bytes;
use core::mem::size_of;

use crate::{Decode, DecodeError, DecodeErrorKind, Input, Limits};

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
        Self { rest, len: rest.len(), source, budget, limit: budget, checked: false }
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
        }
    }

    /// What is left of the heap budget, and what there was.
    pub(crate) fn budget(&self) -> (usize, usize) {
        (self.budget, self.limit)
    }

    /// Whether the bytes were accepted before.
    pub(crate) fn is_checked(&self) -> bool {
        self.checked
    }

    /// A reader of this input that stands at `start` again, for bytes that were accepted between it and here.
    pub(crate) fn rewound(&self, start: &'a [u8]) -> Self {
        Self { rest: start, budget: usize::MAX, checked: true, ..self.clone() }
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
    #[inline]
    pub fn finish(&self) -> Result<(), DecodeError> {
        match self.rest.len() {
            0 => Ok(()),
            count => Err(self.error(DecodeErrorKind::TrailingBytes { count })),
        }
    }

    /// An error at the current position.
    #[cold]
    #[must_use]
    pub fn error(&self, kind: DecodeErrorKind) -> DecodeError {
        DecodeError::new(kind, self.position())
    }

    #[cold]
    fn error_at(&self, rest: &[u8], kind: DecodeErrorKind) -> DecodeError {
        DecodeError::new(kind, self.len - rest.len())
    }

    /// The input ended: the error stands at its end and says what is missing there.
    #[cold]
    fn ended(&self, needed: usize) -> DecodeError {
        DecodeError::new(DecodeErrorKind::UnexpectedEnd { needed }, self.len)
    }

    /// Reads the field or union member `name`, which errors then carry in their path.
    ///
    /// # Errors
    ///
    /// As reading `T`.
    #[inline]
    pub fn field<T: Decode<'a>>(&mut self, name: &'static str) -> Result<T, DecodeError> {
        T::read(self).map_err(|error| error.within(name))
    }

    /// Reads the field or union member `name` in the layout `W`, where the Rust type alone does not tell it:
    /// an `u64` may be a BARE `uint` or `u64`.
    ///
    /// # Errors
    ///
    /// As reading `T`.
    #[inline]
    pub fn field_as<W, T: Decode<'a, W>>(&mut self, name: &'static str) -> Result<T, DecodeError> {
        T::read(self).map_err(|error| error.within(name))
    }

    /// The next `N` octets.
    ///
    /// # Errors
    ///
    /// [`UnexpectedEnd`](DecodeErrorKind::UnexpectedEnd) if fewer are left.
    #[inline]
    pub fn array<const N: usize>(&mut self) -> Result<&'a [u8; N], DecodeError> {
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
    #[inline]
    pub fn slice(&mut self, len: usize) -> Result<&'a [u8], DecodeError> {
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
    #[inline]
    pub fn uint(&mut self) -> Result<u64, DecodeError> {
        match *self.rest {
            [a, ref rest @ ..] if a < 0x80 => {
                self.rest = rest;
                Ok(u64::from(a))
            }
            [a, b, ref rest @ ..] if b.wrapping_sub(1) < 0x7f => {
                self.rest = rest;
                Ok(u64::from(a & 0x7f) | u64::from(b) << 7)
            }
            _ => self.long_uint(),
        }
    }

    fn long_uint(&mut self) -> Result<u64, DecodeError> {
        let mut value = 0;
        for (position, &octet) in self.rest.iter().enumerate() {
            if position == 9 && octet > 1 {
                return Err(self.error(DecodeErrorKind::VarintOverflow));
            }
            value |= u64::from(octet & 0x7f) << (7 * position);
            if octet < 0x80 {
                if octet == 0 && position > 0 {
                    return Err(self.error(DecodeErrorKind::OverlongVarint));
                }
                self.rest = &self.rest[position + 1..];
                return Ok(value);
            }
        }
        Err(self.ended(1))
    }

    /// An `int`.
    ///
    /// # Errors
    ///
    /// D1, D2 or D3 of the wire format.
    #[inline]
    pub fn int(&mut self) -> Result<i64, DecodeError> {
        let zigzag = self.uint()?;
        Ok((zigzag >> 1).cast_signed() ^ -(zigzag & 1).cast_signed())
    }

    /// A `bool`.
    ///
    /// # Errors
    ///
    /// D1 or D4 of the wire format.
    #[inline]
    pub fn bool(&mut self) -> Result<bool, DecodeError> {
        self.flag(|found| DecodeErrorKind::InvalidBool { found })
    }

    /// Whether an `optional` is set.
    ///
    /// # Errors
    ///
    /// D1 or D5 of the wire format.
    #[inline]
    pub fn present(&mut self) -> Result<bool, DecodeError> {
        self.flag(|found| DecodeErrorKind::InvalidOptional { found })
    }

    #[inline]
    fn flag(&mut self, refusal: fn(u8) -> DecodeErrorKind) -> Result<bool, DecodeError> {
        match *self.rest {
            [octet, ref rest @ ..] if octet <= 1 => {
                self.rest = rest;
                Ok(octet == 1)
            }
            [found, ..] => Err(self.error(refusal(found))),
            [] => Err(self.ended(1)),
        }
    }

    /// The octets of a `data`.
    ///
    /// # Errors
    ///
    /// D1, D2, D3 or D10 of the wire format.
    #[inline]
    pub fn data(&mut self) -> Result<&'a [u8], DecodeError> {
        let start = self.rest;
        let announced = self.uint()?;
        if let Ok(len) = usize::try_from(announced)
            && let Some((data, rest)) = self.rest.split_at_checked(len)
        {
            self.rest = rest;
            return Ok(data);
        }
        Err(self.beyond_input(start, announced, announced))
    }

    /// The text of a `str`.
    ///
    /// # Errors
    ///
    /// D1, D2, D3, D6 or D10 of the wire format.
    #[inline]
    pub fn str(&mut self) -> Result<&'a str, DecodeError> {
        let data = self.data()?;
        match core::str::from_utf8(data) {
            Ok(text) => Ok(text),
            Err(error) => Err(self.not_utf8(data, error)),
        }
    }

    #[cold]
    fn not_utf8(&self, data: &[u8], error: core::str::Utf8Error) -> DecodeError {
        let valid_up_to = error.valid_up_to();
        DecodeError::new(
            DecodeErrorKind::InvalidUtf8 { valid_up_to },
            self.position() - data.len() + valid_up_to,
        )
    }

    /// The count of a list or map whose elements take `min_len` octets each at least.
    ///
    /// # Errors
    ///
    /// D1, D2, D3 or D10 of the wire format, before anything is allocated.
    #[inline]
    pub fn count(&mut self, min_len: usize) -> Result<usize, DecodeError> {
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
    pub fn fixed_count(&mut self, count: usize, min_len: usize) -> Result<(), DecodeError> {
        self.expect_elements(self.rest, count as u64, min_len).map(|_| ())
    }

    #[inline]
    fn expect_elements(&self, start: &[u8], announced: u64, min_len: usize) -> Result<usize, DecodeError> {
        // No element of a schema is empty: `void` stands only in unions, and a struct has a field.
        // One written by hand is counted as an octet, or five octets could announce 2^32 of them.
        let least = announced.saturating_mul(min_len.max(1) as u64);
        if least <= self.rest.len() as u64 {
            // Lossless: the count is at most the length of a slice.
            return Ok(announced as usize);
        }
        Err(self.beyond_input(start, announced, least))
    }

    /// A length or count is beyond the input if one octet each is too much already;
    /// otherwise the input ends inside one of the elements.
    #[cold]
    fn beyond_input(&self, start: &[u8], announced: u64, least: u64) -> DecodeError {
        let remaining = self.rest.len();
        // No slice is longer than `isize::MAX`, so that waiting for more octets would be in vain.
        let needed = isize::try_from(least).ok().map(|least| least.cast_unsigned().saturating_sub(remaining));
        match needed {
            Some(needed) if announced <= remaining as u64 => self.ended(needed),
            _ => self.error_at(start, DecodeErrorKind::LengthBeyondInput { announced, remaining, needed }),
        }
    }

    /// The tag of a union that the schema does not assign, read just before this position.
    #[cold]
    #[must_use]
    pub fn unknown_tag(&self, found: u64) -> DecodeError {
        // Varints are minimal, so that the length follows from the number.
        DecodeError::new(
            DecodeErrorKind::UnknownTag { found },
            self.position() - crate::encode::uint_len(found),
        )
    }

    /// An enum, from its number.
    ///
    /// # Errors
    ///
    /// D1, D2, D3 or D7 of the wire format.
    #[inline]
    pub fn enumeration<T: TryFrom<u64>>(&mut self) -> Result<T, DecodeError> {
        let start = self.rest;
        let found = self.uint()?;
        T::try_from(found).map_err(|_| self.error_at(start, DecodeErrorKind::UnknownEnumValue { found }))
    }

    /// `slice`, which must be a part of this input, as a buffer of its own:
    /// shared with the input if that can be shared, else copied.
    ///
    /// # Errors
    ///
    /// [`LimitExceeded`](DecodeErrorKind::LimitExceeded) or [`OutOfMemory`](DecodeErrorKind::OutOfMemory)
    /// if it has to be copied.
    #[inline]
    pub(crate) fn share(&mut self, slice: &'a [u8]) -> Result<Bytes, DecodeError> {
        match self.source {
            Some(source) => Ok(source.slice_ref(slice)),
            None => {
                let mut copy = self.vec::<u8>(slice.len())?;
                copy.extend_from_slice(slice);
                Ok(Bytes::from(copy))
            }
        }
    }

    /// Takes the heap that `count` values of type `T` need from the budget.
    ///
    /// # Errors
    ///
    /// [`LimitExceeded`](DecodeErrorKind::LimitExceeded) if less is left.
    #[inline]
    pub fn charge<T>(&mut self, count: usize) -> Result<(), DecodeError> {
        let wanted = count.saturating_mul(size_of::<T>());
        match self.budget.checked_sub(wanted) {
            Some(left) => {
                self.budget = left;
                Ok(())
            }
            None => Err(self.limit_exceeded(wanted)),
        }
    }

    /// The error that `wanted` octets of heap are more than this input may take.
    #[cold]
    pub(crate) fn limit_exceeded(&self, wanted: usize) -> DecodeError {
        self.error(DecodeErrorKind::LimitExceeded { budget: self.limit, wanted })
    }

    /// Gives back the heap of `count` values of type `T` that were charged and are freed again.
    #[doc(hidden)]
    pub fn refund<T>(&mut self, count: usize) {
        self.budget = self.budget.saturating_add(count.saturating_mul(size_of::<T>()));
    }

    /// An empty vector for `count` values, charged to the budget.
    ///
    /// With a budget, all of it is reserved. Without one ([`Limits::trusted`]) the first reservation is at most the
    /// default budget of the input: [`Reader::grow`] extends it when elements really come.
    ///
    /// # Errors
    ///
    /// [`LimitExceeded`](DecodeErrorKind::LimitExceeded) or [`OutOfMemory`](DecodeErrorKind::OutOfMemory).
    #[inline]
    pub fn vec<T>(&mut self, count: usize) -> Result<Vec<T>, DecodeError> {
        self.charge::<T>(count)?;
        let first = match self.limit {
            usize::MAX => count.min((Limits::default().heap(self.len) / size_of::<T>().max(1)).max(1)),
            _ => count,
        };
        let mut values = Vec::new();
        self.reserve(&mut values, first)?;
        Ok(values)
    }

    /// Makes room for one value more in a full vector from [`Reader::vec`].
    ///
    /// # Errors
    ///
    /// [`OutOfMemory`](DecodeErrorKind::OutOfMemory).
    #[inline]
    pub fn grow<T>(&self, values: &mut Vec<T>) -> Result<(), DecodeError> {
        if values.len() < values.capacity() {
            return Ok(());
        }
        values.try_reserve(1).map_err(|_| self.out_of_memory(size_of::<T>().saturating_mul(values.len())))
    }

    /// An empty vector for `count` values that no sender claims but that are there, charged to the budget and, if they are
    /// temporary, given back to it by [`Reader::refund`].
    #[doc(hidden)]
    pub fn scratch<T>(&mut self, count: usize) -> Result<Vec<T>, DecodeError> {
        self.charge::<T>(count)?;
        let mut values = Vec::new();
        self.reserve(&mut values, count)?;
        Ok(values)
    }

    fn reserve<T>(&self, values: &mut Vec<T>, count: usize) -> Result<(), DecodeError> {
        values.try_reserve_exact(count).map_err(|_| self.out_of_memory(size_of::<T>().saturating_mul(count)))
    }

    #[cold]
    fn out_of_memory(&self, wanted: usize) -> DecodeError {
        self.error(DecodeErrorKind::OutOfMemory { wanted })
    }
}
