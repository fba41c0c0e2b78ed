//! Maps that keep the order of their pairs on the wire.
//!
//! Decoding and encoding gives the same octets back, and no key of a stranger is ever hashed.
//! The price is a linear [`Map::get`]; [`Map::sorted`] pays once for many look-ups.

use alloc::vec::{self, Vec};
use core::borrow::Borrow;
use core::fmt;
use core::iter::FusedIterator;
use core::{mem, slice};

use crate::unique::{self, DuplicateKey};
use crate::{Decode, Encode, Failed, MapLayout, Reader, Sink};

/// The most pairs that are added one by one: the standard library's adaptors extend by one at a time,
/// and sorting all pairs for each would be quadratic.
const FEW: usize = 16;

/// Pairs of a key and a value in the order of the wire, in which no key stands twice.
///
/// `==`, the order and the hash are those of the sequence of pairs: maps of the same pairs in another order differ.
/// [`Map::eq_unordered`] compares without regard to the order.
///
/// Decoding more than 2^32 - 1 pairs whose keys do not ascend is refused by
/// [`LimitExceeded`](crate::DecodeErrorKind::LimitExceeded), whatever the limits are.
///
/// # Examples
///
/// ```
/// use barewire::Map;
///
/// let mut ports = Map::from([("http", 80), ("https", 443)]);
/// assert_eq!(ports.insert("http", 8080), Some(80));
/// assert_eq!(ports.as_slice(), [("http", 8080), ("https", 443)]);
/// ```
#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Map<K, V> {
    pairs: Vec<(K, V)>,
}

impl<K, V> Map<K, V> {
    /// An empty map.
    #[must_use]
    pub const fn new() -> Self {
        Self { pairs: Vec::new() }
    }

    /// The map of `pairs`, whose keys are known to be unique.
    pub(crate) const fn from_unique(pairs: Vec<(K, V)>) -> Self {
        Self { pairs }
    }

    /// How many pairs the map has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.pairs.len()
    }

    /// Whether the map has no pairs.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The pairs in wire order.
    #[must_use]
    pub fn as_slice(&self) -> &[(K, V)] {
        &self.pairs
    }

    /// The pairs in wire order, as the vector that holds them.
    #[must_use]
    pub fn into_pairs(self) -> Vec<(K, V)> {
        self.pairs
    }

    /// The value of `key`, found by comparing one key after another.
    ///
    /// For many look-ups in a large map see [`Map::sorted`].
    #[must_use]
    pub fn get<Q: Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.pairs.iter().find(|(own, _)| own.borrow() == key).map(|(_, value)| value)
    }

    /// The value of `key` to be changed, found by comparing one key after another.
    #[must_use]
    pub fn get_mut<Q: Eq + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.pairs.iter_mut().find(|(own, _)| (*own).borrow() == key).map(|(_, value)| value)
    }

    /// Whether the map has `key`, found by comparing one key after another.
    #[must_use]
    pub fn contains_key<Q: Eq + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    /// Takes out the value of `key`, found by comparing one key after another; the other pairs keep their order.
    pub fn remove<Q: Eq + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let index = self.pairs.iter().position(|(own, _)| own.borrow() == key)?;
        Some(self.pairs.remove(index).1)
    }

    /// The pairs in wire order.
    #[must_use]
    pub fn iter(&self) -> MapIter<'_, K, V> {
        MapIter(self.pairs.iter())
    }

    /// The pairs in wire order, with values that can be changed.
    #[must_use]
    pub fn iter_mut(&mut self) -> MapIterMut<'_, K, V> {
        MapIterMut(self.pairs.iter_mut())
    }

    /// The keys in wire order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + ExactSizeIterator + Clone {
        self.pairs.iter().map(|(key, _)| key)
    }

    /// The values in wire order.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator + Clone {
        self.pairs.iter().map(|(_, value)| value)
    }
}

impl<K: Ord, V> Map<K, V> {
    /// The map of `pairs`, in their order.
    ///
    /// # Errors
    ///
    /// [`DuplicateKey`] with the positions of two pairs that have the same key.
    pub fn try_from_pairs(pairs: Vec<(K, V)>) -> Result<Self, DuplicateKey> {
        match unique::find(&pairs) {
            None => Ok(Self { pairs }),
            Some(duplicate) => Err(duplicate),
        }
    }

    /// Sets the value of `key` and returns the one it replaces; a new key becomes the last pair.
    ///
    /// All keys are compared, so that a large map is better collected from an iterator.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.get_mut(&key) {
            Some(old) => Some(mem::replace(old, value)),
            None => {
                self.pairs.push((key, value));
                None
            }
        }
    }

    /// Whether both maps have the same pairs, in any order.
    #[must_use]
    pub fn eq_unordered(&self, other: &Self) -> bool
    where
        V: PartialEq,
    {
        self.len() == other.len() && self.sorted().pairs == other.sorted().pairs
    }

    /// The pairs sorted by key, for many look-ups.
    #[must_use]
    pub fn sorted(&self) -> SortedMap<'_, K, V> {
        let mut pairs: Vec<_> = self.pairs.iter().collect();
        pairs.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        SortedMap { pairs }
    }
}

/// `pairs` with unique keys: of equal ones the first pair stays, with the value of the last.
fn keep_last<K: Ord, V>(mut pairs: Vec<(K, V)>) -> Vec<(K, V)> {
    if unique::find(&pairs).is_none() {
        return pairs;
    }
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_unstable_by(|&a, &b| pairs[a].0.cmp(&pairs[b].0).then(a.cmp(&b)));
    let mut repeats = alloc::vec![false; pairs.len()];
    let mut kept = order[0];
    for &next in &order[1..] {
        if pairs[kept].0 != pairs[next].0 {
            kept = next;
            continue;
        }
        // Equal keys stand in the order of their pairs, so that the last value is moved last.
        let (before, after) = pairs.split_at_mut(next);
        mem::swap(&mut before[kept].1, &mut after[0].1);
        repeats[next] = true;
    }
    let mut index = 0;
    pairs.retain(|_| {
        index += 1;
        !repeats[index - 1]
    });
    pairs
}

