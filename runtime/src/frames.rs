//! Messages on a stream: each is preceded by its length, a `u32` in little-endian order.

use bytes::{Buf, BufMut, Bytes};
use core::fmt;

use crate::error::bytes;
use crate::{EncodeError, Message, write};

/// The octets of a length prefix.
const PREFIX: usize = size_of::<u32>();

/// Cuts a stream of length-prefixed frames into messages.
///
/// Whoever reads the stream keeps a buffer, appends to it what arrives, and asks for the next frame until there is none.
///
/// # Examples
///
/// ```
/// use barewire::Frames;
/// use bytes::BytesMut;
///
/// let mut frames = Frames::default();
/// let mut buf = BytesMut::from(&[2, 0, 0, 0, 0xca][..]);
/// assert_eq!(frames.next(&mut buf)?, None);
/// assert_eq!(frames.needed(), 1);
/// buf.extend_from_slice(&[0xfe]);
/// assert_eq!(frames.next(&mut buf)?.unwrap(), [0xca, 0xfe][..]);
/// frames.finish()?;
/// # Ok::<(), barewire::FrameError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Frames {
    max_len: usize,
    prefix: [u8; PREFIX],
    /// How many octets of `prefix` were taken from the stream; 0 again once its frame is returned.
    prefix_len: usize,
    /// What was missing when the stream was last looked at.
    needed: usize,
}

impl Frames {
    /// The longest frame that is accepted by default: 16 MiB.
    pub const DEFAULT_MAX_LEN: usize = 16 << 20;

    /// A reader at the start of a stream whose frames have at most `max_len` octets, without their prefix.
    ///
    /// A longer frame is refused by [`FrameError::TooLong`] as soon as its prefix is there.
    #[must_use]
    pub const fn new(max_len: usize) -> Self {
        Self { max_len, prefix: [0; PREFIX], prefix_len: 0, needed: PREFIX }
    }

    /// Takes the next frame from the start of `buf`, or returns `None` if its end is not there yet.
    ///
    /// An incomplete frame stays in `buf`, but for its prefix, which is taken and remembered.
    /// The frame shares the memory of `buf` if that can be shared.
    ///
    /// # Errors
    ///
    /// [`FrameError::TooLong`] if the prefix announces more octets than this reader accepts.
    /// There is no telling where the following frame begins, so that each further call returns the same error.
    pub fn next(&mut self, buf: &mut impl Buf) -> Result<Option<Bytes>, FrameError> {
        let taken = (PREFIX - self.prefix_len).min(buf.remaining());
        buf.copy_to_slice(&mut self.prefix[self.prefix_len..][..taken]);
        self.prefix_len += taken;
        if self.prefix_len < PREFIX {
            self.needed = PREFIX - self.prefix_len;
            return Ok(None);
        }
        let announced = u32::from_le_bytes(self.prefix);
        let len = match usize::try_from(announced) {
            Ok(len) if len <= self.max_len => len,
            _ => return Err(self.too_long()),
        };
        if buf.remaining() < len {
            self.needed = len - buf.remaining();
            return Ok(None);
        }
        let frame = buf.copy_to_bytes(len);
        self.prefix_len = 0;
        self.needed = PREFIX.saturating_sub(buf.remaining());
        Ok(Some(frame))
    }

    /// How many octets have to follow at least before [`Frames::next`] can return a frame,
    /// counted from the end of the buffer that it saw last.
    #[must_use]
    pub const fn needed(&self) -> usize {
        self.needed
    }

    /// Checks that the stream, which has ended, did not end inside a frame.
    ///
    /// To be called after [`Frames::next`] has returned `None`.
    ///
    /// # Errors
    ///
    /// [`FrameError::Incomplete`] if a frame has begun, [`FrameError::TooLong`] if it is one that is not accepted.
    pub fn finish(&self) -> Result<(), FrameError> {
        match self.prefix_len {
            0 => Ok(()),
            PREFIX if u32::from_le_bytes(self.prefix) as u64 > self.max_len as u64 => Err(self.too_long()),
            _ => Err(FrameError::Incomplete { needed: self.needed }),
        }
    }

    fn too_long(&self) -> FrameError {
        FrameError::TooLong { len: u32::from_le_bytes(self.prefix).into(), limit: self.max_len }
    }
}

impl Default for Frames {
    /// A reader that accepts frames of up to [`Frames::DEFAULT_MAX_LEN`].
    fn default() -> Self {
        Self::new(Self::DEFAULT_MAX_LEN)
    }
}

/// Writes `message` as one frame: the counterpart of [`Frames`].
///
/// # Errors
///
/// [`FrameError::TooLong`] if the length does not fit the prefix,
/// [`FrameError::Encode`] if `buf` cannot take the frame; then nothing was written.
pub fn write_frame<M: Message>(message: &M, buf: &mut impl BufMut) -> Result<(), FrameError> {
    let len = message.encoded_len();
    let Ok(prefix) = u32::try_from(len) else {
        return Err(FrameError::TooLong { len: len as u64, limit: u32::MAX as usize });
    };
    let (needed, available) = (len.saturating_add(PREFIX), buf.remaining_mut());
    if needed > available {
        return Err(EncodeError::BufferTooShort { needed, available }.into());
    }
    buf.put_u32_le(prefix);
    write::write_to(message, len, buf);
    Ok(())
}

/// A frame that cannot be read or written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum FrameError {
    /// The frame is longer than the limit.
    TooLong {
        /// The octets of the frame without its prefix.
        len: u64,
        /// The octets that are accepted.
        limit: usize,
    },
    /// The stream ended inside a frame.
    Incomplete {
        /// How many octets more are needed at least.
        needed: usize,
    },
    /// The frame does not fit where it should be written.
    Encode(EncodeError),
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { len, limit } => write!(f, "frame of {len} bytes is above the limit of {limit}"),
            Self::Incomplete { needed } => {
                write!(f, "stream ended inside a frame, {needed} more {} needed", bytes(*needed))
            }
            Self::Encode(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for FrameError {}

impl From<EncodeError> for FrameError {
    fn from(error: EncodeError) -> Self {
        Self::Encode(error)
    }
}
