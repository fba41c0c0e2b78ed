//! Twice the input takes twice the time.
//!
//! The time for the double input is divided by that for the single one. Sorting makes a little more than two of it, anything
//! quadratic four. Other tests run beside this one, so that time on a core counts, and a ratio may be measured again.

use std::hint::black_box;

use barewire::Limits;
use barewire_conformance::pace;
use barewire_dynamic::{MessageType, Value};

use crate::schemas::{structure, with};

/// What a ratio has to be below.
const MOST: f64 = 2.8;

/// How often a ratio is measured before it counts as too large.
const TRIES: usize = 12;

#[track_caller]
fn assert_linear<I>(what: &str, [single, double]: &[I; 2], work: impl Fn(&I)) {
    let ratio = || {
        let of = |input| pace::seconds(|| work(black_box(input)));
        of(double) / of(single)
    };
    let ratios: Vec<f64> = (0..TRIES).map(|_| ratio()).take_while(|ratio| *ratio >= MOST).collect();
    assert!(ratios.len() < TRIES, "{what}: {ratios:?}");
}

/// Takes the values of `n` and of `2 * n` parts all ways.
#[track_caller]
fn all_ways_are_linear(text: &str, n: usize, value: impl Fn(usize) -> Value) {
    with(text, |message| {
        let values = [value(n), value(2 * n)];
        let octets = values.each_ref().map(|value| message.encode(value).expect("of the type"));
        let texts = values.each_ref().map(|value| message.to_json(value).expect("of the type"));
        let limits = Limits::trusted();
        assert_linear("encode", &values, |value| drop(message.encode(value)));
        assert_linear("to_json", &values, |value| drop(message.to_json(value)));
        assert_linear("decode", &octets, |octets| drop(message.decode_with(octets, &limits)));
        assert_linear("annotate", &octets, |octets| drop(message.annotate(octets, &limits)));
        assert_linear("from_json", &texts, |text| drop(message.from_json_with(text, &limits)));
    });
}

#[test]
fn many_small_values() {
    all_ways_are_linear("type T list<struct { a: u16 b: optional<str> }>", 1000, |n| {
        let part = |index: usize| {
            let text = Value::Str(index.to_string().into());
            structure([Value::Uint(index as u64), Value::Optional(Some(text.into()))])
        };
        Value::List((0..n).map(part).collect())
    });
}

#[test]
fn keys_in_no_order() {
    all_ways_are_linear("type T map<str><f64>", 1000, |n| {
        // Another number for each of the first 2^32.
        let key = |index: usize| (index as u32).wrapping_mul(0x9e37_79b1).reverse_bits();
        let pair = |index| (Value::Str(format!("{:08x}", key(index)).into()), Value::F64(index as f64 / 7.0));
        Value::Map((0..n).map(pair).collect())
    });
}

/// Reads the JSON texts of `n` and of `2 * n` parts, whether they are accepted or not.
#[track_caller]
fn reading_is_linear(ty: &str, n: usize, json: impl Fn(usize) -> String) {
    with(ty, |message: &MessageType<'_>| {
        let limits = Limits::trusted();
        assert_linear(ty, &[json(n), json(2 * n)], |json| drop(message.from_json_with(json, &limits)));
    });
}

#[test]
fn json_that_wastes_the_time_of_its_reader() {
    reading_is_linear("type T u8", 30_000, |n| "[".repeat(n));
    reading_is_linear("type T union { u8 | bool }", 30_000, |n| format!("{{\"value\":{}", "[".repeat(n)));
    reading_is_linear("type T f64", 30_000, |n| "1".repeat(n));
    reading_is_linear("type T u64", 30_000, |n| format!("\"{}\"", "1".repeat(n)));
    reading_is_linear("type T str", 30_000, |n| format!("\"{}\"", "\\n".repeat(n)));
    reading_is_linear("type T list<union { union { bool } }>", 1000, |n| {
        let late = r#"{"value":{"value":true,"tag":0},"tag":0}"#;
        format!("[{late}{}]", format!(",{late}").repeat(n))
    });
}
