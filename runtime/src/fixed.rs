//! Lists and data of a fixed length that are too large for an array on the stack.

use alloc::boxed::Box;
use alloc::vec::{self, Vec};
use bytes::Bytes;
use core::borrow::Borrow;
use core::ops::{Deref, DerefMut};
use core::{fmt, slice};

use crate::encode::times;
use crate::{Decode, Detach, Encode, Failed, Reader, Sink, Width};

/// A value of a fixed length was to be made from one of another length.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct WrongLength {
    /// The length that the schema demands: of a list in elements, of data in octets.
    pub expected: usize,
    /// The length that was found.
    pub found: usize,
}

impl WrongLength {
    pub(crate) const fn check(expected: usize, found: usize) -> Result<(), Self> {
        if expected == found { Ok(()) } else { Err(Self { expected, found }) }
    }
}

impl fmt::Display for WrongLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected a length of {}, found {}", self.expected, self.found)
    }
}

impl core::error::Error for WrongLength {}

/// A `list<T>[N]` on the heap: exactly `N` elements.
///
/// # Examples
///
/// ```
/// use barewire::{FixedList, WrongLength};
///
/// let list = FixedList::<u16, 3>::try_from(vec![1, 2, 3]).unwrap();
/// assert_eq!(list.iter().sum::<u16>(), 6);
/// assert_eq!(FixedList::<u16, 3>::try_from(vec![1]), Err(WrongLength { expected: 3, found: 1 }));
/// ```
#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct FixedList<T, const N: usize>(Box<[T]>);

impl<T, const N: usize> FixedList<T, N> {
    /// The list whose element at each position is what `element` returns for it.
    #[must_use]
    pub fn from_fn(element: impl FnMut(usize) -> T) -> Self {
        Self((0..N).map(element).collect())
    }

    /// The elements.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }

    /// The elements in a vector, without copying them.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.0.into_vec()
    }
}

impl<'a, W, T: Decode<'a, W>, const N: usize> Decode<'a, W> for FixedList<T, N> {
    const MIN_LEN: usize = N.saturating_mul(T::MIN_LEN);
    const WIDTH: Width = T::WIDTH;

    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        r.fixed_count(N, T::MIN_LEN)?;
        Ok(Self(T::read_list(r, N)?.into_boxed_slice()))
    }
}

impl<W, T: Encode<W>, const N: usize> Encode<W> for FixedList<T, N> {
    const LEN: Option<usize> = times(N, T::LEN);

    #[inline]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        T::write_list(&self.0, s);
    }
}

impl<T, const N: usize> Deref for FixedList<T, N> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T, const N: usize> DerefMut for FixedList<T, N> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}

impl<T, const N: usize> AsRef<[T]> for FixedList<T, N> {
    fn as_ref(&self) -> &[T] {
        self
    }
}

impl<T, const N: usize> Borrow<[T]> for FixedList<T, N> {
    fn borrow(&self) -> &[T] {
        self
    }
}

impl<T: fmt::Debug, const N: usize> fmt::Debug for FixedList<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<T, const N: usize> TryFrom<Vec<T>> for FixedList<T, N> {
    type Error = WrongLength;

    fn try_from(values: Vec<T>) -> Result<Self, WrongLength> {
        WrongLength::check(N, values.len())?;
        Ok(Self(values.into_boxed_slice()))
    }
}

impl<T, const N: usize> From<[T; N]> for FixedList<T, N> {
    fn from(values: [T; N]) -> Self {
        Self(Box::new(values))
    }
}

impl<T, const N: usize> From<FixedList<T, N>> for Vec<T> {
    fn from(list: FixedList<T, N>) -> Self {
        list.into_vec()
    }
}

impl<T, const N: usize> IntoIterator for FixedList<T, N> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

impl<'l, T, const N: usize> IntoIterator for &'l FixedList<T, N> {
    type Item = &'l T;
    type IntoIter = slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'l, T, const N: usize> IntoIterator for &'l mut FixedList<T, N> {
    type Item = &'l mut T;
    type IntoIter = slice::IterMut<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

/// A `data[N]` on the heap: exactly `N` octets, which share the buffer that they were decoded from.
#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct FixedData<const N: usize>(Bytes);

impl<const N: usize> FixedData<N> {
    /// The octets.
    #[must_use]
    pub fn as_array(&self) -> &[u8; N] {
        self.0.first_chunk().expect("checked when the value was made")
    }
}

impl<const N: usize> Detach for FixedData<N> {
    fn detach(&mut self) {
        self.0.detach();
    }

    fn retained_len(&self) -> usize {
        self.0.retained_len()
    }
}

impl<'a, const N: usize> Decode<'a> for FixedData<N> {
    const MIN_LEN: usize = N;
    const WIDTH: Width = Width::Raw;

    #[inline]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        let octets = r.slice(N)?;
        r.share(octets).map(Self)
    }
}

impl<const N: usize> Encode for FixedData<N> {
    const LEN: Option<usize> = Some(N);

    #[inline]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.payload(&self.0);
    }
}

impl<const N: usize> Deref for FixedData<N> {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl<const N: usize> AsRef<[u8]> for FixedData<N> {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl<const N: usize> Borrow<[u8]> for FixedData<N> {
    fn borrow(&self) -> &[u8] {
        self
    }
}

impl<const N: usize> fmt::Debug for FixedData<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<const N: usize> TryFrom<Bytes> for FixedData<N> {
    type Error = WrongLength;

    fn try_from(octets: Bytes) -> Result<Self, WrongLength> {
        WrongLength::check(N, octets.len())?;
        Ok(Self(octets))
    }
}

impl<const N: usize> TryFrom<&[u8]> for FixedData<N> {
    type Error = WrongLength;

    fn try_from(octets: &[u8]) -> Result<Self, WrongLength> {
        WrongLength::check(N, octets.len())?;
        Ok(Self(Bytes::copy_from_slice(octets)))
    }
}

impl<const N: usize> TryFrom<Vec<u8>> for FixedData<N> {
    type Error = WrongLength;

    fn try_from(octets: Vec<u8>) -> Result<Self, WrongLength> {
        Self::try_from(Bytes::from(octets))
    }
}

impl<const N: usize> From<[u8; N]> for FixedData<N> {
    fn from(octets: [u8; N]) -> Self {
        Self(Bytes::copy_from_slice(&octets))
    }
}

impl<const N: usize> From<&[u8; N]> for FixedData<N> {
    fn from(octets: &[u8; N]) -> Self {
        Self(Bytes::copy_from_slice(octets))
    }
}

impl<const N: usize> From<FixedData<N>> for Bytes {
    fn from(data: FixedData<N>) -> Self {
        data.0
    }
}
