//! Reading a Rust value from its BARE layout.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use bytes::Bytes;

use crate::{Elements, Failed, Pair, Plain, Reader, Varint, unique};

/// What is known of the length of a type's values before reading one.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Width {
    /// Values differ in length.
    Varies,
    /// All values take [`Decode::MIN_LEN`] octets, not all octets are a value.
    Fixed,
    /// All values take [`Decode::MIN_LEN`] octets, and any octets are a value: lists of it are checked at once.
    Raw,
}

impl Width {
    /// The width of a value that is made of a value of this width and one of `other`.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Varies, _) | (_, Self::Varies) => Self::Varies,
            (Self::Fixed, _) | (_, Self::Fixed) => Self::Fixed,
            (Self::Raw, Self::Raw) => Self::Raw,
        }
    }
}

/// A value that can be read from its BARE layout.
///
/// Owned types implement it for every `'a`, views for the lifetime of the bytes they borrow.
/// `W` names the layout where the Rust type leaves it open: [`Plain`] is the type's usual layout,
/// [`Varint`] that of `uint` and `int`.
///
/// Reading has to depend on the bytes alone: views read a second time what they accepted once.
pub trait Decode<'a, W = Plain>: Sized {
    /// The octets of the shortest value: 1 unless it is said otherwise, and 0 for `void` only.
    ///
    /// Counts that the input cannot hold are refused by it, so that it must not be too large.
    const MIN_LEN: usize = 1;

    /// What is known of the length of values.
    #[doc(hidden)]
    const WIDTH: Width = Width::Varies;

    /// Reads one value and leaves `r` behind it.
    ///
    /// # Errors
    ///
    /// The rules D1–D10 of the wire format, and the limits of `r`.
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed>;

    /// Reads `count` values, which [`Reader::count`] or [`Reader::fixed_count`] has announced.
    ///
    /// # Errors
    ///
    /// As [`Decode::read`], with the position of the failed value in the path.
    fn read_list(r: &mut Reader<'a>, count: usize) -> Result<Vec<Self>, Failed> {
        let mut values = r.vec(count)?;
        for index in 0..count {
            r.grow(&mut values)?;
            values.push(read_element(r).map_err(|failed| failed.at_index(r, index))?);
        }
        Ok(values)
    }

    /// Reads `N` values into an array.
    ///
    /// # Errors
    ///
    /// As [`Decode::read_list`].
    #[doc(hidden)]
    fn read_array<const N: usize>(r: &mut Reader<'a>) -> Result<[Self; N], Failed> {
        r.fixed_count(N, Self::MIN_LEN)?;
        let mut values = [const { None }; N];
        for (index, value) in values.iter_mut().enumerate() {
            *value = Some(Self::read(r).map_err(|failed| failed.at_index(r, index))?);
        }
        Ok(values.map(|value| value.expect("every element was read")))
    }

    /// Whether this map key stands before `next` in their order: `self < next`, faster where it can be.
    #[doc(hidden)]
    #[inline]
    fn precedes(&self, next: &Self) -> bool
    where
        Self: Ord,
    {
        self < next
    }

    /// Checks `count` values without keeping them.
    ///
    /// # Errors
    ///
    /// As [`Decode::read_list`].
    #[doc(hidden)]
    fn check_list(r: &mut Reader<'a>, count: usize) -> Result<(), Failed> {
        if matches!(Self::WIDTH, Width::Raw) {
            // The count was checked against the rest of the input, so the product cannot overflow.
            r.slice(count * Self::MIN_LEN)?;
            return Ok(());
        }
        for index in 0..count {
            Self::read(r).map_err(|failed| failed.at_index(r, index))?;
        }
        Ok(())
    }
}

/// Reads an element of a list.
#[inline(always)]
pub(crate) fn read_element<'a, W, T: Decode<'a, W>>(r: &mut Reader<'a>) -> Result<T, Failed> {
    match T::WIDTH {
        // What is read alone must not be wrong: an enum number of two octets would seem to be cut.
        Width::Varies | Width::Fixed => T::read(r),
        Width::Raw => r.raw(),
    }
}

