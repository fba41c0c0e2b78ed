//! The same value in the types of two libraries.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

use barewire::{Bytes, Map, Str};

/// A value of a peer's type for one of ours, and back.
pub trait Mirror<'o, O>: Sized {
    /// The peer's value.
    fn of(ours: &'o O) -> Self;

    /// Our value.
    fn ours(&self) -> O;
}

macro_rules! same {
    ($($ty:ty),*) => {$(
        impl<'o> Mirror<'o, $ty> for $ty {
            fn of(ours: &'o $ty) -> Self {
                *ours
            }

            fn ours(&self) -> $ty {
                *self
            }
        }
    )*};
}

same!(bool, u8, u16, u32, u64, i8, i16, i32, i64, f32, f64);

impl<'o, const N: usize> Mirror<'o, [u8; N]> for [u8; N] {
    fn of(ours: &'o [u8; N]) -> Self {
        *ours
    }

    fn ours(&self) -> [u8; N] {
        *self
    }
}

impl<'o> Mirror<'o, Str> for String {
    fn of(ours: &'o Str) -> Self {
        ours.as_str().to_owned()
    }

    fn ours(&self) -> Str {
        self.as_str().into()
    }
}

impl<'o> Mirror<'o, Str> for &'o str {
    fn of(ours: &'o Str) -> Self {
        ours
    }

    fn ours(&self) -> Str {
        (*self).into()
    }
}

impl<'o> Mirror<'o, Bytes> for Bytes {
    fn of(ours: &'o Bytes) -> Self {
        ours.clone()
    }

    fn ours(&self) -> Bytes {
        self.clone()
    }
}

impl<'o> Mirror<'o, Bytes> for Vec<u8> {
    fn of(ours: &'o Bytes) -> Self {
        ours.to_vec()
    }

    fn ours(&self) -> Bytes {
        self.clone().into()
    }
}

impl<'o> Mirror<'o, Bytes> for &'o [u8] {
    fn of(ours: &'o Bytes) -> Self {
        ours
    }

    fn ours(&self) -> Bytes {
        self.to_vec().into()
    }
}

impl<'o, T: Mirror<'o, O>, O> Mirror<'o, Box<O>> for T {
    fn of(ours: &'o Box<O>) -> Self {
        T::of(ours)
    }

    fn ours(&self) -> Box<O> {
        Box::new(T::ours(self))
    }
}

impl<'o, T: Mirror<'o, O>, O: 'o> Mirror<'o, Option<O>> for Option<T> {
    fn of(ours: &'o Option<O>) -> Self {
        ours.as_ref().map(T::of)
    }

    fn ours(&self) -> Option<O> {
        self.as_ref().map(T::ours)
    }
}

impl<'o, T: Mirror<'o, O>, O: 'o> Mirror<'o, Vec<O>> for Vec<T> {
    fn of(ours: &'o Vec<O>) -> Self {
        ours.iter().map(T::of).collect()
    }

    fn ours(&self) -> Vec<O> {
        self.iter().map(T::ours).collect()
    }
}

/// For maps that keep the order of their pairs, or have that of their keys.
macro_rules! pairs {
    ($map:ty, $($bounds:tt)*) => {
        impl<'o, $($bounds)*, OK, OV> Mirror<'o, Map<OK, OV>> for $map
        where
            K: Mirror<'o, OK>,
            V: Mirror<'o, OV>,
            OK: Ord + 'o,
            OV: 'o,
        {
            fn of(ours: &'o Map<OK, OV>) -> Self {
                ours.iter().map(|(key, value)| (K::of(key), V::of(value))).collect()
            }

            fn ours(&self) -> Map<OK, OV> {
                self.iter().map(|(key, value)| (K::ours(key), V::ours(value))).collect()
            }
        }
    };
}

pairs!(Vec<(K, V)>, K, V);
pairs!(BTreeMap<K, V>, K: Ord, V);
pairs!(HashMap<K, V, S>, K: Eq + Hash, V, S: BuildHasher + Default);
