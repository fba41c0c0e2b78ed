//! Writing into memory that is not initialised yet: the free part of a vector or of any other buffer.

#![allow(
    unsafe_code,
    reason = "a vector can be extended without asking at each octet whether it has to grow: encoding small messages takes \
              1.3 to 4 times as long with its safe methods"
)]

use alloc::vec::Vec;
use bytes::BufMut;
use core::mem::{self, MaybeUninit};

use crate::encode::{BufSink, Encode, Octets, Sink, sealed};
use crate::segments::{Piece, Plan, Segments};

/// The longest data that is copied by a few loads and stores, instead of a call.
const SHORT: usize = 32;

/// Writes into memory as long as there is room, and counts what it has no room for.
///
/// What makes it sound is here: `rest` only ever gets shorter from its start, and by no more octets than were initialised
/// there, which one sees at each place where it is assigned.
#[derive(Debug)]
struct Writer<'b> {
    /// The memory behind what was written.
    rest: &'b mut [MaybeUninit<u8>],
    /// The octets that had no place. Once there are some, `rest` is empty.
    missing: usize,
}

impl<'b> Writer<'b> {
    const fn new(memory: &'b mut [MaybeUninit<u8>]) -> Self {
        Self { rest: memory, missing: 0 }
    }

    /// Moves over `len` octets, which were initialised.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn skip(&mut self, len: usize) {
        self.rest = &mut mem::take(&mut self.rest)[len..];
    }

    /// Counts `len` octets that have no place, although a part of them would.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn miss(&mut self, len: usize) {
        cold();
        self.missing = self.missing.saturating_add(len - self.rest.len());
        self.rest = &mut [];
    }

    /// Writes `octets` behind their length.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn data_by_call(&mut self, octets: &[u8]) {
        let written = data_in(self.rest, octets);
        self.go_on(written);
    }

    /// The octets that were written to memory with `room` for so many, or how many had no place in it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn written(&self, room: usize) -> Result<usize, usize> {
        match self.missing {
            0 => Ok(room - self.rest.len()),
            missing => Err(missing),
        }
    }

    /// Goes on where a writer of all that is left ended.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn go_on(&mut self, written: Result<usize, usize>) {
        match written {
            Ok(len) => self.skip(len),
            Err(missing) => {
                self.missing = self.missing.saturating_add(missing);
                self.rest = &mut [];
            }
        }
    }
}

/// Writes `octets` behind their length to `memory`, and returns how many octets that are, or how many have no place there.
///
/// It is no method, so that the writer of its callers need not be in memory for it.
#[inline(never)]
fn data_in(memory: &mut [MaybeUninit<u8>], octets: &[u8]) -> Result<usize, usize> {
    let room = memory.len();
    let mut writer = Writer::new(memory);
    writer.count(octets.len());
    writer.put(octets);
    writer.written(room)
}

/// Writes `value` to `memory`, and returns how many octets that are, or how many have no place there.
///
/// As in [`data_in`], no writer is in memory for it: neither the one of its caller nor its own, unless it calls others.
/// The caller keeps its memory meanwhile: what `value` calls may panic, and who catches that may go on with the caller.
#[inline(never)]
fn value_in<W, T: Encode<W>>(memory: &mut [MaybeUninit<u8>], value: &T) -> Result<usize, usize> {
    let room = memory.len();
    let mut writer = Writer::new(memory);
    value.write(&mut writer);
    writer.written(room)
}

/// Says that the branch it is called in is rarely taken.
#[cold]
const fn cold() {}

impl sealed::Sealed for Writer<'_> {}

