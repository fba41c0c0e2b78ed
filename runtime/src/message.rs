//! Whole messages: what a program calls to turn bytes into values and values into bytes.

use alloc::vec::Vec;
use bytes::{BufMut, Bytes};
use core::fmt::Debug;

use crate::encode::{Counter, Expected};
use crate::{
    Decode, DecodeError, DecodeErrorKind, Encode, EncodeError, Input, Limits, Reader, Segments, write,
};

/// A type of the schema, owned or as a view, with the calls to decode and encode it.
///
/// Generated types implement it. A plain `u64` does not: only a named type says
/// whether it is a `uint` or a `u64` on the wire.
pub trait Message: Encode {
    /// The name in the schema, with which the path of an error begins.
    const NAME: &'static str;

    /// The type that borrows its parts from the bytes of the message: the type itself, if it does or has none.
    type View<'a>: Message + Decode<'a> + Clone + Debug + PartialEq;

    /// Decodes `input`, which has to be exactly one message, under the default [`Limits`].
    ///
    /// # Errors
    ///
    /// A [`DecodeError`] with the rule, the offset and the path.
    fn decode<'a>(input: impl Into<Input<'a>>) -> Result<Self, DecodeError>
    where
        Self: Decode<'a>,
    {
        Self::decode_with(input, &Limits::default())
    }

    /// Decodes `input`, which has to be exactly one message, under `limits`.
    ///
    /// # Errors
    ///
    /// A [`DecodeError`] with the rule, the offset and the path.
    fn decode_with<'a>(input: impl Into<Input<'a>>, limits: &Limits) -> Result<Self, DecodeError>
    where
        Self: Decode<'a>,
    {
        whole(&mut Reader::new(input, limits))
    }

    /// Decodes the message at the start of `input`, and returns it with the octets it took.
    ///
    /// # Errors
    ///
    /// A [`DecodeError`] with the rule, the offset and the path;
    /// its [`needed`](DecodeError::needed) tells an incomplete input from a wrong one.
    fn decode_prefix<'a>(input: impl Into<Input<'a>>, limits: &Limits) -> Result<(Self, usize), DecodeError>
    where
        Self: Decode<'a>,
    {
        let mut r = Reader::new(input, limits);
        match Self::read(&mut r) {
            Ok(message) => Ok((message, r.position())),
            Err(failed) => Err(r.error(failed).within(Self::NAME)),
        }
    }

    /// The octets that the message takes, exactly.
    fn encoded_len(&self) -> usize {
        let mut counter = Counter::default();
        self.write(&mut counter);
        usize::try_from(counter.len).unwrap_or(usize::MAX)
    }

    /// The message in a vector of exactly its length.
    ///
    /// # Panics
    ///
    /// If there is no memory for it, as all that allocates in Rust.
    fn encode_to_vec(&self) -> Vec<u8> {
        let mut buf = Vec::with_capacity(self.encoded_len());
        write::append(self, &mut buf);
        buf
    }

    /// Appends the message to `buf`, which grows at most once.
    ///
    /// It walks the value once if `buf` has room, and twice if it has to grow:
    /// a buffer that is used again is the fastest place to encode to.
    fn encode_into(&self, buf: &mut Vec<u8>) {
        if buf.capacity() == buf.len() {
            make_room(self, buf);
        }
        write::append(self, buf);
    }

    /// The message in pieces: long payloads are kept where they are, and the rest is copied.
    ///
    /// It takes as long for a megabyte as for sixteen kilobytes, with two allocations.
    /// For a message without long payloads [`encode_into`](Self::encode_into) is faster.
    ///
    /// # Panics
    ///
    /// If there is no memory for what is copied.
    fn encode_segments(&self) -> Segments<'_> {
        Segments::of(self)
    }

    /// Writes the message to any buffer.
    ///
    /// # Errors
    ///
    /// [`EncodeError::BufferTooShort`] if the buffer cannot take all of it; then nothing was written.
    fn encode_to(&self, buf: &mut impl BufMut) -> Result<(), EncodeError> {
        let len = self.encoded_len();
        fits(len, buf.remaining_mut())?;
        write::write_to(self, len, buf);
        Ok(())
    }

    /// Writes the message to the start of `buf` and returns the octets it took.
    ///
    /// # Errors
    ///
    /// [`EncodeError::BufferTooShort`] if `buf` cannot take all of it; then nothing was written.
    fn encode_to_slice(&self, mut buf: &mut [u8]) -> Result<usize, EncodeError> {
        let before = buf.len();
        self.encode_to(&mut buf)?;
        Ok(before - buf.len())
    }

    /// The owned message of a view: it is encoded once, and decoded from the copy, under the default [`Limits`].
    ///
    /// # Errors
    ///
    /// [`LimitExceeded`](DecodeErrorKind::LimitExceeded) or [`OutOfMemory`](DecodeErrorKind::OutOfMemory).
    fn to_message<'a, M>(&self) -> Result<M, DecodeError>
    where
        M: Message<View<'a> = Self> + for<'b> Decode<'b>,
        Self: Sized + 'a,
    {
        self.to_message_with(&Limits::default())
    }

    /// The owned message of a view: it is encoded once, and decoded from the copy, under `limits`.
    ///
    /// The copy, which all long parts share, is charged to the budget, too.
    ///
    /// # Errors
    ///
    /// [`LimitExceeded`](DecodeErrorKind::LimitExceeded) or [`OutOfMemory`](DecodeErrorKind::OutOfMemory).
    fn to_message_with<'a, M>(&self, limits: &Limits) -> Result<M, DecodeError>
    where
        M: Message<View<'a> = Self> + for<'b> Decode<'b>,
        Self: Sized + 'a,
    {
        let len = self.encoded_len();
        let refused = |kind| DecodeError::new(kind, 0).within(Self::NAME);
        let budget = limits.heap(len);
        if budget < len {
            return Err(refused(DecodeErrorKind::LimitExceeded { budget, wanted: len }));
        }
        let mut octets = Vec::new();
        octets.try_reserve_exact(len).map_err(|_| refused(DecodeErrorKind::OutOfMemory { wanted: len }))?;
        write::append(self, &mut octets);
        let copy = Bytes::from(octets);
        let mut r = Reader::new(&copy, limits);
        match r.charge::<u8>(len) {
            Ok(()) => whole(&mut r),
            Err(failed) => Err(r.error(failed).within(Self::NAME)),
        }
    }
}

