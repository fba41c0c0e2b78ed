//! The view of one large value inside another view.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;

use super::{CHECKED, taken};
use crate::{Decode, Encode, Failed, Plain, Reader, Sink, Width};

/// A value in the bytes of its message, or one to be written: it keeps a view that has a large part small.
///
/// The value was checked when the view was decoded, and is read again by [`LazyView::get`].
pub struct LazyView<'a, T, W = Plain>(Repr<'a, T>, PhantomData<fn() -> W>);

enum Repr<'a, T> {
    Octets(&'a [u8]),
    Value(&'a T),
}

impl<'a, T, W> LazyView<'a, T, W> {
    /// The value.
    #[must_use]
    pub fn get(&self) -> T
    where
        T: Decode<'a, W> + Clone,
    {
        match self.0 {
            Repr::Octets(octets) => T::read(&mut Reader::checked(octets)).expect(CHECKED),
            Repr::Value(value) => value.clone(),
        }
    }
}

impl<'a, T: Decode<'a, W>, W> Decode<'a, W> for LazyView<'a, T, W> {
    const MIN_LEN: usize = T::MIN_LEN;
    const WIDTH: Width = T::WIDTH;

    #[inline]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        let octets = taken(r, |r| match T::WIDTH {
            Width::Raw if r.remaining() >= T::MIN_LEN => r.slice(T::MIN_LEN).map(|_| ()),
            // A cut input is read part by part, so that the error names the part, as that of the owned value does.
            Width::Raw | Width::Fixed | Width::Varies => T::read(r).map(|_| ()),
        })?;
        Ok(Self(Repr::Octets(octets), PhantomData))
    }
}

impl<T: Encode<W>, W> Encode<W> for LazyView<'_, T, W> {
    const LEN: Option<usize> = T::LEN;

    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        match self.0 {
            Repr::Octets(octets) => s.payload(octets),
            Repr::Value(value) => value.write(s),
        }
    }
}

impl<'a, T, W> From<&'a T> for LazyView<'a, T, W> {
    fn from(value: &'a T) -> Self {
        Self(Repr::Value(value), PhantomData)
    }
}

impl<T, W> Clone for LazyView<'_, T, W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, W> Copy for LazyView<'_, T, W> {}

impl<T> Clone for Repr<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Repr<'_, T> {}

impl<'a, T: Decode<'a, W> + Clone + fmt::Debug, W> fmt::Debug for LazyView<'a, T, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl<'a, T: Decode<'a, W> + Clone + PartialEq, W> PartialEq for LazyView<'a, T, W> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<'a, T: Decode<'a, W> + Clone + Eq, W> Eq for LazyView<'a, T, W> {}

impl<'a, T: Decode<'a, W> + Clone + PartialOrd, W> PartialOrd for LazyView<'a, T, W> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.get().partial_cmp(&other.get())
    }
}

impl<'a, T: Decode<'a, W> + Clone + Ord, W> Ord for LazyView<'a, T, W> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.get().cmp(&other.get())
    }
}

impl<'a, T: Decode<'a, W> + Clone + Hash, W> Hash for LazyView<'a, T, W> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.get().hash(state);
    }
}
