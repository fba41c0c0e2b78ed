//! Reading every field of a value, with proof that it was read.

use barewire::{Decode, FixedListView, LazyView, ListView, MapLayout, MapView};

/// A number to which every field of a value adds.
///
/// Numbers add themselves, text and data the octets that they have, unions and enums which they are. The order adds
/// nothing, so that a library may keep the pairs of a map in its own.
pub trait Sum {
    /// That number.
    fn sum(&self) -> u64;
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Sum for $number {
            #[inline]
            fn sum(&self) -> u64 {
                *self as u64
            }
        }
    )*};
}

numbers!(bool, u8, u16, u32, u64, i8, i16, i32, i64);

impl Sum for f32 {
    #[inline]
    fn sum(&self) -> u64 {
        self.to_bits().into()
    }
}

impl Sum for str {
    #[inline]
    fn sum(&self) -> u64 {
        self.len() as u64
    }
}

impl Sum for [u8] {
    #[inline]
    fn sum(&self) -> u64 {
        self.len() as u64
    }
}

impl<const N: usize> Sum for [u8; N] {
    #[inline]
    fn sum(&self) -> u64 {
        self.iter().copied().map(u64::from).sum()
    }
}

impl<T: Sum + ?Sized> Sum for &T {
    #[inline]
    fn sum(&self) -> u64 {
        (**self).sum()
    }
}

impl<T: Sum> Sum for Option<T> {
    #[inline]
    fn sum(&self) -> u64 {
        self.as_ref().map_or(0, T::sum)
    }
}

/// The sum of all that an iterator returns.
#[inline]
pub fn of_all<T: Sum>(parts: impl IntoIterator<Item = T>) -> u64 {
    parts.into_iter().fold(0, |sum, part| sum.wrapping_add(part.sum()))
}

/// The sum of all pairs that an iterator returns.
#[inline]
pub fn of_pairs<K: Sum, V: Sum>(pairs: impl IntoIterator<Item = (K, V)>) -> u64 {
    pairs.into_iter().fold(0, |sum, (key, value)| sum.wrapping_add(key.sum()).wrapping_add(value.sum()))
}

impl<T: Sum> Sum for Vec<T> {
    #[inline]
    fn sum(&self) -> u64 {
        of_all(self)
    }
}

impl<K: Sum, V: Sum> Sum for Vec<(K, V)> {
    #[inline]
    fn sum(&self) -> u64 {
        of_pairs(self.iter().map(|(key, value)| (key, value)))
    }
}

impl<'a, T: Decode<'a, W> + Clone + Sum, W> Sum for LazyView<'a, T, W> {
    #[inline]
    fn sum(&self) -> u64 {
        self.get().sum()
    }
}

impl<'a, T: Decode<'a, W> + Clone + Sum, W> Sum for ListView<'a, T, W> {
    #[inline]
    fn sum(&self) -> u64 {
        of_all(self.iter())
    }
}

impl<'a, T: Decode<'a, W> + Clone + Sum, W, const N: usize> Sum for FixedListView<'a, T, N, W> {
    #[inline]
    fn sum(&self) -> u64 {
        of_all(self.iter())
    }
}

impl<'a, K, V, W> Sum for MapView<'a, K, V, W>
where
    W: MapLayout,
    K: Decode<'a, W::Key> + Clone + Sum,
    V: Decode<'a, W::Value> + Clone + Sum,
{
    #[inline]
    fn sum(&self) -> u64 {
        of_pairs(self.iter())
    }
}
