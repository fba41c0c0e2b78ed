//! Writing a Rust value in its BARE layout.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use bytes::{BufMut, Bytes};
use core::ops::Deref;

use crate::{Elements, Plain, Varint};

/// A value that can be written in its BARE layout.
///
/// One walk over the value serves every destination: a counter for its exact length, a vector, a slice, segments.
/// `W` names the layout where the Rust type leaves it open, as in [`Decode`](crate::Decode).
pub trait Encode<W = Plain> {
    /// The octets of each value, if all values take the same: room for them is then looked for once.
    const LEN: Option<usize> = None;

    /// Writes the value to `s`.
    ///
    /// The value is borrowed for as long as the sink, so that a sink may keep large payloads without copying them.
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S);

    /// Writes `values` one after another, without a count.
    #[inline]
    fn write_list<'s, S: Sink<'s>>(values: &'s [Self], s: &mut S)
    where
        Self: Sized,
    {
        s.elements(values);
    }
}

/// Octets of a value that a sink may keep instead of copying them.
#[derive(Clone, Copy, Debug)]
pub enum Octets<'s> {
    /// Octets that the value borrows or owns.
    Borrowed(&'s [u8]),
    /// Octets in a buffer that others may share.
    Shared(&'s Bytes),
}

impl Deref for Octets<'_> {
    type Target = [u8];

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn deref(&self) -> &[u8] {
        match self {
            Self::Borrowed(octets) => octets,
            Self::Shared(octets) => octets,
        }
    }
}

impl<'s> From<&'s [u8]> for Octets<'s> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn from(octets: &'s [u8]) -> Self {
        Self::Borrowed(octets)
    }
}

impl<'s> From<&'s Bytes> for Octets<'s> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn from(octets: &'s Bytes) -> Self {
        Self::Shared(octets)
    }
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

/// Where encoded octets go: sealed, so that the ways of writing can grow without breaking anybody.
// The methods are inlined into the code of each type, where most values are known to be short or of one length.
// Not so in programs that are not optimised: each call would take room of its own on the stack of its caller.
pub trait Sink<'s>: sealed::Sealed + Sized {
    /// Copies `octets`.
    fn put(&mut self, octets: &[u8]);

    /// Copies the octets of a fixed-size number.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn put_array<const N: usize>(&mut self, octets: [u8; N]) {
        self.put(&octets);
    }

    /// Writes octets that outlive the sink.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn payload(&mut self, octets: impl Into<Octets<'s>>) {
        self.put(&octets.into());
    }

    /// Writes octets that outlive the sink, behind their length.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn data(&mut self, octets: impl Into<Octets<'s>>) {
        let octets = octets.into();
        self.count(octets.len());
        self.payload(octets);
    }

    /// Writes the first `len` of `octets`, at most all, behind their length; what follows them may be copied, too.
    #[doc(hidden)]
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn start<const N: usize>(&mut self, octets: &'s [u8; N], len: u8) {
        self.data(&octets[..usize::from(len)]);
    }

    /// Writes one octet.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn octet(&mut self, octet: u8) {
        self.put_array([octet]);
    }

    /// Writes a `uint` in the fewest octets: also lengths, counts, enum numbers and tags.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn uint(&mut self, value: u64) {
        if value < 0x80 {
            self.octet(value as u8);
        } else if value < 0x4000 {
            self.put_array([value as u8 | 0x80, (value >> 7) as u8]);
        } else {
            let (octets, len) = long_uint(value);
            self.put(&octets[..len]);
        }
    }

    /// Writes an `int`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn int(&mut self, value: i64) {
        self.uint((value << 1 ^ value >> 63).cast_unsigned());
    }

    /// Writes a length or count.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn count(&mut self, count: usize) {
        self.uint(count as u64);
    }

    /// Writes a field.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn field<T: Encode>(&mut self, value: &'s T) {
        self.field_as::<Plain, T>(value);
    }

    /// Writes a field in the layout `W`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn field_as<W, T: Encode<W>>(&mut self, value: &'s T) {
        value.write(self);
    }

    /// Writes an optional value in the layout `W`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn optional<W, T: Encode<W>>(&mut self, value: Option<&'s T>) {
        match value {
            Some(value) => {
                self.octet(1);
                self.field_as(value);
            }
            None => self.octet(0),
        }
    }

    /// Writes values in the layout `W` one after another.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn elements<W, T: Encode<W>>(&mut self, values: &'s [T]) {
        for value in values {
            self.field_as(value);
        }
    }

    /// Writes a field that is a loop, or large: sinks for which that is faster do so by a call.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn field_apart<T: Encode>(&mut self, value: &'s T) {
        self.field_apart_as::<Plain, T>(value);
    }

    /// Writes a field in the layout `W` that is a loop, or large: sinks for which that is faster do so by a call.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn field_apart_as<W, T: Encode<W>>(&mut self, value: &'s T) {
        self.field_as(value);
    }

    /// Writes a union: the tag, then the member.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn member<T: Encode>(&mut self, tag: u64, value: &'s T) {
        self.member_as::<Plain, T>(tag, value);
    }

    /// Writes a union whose member has the layout `W`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn member_as<W, T: Encode<W>>(&mut self, tag: u64, value: &'s T) {
        self.uint(tag);
        self.field_as(value);
    }

    /// Writes a union whose member is a loop, or large.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn member_apart<T: Encode>(&mut self, tag: u64, value: &'s T) {
        self.member_apart_as::<Plain, T>(tag, value);
    }

    /// Writes a union whose member has the layout `W` and is a loop, or large.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn member_apart_as<W, T: Encode<W>>(&mut self, tag: u64, value: &'s T) {
        self.uint(tag);
        self.field_apart_as(value);
    }
}

