//! A message in pieces: what is short is copied together, and long payloads stay where they are.

use alloc::vec::Vec;
use bytes::{Buf, Bytes};
use core::fmt;
use core::ops::Range;

use crate::encode::{Encode, Octets, Sink, sealed};
use crate::write;

/// An encoded message whose long payloads are kept instead of copied.
///
/// Made by [`Message::encode_segments`](crate::Message::encode_segments).
/// Its pieces, one behind the other, are the octets of [`Message::encode_to_vec`](crate::Message::encode_to_vec).
/// It is a [`Buf`], so that it can be given to whatever takes one;
/// a vectored write takes the slices that [`Buf::chunks_vectored`] fills, and [`Buf::advance`] skips what was written.
///
/// # Examples
///
/// ```
/// use barewire::{Bytes, Message};
/// use bytes::Buf;
/// # use barewire::{Decode, Encode, Reader, Sink};
/// # #[derive(Clone, Debug, PartialEq)]
/// # struct Upload { data: Bytes }
/// # impl Encode for Upload { fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) { s.field(&self.data); } }
/// # impl<'a> Decode<'a> for Upload {
/// #     fn read(r: &mut Reader<'a>) -> barewire::Result<Self> { Ok(Self { data: r.field("data")? }) }
/// # }
/// # impl Message for Upload { const NAME: &'static str = "Upload"; type View<'a> = Self; }
///
/// let upload = Upload { data: Bytes::from(vec![7; 1 << 20]) };
/// let segments = upload.encode_segments();
/// assert_eq!(segments.remaining(), upload.encoded_len());
/// // The length of the data, and the data, where it was.
/// let pieces: Vec<&[u8]> = segments.pieces().collect();
/// assert_eq!(pieces[0], [0x80, 0x80, 0x40]);
/// assert_eq!(pieces[1].as_ptr(), upload.data.as_ptr());
/// ```
#[derive(Clone)]
pub struct Segments<'a> {
    copied: Vec<u8>,
    pieces: Vec<Piece<'a>>,
    /// The first piece that is left.
    first: usize,
    /// How much of it was taken.
    taken: usize,
    remaining: usize,
}

/// A part of a message, never empty.
#[derive(Clone, Debug)]
pub(crate) enum Piece<'a> {
    /// Octets among those that were copied.
    Copied(Range<usize>),
    /// A payload, where it was.
    Kept(Octets<'a>),
}

impl Piece<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Copied(place) => place.len(),
            Self::Kept(octets) => octets.len(),
        }
    }
}

impl<'a> Segments<'a> {
    /// The length in octets from which on a payload is kept: copying a shorter one is faster than writing one piece more.
    pub const KEPT_FROM: usize = 8 << 10;

    pub(crate) fn of<T: Encode + ?Sized>(value: &'a T) -> Self {
        let mut plan = Plan::default();
        value.write(&mut plan);
        let (copied, pieces) = write::segments(value, plan);
        let remaining = pieces.iter().map(Piece::len).sum();
        Self { copied, pieces, first: 0, taken: 0, remaining }
    }

    /// The pieces that are left; none is empty.
    pub fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        let mut taken = self.taken;
        self.pieces[self.first..].iter().map(move |piece| {
            let octets = match piece {
                Piece::Copied(place) => &self.copied[place.clone()],
                Piece::Kept(octets) => octets,
            };
            &octets[core::mem::take(&mut taken)..]
        })
    }

    /// The pieces that are left, for those who need to own them.
    ///
    /// What was copied and what is in [`Bytes`] is shared; what is only borrowed, as in views, is copied now.
    pub fn into_bytes(self) -> impl Iterator<Item = Bytes> {
        let copied = Bytes::from(self.copied);
        let mut taken = self.taken;
        self.pieces.into_iter().skip(self.first).map(move |piece| {
            let octets = match piece {
                Piece::Copied(place) => copied.slice(place),
                Piece::Kept(Octets::Shared(octets)) => octets.clone(),
                Piece::Kept(Octets::Borrowed(octets)) => Bytes::copy_from_slice(octets),
            };
            octets.slice(core::mem::take(&mut taken)..)
        })
    }
}

impl Buf for Segments<'_> {
    fn remaining(&self) -> usize {
        self.remaining
    }

    fn chunk(&self) -> &[u8] {
        self.pieces().next().unwrap_or_default()
    }

    #[cfg(feature = "std")]
    fn chunks_vectored<'s>(&'s self, slices: &mut [std::io::IoSlice<'s>]) -> usize {
        let mut filled = 0;
        for (slice, piece) in slices.iter_mut().zip(self.pieces()) {
            *slice = std::io::IoSlice::new(piece);
            filled += 1;
        }
        filled
    }

    /// Skips `count` octets.
    ///
    /// # Panics
    ///
    /// If fewer are left.
    fn advance(&mut self, count: usize) {
        assert!(count <= self.remaining, "cannot advance by {count} bytes, {} are left", self.remaining);
        self.remaining -= count;
        self.taken += count;
        while let Some(len) = self.pieces.get(self.first).map(Piece::len)
            && len <= self.taken
        {
            self.taken -= len;
            self.first += 1;
        }
    }
}

impl fmt::Debug for Segments<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.pieces()).finish()
    }
}

/// Counts what would be copied and kept.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Plan {
    /// The octets to copy.
    pub(crate) copied: usize,
    /// The payloads to keep.
    pub(crate) kept: usize,
}

impl sealed::Sealed for Plan {}

impl<'s> Sink<'s> for Plan {
    fn put(&mut self, octets: &[u8]) {
        self.copied = self.copied.saturating_add(octets.len());
    }

    fn payload(&mut self, octets: impl Into<Octets<'s>>) {
        match &*octets.into() {
            kept if kept.len() >= Segments::KEPT_FROM => self.kept += 1,
            copied => self.put(copied),
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    /// Or there would be more than the two allocations that `Message::encode_segments` speaks of.
    #[test]
    fn what_is_copied_and_kept_is_known_before() {
        const LONG: usize = Segments::KEPT_FROM;
        let parts = [LONG - 1, LONG, 5, LONG + 1].map(|len| Bytes::from(vec![7; len]));
        let mut plan = Plan::default();
        <_ as Encode>::write(&parts, &mut plan);
        let segments = Segments::of(&parts);
        let kept = segments.pieces.iter().filter(|piece| matches!(piece, Piece::Kept(_))).count();
        assert_eq!((plan.copied, plan.kept), (segments.copied.len(), kept));
        assert_eq!(kept, 2);
    }
}
