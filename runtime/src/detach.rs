//! Letting go of the frame that a decoded value shares.

use bytes::Bytes;

/// A value that may share the buffer it was decoded from.
///
/// Sharing saves the copy, but keeps the whole buffer alive: one id of 50 octets may hold a frame of a megabyte.
/// A program that keeps such a value for longer than the message detaches it.
///
/// # Examples
///
/// ```
/// use barewire::Detach;
/// use bytes::Bytes;
///
/// let frame = Bytes::from(vec![7; 1 << 20]);
/// let mut part = frame.slice(..16);
/// part.detach();
/// assert!(frame.is_unique());
/// ```
pub trait Detach {
    /// Gives the value octets of its own, so that the buffer can be freed.
    fn detach(&mut self);

    /// The octets of the value that lie in a buffer, which may be shared and larger; 0 if it holds them itself.
    fn retained_len(&self) -> usize;
}

impl Detach for Bytes {
    fn detach(&mut self) {
        *self = Self::copy_from_slice(self);
    }

    fn retained_len(&self) -> usize {
        self.len()
    }
}