/// The octets that `value` takes as a `uint`: 1 to 10.
#[inline]
pub(crate) const fn uint_len(value: u64) -> usize {
    if value < 0x80 {
        return 1;
    }
    // Seven bits an octet.
    (64 - value.leading_zeros() as usize).div_ceil(7)
}

/// `value` as a `uint`, and the octets that it takes.
#[cold]
fn long_uint(value: u64) -> ([u8; 10], usize) {
    let len = uint_len(value);
    let mut rest = value;
    let octets = core::array::from_fn(|at| {
        let octet = rest as u8 & 0x7f;
        rest >>= 7;
        if at + 1 < len { octet | 0x80 } else { octet }
    });
    (octets, len)
}

/// The octets of `count` values of `len` octets each, where they are known.
pub(crate) const fn times(count: usize, len: Option<usize>) -> Option<usize> {
    match len {
        Some(len) => count.checked_mul(len),
        None => None,
    }
}

/// Counts octets and writes nothing.
#[derive(Debug, Default)]
pub(crate) struct Counter {
    /// 64 bits on every target: a view built by hand may repeat what it borrows beyond the address space.
    pub(crate) len: u64,
}

impl sealed::Sealed for Counter {}

impl<'s> Sink<'s> for Counter {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn put(&mut self, octets: &[u8]) {
        self.len += octets.len() as u64;
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn uint(&mut self, value: u64) {
        self.len += uint_len(value) as u64;
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn field_as<W, T: Encode<W>>(&mut self, value: &'s T) {
        if const { T::LEN.is_some() } {
            self.len += T::LEN.unwrap_or_default() as u64;
        } else {
            value.write(self);
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn field_apart_as<W, T: Encode<W>>(&mut self, value: &'s T) {
        self.len += len_apart(value);
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn optional<W, T: Encode<W>>(&mut self, value: Option<&'s T>) {
        self.len += 1;
        match (T::LEN, value) {
            // A sum and no branch: whether a value is there is often not to be guessed.
            (Some(len), value) => self.len += u64::from(value.is_some()) * len as u64,
            (None, Some(value)) => value.write(self),
            (None, None) => {}
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn elements<W, T: Encode<W>>(&mut self, values: &'s [T]) {
        match T::LEN {
            Some(len) => self.len += values.len() as u64 * len as u64,
            None => values.iter().for_each(|value| value.write(self)),
        }
    }
}

/// The octets that `value` takes.
#[inline(never)]
fn len_apart<W, T: Encode<W>>(value: &T) -> u64 {
    let mut counter = Counter::default();
    value.write(&mut counter);
    counter.len
}

/// Compares what is written with the octets that are expected.
#[derive(Debug)]
pub(crate) struct Expected<'o> {
    /// What is to follow; `None` once something else was written.
    rest: Option<&'o [u8]>,
}

impl<'o> Expected<'o> {
    pub(crate) const fn new(octets: &'o [u8]) -> Self {
        Self { rest: Some(octets) }
    }

    /// Whether all of the octets were written, and nothing else.
    pub(crate) const fn is_met(&self) -> bool {
        matches!(self.rest, Some([]))
    }
}

impl sealed::Sealed for Expected<'_> {}

impl<'s> Sink<'s> for Expected<'_> {
    #[inline]
    fn put(&mut self, octets: &[u8]) {
        self.rest = self.rest.and_then(|rest| rest.strip_prefix(octets));
    }
}

impl sealed::Sealed for Vec<u8> {}

impl<'s> Sink<'s> for Vec<u8> {
    #[inline]
    fn put(&mut self, octets: &[u8]) {
        self.extend_from_slice(octets);
    }
}

/// Writes into any [`BufMut`] that was checked to have room.
#[derive(Debug)]
pub(crate) struct BufSink<'b, B>(pub(crate) &'b mut B);

impl<B> sealed::Sealed for BufSink<'_, B> {}

impl<'s, B: BufMut> Sink<'s> for BufSink<'_, B> {
    #[inline]
    fn put(&mut self, octets: &[u8]) {
        self.0.put_slice(octets);
    }
}

macro_rules! encode_number {
    ($($number:ty),*) => {$(
        impl Encode for $number {
            const LEN: Option<usize> = Some(size_of::<Self>());

            #[inline]
            fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
                s.put_array(self.to_le_bytes());
            }
        }
    )*};
}

encode_number!(u16, u32, u64, i8, i16, i32, i64, f32, f64);

impl Encode for u8 {
    const LEN: Option<usize> = Some(1);

