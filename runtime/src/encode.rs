//! Writing a Rust value in its BARE layout.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use bytes::{BufMut, Bytes};

use crate::{Elements, Plain, Varint};

/// A value that can be written in its BARE layout.
///
/// One walk over the value serves every destination: a counter for its exact length, a vector, a slice.
/// `W` names the layout where the Rust type leaves it open, as in [`Decode`](crate::Decode).
pub trait Encode<W = Plain> {
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
        for value in values {
            value.write(s);
        }
    }
}

mod sealed {
    pub trait Sealed {}
}

/// Where encoded octets go: sealed, so that the ways of writing can grow without breaking anybody.
pub trait Sink<'s>: sealed::Sealed + Sized {
    /// Copies `octets`.
    fn put(&mut self, octets: &[u8]);

    /// Copies the octets of a fixed-size number.
    #[inline]
    fn put_array<const N: usize>(&mut self, octets: [u8; N]) {
        self.put(&octets);
    }

    /// Writes a payload that outlives the sink.
    #[inline]
    fn payload(&mut self, octets: &'s [u8]) {
        self.put(octets);
    }

    /// Writes one octet.
    #[inline]
    fn octet(&mut self, octet: u8) {
        self.put_array([octet]);
    }

    /// Writes a `uint` in the fewest octets: also lengths, counts, enum numbers and tags.
    #[inline]
    fn uint(&mut self, value: u64) {
        if value < 0x80 {
            return self.octet(value as u8);
        }
        let mut octets = [0; 10];
        let mut len = 0;
        let mut rest = value;
        for octet in &mut octets {
            len += 1;
            *octet = rest as u8 | 0x80;
            rest >>= 7;
            if rest == 0 {
                *octet &= 0x7f;
                break;
            }
        }
        self.put(&octets[..len]);
    }

    /// Writes an `int`.
    #[inline]
    fn int(&mut self, value: i64) {
        self.uint((value << 1 ^ value >> 63).cast_unsigned());
    }

    /// Writes a length or count.
    #[inline]
    fn count(&mut self, count: usize) {
        self.uint(count as u64);
    }

    /// Writes a field.
    #[inline]
    fn field<T: Encode>(&mut self, value: &'s T) {
        value.write(self);
    }

    /// Writes a field in the layout `W`.
    #[inline]
    fn field_as<W, T: Encode<W>>(&mut self, value: &'s T) {
        value.write(self);
    }

    /// Writes a union: the tag, then the member.
    #[inline]
    fn member<T: Encode>(&mut self, tag: u64, value: &'s T) {
        self.uint(tag);
        value.write(self);
    }

    /// Writes a union whose member has the layout `W`.
    #[inline]
    fn member_as<W, T: Encode<W>>(&mut self, tag: u64, value: &'s T) {
        self.uint(tag);
        value.write(self);
    }
}

/// The octets that `value` takes as a `uint`: 1 to 10.
#[inline]
pub(crate) const fn uint_len(value: u64) -> usize {
    // Seven bits an octet, and zero takes one; `| 1` makes it have one bit.
    (64 - (value | 1).leading_zeros() as usize).div_ceil(7)
}

/// Counts octets and writes nothing.
#[derive(Debug, Default)]
pub(crate) struct Counter {
    /// 64 bits on every target: a view built by hand may repeat what it borrows beyond the address space.
    pub(crate) len: u64,
}

impl sealed::Sealed for Counter {}

impl<'s> Sink<'s> for Counter {
    #[inline]
    fn put(&mut self, octets: &[u8]) {
        self.len += octets.len() as u64;
    }

    #[inline]
    fn uint(&mut self, value: u64) {
        self.len += uint_len(value) as u64;
    }
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

/// Writes into a slice that was checked to be long enough.
#[derive(Debug)]
pub(crate) struct SliceSink<'b> {
    pub(crate) rest: &'b mut [u8],
}

impl sealed::Sealed for SliceSink<'_> {}

impl<'s> Sink<'s> for SliceSink<'_> {
    #[inline]
    fn put(&mut self, octets: &[u8]) {
        let (start, rest) = core::mem::take(&mut self.rest).split_at_mut(octets.len());
        start.copy_from_slice(octets);
        self.rest = rest;
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
            #[inline]
            fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
                s.put_array(self.to_le_bytes());
            }
        }
    )*};
}

encode_number!(u16, u32, u64, i8, i16, i32, i64, f32, f64);

impl Encode for u8 {
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
    #[inline]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.octet(u8::from(*self));
    }
}

impl Encode for str {
    #[inline]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.count(self.len());
        s.payload(self.as_bytes());
    }
}

impl Encode for String {
    #[inline]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        self.as_str().write(s);
    }
}

impl<W, T: Encode<W>> Encode<W> for [T] {
    #[inline]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.count(self.len());
        T::write_list(self, s);
    }
}

impl<W, T: Encode<W>> Encode<W> for Vec<T> {
    #[inline]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        self.as_slice().write(s);
    }
}

impl Encode for Bytes {
    #[inline]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.count(self.len());
        s.payload(self);
    }
}

impl<W, T: Encode<W>, const N: usize> Encode<W> for [T; N] {
    #[inline]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        T::write_list(self, s);
    }
}

impl<W, T: Encode<W>> Encode<W> for Option<T> {
    #[inline]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        match self {
            Some(value) => {
                s.octet(1);
                value.write(s);
            }
            None => s.octet(0),
        }
    }
}

impl<W, T: Encode<W>> Encode<W> for Box<T> {
    #[inline]
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
