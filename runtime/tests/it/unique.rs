//! The check of rule D9 finds every repetition, and says the same for owned maps, views and maps built by hand.

use barewire::{
    Decode, DecodeErrorKind, DuplicateKey, Encode, Limits, Map, MapView, Pair, PathSegment, Plain, Reader,
    Str, Varint,
};
use proptest::prelude::*;

use crate::wire::{decode, encode};

/// The octets of a map of `pairs`, which need not be one.
fn octets<W, K: Encode<W>, V: Encode>(pairs: &[(K, V)]) -> Vec<u8> {
    let mut octets = encode::<Varint, _>(&(pairs.len() as u64));
    for (key, value) in pairs {
        octets.extend(encode::<W, K>(key));
        octets.extend(encode::<Plain, V>(value));
    }
    octets
}

/// The first pair whose key stood before, and where it stood, by the plainest search.
fn expected<K: PartialEq, V>(pairs: &[(K, V)]) -> Option<DuplicateKey> {
    (0..pairs.len()).find_map(|second| {
        let first = (0..second).find(|&first| pairs[first].0 == pairs[second].0)?;
        Some(DuplicateKey { first, second })
    })
}

/// Every way to make a map of `pairs` agrees with the plain search, including on offset and path.
#[track_caller]
fn all_agree(pairs: &[(u64, Str)]) {
    let octets = octets::<Varint, _, _>(pairs);
    let owned = decode::<Pair<Varint, Plain>, Map<u64, Str>>(&octets);
    let view = decode::<Pair<Varint, Plain>, MapView<'_, u64, &str, Pair<Varint, Plain>>>(&octets);
    let built = Map::try_from_pairs(pairs.to_vec());
    let borrowed = MapView::<_, _, Pair<Varint, Plain>>::try_from_pairs(pairs);

    let Some(duplicate) = expected(pairs) else {
        assert_eq!(owned.unwrap(), built.unwrap());
        let view = view.unwrap();
        assert!(view.iter().eq(pairs.iter().map(|(key, value)| (*key, value.as_str()))));
        assert_eq!(encode::<Pair<Varint, Plain>, _>(&view), octets);
        assert_eq!(encode::<Pair<Varint, Plain>, _>(&borrowed.unwrap()), octets);
        return;
    };
    assert_eq!(built, Err(duplicate));
    assert_eq!(borrowed.unwrap_err(), duplicate);
    let error = owned.unwrap_err();
    let count_len = encode::<Varint, _>(&(pairs.len() as u64)).len();
    let before = encode_pairs(&pairs[..duplicate.second]);
    assert_eq!(error.kind(), DecodeErrorKind::DuplicateKey { first: duplicate.first });
    assert_eq!(error.offset(), count_len + before);
    assert!(error.path().eq([PathSegment::Key(duplicate.second)]));
    assert_eq!(view.unwrap_err(), error);
}

fn encode_pairs(pairs: &[(u64, Str)]) -> usize {
    pairs.iter().map(|(key, value)| encode::<Varint, _>(key).len() + encode::<Plain, _>(value).len()).sum()
}

fn numbered(keys: impl IntoIterator<Item = u64>) -> Vec<(u64, Str)> {
    keys.into_iter().map(|key| (key, Str::from(key.to_string()))).collect()
}

#[test]
fn every_order_of_unique_keys_is_accepted() {
    for count in [0, 1, 2, 15, 16, 17, 18, 300] {
        all_agree(&numbered(0..count));
        all_agree(&numbered((0..count).rev()));
        // 7919 is prime, so that no key repeats.
        all_agree(&numbered((0..count).map(|index| index * 100 % 7919)));
    }
}

#[test]
fn a_repetition_is_found_wherever_it_stands() {
    for count in [2, 3, 16, 17, 40] {
        for first in 0..count {
            for second in first + 1..count {
                let mut ascending = numbered(0..count);
                ascending[second as usize].0 = first;
                all_agree(&ascending);
                let mut descending = numbered((0..count).rev());
                descending[second as usize].0 = descending[first as usize].0;
                all_agree(&descending);
            }
        }
    }
}

