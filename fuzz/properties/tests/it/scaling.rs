//! Twice the input takes twice the time: an input that takes more than its length could stop a server.
//!
//! The time for the double input is divided by that for the single one. Sorting makes a little more than two of it, anything
//! quadratic four. Other tests run beside this one, so that time on a core counts, and a ratio may be measured again.

use barewire::{Limits, Map, MapView};
use barewire_codegen::Config;
use barewire_conformance::pace;
use barewire_properties::random::entropy;
use barewire_properties::subject::subjects;
use barewire_syntax::{Source, check};
use std::hint::black_box;

/// What a ratio has to be below.
const MOST: f64 = 2.6;

/// How often a ratio is measured before it counts as too large.
const TRIES: usize = 8;

#[track_caller]
fn assert_linear<I>(what: &str, n: usize, input: impl Fn(usize) -> I, work: impl Fn(&I)) {
    let (single, double) = (input(n), input(2 * n));
    let ratio = || {
        let of = |input| pace::seconds(|| work(black_box(input)));
        of(&double) / of(&single)
    };
    let mut ratios = Vec::new();
    while ratios.len() < TRIES {
        match ratio() {
            ratio if ratio < MOST => return,
            ratio => ratios.push(ratio),
        }
    }
    panic!("{what}: {ratios:?}");
}

/// Decodes the octets of a type of `hostile.bare`, owned and as a view.
#[track_caller]
fn decodes_linearly(name: &str, n: usize, octets: impl Fn(usize) -> Vec<u8>) {
    let subject = subjects().iter().find(|subject| subject.title == "hostile" && subject.name == name);
    let codec = subject.expect("a type of `hostile.bare`").codec;
    let limits = Limits::trusted();
    assert_linear(&format!("{name}, owned"), n, &octets, |octets| {
        codec.owned((&octets[..]).into(), &limits).expect("a value of the type");
    });
    assert_linear(&format!("{name}, view"), n, &octets, |octets| {
        codec.view(octets, &limits).expect("a value of the type");
    });
}

fn uint(mut number: u64, octets: &mut Vec<u8>) {
    while number >= 0x80 {
        octets.push(number as u8 | 0x80);
        number >>= 7;
    }
    octets.push(number as u8);
}

/// A list or map of `n` items.
fn counted(n: usize, item: impl Fn(usize, &mut Vec<u8>)) -> Vec<u8> {
    let mut octets = Vec::new();
    uint(n as u64, &mut octets);
    (0..n).for_each(|index| item(index, &mut octets));
    octets
}

/// A `map<str><str>` of empty values.
fn strung(n: usize, key: impl Fn(usize) -> String) -> Vec<u8> {
    counted(n, |index, octets| {
        let key = key(index);
        uint(key.len() as u64, octets);
        octets.extend_from_slice(key.as_bytes());
        octets.push(0);
    })
}

/// Another number for each of the first 2^32, in no order.
fn shuffled(index: usize) -> u32 {
    (index as u32).wrapping_mul(0x9e37_79b1).reverse_bits()
}

#[test]
fn ascending_keys() {
    decodes_linearly("Strung", 4000, |n| strung(n, |index| format!("{index:08}")));
}

#[test]
fn descending_keys() {
    decodes_linearly("Strung", 4000, |n| strung(n, |index| format!("{:08}", n - index)));
}

#[test]
fn keys_in_no_order() {
    decodes_linearly("Strung", 4000, |n| strung(n, |index| format!("{:08x}", shuffled(index))));
}

#[test]
fn keys_that_begin_alike() {
    let prefix = "x".repeat(300);
    decodes_linearly("Strung", 2000, |n| strung(n, |index| format!("{prefix}{:08x}", shuffled(index))));
}

#[test]
fn one_long_key_more_for_each() {
    // Keys that each begin with the one before.
    decodes_linearly("Strung", 2000, |n| {
        strung(n, |index| "x".repeat((n - index) % 200) + &format!("{index}"))
    });
}

/// The pair that repeats a key is the last one.
#[test]
fn a_key_that_is_repeated_late() {
    let subject =
        subjects().iter().find(|subject| subject.name == "Strung").expect("a type of `hostile.bare`");
    let octets =
        |n: usize| strung(n, |index| format!("{:08x}", shuffled(if index + 1 == n { 0 } else { index })));
    for view in [false, true] {
        assert_linear(&format!("repeated, {view}"), 4000, octets, |octets| {
            let limits = Limits::trusted();
            let error = match view {
                true => subject.codec.view(octets, &limits),
                false => subject.codec.owned((&octets[..]).into(), &limits),
            };
            assert_eq!(error.expect_err("a key stands twice").kind().rule(), Some("D9"));
        });
    }
}

/// Maps that a program builds itself.
#[test]
fn descending_keys_of_a_map_that_is_built() {
    // Enough that both copies of the pairs are fresh pages: these cost more than checking the pairs.
    const N: usize = 40_000;
    let pairs = |n: usize| -> Vec<(u64, u8)> { (0..n as u64).rev().map(|key| (key ^ 1, 0)).collect() };
    assert_linear("built, view", N, pairs, |pairs| {
        MapView::<u64, u8>::try_from_pairs(pairs).expect("unique keys");
    });
    assert_linear("built, owned", N, pairs, |pairs| {
        Map::try_from_pairs(pairs.clone()).expect("unique keys");
    });
}

#[test]
fn maps_in_a_list() {
    decodes_linearly("Maps", 300, |n| {
        counted(n, |_, octets| {
            octets.push(20);
            (0..20).rev().for_each(|key| octets.extend([key, 0]));
        })
    });
}

#[test]
fn deep_lists() {
    decodes_linearly("Deep", 1000, |n| counted(n, |_, octets| octets.extend([1, 1, 1, 2, 0, 0])));
}

#[test]
fn many_small_fields() {
    decodes_linearly("Small", 2000, |n| {
        counted(n, |_, octets| octets.extend([1, 7, 1, 2, 3, 4, 1, 5, 6, 1, b'x']))
    });
}

#[test]
fn long_varints() {
    decodes_linearly("Numbers", 20_000, |n| counted(n, |_, octets| uint(u64::MAX, octets)));
    let noise = entropy(0, 8 * 40_000);
    let number = |index: usize| u64::from_le_bytes(noise[8 * index..][..8].try_into().expect("eight octets"));
    decodes_linearly("Numbers", 20_000, |n| {
        counted(n, |index, octets| uint(number(index) >> (index % 64), octets))
    });
}

fn schema(n: usize) -> Source {
    let types = (1..n).map(|index| format!("type T{index} struct {{ a: optional<str> b: T0 }}\n"));
    Source::new("many.bare", "type T0 enum { A B }\n".to_owned() + &types.collect::<String>())
}

#[test]
fn a_schema_of_many_types() {
    assert_linear("check", 1000, schema, |source| drop(check(source).expect("a schema")));
    assert_linear("generate", 60, schema, |source| {
        drop(Config::new().generate_source(source).expect("Rust"))
    });
}