impl<'s> Sink<'s> for Writer<'_> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn put(&mut self, octets: &[u8]) {
        let len = octets.len();
        if len > self.rest.len() {
            return self.miss(len);
        }
        copy(octets, &mut self.rest[..len]);
        self.skip(len);
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn data(&mut self, octets: impl Into<Octets<'s>>) {
        let octets = &*octets.into();
        let len = octets.len();
        if len > SHORT || len >= self.rest.len() {
            return self.data_by_call(octets);
        }
        copy(&[len as u8], &mut self.rest[..1]);
        copy_short(octets, &mut self.rest[1..=len]);
        self.skip(1 + len);
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn start<const N: usize>(&mut self, octets: &'s [u8; N], len: u8) {
        const { assert!(N < 0x80, "the length takes one octet") };
        let end = usize::from(len);
        if end > N || N >= self.rest.len() {
            return self.data_by_call(&octets[..end]);
        }
        copy(&[len], &mut self.rest[..1]);
        copy(octets, &mut self.rest[1..=N]);
        self.skip(1 + end);
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn field_apart_as<W, T: Encode<W>>(&mut self, value: &'s T) {
        let written = value_in(self.rest, value);
        self.go_on(written);
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn field_as<W, T: Encode<W>>(&mut self, value: &'s T) {
        // What no value needs is left out before it is compiled, not after.
        if const { T::LEN.is_some() }
            && let Some(len) = T::LEN
        {
            if len > self.rest.len() {
                return self.miss(len);
            }
            // There is room for all parts, which the compiler sees.
            let mut part = Writer::new(&mut self.rest[..len]);
            value.write(&mut part);
            if part.missing == 0 {
                let written = len - part.rest.len();
                return self.skip(written);
            }
            // A type written by hand is longer than it says.
        }
        value.write(self);
    }
}

/// Copies all of `from` to `to`, which is as long.
#[cfg_attr(not(debug_assertions), inline(always))]
fn copy(from: &[u8], to: &mut [MaybeUninit<u8>]) {
    assert_eq!(from.len(), to.len());
    // SAFETY: `copy_nonoverlapping` requires that as many octets are readable at `from` as are writable at `to`, and that
    // they do not overlap. Both are slices, of one length, and nothing else refers to what `to` refers to.
    unsafe { core::ptr::copy_nonoverlapping(from.as_ptr(), to.as_mut_ptr().cast(), from.len()) }
}

/// Copies all of `from`, at most [`SHORT`] octets, to `to`, which is as long.
#[cfg_attr(not(debug_assertions), inline(always))]
fn copy_short(from: &[u8], to: &mut [MaybeUninit<u8>]) {
    match from.len() {
        0 => {}
        1..4 => {
            // The first, the middle and the last: the same ones, where there are fewer than three.
            let (middle, last) = (from.len() / 2, from.len() - 1);
            for at in [0, middle, last] {
                to[at].write(from[at]);
            }
        }
        4..8 => copy_ends::<4>(from, to),
        8..16 => copy_ends::<8>(from, to),
        16..=SHORT => copy_ends::<16>(from, to),
        _ => copy(from, to),
    }
}

/// Copies the first `N` and the last `N` octets of `from` to `to`, which is as long: all, as there are at most 2 `N`.
#[cfg_attr(not(debug_assertions), inline(always))]
fn copy_ends<const N: usize>(from: &[u8], to: &mut [MaybeUninit<u8>]) {
    let last = from.len() - N;
    copy(&from[..N], &mut to[..N]);
    copy(&from[last..], &mut to[last..]);
}

/// Copies what is short, and keeps long payloads.
struct SegmentSink<'b, 's> {
    writer: Writer<'b>,
    /// The octets of the memory that `writer` began with.
    room: usize,
    pieces: Vec<Piece<'s>>,
    /// Where the octets begin that were copied since the last payload.
    start: usize,
}

impl SegmentSink<'_, '_> {
    /// Ends the piece of what was copied.
    fn cut(&mut self) {
        let end = self.room - self.writer.rest.len();
        if self.start < end {
            self.pieces.push(Piece::Copied(self.start..end));
        }
        self.start = end;
    }
}

impl sealed::Sealed for SegmentSink<'_, '_> {}

impl<'s> Sink<'s> for SegmentSink<'_, 's> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn put(&mut self, octets: &[u8]) {
        self.writer.put(octets);
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn put_array<const N: usize>(&mut self, octets: [u8; N]) {
        self.writer.put_array(octets);
    }

    #[inline]
    fn payload(&mut self, octets: impl Into<Octets<'s>>) {
        let octets = octets.into();
        if octets.len() < Segments::KEPT_FROM {
            return self.writer.put(&octets);
        }
        self.cut();
        self.pieces.push(Piece::Kept(octets));
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn start<const N: usize>(&mut self, octets: &'s [u8; N], len: u8) {
        self.writer.start(octets, len);
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn field_as<W, T: Encode<W>>(&mut self, value: &'s T) {
        match T::LEN {
            Some(len) if len < Segments::KEPT_FROM => self.writer.field_as(value),
            _ => value.write(self),
        }
    }
}

/// What of `value` is copied, and its pieces; `plan` says how much there is of each.
pub(crate) fn segments<'s, T: Encode + ?Sized>(value: &'s T, plan: Plan) -> (Vec<u8>, Vec<Piece<'s>>) {
    let mut copied = Vec::with_capacity(plan.copied);
    let mut pieces = Vec::with_capacity(2 * plan.kept + 1);
    extend(&mut copied, |writer| {
        // Once more if there was no room: then a type written by hand does not write the same twice.
        pieces.clear();
        let mut sink =
            SegmentSink { room: writer.rest.len(), writer, pieces: mem::take(&mut pieces), start: 0 };
        value.write(&mut sink);
        sink.cut();
        pieces = sink.pieces;
        sink.writer
    });
    (copied, pieces)
}

/// Appends to `buf` what `write` writes, and returns the writer, of all that is free in it. If there is no room, the length
/// is known after the first try.
///
/// It is for this module only: `write` has to return the writer that it is given.
#[cfg_attr(not(debug_assertions), inline(always))]
fn extend(buf: &mut Vec<u8>, mut write: impl FnMut(Writer<'_>) -> Writer<'_>) {
    loop {
        let room = buf.capacity() - buf.len();
        let writer = write(Writer::new(buf.spare_capacity_mut()));
        if writer.missing == 0 {
            let len = room - writer.rest.len();
            // SAFETY: `set_len` requires that the new length is within the capacity, and the octets up to it are
            // initialised. Behind those that were there before, `writer` initialised all of the spare capacity but its rest.
            unsafe { buf.set_len(buf.len() + len) };
            return;
        }
        let missing = writer.missing;
        buf.reserve(room.saturating_add(missing));
    }
}

/// Appends `value` to `buf`.
#[inline]
pub(crate) fn append<T: Encode + ?Sized>(value: &T, buf: &mut Vec<u8>) {
    extend(buf, |mut writer| {
        value.write(&mut writer);
        writer
    });
}

/// Writes `value` of `len` octets to `buf`, which has room for them.
#[inline]
pub(crate) fn write_to<T: Encode + ?Sized>(value: &T, len: usize, buf: &mut impl BufMut) {
    let chunk = buf.chunk_mut();
    if len <= chunk.len() {
        // SAFETY: `as_uninit_slice_mut` requires that only initialised octets are written to the slice, as `Writer` does.
        let memory = unsafe { chunk.as_uninit_slice_mut() };
        // Nothing is written behind the message: in a slice, octets may stand there.
        let mut writer = Writer::new(&mut memory[..len]);
        value.write(&mut writer);
        if writer.missing == 0 {
            let written = len - writer.rest.len();
            // SAFETY: `advance_mut` requires that the octets it moves over are initialised. They are those at the start of
            // the chunk, of which `writer` initialised all but its rest.
            unsafe { buf.advance_mut(written) };
            return;
        }
        // A type written by hand does not write the same twice.
    }
    value.write(&mut BufSink(buf));
}