macro_rules! decode_number {
    ($($number:ty $({ $($special:tt)* })?),*) => {$(
        impl<'a> Decode<'a> for $number {
            const MIN_LEN: usize = size_of::<$number>();
            const WIDTH: Width = Width::Raw;

            #[inline]
            fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
                r.array().map(|octets| Self::from_le_bytes(*octets))
            }

            fn read_list(r: &mut Reader<'a>, count: usize) -> Result<Vec<Self>, Failed> {
                let octets = r.slice(count.saturating_mul(size_of::<$number>()))?;
                let (chunks, _) = octets.as_chunks::<{ size_of::<$number>() }>();
                // All of them are there, so that even without a budget no more is reserved than has come.
                let mut values = r.scratch(count)?;
                values.extend(chunks.iter().map(|&octets| Self::from_le_bytes(octets)));
                Ok(values)
            }

            $($($special)*)?
        }
    )*};
}

decode_number!(u8 {
    /// An array of octets is usually a `data[n]`, which has no count that could be too large.
    #[inline]
    fn read_array<const N: usize>(r: &mut Reader<'a>) -> Result<[Self; N], Failed> {
        r.array().copied()
    }
}, u16, u32, u64, i8, i16, i32, i64, f32, f64);

impl<'a> Decode<'a, Elements> for u8 {
    const WIDTH: Width = Width::Raw;

    #[inline]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        <Self as Decode<'a>>::read(r)
    }
}

impl<'a> Decode<'a, Varint> for u64 {
    #[inline]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        r.uint()
    }
}

impl<'a> Decode<'a, Varint> for i64 {
    #[inline]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        r.int()
    }
}

impl<'a> Decode<'a> for bool {
    const WIDTH: Width = Width::Fixed;

    #[inline]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        r.bool()
    }
}

impl<'a> Decode<'a> for &'a str {
    #[inline]
    fn precedes(&self, next: &Self) -> bool {
        unique::precedes(self.as_bytes(), next.as_bytes())
    }

    #[inline(always)]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        r.str()
    }
}

impl<'a> Decode<'a> for String {
    #[inline]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        let text = r.str()?;
        r.charge::<u8>(text.len())?;
        let mut owned = Self::new();
        owned
            .try_reserve_exact(text.len())
            .map_err(|_| r.fail(crate::DecodeErrorKind::OutOfMemory { wanted: text.len() }))?;
        owned.push_str(text);
        Ok(owned)
    }
}

impl<'a> Decode<'a> for &'a [u8] {
    #[inline]
    fn precedes(&self, next: &Self) -> bool {
        unique::precedes(self, next)
    }

    #[inline]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        r.data()
    }
}

impl<'a, const N: usize> Decode<'a> for &'a [u8; N] {
    const MIN_LEN: usize = N;
    const WIDTH: Width = Width::Raw;

    #[inline]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        r.array()
    }
}

impl<'a> Decode<'a> for Bytes {
    #[inline]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        let data = r.data()?;
        r.share(data)
    }
}

impl<'a, W, T: Decode<'a, W>> Decode<'a, W> for Option<T> {
    #[inline]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        if r.present()? { T::read(r).map(Some) } else { Ok(None) }
    }
}

impl<'a, W, T: Decode<'a, W>> Decode<'a, W> for Box<T> {
    const MIN_LEN: usize = T::MIN_LEN;
    const WIDTH: Width = T::WIDTH;

    #[inline]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        r.charge::<T>(1)?;
        T::read(r).map(Self::new)
    }
}

impl<'a, W, T: Decode<'a, W>> Decode<'a, W> for Vec<T> {
    #[inline]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        let count = r.count(T::MIN_LEN)?;
        T::read_list(r, count)
    }
}

impl<'a, W, T: Decode<'a, W>, const N: usize> Decode<'a, W> for [T; N] {
    const MIN_LEN: usize = N.saturating_mul(T::MIN_LEN);
    const WIDTH: Width = T::WIDTH;

    #[inline]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        T::read_array(r)
    }
}

/// The layouts of the two sides of a map whose layout is `Self`.
pub trait MapLayout {
    /// The layout of the keys.
    type Key;
    /// The layout of the values.
    type Value;
}

impl MapLayout for Plain {
    type Key = Self;
    type Value = Self;
}

impl<K, V> MapLayout for Pair<K, V> {
    type Key = K;
    type Value = V;
}
