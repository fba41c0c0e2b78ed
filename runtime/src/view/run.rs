//! Elements one after another: what the views of lists of both kinds are made of.

use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::{fmt, slice};

use super::CHECKED;
use crate::decode::read_element;
use crate::{Decode, Encode, Reader, Sink, Width};

/// A run of elements without their count, either octets that were checked or a slice.
pub(super) enum Run<'a, T> {
    /// `count` elements in the layout of the view.
    Octets { octets: &'a [u8], count: usize },
    /// Elements of a list built by hand.
    Slice(&'a [T]),
}

impl<T> Clone for Run<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Run<'_, T> {}

impl<'a, T> Run<'a, T> {
    pub(super) const fn len(self) -> usize {
        match self {
            Self::Octets { count, .. } => count,
            Self::Slice(elements) => elements.len(),
        }
    }

    pub(super) fn iter<W>(self) -> ListViewIter<'a, T, W> {
        let rest = match self {
            Self::Octets { octets, count } => Rest::Octets { r: Reader::checked(octets), count },
            Self::Slice(elements) => Rest::Slice(elements.iter()),
        };
        ListViewIter { rest, layout: PhantomData }
    }

    pub(super) fn get<W>(self, index: usize) -> Option<T>
    where
        T: Decode<'a, W> + Clone,
    {
        match self {
            Self::Slice(elements) => elements.get(index).cloned(),
            Self::Octets { count, .. } if index >= count => None,
            Self::Octets { octets, .. } => match T::WIDTH {
                Width::Varies => self.iter().nth(index),
                Width::Fixed | Width::Raw => {
                    // Below the count, so that the product is below the length of a slice.
                    Some(T::read(&mut Reader::checked(&octets[index * T::MIN_LEN..])).expect(CHECKED))
                }
            },
        }
    }

    pub(super) fn write<'s, W, S: Sink<'s>>(&'s self, s: &mut S)
    where
        T: Encode<W>,
    {
        match self {
            Self::Octets { octets, .. } => s.payload(*octets),
            Self::Slice(elements) => T::write_list(elements, s),
        }
    }
}

/// The elements of a [`ListView`](crate::ListView) or [`FixedListView`](crate::FixedListView).
pub struct ListViewIter<'a, T, W> {
    rest: Rest<'a, T>,
    layout: PhantomData<fn() -> W>,
}

enum Rest<'a, T> {
    Octets { r: Reader<'a>, count: usize },
    Slice(slice::Iter<'a, T>),
}

impl<'a, T: Decode<'a, W> + Clone, W> Iterator for ListViewIter<'a, T, W> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        match &mut self.rest {
            Rest::Octets { r, count } => {
                *count = count.checked_sub(1)?;
                Some(read_element(r).expect(CHECKED))
            }
            Rest::Slice(elements) => elements.next().cloned(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = match &self.rest {
            Rest::Octets { count, .. } => *count,
            Rest::Slice(elements) => elements.len(),
        };
        (len, Some(len))
    }

    fn nth(&mut self, n: usize) -> Option<T> {
        match &mut self.rest {
            Rest::Octets { r, count } => {
                let passed = n.min(*count);
                T::check_list(r, passed).expect(CHECKED);
                *count -= passed;
                self.next()
            }
            Rest::Slice(elements) => elements.nth(n).cloned(),
        }
    }
}

impl<'a, T: Decode<'a, W> + Clone, W> ExactSizeIterator for ListViewIter<'a, T, W> {}
impl<'a, T: Decode<'a, W> + Clone, W> FusedIterator for ListViewIter<'a, T, W> {}

impl<T, W> Clone for ListViewIter<'_, T, W> {
    fn clone(&self) -> Self {
        let rest = match &self.rest {
            Rest::Octets { r, count } => Rest::Octets { r: r.clone(), count: *count },
            Rest::Slice(elements) => Rest::Slice(elements.clone()),
        };
        Self { rest, layout: PhantomData }
    }
}

impl<'a, T: Decode<'a, W> + Clone + fmt::Debug, W> fmt::Debug for ListViewIter<'a, T, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// What the views of lists of both kinds have in common: they behave as the sequence of their elements.
macro_rules! sequence {
    ($view:ident $(, const $n:ident)?) => {
        impl<T, $(const $n: usize,)? W> Clone for $view<'_, T, $($n,)? W> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T, $(const $n: usize,)? W> Copy for $view<'_, T, $($n,)? W> {}

        impl<'a, T, $(const $n: usize,)? W> IntoIterator for $view<'a, T, $($n,)? W>
        where
            T: Decode<'a, W> + Clone,
        {
            type Item = T;
            type IntoIter = ListViewIter<'a, T, W>;

            fn into_iter(self) -> Self::IntoIter {
                self.iter()
            }
        }

        impl<'a, T, $(const $n: usize,)? W> IntoIterator for &$view<'a, T, $($n,)? W>
        where
            T: Decode<'a, W> + Clone,
        {
            type Item = T;
            type IntoIter = ListViewIter<'a, T, W>;

            fn into_iter(self) -> Self::IntoIter {
                self.iter()
            }
        }

        impl<'a, T, $(const $n: usize,)? W> fmt::Debug for $view<'a, T, $($n,)? W>
        where
            T: Decode<'a, W> + Clone + fmt::Debug,
        {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self).finish()
            }
        }

        impl<'a, T, $(const $n: usize,)? W> PartialEq for $view<'a, T, $($n,)? W>
        where
            T: Decode<'a, W> + Clone + PartialEq,
        {
            fn eq(&self, other: &Self) -> bool {
                self.len() == other.len() && self.iter().eq(other)
            }
        }

        impl<'a, T, $(const $n: usize,)? W> Eq for $view<'a, T, $($n,)? W>
        where
            T: Decode<'a, W> + Clone + Eq,
        {
        }

        impl<'a, T, $(const $n: usize,)? W> PartialOrd for $view<'a, T, $($n,)? W>
        where
            T: Decode<'a, W> + Clone + PartialOrd,
        {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                self.iter().partial_cmp(other)
            }
        }

        impl<'a, T, $(const $n: usize,)? W> Ord for $view<'a, T, $($n,)? W>
        where
            T: Decode<'a, W> + Clone + Ord,
        {
            fn cmp(&self, other: &Self) -> Ordering {
                self.iter().cmp(other)
            }
        }

        impl<'a, T, $(const $n: usize,)? W> Hash for $view<'a, T, $($n,)? W>
        where
            T: Decode<'a, W> + Clone + Hash,
        {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.len().hash(state);
                for element in self {
                    element.hash(state);
                }
            }
        }
    };
}

pub(super) use sequence;