    #[inline]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.octet(*self);
    }

    #[inline]
    fn write_list<'s, S: Sink<'s>>(values: &'s [Self], s: &mut S) {
        s.payload(values);
    }
}

impl Encode<Elements> for u8 {
    const LEN: Option<usize> = Some(1);

    #[inline]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.octet(*self);
    }

    #[inline]
    fn write_list<'s, S: Sink<'s>>(values: &'s [Self], s: &mut S) {
        s.payload(values);
    }
}

impl Encode<Varint> for u64 {
    #[inline]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.uint(*self);
    }
}

impl Encode<Varint> for i64 {
    #[inline]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.int(*self);
    }
}

impl Encode for bool {
    const LEN: Option<usize> = Some(1);

    #[inline]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.octet(u8::from(*self));
    }
}

impl Encode for str {
    #[inline]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.data(self.as_bytes());
    }
}

impl Encode for String {
    #[inline]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        self.as_str().write(s);
    }
}

impl<W, T: Encode<W>> Encode<W> for [T] {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.count(self.len());
        T::write_list(self, s);
    }
}

impl<W, T: Encode<W>> Encode<W> for Vec<T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        self.as_slice().write(s);
    }
}

impl Encode for Bytes {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.data(self);
    }
}

impl<W, T: Encode<W>, const N: usize> Encode<W> for [T; N] {
    const LEN: Option<usize> = times(N, T::LEN);

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        T::write_list(self, s);
    }
}

impl<W, T: Encode<W>> Encode<W> for Option<T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.optional(self.as_ref());
    }
}

impl<W, T: Encode<W>> Encode<W> for Box<T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        (**self).write(s);
    }
}

impl<W, T: Encode<W> + ?Sized> Encode<W> for &T {
    #[inline]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        (**self).write(s);
    }
}

#[cfg(test)]
mod tests {
    use super::{Expected, Sink as _};

    #[test]
    fn octets_are_expected_all_and_in_their_order() {
        let mut expected = Expected::new(b"abc");
        assert!(!expected.is_met());
        expected.put(b"ab");
        assert!(!expected.is_met());
        expected.put(b"c");
        assert!(expected.is_met());
        expected.put(b"d");
        assert!(!expected.is_met());
        let mut expected = Expected::new(b"a");
        expected.put(b"b");
        expected.put(b"a");
        assert!(!expected.is_met());
    }
}