#[test]
fn a_key_that_is_part_of_another_is_another() {
    let pairs = ["b", "", "a", "aa", "ab", "aaa"].map(|key| (key, 0_u8));
    assert_eq!(decode::<Plain, MapView<'_, &str, u8>>(&octets::<Plain, _, _>(&pairs)).unwrap().len(), 6);
    assert_eq!(decode::<Plain, Map<Str, u8>>(&octets::<Plain, _, _>(&pairs)).unwrap().len(), 6);
}

#[test]
fn the_temporary_array_is_charged_and_given_back() {
    // Two maps of 100 pairs, one after another; the array for a view takes 8 octets a pair, for an owned map 4.
    let pairs = numbered((0..100).rev());
    let twice = octets::<Varint, _, _>(&pairs).repeat(2);
    type View<'a> = MapView<'a, u64, &'a str, Pair<Varint, Plain>>;

    let mut r = Reader::new(&twice, &Limits::with_heap(800));
    View::read(&mut r).unwrap();
    View::read(&mut r).unwrap();
    r.finish().unwrap();

    let mut r = Reader::new(&twice, &Limits::with_heap(799));
    let failed = View::read(&mut r).unwrap_err();
    assert_eq!(r.error(failed).kind(), DecodeErrorKind::LimitExceeded { budget: 799, wanted: 800 });

    let pair = size_of::<(u64, Str)>();
    type Owned = Map<u64, Str>;
    let mut r = Reader::new(&twice, &Limits::with_heap(200 * pair + 400));
    <Owned as Decode<'_, Pair<Varint, Plain>>>::read(&mut r).unwrap();
    <Owned as Decode<'_, Pair<Varint, Plain>>>::read(&mut r).unwrap();
    let mut r = Reader::new(&twice, &Limits::with_heap(100 * pair + 399));
    let failed = <Owned as Decode<'_, Pair<Varint, Plain>>>::read(&mut r).unwrap_err();
    assert_eq!(r.error(failed).kind().rule(), None);
}

/// Finding the place of the error reads the pairs again, which is no reason to charge them again.
#[test]
fn a_repetition_takes_no_more_heap_than_its_pairs() {
    let long = Str::from("x".repeat(40));
    let octets = octets::<Varint, _, _>(&[(1_u64, long.clone()), (0, long.clone()), (1, long)]);
    let budget = 3 * (size_of::<(u64, Str)>() + 40);
    let read = |heap: usize| {
        let mut r = Reader::new(&octets[..], &Limits::with_heap(heap));
        let failed = <Map<u64, Str> as Decode<'_, Pair<Varint, Plain>>>::read(&mut r).unwrap_err();
        r.error(failed).kind().rule()
    };
    assert_eq!(read(budget), Some("D9"));
    assert_eq!(read(budget - 1), None);
}

#[test]
fn ascending_and_short_maps_need_no_heap() {
    let none = Limits::with_heap(0);
    for keys in [(0..1000).collect::<Vec<_>>(), (0..16).rev().collect()] {
        let octets = octets::<Varint, _, _>(&numbered(keys));
        let mut r = Reader::new(&octets, &none);
        <MapView<'_, u64, &str, Pair<Varint, Plain>>>::read(&mut r).unwrap();
    }
    // Text and data are compared by a way of their own.
    let pairs: Vec<_> = ('A'..='z').map(|key| (Str::from(key), key as u8)).collect();
    let octets = octets::<Plain, _, _>(&pairs);
    <MapView<'_, &str, u8>>::read(&mut Reader::new(&octets, &none)).unwrap();
    <MapView<'_, &[u8], u8>>::read(&mut Reader::new(&octets, &none)).unwrap();
    let owned = Limits::with_heap(size_of_val(&pairs[..]));
    let read = <Map<Str, u8> as Decode>::read(&mut Reader::new(&octets, &owned));
    assert_eq!(read.unwrap().as_slice(), pairs);
}

proptest! {
    #[test]
    fn random_keys_are_judged_alike(keys in proptest::collection::vec(0_u64..400, 0..60)) {
        all_agree(&numbered(keys));
    }

    #[test]
    fn random_text_keys_are_judged_alike(keys in proptest::collection::vec("[ab]{0,5}|[a-c]{39}", 0..40)) {
        let pairs: Vec<_> = keys.iter().map(|key| (Str::from(key), 1_u8)).collect();
        let octets = octets::<Plain, _, _>(&pairs);
        let owned = decode::<Plain, Map<Str, u8>>(&octets);
        let view = decode::<Plain, MapView<'_, &str, u8>>(&octets);
        match (owned, view) {
            (Ok(owned), Ok(view)) => {
                prop_assert_eq!(expected(&pairs), None);
                prop_assert_eq!(owned.len(), view.len());
            }
            (Err(owned), Err(view)) => {
                prop_assert_eq!(owned.kind(), DecodeErrorKind::DuplicateKey { first: expected(&pairs).unwrap().first });
                prop_assert_eq!(owned, view);
            }
            (owned, view) => prop_assert!(false, "{owned:?} is not {view:?}"),
        }
    }
}
