//! The check that no key of a map stands twice: rule D9, for owned maps, views and maps built by hand alike.
//!
//! Keys that ascend are proved different by one comparison each while they are read.
//! Otherwise up to 16 pairs are compared pairwise, without heap, and more of them are sorted by one temporary
//! array of at most 8 octets a pair, which is charged to the reader's budget and freed before returning.
//! Owned keys are compared as values and viewed ones as octets; every value has exactly one encoding, so that both
//! find the same repetition: the first pair in wire order whose key stood before.

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::convert::Infallible;
use core::fmt;

use crate::{Decode, DecodeError, DecodeErrorKind, Failed, MapLayout, Reader, Width};

/// The most pairs that are compared pairwise.
const PAIRWISE: usize = 16;

/// Two pairs of a map have the same key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct DuplicateKey {
    /// The position, from 0, of the pair that has the key first.
    pub first: usize,
    /// The position of the first pair that has a key which stood before.
    pub second: usize,
}

impl fmt::Display for DuplicateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the key of pair {} repeats that of pair {}", self.second, self.first)
    }
}

impl core::error::Error for DuplicateKey {}

/// The first repeated key of `pairs`, if there is one.
pub(crate) fn find<K: Ord, V>(pairs: &[(K, V)]) -> Option<DuplicateKey> {
    let Ok(repeated) = find_within(pairs, |len| Ok::<_, Infallible>(Vec::with_capacity(len)));
    repeated
}

/// The first repeated key of `pairs`, if there is one; `scratch` makes room for the positions of all pairs where
/// they have to be sorted.
///
/// # Errors
///
/// That of `scratch`.
pub(crate) fn find_within<K: Ord, V, E>(
    pairs: &[(K, V)],
    scratch: impl FnOnce(usize) -> Result<Vec<usize>, E>,
) -> Result<Option<DuplicateKey>, E> {
    if pairs.is_sorted_by(|(a, _), (b, _)| a < b) {
        return Ok(None);
    }
    if pairs.len() <= PAIRWISE {
        return Ok(pairwise(pairs.len(), |a, b| pairs[a].0 == pairs[b].0));
    }
    let mut order = scratch(pairs.len())?;
    order.extend(0..pairs.len());
    let repeated = sort_positions(&mut order, &|a, b| pairs[a].0.cmp(&pairs[b].0));
    Ok(repeated.map(|(first, second)| DuplicateKey { first, second }))
}

/// The first repeated key of `pairs`, which `r` has just read and which do not ascend.
///
/// # Errors
///
/// The limits of `r`: above 2^32 - 1 pairs, which positions of 4 octets cannot tell apart, the limit is always exceeded.
pub(crate) fn check_pairs<K: Ord, V>(
    r: &mut Reader<'_>,
    pairs: &[(K, V)],
) -> Result<Option<DuplicateKey>, Failed> {
    if pairs.len() <= PAIRWISE {
        return Ok(pairwise(pairs.len(), |a, b| pairs[a].0 == pairs[b].0));
    }
    let Ok(count) = u32::try_from(pairs.len()) else {
        return Err(r.limit_exceeded(pairs.len().saturating_mul(size_of::<usize>())));
    };
    let mut order = r.scratch::<u32>(pairs.len())?;
    order.extend(0..count);
    // Lossless: a position is below the length of a slice.
    let repeated = sort_short_positions(&mut order, &|a, b| pairs[a as usize].0.cmp(&pairs[b as usize].0));
    drop(order);
    r.refund::<u32>(pairs.len());
    let duplicate = |(first, second)| DuplicateKey { first: first as usize, second: second as usize };
    Ok(repeated.map(duplicate))
}

