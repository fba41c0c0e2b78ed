//! `Map` keeps the order of its pairs and never holds a key twice.

use barewire::{DuplicateKey, Map, Str};
use core::cell::Cell;
use core::cmp::Ordering;
use proptest::prelude::*;

fn ports() -> Map<Str, u16> {
    Map::from([("ssh".into(), 22), ("http".into(), 80), ("dns".into(), 53)])
}

#[test]
fn look_ups_take_borrowed_keys() {
    let mut map = ports();
    assert_eq!((map.len(), map.is_empty()), (3, false));
    assert_eq!(map.get("http"), Some(&80));
    assert_eq!(map.get("smtp"), None);
    assert!(map.contains_key("dns") && !map.contains_key("smtp"));
    *map.get_mut("dns").unwrap() += 1;
    assert_eq!(map.get("dns"), Some(&54));
    assert_eq!(format!("{map:?}"), r#"{"ssh": 22, "http": 80, "dns": 54}"#);
}

#[test]
fn insert_replaces_in_place_and_appends_what_is_new() {
    let mut map = ports();
    assert_eq!(map.insert("http".into(), 8080), Some(80));
    assert_eq!(map.insert("smtp".into(), 25), None);
    assert!(map.keys().eq(["ssh", "http", "dns", "smtp"]));
    assert!(map.values().eq(&[22, 8080, 53, 25]));
}

#[test]
fn remove_keeps_the_order_of_the_others() {
    let mut map = ports();
    assert_eq!(map.remove("ssh"), Some(22));
    assert_eq!(map.remove("ssh"), None);
    assert!(map.keys().eq(["http", "dns"]));
}

#[test]
fn pairs_are_iterated_in_their_order_from_both_ends() {
    let mut map = ports();
    for (_, port) in &mut map {
        *port += 1;
    }
    assert_eq!(map.iter().len(), 3);
    assert_eq!(map.iter().next_back(), Some((&Str::from("dns"), &54)));
    assert_eq!(map.as_slice()[0], (Str::from("ssh"), 23));
    let pairs: Vec<_> = map.clone().into_iter().collect();
    assert_eq!(pairs, map.into_pairs());
    assert!(Map::<u8, u8>::default().is_empty());
}

#[test]
fn equality_depends_on_the_order_unless_asked_otherwise() {
    let map = ports();
    let reversed: Map<_, _> = map.iter().rev().map(|(name, port)| (name.clone(), *port)).collect();
    assert_ne!(map, reversed);
    assert!(map.eq_unordered(&reversed));
    assert!(!map.eq_unordered(&Map::new()));
    let mut other = reversed.clone();
    other.insert("dns".into(), 0);
    assert!(!map.eq_unordered(&other));
}

#[test]
fn sorted_finds_every_key() {
    let map = ports();
    let sorted = map.sorted();
    assert!(sorted.iter().map(|(name, _)| name.as_str()).eq(["dns", "http", "ssh"]));
    for (name, port) in &map {
        assert_eq!(sorted.get(name.as_str()), Some(port));
    }
    assert_eq!(sorted.get("smtp"), None);
}

#[test]
fn a_repeated_key_is_refused_with_both_positions() {
    let error = Map::try_from_pairs(vec![("a", 1), ("b", 2), ("c", 3), ("b", 4)]).unwrap_err();
    assert_eq!(error, DuplicateKey { first: 1, second: 3 });
    assert_eq!(error.to_string(), "the key of pair 3 repeats that of pair 1");
}

proptest! {
    /// Collecting, extending and inserting one by one agree: the first place and the last value count.
    #[test]
    fn collecting_is_inserting(pairs in proptest::collection::vec((0_u8..30, any::<u16>()), 0..60), at in 0_usize..60) {
        let mut inserted = Map::new();
        for &(key, value) in &pairs {
            inserted.insert(key, value);
        }
        prop_assert_eq!(&pairs.iter().copied().collect::<Map<_, _>>(), &inserted);

        let (head, tail) = pairs.split_at(at.min(pairs.len()));
        let mut extended: Map<_, _> = head.iter().copied().collect();
        extended.extend(tail.iter().copied());
        prop_assert_eq!(extended, inserted);
    }
}

/// Whatever panics while a map is extended, it never holds a key twice: its message could not be read.
#[test]
fn a_panic_while_extending_leaves_the_keys_unique() {
    for few_or_many in [3, 30] {
        let mut map = Map::from([(1, 1)]);
        let pairs =
            (0..few_or_many).map(|index| (1, index)).inspect(|pair| assert!(pair.1 < 2, "on purpose"));
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| map.extend(pairs))).is_err();
        assert!(panicked && map.len() == 1, "{map:?}");
    }
}

/// A key that counts how often it is compared.
#[derive(Clone, Copy, Debug)]
struct Counting<'c>(u32, &'c Cell<usize>);

impl Ord for Counting<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.1.update(|compared| compared + 1);
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Counting<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Eq for Counting<'_> {}

impl PartialEq for Counting<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

#[test]
fn many_pairs_are_sorted_and_few_are_searched() {
    let compared = Cell::new(0);
    // No order that a sort finds at once.
    let pairs = |count: u32| (0..count).map(|key| (Counting(key.reverse_bits(), &compared), key));
    assert_eq!(pairs(4_000).collect::<Map<_, _>>().len(), 4_000);
    assert!(compared.take() < 4_000 * 30);

    // The adaptors of the standard library extend one by one.
    let (even, odd): (Map<_, _>, Map<_, _>) = pairs(400).partition(|(_, key)| key % 2 == 0);
    assert_eq!((even.len(), odd.len()), (200, 200));
    assert_eq!(compared.take(), 2 * (0..200).sum::<usize>());
}
