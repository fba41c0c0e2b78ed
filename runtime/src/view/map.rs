//! The view of a `map<K><V>`.

use core::borrow::Borrow;
use core::cmp::Ordering;
use core::hash::{Hash, Hasher};
use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::{fmt, slice};

use super::{CHECKED, taken};
use crate::unique::{self, DuplicateKey};
use crate::{Decode, Encode, Failed, Map, MapLayout, Plain, Reader, Sink};

/// A `map<K><V>` in the bytes of its message, or pairs to be written as one; no key stands twice in either.
///
/// Pairs come in the order of the wire, and are read again each time they are asked for.
/// `==`, the order and the hash are those of the sequence of pairs.
/// `W` is the layout of the map: [`Plain`], or [`Pair`](crate::Pair) with those of keys and values.
///
/// Decoding more than 16 pairs whose keys do not ascend allocates 8 octets a pair to check the keys, and frees them.
/// If such pairs take more than 4 GiB, they are refused by
/// [`LimitExceeded`](crate::DecodeErrorKind::LimitExceeded), whatever the limits are.
///
/// # Examples
///
/// ```
/// use barewire::{DuplicateKey, MapView};
///
/// let map = MapView::<&str, u16>::try_from_pairs(&[("http", 80), ("https", 443)])?;
/// assert_eq!(map.get(&"https"), Some(443));
///
/// let error = MapView::<&str, u16>::try_from_pairs(&[("http", 80), ("http", 8080)]).unwrap_err();
/// assert_eq!(error, DuplicateKey { first: 0, second: 1 });
/// # Ok::<(), DuplicateKey>(())
/// ```
pub struct MapView<'a, K, V, W = Plain> {
    pairs: Pairs<'a, K, V>,
    layout: PhantomData<fn() -> W>,
}

enum Pairs<'a, K, V> {
    Octets { octets: &'a [u8], count: usize },
    Slice(&'a [(K, V)]),
}

impl<'a, K, V, W> MapView<'a, K, V, W> {
    /// The map of `pairs`, in their order.
    ///
    /// # Errors
    ///
    /// [`DuplicateKey`] with the positions of two pairs that have the same key.
    pub fn try_from_pairs(pairs: &'a [(K, V)]) -> Result<Self, DuplicateKey>
    where
        K: Ord,
    {
        match unique::find(pairs) {
            None => Ok(Self::of_unique(pairs)),
            Some(duplicate) => Err(duplicate),
        }
    }

    const fn of_unique(pairs: &'a [(K, V)]) -> Self {
        Self { pairs: Pairs::Slice(pairs), layout: PhantomData }
    }

    /// How many pairs the map has.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self.pairs {
            Pairs::Octets { count, .. } => count,
            Pairs::Slice(pairs) => pairs.len(),
        }
    }

    /// Whether the map has no pairs.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The pairs in wire order.
    #[must_use]
    pub fn iter(&self) -> MapViewIter<'a, K, V, W> {
        let rest = match self.pairs {
            Pairs::Octets { octets, count } => Rest::Octets { r: Reader::checked(octets), count },
            Pairs::Slice(pairs) => Rest::Slice(pairs.iter()),
        };
        MapViewIter { rest, layout: PhantomData }
    }
}

impl<'a, K, V, W> MapView<'a, K, V, W>
where
    W: MapLayout,
    K: Decode<'a, W::Key> + Clone,
    V: Decode<'a, W::Value> + Clone,
{
    /// The value of `key`, found by reading one pair after another.
    #[must_use]
    pub fn get<Q: Eq + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.iter().find(|(own, _)| own.borrow() == key).map(|(_, value)| value)
    }

    /// Whether the map has `key`, found by reading one pair after another.
    #[must_use]
    pub fn contains_key<Q: Eq + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    /// The keys in wire order.
    pub fn keys(&self) -> impl ExactSizeIterator<Item = K> + Clone + use<'a, K, V, W> {
        self.iter().map(|(key, _)| key)
    }

    /// The values in wire order.
    pub fn values(&self) -> impl ExactSizeIterator<Item = V> + Clone + use<'a, K, V, W> {
        self.iter().map(|(_, value)| value)
    }
}

impl<'a, K, V, W> Decode<'a, W> for MapView<'a, K, V, W>
where
    W: MapLayout,
    K: Decode<'a, W::Key> + Ord,
    V: Decode<'a, W::Value>,
{
    #[inline]
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        let count = r.count(K::MIN_LEN.saturating_add(V::MIN_LEN))?;
        let octets = taken(r, |r| unique::check_map::<W, K, V>(r, count))?;
        Ok(Self { pairs: Pairs::Octets { octets, count }, layout: PhantomData })
    }
}

impl<K, V, W> Encode<W> for MapView<'_, K, V, W>
where
    W: MapLayout,
    K: Encode<W::Key>,
    V: Encode<W::Value>,
{
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.count(self.len());
        match self.pairs {
            Pairs::Octets { octets, .. } => s.payload(octets),
            Pairs::Slice(pairs) => {
                for (key, value) in pairs {
                    s.field_as(key);
                    s.field_as(value);
                }
            }
        }
    }
}

