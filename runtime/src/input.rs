//! What a message is decoded from.

use alloc::vec::Vec;
use bytes::{Bytes, BytesMut};

/// The bytes of a message: shared, so that owned values may keep parts of them, or merely borrowed.
///
/// Long strings and data of an owned value decoded from `&Bytes` share that buffer.
/// Decoded from a slice, they are copied.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    /// A buffer whose parts can be shared without copying.
    Shared(&'a Bytes),
    /// Bytes that live as long as `'a` only.
    Borrowed(&'a [u8]),
}

impl<'a> Input<'a> {
    /// All the bytes.
    #[must_use]
    pub fn as_slice(self) -> &'a [u8] {
        match self {
            Self::Shared(bytes) => bytes,
            Self::Borrowed(bytes) => bytes,
        }
    }
}

impl<'a> From<&'a Bytes> for Input<'a> {
    fn from(bytes: &'a Bytes) -> Self {
        Self::Shared(bytes)
    }
}

impl<'a> From<&'a [u8]> for Input<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Borrowed(bytes)
    }
}

impl<'a> From<&'a BytesMut> for Input<'a> {
    fn from(bytes: &'a BytesMut) -> Self {
        Self::Borrowed(bytes)
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Input<'a> {
    fn from(bytes: &'a [u8; N]) -> Self {
        Self::Borrowed(bytes)
    }
}

impl<'a> From<&'a Vec<u8>> for Input<'a> {
    fn from(bytes: &'a Vec<u8>) -> Self {
        Self::Borrowed(bytes)
    }
}