/// Reads `count` pairs without keeping them, and checks their keys unless `r` knows them to be checked.
///
/// # Errors
///
/// Those of the pairs, then [`DuplicateKey`](DecodeErrorKind::DuplicateKey) at the later key; and the limits of `r`, at the
/// first of more than 16 keys that does not ascend. If such keys stand behind more than 4 GiB of their map, which positions
/// of 4 octets cannot reach, the limit is always exceeded.
pub(crate) fn check_map<'a, W, K, V>(r: &mut Reader<'a>, count: usize) -> Result<(), Failed>
where
    W: MapLayout,
    K: Decode<'a, W::Key> + Ord,
    V: Decode<'a, W::Value>,
{
    if r.is_checked() {
        return skip::<W, K, V>(r, count);
    }
    let start = r.rest();
    let mut keys: [&[u8]; PAIRWISE] = [&[]; PAIRWISE];
    let mut last = None;
    let mut ascending = true;
    // Of all keys, once they do not ascend and are not few.
    let mut places: Option<Vec<Place>> = None;
    for index in 0..count {
        let before = r.rest();
        let key = K::read(r).map_err(|failed| failed.at_key(r, index))?;
        if let Some(slot) = keys.get_mut(index) {
            *slot = &before[..before.len() - r.remaining()];
        }
        if ascending {
            ascending = last.is_none_or(|last: K| last.precedes(&key));
            last = Some(key);
            if !ascending && count > PAIRWISE {
                let mut noted = r.vec(count)?;
                note_earlier::<W, K, V>(r, start, index, &mut noted)?;
                places = Some(noted);
            }
        }
        if let Some(places) = &mut places {
            note(r, start, before, places)?;
        }
        V::read(r).map_err(|failed| failed.at_index(r, index))?;
    }
    let repeated = match places {
        None if ascending => None,
        None => pairwise(count, |a, b| keys[a] == keys[b]),
        Some(mut places) => {
            let repeated = sort_places(start, &mut places);
            r.refund::<Place>(count);
            repeated.map(|places| positions::<W, K, V>(r, start, places)).transpose()?
        }
    };
    match repeated {
        None => Ok(()),
        Some(duplicate) => Err(at_repeated_key::<W, K, V>(r, start, duplicate)),
    }
}

/// Where a key begins behind the start of its map, and its length.
type Place = (u32, u32);

/// Adds the place of the key between `before` and where `r` stands.
#[inline]
fn note(r: &mut Reader<'_>, start: &[u8], before: &[u8], places: &mut Vec<Place>) -> Result<(), Failed> {
    let (begin, end) = (start.len() - before.len(), start.len() - r.remaining());
    if u32::try_from(end).is_err() {
        let wider = size_of::<(usize, usize)>();
        return Err(r.limit_exceeded(places.len().saturating_add(1).saturating_mul(wider)));
    }
    r.grow(places)?;
    // Lossless: a key begins before it ends.
    places.push((begin as u32, (end - begin) as u32));
    Ok(())
}

/// Adds the places of the first `count` keys from `start` on, which are read once more.
#[cold]
fn note_earlier<'a, W, K, V>(
    r: &mut Reader<'a>,
    start: &'a [u8],
    count: usize,
    places: &mut Vec<Place>,
) -> Result<(), Failed>
where
    W: MapLayout,
    K: Decode<'a, W::Key>,
    V: Decode<'a, W::Value>,
{
    let mut walk = r.rewound(start);
    for _ in 0..count {
        let before = walk.rest();
        K::read(&mut walk)
            .and_then(|_| note(&mut walk, start, before, places))
            .and_then(|()| V::read(&mut walk).map(drop))
            .map_err(|failed| r.failed(walk.error(failed)))?;
    }
    Ok(())
}

/// The positions of the pairs whose keys stand at two places: sorting has lost them.
#[cold]
fn positions<'a, W, K, V>(
    r: &mut Reader<'a>,
    start: &'a [u8],
    ((first, _), (second, _)): (Place, Place),
) -> Result<DuplicateKey, Failed>
where
    W: MapLayout,
    K: Decode<'a, W::Key>,
    V: Decode<'a, W::Value>,
{
    let mut walk = r.rewound(start);
    let mut duplicate = DuplicateKey { first: 0, second: 0 };
    while start.len() - walk.remaining() < second as usize {
        duplicate.first += usize::from(start.len() - walk.remaining() < first as usize);
        duplicate.second += 1;
        skip::<W, K, V>(&mut walk, 1).map_err(|failed| r.failed(walk.error(failed)))?;
    }
    Ok(duplicate)
}

/// Whether `a < b`, without a call where keys differ early, as those of a map do.
#[inline]
pub(crate) fn precedes(a: &[u8], b: &[u8]) -> bool {
    let shared = a.len().min(b.len());
    let (start_a, start_b) = (&a[..shared], &b[..shared]);
    let (Some(last_a), Some(last_b)) = (start_a.last_chunk::<8>(), start_b.last_chunk::<8>()) else {
        let order = short(start_a).cmp(&short(start_b));
        return if order.is_eq() { a.len() < b.len() } else { order.is_lt() };
    };
    // Octets before the last word are equal if no other word told; that some are in two words does no harm.
    let words = start_a.as_chunks().0.iter().zip(start_b.as_chunks().0);
    for (word_a, word_b) in words.chain([(last_a, last_b)]) {
        let order = u64::from_be_bytes(*word_a).cmp(&u64::from_be_bytes(*word_b));
        if order.is_ne() {
            return order.is_lt();
        }
    }
    a.len() < b.len()
}