impl<K, V, W> Default for MapView<'_, K, V, W> {
    /// An empty map.
    fn default() -> Self {
        Self::of_unique(&[])
    }
}

impl<'a, K, V, W> From<&'a Map<K, V>> for MapView<'a, K, V, W> {
    fn from(map: &'a Map<K, V>) -> Self {
        Self::of_unique(map.as_slice())
    }
}

impl<K, V, W> Clone for MapView<'_, K, V, W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, V, W> Copy for MapView<'_, K, V, W> {}

impl<K, V> Clone for Pairs<'_, K, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, V> Copy for Pairs<'_, K, V> {}

impl<'a, K, V, W> IntoIterator for MapView<'a, K, V, W>
where
    W: MapLayout,
    K: Decode<'a, W::Key> + Clone,
    V: Decode<'a, W::Value> + Clone,
{
    type Item = (K, V);
    type IntoIter = MapViewIter<'a, K, V, W>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, K, V, W> IntoIterator for &MapView<'a, K, V, W>
where
    W: MapLayout,
    K: Decode<'a, W::Key> + Clone,
    V: Decode<'a, W::Value> + Clone,
{
    type Item = (K, V);
    type IntoIter = MapViewIter<'a, K, V, W>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, K, V, W> fmt::Debug for MapView<'a, K, V, W>
where
    W: MapLayout,
    K: Decode<'a, W::Key> + Clone + fmt::Debug,
    V: Decode<'a, W::Value> + Clone + fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl<'a, K, V, W> PartialEq for MapView<'a, K, V, W>
where
    W: MapLayout,
    K: Decode<'a, W::Key> + Clone + PartialEq,
    V: Decode<'a, W::Value> + Clone + PartialEq,
{
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other)
    }
}

impl<'a, K, V, W> Eq for MapView<'a, K, V, W>
where
    W: MapLayout,
    K: Decode<'a, W::Key> + Clone + Eq,
    V: Decode<'a, W::Value> + Clone + Eq,
{
}

impl<'a, K, V, W> PartialOrd for MapView<'a, K, V, W>
where
    W: MapLayout,
    K: Decode<'a, W::Key> + Clone + PartialOrd,
    V: Decode<'a, W::Value> + Clone + PartialOrd,
{
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.iter().partial_cmp(other)
    }
}

impl<'a, K, V, W> Ord for MapView<'a, K, V, W>
where
    W: MapLayout,
    K: Decode<'a, W::Key> + Clone + Ord,
    V: Decode<'a, W::Value> + Clone + Ord,
{
    fn cmp(&self, other: &Self) -> Ordering {
        self.iter().cmp(other)
    }
}

impl<'a, K, V, W> Hash for MapView<'a, K, V, W>
where
    W: MapLayout,
    K: Decode<'a, W::Key> + Clone + Hash,
    V: Decode<'a, W::Value> + Clone + Hash,
{
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.len().hash(state);
        for pair in self {
            pair.hash(state);
        }
    }
}

/// The pairs of a [`MapView`] in wire order.
pub struct MapViewIter<'a, K, V, W> {
    rest: Rest<'a, K, V>,
    layout: PhantomData<fn() -> W>,
}

enum Rest<'a, K, V> {
    Octets { r: Reader<'a>, count: usize },
    Slice(slice::Iter<'a, (K, V)>),
}

impl<'a, K, V, W> Iterator for MapViewIter<'a, K, V, W>
where
    W: MapLayout,
    K: Decode<'a, W::Key> + Clone,
    V: Decode<'a, W::Value> + Clone,
{
    type Item = (K, V);

    #[inline]
    fn next(&mut self) -> Option<(K, V)> {
        match &mut self.rest {
            Rest::Octets { r, count } => {
                *count = count.checked_sub(1)?;
                Some((K::read(r).expect(CHECKED), V::read(r).expect(CHECKED)))
            }
            Rest::Slice(pairs) => pairs.next().cloned(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = match &self.rest {
            Rest::Octets { count, .. } => *count,
            Rest::Slice(pairs) => pairs.len(),
        };
        (len, Some(len))
    }
}

impl<'a, K, V, W> ExactSizeIterator for MapViewIter<'a, K, V, W>
where
    W: MapLayout,
    K: Decode<'a, W::Key> + Clone,
    V: Decode<'a, W::Value> + Clone,
{
}

impl<'a, K, V, W> FusedIterator for MapViewIter<'a, K, V, W>
where
    W: MapLayout,
    K: Decode<'a, W::Key> + Clone,
    V: Decode<'a, W::Value> + Clone,
{
}

impl<K, V, W> Clone for MapViewIter<'_, K, V, W> {
    fn clone(&self) -> Self {
        let rest = match &self.rest {
            Rest::Octets { r, count } => Rest::Octets { r: r.clone(), count: *count },
            Rest::Slice(pairs) => Rest::Slice(pairs.clone()),
        };
        Self { rest, layout: PhantomData }
    }
}

impl<'a, K, V, W> fmt::Debug for MapViewIter<'a, K, V, W>
where
    W: MapLayout,
    K: Decode<'a, W::Key> + Clone + fmt::Debug,
    V: Decode<'a, W::Value> + Clone + fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.clone()).finish()
    }
}
