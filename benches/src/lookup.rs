//! Looking up a key in a map, which keeps the order of the wire and no index.

use std::collections::BTreeMap;
use std::hint::black_box;

use barewire::{Map, MapView, Str};

use crate::operation::{Operation, Timed, consume};
use crate::peers::OURS;

/// What ratios are formed to.
pub const TREE: &str = "BTreeMap";

/// The ways to find a key.
pub const WAYS: [&str; 4] = [OURS, "sorted", "view", TREE];

/// The cases: how many pairs there are.
pub const CASES: [&str; 4] = ["map12", "map100", "map1k", "map10k"];

/// The operation.
pub const OPERATIONS: [Operation; 1] = [Operation::LookUp];

type Find = Box<dyn Fn(&str) -> Option<u64>>;

/// One look-up each, of all keys in turns.
///
/// # Panics
///
/// If there is no such case.
pub fn timed(case: &str) -> Vec<(&'static str, Timed)> {
    let len = match case {
        "map12" => 12,
        "map100" => 100,
        "map1k" => 1_000,
        "map10k" => 10_000,
        _ => panic!("a section has known cases"),
    };
    let key = |number: usize| format!("name-{number:05}");
    let pairs: Vec<_> = (0..len).map(|number| (Str::from(key(number)), number as u64)).collect();
    // What borrows from a map can be kept this way only; there are few of them in a run.
    let map: &'static Map<Str, u64> = Box::leak(Box::new(pairs.iter().cloned().collect()));
    let borrowed: Vec<_> = map.iter().map(|(key, value)| (key.as_str(), *value)).collect();
    let borrowed: &'static [(&str, u64)] = borrowed.leak();
    let view = MapView::<&str, u64>::try_from_pairs(borrowed).expect("every key is another");
    let (sorted, tree): (_, BTreeMap<_, _>) = (map.sorted(), pairs.into_iter().collect());
    let ways: [(&'static str, Find); 4] = [
        (OURS, Box::new(|key| map.get(key).copied())),
        ("sorted", Box::new(move |key| sorted.get(key).copied())),
        ("view", Box::new(move |key| view.get(key))),
        (TREE, Box::new(move |key| tree.get(key).copied())),
    ];
    let timed = |(name, find): (&'static str, Find)| {
        assert_eq!(find(&key(len - 1)), Some(len as u64 - 1), "{name} finds what is there");
        let (keys, mut next): (Vec<_>, _) = ((0..len).map(key).collect(), 0);
        let once = move || {
            // Far from the last one, and all of them before one comes again.
            next = (next + 7) % len;
            consume(find(black_box(&keys[next])));
        };
        (name, Timed::new(Operation::LookUp, once))
    };
    ways.into_iter().map(timed).collect()
}