/// Less than 8 octets as a number: in the order of such numbers stand all octets of one length.
#[inline]
fn short(octets: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (octets.first_chunk(), octets.last_chunk()) {
        // That some octets are in both does no harm, either.
        return u64::from(u32::from_be_bytes(*first)) << 32 | u64::from(u32::from_be_bytes(*last));
    }
    match octets {
        [] => 0,
        [first, .., last] => {
            u64::from(*first) << 16 | u64::from(octets[octets.len() / 2]) << 8 | u64::from(*last)
        }
        [only] => u64::from(*only),
    }
}

/// The first of `count` keys that equals an earlier one.
fn pairwise(count: usize, equal: impl Fn(usize, usize) -> bool) -> Option<DuplicateKey> {
    (1..count).find_map(|second| {
        let first = (0..second).find(|&first| equal(first, second))?;
        Some(DuplicateKey { first, second })
    })
}

// Sorting is a lot of code. These three are compiled here once, and not for each map of a program.

#[inline(never)]
fn sort_positions(order: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) -> Option<(usize, usize)> {
    sort(order, compare)
}

#[inline(never)]
fn sort_short_positions(order: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) -> Option<(u32, u32)> {
    sort(order, compare)
}

#[inline(never)]
fn sort_places(start: &[u8], places: &mut [Place]) -> Option<(Place, Place)> {
    let octets = |(begin, len): Place| &start[begin as usize..][..len as usize];
    // Places that are equal in their octets are ordered by where they begin, as the pairs are.
    sort(places, |a, b| octets(a).cmp(octets(b)))
}

/// Sorts `keys` by `compare`, and among equals by themselves; returns the lowest one that equals a lower one,
/// behind the lowest that it equals.
fn sort<I: Copy + Ord>(keys: &mut [I], compare: impl Fn(I, I) -> Ordering) -> Option<(I, I)> {
    keys.sort_unstable_by(|&a, &b| compare(a, b).then(a.cmp(&b)));
    // The lowest second of all is the second among its equals, so that its neighbour is the first.
    keys.windows(2)
        .map(|pair| (pair[0], pair[1]))
        .filter(|&(first, second)| compare(first, second).is_eq())
        .min_by_key(|&(_, second)| second)
}

/// The error of a repeated key, at the later of the two: owned pairs do not know where they were read.
#[cold]
pub(crate) fn at_repeated_key<'a, W, K, V>(
    r: &mut Reader<'a>,
    start: &'a [u8],
    duplicate: DuplicateKey,
) -> Failed
where
    W: MapLayout,
    K: Decode<'a, W::Key>,
    V: Decode<'a, W::Value>,
{
    let DuplicateKey { first, second } = duplicate;
    let mut walk = r.rewound(start);
    match skip::<W, K, V>(&mut walk, second) {
        Ok(()) => {
            let kind = DecodeErrorKind::DuplicateKey { first };
            r.failed(DecodeError::new(kind, walk.position()).at_key(second))
        }
        // These pairs were read before; only the memory to read owned ones again may be missing.
        Err(failed) => r.failed(walk.error(failed)),
    }
}

/// Reads past `count` pairs.
fn skip<'a, W, K, V>(r: &mut Reader<'a>, count: usize) -> Result<(), Failed>
where
    W: MapLayout,
    K: Decode<'a, W::Key>,
    V: Decode<'a, W::Value>,
{
    if matches!(K::WIDTH.and(V::WIDTH), Width::Raw) {
        // The count was checked against the rest of the input, so the product cannot overflow.
        r.slice(count.saturating_mul(K::MIN_LEN.saturating_add(V::MIN_LEN)))?;
        return Ok(());
    }
    for index in 0..count {
        K::read(r).map_err(|failed| failed.at_key(r, index))?;
        V::read(r).map_err(|failed| failed.at_index(r, index))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::precedes;
    use alloc::vec::Vec;

    /// Keys of every length up to three words, equal but for one octet, and prefixes of each other.
    #[test]
    fn octets_precede_as_slices_do() {
        let mut keys: Vec<Vec<u8>> = Vec::new();
        for len in 0..=25 {
            keys.push((0..len).map(|at| at as u8).collect());
            for at in 0..len {
                for octet in [0, 0x7f, 0xff] {
                    let mut key: Vec<u8> = (0..len).map(|at| at as u8).collect();
                    key[at] = octet;
                    keys.push(key);
                }
            }
        }
        for a in &keys {
            for b in &keys {
                assert_eq!(precedes(a, b), a < b, "{a:02x?} {b:02x?}");
            }
        }
    }
}
