//! What a message can make its reader allocate.

use barewire::{DecodeErrorKind, Limits};
use barewire_dynamic::Value;

use crate::schemas::with;

#[track_caller]
fn refuses(text: &str, octets: &[u8], expected: &str) {
    with(text, |message| {
        let limits = [Limits::default(), Limits::trusted()];
        for limits in limits {
            let error = message.decode_with(octets, &limits).expect_err("too much");
            assert_eq!(error.to_string(), expected);
            let annotated = message.annotate(octets, &limits);
            assert_eq!(annotated.error(), Some(&error));
        }
    });
}

/// Checks how much heap `octets` need.
#[track_caller]
fn needs(text: &str, octets: &[u8], heap: usize) {
    with(text, |message| {
        message.decode_with(octets, &Limits::with_heap(heap)).expect("enough");
        if let Some(less) = heap.checked_sub(1) {
            let error = message.decode_with(octets, &Limits::with_heap(less)).expect_err("too little");
            assert!(matches!(error.kind(), DecodeErrorKind::LimitExceeded { .. }), "{error}");
        }
    });
}

#[test]
fn lengths_beyond_the_input_are_refused_before_anything_is_allocated() {
    refuses(
        "type T list<u8>[9000000]",
        &[0; 9],
        "length 9000000 is more than the 9 bytes left can hold at byte 0 in T",
    );
    refuses(
        "type T data[1099511627776]",
        &[0],
        "input ended, 1099511627775 more bytes needed at byte 1 in T",
    );
    refuses(
        "type T list<struct { a: u64 }>[18446744073709551615]",
        &[],
        "length 18446744073709551615 is more than the 0 bytes left can hold at byte 0 in T",
    );
    refuses("type T list<u64>", &[2, 0, 0], "input ended, 14 more bytes needed at byte 3 in T");
    refuses(
        "type T map<str><str>",
        &[0xff, 0xff, 3, 0],
        "length 65535 is more than the 1 byte left can hold at byte 0 in T",
    );
}

#[test]
fn a_value_takes_24_octets() {
    needs("type T u8", &[1], 0);
    needs("type T str", b"\x03abc", 3);
    needs("type T data[2]", &[1, 2], 2);
    needs("type T list<u8>", &[2, 1, 2], 2);
    needs("type T list<bool>", &[2, 1, 0], 48);
    needs("type T list<bool>[2]", &[1, 0], 48);
    needs("type T optional<u8>", &[0], 0);
    needs("type T optional<u8>", &[1, 7], 24);
    needs("type T union { void | u8 }", &[1, 7], 24);
    needs("type T struct { a: u8 b: str }", &[1, 1, b'a'], 49);
    needs("type T map<u8><u8>", &[2, 1, 0, 2, 0], 96);
}

#[test]
fn checking_keys_that_do_not_ascend_takes_scratch_space() {
    // 24 octets for each key, given back before the next field takes as much.
    let octets = [&[2, 2, 0, 1, 0, 48][..], &[0; 48]].concat();
    needs("type T struct { a: map<u8><u8> b: data }", &octets, 48 + 96 + 48);
}

#[test]
fn octets_in_lists_are_as_cheap_as_data() {
    with("type T list<u8>", |message| {
        let octets = [&[0x80, 0x80, 0x80, 1][..], &vec![7; 1 << 21]].concat();
        let value = message.decode(&octets).expect("within the default limits");
        assert!(matches!(value, Value::Data(held) if held.len() == 1 << 21));
    });
}

#[test]
fn finds_a_repeated_key_among_many() {
    // The keys descend and the last one repeats the first.
    let mut octets = vec![0x80, 0x80, 4];
    let keys = (0..65_535u32).rev().chain([65_534]);
    octets.extend(keys.flat_map(|key| [&key.to_le_bytes()[..], &[0]].concat()));
    with("type T map<u32><u8>", |message| {
        let error = message.decode_with(&octets, &Limits::trusted()).expect_err("a key repeats");
        let expected = format!("map key repeats that of pair 0 at byte {} in T[65535].key", 3 + 5 * 65_535);
        assert_eq!(error.to_string(), expected);
    });
}

/// The number that `docs/limits.md` names.
#[test]
fn json_of_many_small_numbers_fits_the_default() {
    with("type T list<u16>", |message| {
        let of = |count: usize| format!("[{}1]", "1,".repeat(count - 1));
        assert!(message.from_json(&of(41_000)).is_ok());
        assert!(message.from_json(&of(60_000)).is_err());
    });
}