/// Reserves what `message` takes: to count alone takes less time than a try that has no room at all.
#[cold]
fn make_room(message: &(impl Message + ?Sized), buf: &mut Vec<u8>) {
    buf.reserve(message.encoded_len());
}

/// The message that `r` holds and nothing else.
///
/// The error is made in the form that the caller returns: to put a message from one result into another takes as long as
/// to decode a small one.
#[inline]
pub(crate) fn whole<'a, T, E>(r: &mut Reader<'a>) -> Result<T, E>
where
    T: Message + Decode<'a>,
    E: From<DecodeError>,
{
    let message = match T::read(r) {
        Ok(message) => message,
        Err(failed) => return Err(r.error(failed).within(T::NAME).into()),
    };
    match r.finish() {
        Ok(()) => Ok(message),
        Err(failed) => Err(r.error(failed).within(T::NAME).into()),
    }
}

/// Whether `message` is written as `octets`; nothing is allocated to tell.
pub(crate) fn is_written_as(message: &impl Message, octets: &[u8]) -> bool {
    let mut expected = Expected::new(octets);
    message.write(&mut expected);
    expected.is_met()
}

fn fits(needed: usize, available: usize) -> Result<(), EncodeError> {
    if needed <= available { Ok(()) } else { Err(EncodeError::BufferTooShort { needed, available }) }
}
