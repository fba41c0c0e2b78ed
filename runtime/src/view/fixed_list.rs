//! The view of a `list<T>[n]`.

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;

use super::run::{ListViewIter, Run, sequence};
use super::taken;
use crate::encode::times;
use crate::{Decode, Encode, Failed, FixedList, Plain, Reader, Sink, Width, WrongLength};

/// A `list<T>[N]` in the bytes of its message, or a slice to be written as one.
///
/// It is the view of both `[T; N]` and [`FixedList`].
/// Elements are read again each time they are asked for.
/// `W` is the layout of the elements, as in [`Decode`].
pub struct FixedListView<'a, T, const N: usize, W = Plain> {
    /// Exactly `N` elements.
    run: Run<'a, T>,
    layout: PhantomData<fn() -> W>,
}

impl<'a, T, const N: usize, W> FixedListView<'a, T, N, W> {
    /// How many elements the list has, which is `N`.
    #[must_use]
    pub const fn len(&self) -> usize {
        N
    }

    /// Whether the list has no elements, which no schema allows.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        N == 0
    }

    /// The elements in their order.
    #[must_use]
    pub fn iter(&self) -> ListViewIter<'a, T, W> {
        self.run.iter()
    }

    /// The element at `index`: at once if all elements have the same length, otherwise by reading all before it.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<T>
    where
        T: Decode<'a, W> + Clone,
    {
        self.run.get(index)
    }

    const fn of_slice(elements: &'a [T]) -> Self {
        Self { run: Run::Slice(elements), layout: PhantomData }
    }
}

impl<'a, T: Decode<'a, W>, const N: usize, W> Decode<'a, W> for FixedListView<'a, T, N, W> {
    const MIN_LEN: usize = N.saturating_mul(T::MIN_LEN);
    const WIDTH: Width = T::WIDTH;

    #[inline]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        r.fixed_count(N, T::MIN_LEN)?;
        let octets = taken(r, |r| T::check_list(r, N))?;
        Ok(Self { run: Run::Octets { octets, count: N }, layout: PhantomData })
    }
}

impl<T: Encode<W>, const N: usize, W> Encode<W> for FixedListView<'_, T, N, W> {
    const LEN: Option<usize> = times(N, T::LEN);

    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        self.run.write(s);
    }
}

impl<'a, T, const N: usize, W> From<&'a [T; N]> for FixedListView<'a, T, N, W> {
    fn from(elements: &'a [T; N]) -> Self {
        Self::of_slice(elements)
    }
}

impl<'a, T, const N: usize, W> From<&'a FixedList<T, N>> for FixedListView<'a, T, N, W> {
    fn from(elements: &'a FixedList<T, N>) -> Self {
        Self::of_slice(elements)
    }
}

impl<'a, T, const N: usize, W> TryFrom<&'a [T]> for FixedListView<'a, T, N, W> {
    type Error = WrongLength;

    fn try_from(elements: &'a [T]) -> Result<Self, WrongLength> {
        WrongLength::check(N, elements.len())?;
        Ok(Self::of_slice(elements))
    }
}

impl<'a, T, const N: usize, W> TryFrom<&'a Vec<T>> for FixedListView<'a, T, N, W> {
    type Error = WrongLength;

    fn try_from(elements: &'a Vec<T>) -> Result<Self, WrongLength> {
        Self::try_from(elements.as_slice())
    }
}

sequence!(FixedListView, const N);