impl<'a, W, K, V> Decode<'a, W> for Map<K, V>
where
    W: MapLayout,
    K: Decode<'a, W::Key> + Ord,
    V: Decode<'a, W::Value>,
{
    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        let count = r.count(K::MIN_LEN.saturating_add(V::MIN_LEN))?;
        let start = r.rest();
        let mut pairs = r.vec::<(K, V)>(count)?;
        let mut ascending = true;
        for index in 0..count {
            r.grow(&mut pairs)?;
            let key = K::read(r).map_err(|failed| failed.at_key(r, index))?;
            ascending = ascending && pairs.last().is_none_or(|(last, _)| last.precedes(&key));
            let value = V::read(r).map_err(|failed| failed.at_index(r, index))?;
            pairs.push((key, value));
        }
        if !ascending
            && !r.is_checked()
            && let Some(duplicate) = unique::check_pairs(r, &pairs)?
        {
            // The walk to the repeated key reads owned values again: these here are freed before.
            drop(pairs);
            return Err(unique::at_repeated_key::<W, K, V>(r, start, duplicate));
        }
        Ok(Self { pairs })
    }
}

impl<W, K, V> Encode<W> for Map<K, V>
where
    W: MapLayout,
    K: Encode<W::Key>,
    V: Encode<W::Value>,
{
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.count(self.len());
        for (key, value) in &self.pairs {
            s.field_as(key);
            s.field_as(value);
        }
    }
}

impl<K, V> Default for Map<K, V> {
    /// An empty map.
    fn default() -> Self {
        Self::new()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    /// Adds pairs in their order; of equal keys the first place and the last value count, as with [`Map::insert`].
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, pairs: I) {
        let pairs = pairs.into_iter();
        if pairs.size_hint().1.is_some_and(|most| most <= FEW) {
            for (key, value) in pairs {
                self.insert(key, value);
            }
            return;
        }
        // Collected apart, and put back when the keys are unique: whatever panics, no key ever stands here twice.
        let mut added: Vec<(K, V)> = pairs.collect();
        let mut all = mem::take(&mut self.pairs);
        all.append(&mut added);
        self.pairs = keep_last(all);
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    /// Keeps the order of the pairs; of equal keys the first place and the last value count, as with [`Map::insert`].
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut map = Self::new();
        map.extend(pairs);
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for Map<K, V> {
    /// As collecting the pairs does.
    fn from(pairs: [(K, V); N]) -> Self {
        Self::from_iter(pairs)
    }
}

impl<'m, K, V> IntoIterator for &'m Map<K, V> {
    type Item = (&'m K, &'m V);
    type IntoIter = MapIter<'m, K, V>;

    fn into_iter(self) -> MapIter<'m, K, V> {
        self.iter()
    }
}

impl<'m, K, V> IntoIterator for &'m mut Map<K, V> {
    type Item = (&'m K, &'m mut V);
    type IntoIter = MapIterMut<'m, K, V>;

    fn into_iter(self) -> MapIterMut<'m, K, V> {
        self.iter_mut()
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.pairs.into_iter()
    }
}

/// The pairs of a [`Map`] in wire order.
#[derive(Debug)]
pub struct MapIter<'m, K, V>(slice::Iter<'m, (K, V)>);

impl<K, V> Clone for MapIter<'_, K, V> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

/// The pairs of a [`Map`] in wire order, with values that can be changed.
#[derive(Debug)]
pub struct MapIterMut<'m, K, V>(slice::IterMut<'m, (K, V)>);

macro_rules! iterate_pairs {
    ($iter:ident, $value:ty) => {
        impl<'m, K, V> Iterator for $iter<'m, K, V> {
            type Item = (&'m K, $value);

            fn next(&mut self) -> Option<Self::Item> {
                self.0.next().map(|(key, value)| (&*key, value))
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.0.size_hint()
            }
        }

        impl<K, V> DoubleEndedIterator for $iter<'_, K, V> {
            fn next_back(&mut self) -> Option<Self::Item> {
                self.0.next_back().map(|(key, value)| (&*key, value))
            }
        }

        impl<K, V> ExactSizeIterator for $iter<'_, K, V> {}
        impl<K, V> FusedIterator for $iter<'_, K, V> {}
    };
}

iterate_pairs!(MapIter, &'m V);
iterate_pairs!(MapIterMut, &'m mut V);

/// The pairs of a [`Map`] sorted by key: look-ups take `O(log n)`.
pub struct SortedMap<'m, K, V> {
    /// Strictly ascending by key.
    pairs: Vec<&'m (K, V)>,
}

impl<'m, K, V> SortedMap<'m, K, V> {
    /// The value of `key`.
    #[must_use]
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&'m V>
    where
        K: Borrow<Q>,
    {
        let index = self.pairs.binary_search_by(|(own, _)| own.borrow().cmp(key)).ok()?;
        Some(&self.pairs[index].1)
    }

    /// The pairs in the order of their keys.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&'m K, &'m V)> + ExactSizeIterator + Clone {
        self.pairs.iter().map(|(key, value)| (key, value))
    }
}

impl<K, V> Clone for SortedMap<'_, K, V> {
    fn clone(&self) -> Self {
        Self { pairs: self.pairs.clone() }
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for SortedMap<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
