//! The view of a `list<T>`.

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;

use super::run::{ListViewIter, Run, sequence};
use super::taken;
use crate::{Decode, Encode, Failed, Plain, Reader, Sink};

/// A `list<T>` in the bytes of its message, or a slice to be written as one.
///
/// Elements are read again each time they are asked for.
/// `W` is the layout of the elements, as in [`Decode`].
///
/// # Examples
///
/// ```
/// use barewire::{Decode, Limits, ListView, Reader};
///
/// let mut r = Reader::new(&[2, 1, b'a', 1, b'b'][..], &Limits::default());
/// let list = ListView::<&str>::read(&mut r)?;
/// assert_eq!(list.iter().collect::<String>(), "ab");
/// assert_eq!(list, ListView::from(&["a", "b"]));
/// # Ok::<(), barewire::Failed>(())
/// ```
pub struct ListView<'a, T, W = Plain> {
    run: Run<'a, T>,
    layout: PhantomData<fn() -> W>,
}

impl<'a, T, W> ListView<'a, T, W> {
    /// How many elements the list has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.run.len()
    }

    /// Whether the list has no elements.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
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
}

impl<'a, T: Decode<'a, W>, W> Decode<'a, W> for ListView<'a, T, W> {
    #[inline]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        let count = r.count(T::MIN_LEN)?;
        let octets = taken(r, |r| T::check_list(r, count))?;
        Ok(Self { run: Run::Octets { octets, count }, layout: PhantomData })
    }
}

impl<T: Encode<W>, W> Encode<W> for ListView<'_, T, W> {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.count(self.len());
        self.run.write(s);
    }
}

impl<T, W> Default for ListView<'_, T, W> {
    /// An empty list.
    fn default() -> Self {
        Self::from(&[])
    }
}

impl<'a, T, W> From<&'a [T]> for ListView<'a, T, W> {
    fn from(elements: &'a [T]) -> Self {
        Self { run: Run::Slice(elements), layout: PhantomData }
    }
}

impl<'a, T, W> From<&'a Vec<T>> for ListView<'a, T, W> {
    fn from(elements: &'a Vec<T>) -> Self {
        Self::from(elements.as_slice())
    }
}

impl<'a, T, W, const N: usize> From<&'a [T; N]> for ListView<'a, T, W> {
    fn from(elements: &'a [T; N]) -> Self {
        Self::from(elements.as_slice())
    }
}

sequence!(ListView);
