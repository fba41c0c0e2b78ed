//! JSON that is no value of the type.

use barewire::Limits;
use barewire_dynamic::{JsonErrorKind, PathSegment};

use crate::schemas::with;

#[track_caller]
fn refuses(text: &str, json: &str, expected: &str) {
    with(text, |message| {
        let error = message.from_json(json).expect_err("not of the type");
        assert_eq!(error.to_string(), expected, "{json}");
        assert!(error.to_string().chars().count() <= 200);
    });
}

#[test]
fn says_what_stands_for_each_type() {
    refuses("type T u8", "256", "expected an integer from 0 to 255, found 256 at line 1 column 3 in $");
    refuses("type T u8", "-1", "expected an integer from 0 to 255, found -1 at line 1 column 2 in $");
    refuses("type T u8", "1.0", "expected an integer from 0 to 255, found 1.0 at line 1 column 3 in $");
    refuses("type T i8", "null", "expected an integer from -128 to 127, found null at line 1 column 4 in $");
    refuses(
        "type T int",
        "9223372036854775808",
        "expected an integer from -9223372036854775808 to 9223372036854775807, found 9223372036854775808 \
         at line 1 column 19 in $",
    );
    refuses("type T bool", "1", "expected true or false, found 1 at line 1 column 1 in $");
    refuses("type T str", "[]", "expected a string, found an array at line 1 column 2 in $");
    refuses("type T void", "{}", "expected null, found an object at line 1 column 2 in $");
    refuses(
        "type T data",
        r#""0g""#,
        r#"expected a string of hexadecimal digits, two an octet, found "0g" at line 1 column 4 in $"#,
    );
    refuses(
        "type T data[2]",
        r#""00""#,
        r#"expected a string of 4 hexadecimal digits, found "00" at line 1 column 4 in $"#,
    );
    refuses("type T enum { A }", r#""B""#, r#"expected "A", found "B" at line 1 column 3 in $"#);
    refuses(
        "type T enum { A B C }",
        r#""D""#,
        r#"expected "A", "B" or "C", found "D" at line 1 column 3 in $"#,
    );
    refuses(
        "type T enum { A B C D E F G H I }",
        "1",
        "expected the name of an enum value, found 1 at line 1 column 1 in $",
    );
    refuses("type T optional<u8>", "1", r#"expected null or {"some": …}, found 1 at line 1 column 1 in $"#);
    refuses("type T list<u8>", "\"00\"", "expected an array, found \"00\" at line 1 column 4 in $");
    refuses(
        "type T map<u8><u8>",
        "{}",
        "expected an array of pairs, found an object at line 1 column 2 in $",
    );
    refuses("type T struct { a: u8 }", "[]", "expected an object, found an array at line 1 column 2 in $");
    refuses(
        "type T union { u8 }",
        "7",
        r#"expected {"tag": …, "value": …}, found 7 at line 1 column 1 in $"#,
    );
}

#[test]
fn refuses_floats_out_of_range() {
    const FLOAT: &str = r#"expected a number, "Infinity", "-Infinity" or {"bits": …}, found"#;
    refuses("type T f32", "1e39", &format!("{FLOAT} 1e39 at line 1 column 4 in $"));
    refuses("type T f64", "\"NaN\"", &format!("{FLOAT} \"NaN\" at line 1 column 5 in $"));
    refuses("type T f64", "1e999", &format!("{FLOAT} 1e999 at line 1 column 5 in $"));
    refuses(
        "type T f64",
        r#"{"bits": "7f800000"}"#,
        r#"expected a string of 16 hexadecimal digits, found "7f800000" at line 1 column 20 in $.bits"#,
    );
}

#[test]
fn refuses_integers_that_are_written_otherwise() {
    for digits in ["+1", "01", "-0", " 1", "1 ", "0x1", ""] {
        let json = format!("\"{digits}\"");
        with("type T u8", |message| assert!(message.from_json(&json).is_err(), "{json}"));
    }
    for digits in ["1e2", "1.0", "-0", "00", "1e0", "+1", "18446744073709551616"] {
        for ty in ["u8", "u64", "uint", "i8", "i64", "int"] {
            let text = format!("type T {ty}");
            with(&text, |message| assert!(message.from_json(digits).is_err(), "{digits} as {ty}"));
        }
    }
    refuses("type T u8", "-0", "expected an integer from 0 to 255, found -0 at line 1 column 2 in $");
    refuses(
        "type T list<u8>",
        "[1, 2.0]",
        "expected an integer from 0 to 255, found 2.0 at line 1 column 8 in $[1]",
    );
    refuses(
        "type T u64",
        "18446744073709551616",
        "expected an integer from 0 to 18446744073709551615, found 18446744073709551616 at line 1 column 20 in $",
    );
}

#[test]
fn refuses_floats_of_more_digits_than_any_needs() {
    let zeros = |count| "0".repeat(count);
    for ty in ["type T f32", "type T f64"] {
        with(ty, |message| {
            // Both are 1.0, and the exponents are beyond what the standard library reads.
            for json in [
                format!("0.{}1e1000000", zeros(999_999)),
                format!("1{}e-1000000", zeros(1_000_000)),
                format!("0.{}1e65600", zeros(65_599)),
            ] {
                let error = message.from_json(&json).expect_err("too long").to_string();
                assert!(error.contains(&format!("… of {} characters at line 1", json.len())), "{error}");
            }
        });
    }
}

#[test]
fn refuses_other_lengths() {
    refuses(
        "type T list<u16>[2]",
        "[1]",
        "expected an array of 2 elements, found an array of 1 at line 1 column 3 in $",
    );
    refuses(
        "type T list<u8>[1]",
        "[1, 2]",
        "expected an array of 1 element, found a longer array at line 1 column 6 in $",
    );
    refuses(
        "type T map<u8><u8>",
        "[[1]]",
        "expected a pair of a key and a value, found an array of 1 at line 1 column 4 in $[0]",
    );
    refuses(
        "type T map<u8><u8>",
        "[[1, 2, 3]]",
        "expected a pair of a key and a value, found a longer array at line 1 column 10 in $[0]",
    );
}

#[test]
fn refuses_keys_that_are_too_many_or_too_few() {
    const STRUCT: &str = "type T struct { a: u8 b: u8 }";
    refuses(STRUCT, r#"{"a": 1}"#, r#"missing key "b" at line 1 column 8 in $"#);
    refuses(
        STRUCT,
        r#"{"a": 1, "c": 1, "b": 1}"#,
        r#"unknown key "c", expected "a" or "b" at line 1 column 12 in $"#,
    );
    refuses(STRUCT, r#"{"a": 1, "a": 1, "b": 1}"#, r#"key "a" stands twice at line 1 column 12 in $"#);
    refuses("type T optional<u8>", "{}", r#"missing key "some" at line 1 column 2 in $"#);
    refuses(
        "type T optional<u8>",
        r#"{"Some": 1}"#,
        r#"unknown key "Some", expected "some" at line 1 column 7 in $"#,
    );
    refuses(
        "type T optional<u8>",
        r#"{"some": 1, "some": 1}"#,
        r#"key "some" stands twice at line 1 column 18 in $"#,
    );
    // More than fit a line are left out.
    refuses(
        "type T struct { a: u8 b: u8 c: u8 d: u8 e: u8 f: u8 g: u8 h: u8 i: u8 }",
        r#"{"z": 1}"#,
        r#"unknown key "z" at line 1 column 4 in $"#,
    );
    refuses(
        "type T f64",
        r#"{"some": 1}"#,
        r#"unknown key "some", expected "bits" at line 1 column 11 in $"#,
    );
}

#[test]
fn refuses_unions_that_are_neither_form() {
    const UNION: &str = "type T union { u8 | bool }";
    refuses(UNION, "{}", r#"missing key "tag" at line 1 column 2 in $"#);
    refuses(UNION, r#"{"tag": 0}"#, r#"missing key "value" at line 1 column 10 in $"#);
    refuses(UNION, r#"{"value": 0}"#, r#"missing key "tag" at line 1 column 12 in $"#);
    refuses(UNION, r#"{"tag": 2, "value": 0}"#, "unknown union tag 2 at line 1 column 9 in $.tag");
    refuses(
        UNION,
        r#"{"tag": -1, "value": 0}"#,
        "expected the tag of a union member, found -1 at line 1 column 10 in $.tag",
    );
    refuses(UNION, r#"{"tag": 0, "tag": 0}"#, r#"key "tag" stands twice at line 1 column 16 in $"#);
    refuses(UNION, r#"{"value": 0, "value": 0}"#, r#"key "value" stands twice at line 1 column 20 in $"#);
    refuses(UNION, r#"{"tag": 0, "U8": 0}"#, r#"unknown key "U8" at line 1 column 15 in $"#);
    refuses(UNION, r#"{"U8": 0, "Bool": true}"#, r#"unknown key "Bool" at line 1 column 16 in $"#);
    refuses(
        UNION,
        r#"{"U16": 0}"#,
        r#"unknown key "U16", expected "tag", "value", "U8" or "Bool" at line 1 column 6 in $"#,
    );
    refuses(
        UNION,
        r#"{"value": 1, "tag": 1}"#,
        "expected true or false, found 1 at line 1 column 22 in $.value",
    );
}

#[test]
fn refuses_a_repeated_map_key() {
    refuses(
        "type T map<str><u8>",
        r#"[["a", 1], ["b", 2], ["a", 3]]"#,
        "map key repeats that of pair 0 at line 1 column 30 in $[2][0]",
    );
}

#[test]
fn refuses_what_is_no_json() {
    refuses("type T u8", "", "EOF while parsing a value at line 1 column 0 in $");
    refuses("type T u8", "1 2", "trailing characters at line 1 column 3 in $");
    refuses("type T u8", "01", "invalid number at line 1 column 2 in $");
    refuses(
        "type T struct { a: list<u8> }",
        "{\"a\": [1,\n2 3]}",
        "expected `,` or `]` at line 2 column 3 in $.a",
    );
    with("type T bool", |message| {
        let error = message.from_json("[").expect_err("no JSON");
        assert!(matches!(error.kind(), JsonErrorKind::Unexpected { .. }), "{error}");
    });
}

#[test]
fn says_where_in_the_text() {
    const TEXT: &str = "type T struct { a: list<map<u8><union { optional<u8> | void }>> }";
    const JSON: &str = "{\"a\": [[],\n [[0, {\"OptionalU8\": {\"some\": true}}]]]}";
    refuses(
        TEXT,
        JSON,
        "expected an integer from 0 to 255, found true at line 2 column 35 in $.a[1][0][1].OptionalU8.some",
    );
    with(TEXT, |message| {
        let error = message.from_json(JSON).expect_err("not of the type");
        assert_eq!((error.line(), error.column()), (2, 35));
        let steps: Vec<_> = error.path().take(3).collect();
        let expected = [PathSegment::Name("$"), PathSegment::Name("a"), PathSegment::Index(1)];
        assert_eq!(steps, expected);
    });
}

#[test]
fn shortens_and_escapes_what_it_quotes() {
    let with_found = |found: String| format!("expected null, found {found} at line 1 column 502 in $");
    refuses("type T void", &json_string(&"é".repeat(250)), &with_found(format!("\"{}\"…", "é".repeat(40))));
    let escaped = json_string(&format!("it's {}", "\u{7f}".repeat(495)));
    refuses("type T void", &escaped, &with_found(format!("\"it's {}\"…", "\\u{7f}".repeat(5))));
}

fn json_string(text: &str) -> String {
    serde_json::to_string(text).expect("a text is JSON")
}

#[test]
fn nesting_of_the_text_is_bounded_by_the_type() {
    let deep = "[".repeat(1_000_000);
    for text in ["type T u8", "type T list<u8>", "type T union { u8 | bool }"] {
        with(text, |message| assert!(message.from_json(&deep).is_err()));
    }
    // Skipped, because the tag that says what it is may follow.
    let waiting = format!("{{\"value\": {deep}");
    with("type T union { u8 | bool }", |message| assert!(message.from_json(&waiting).is_err()));
}

#[test]
fn heap_is_bounded_by_the_limits() {
    with("type T list<bool>", |message| {
        let json = format!("[{}true]", "true,".repeat(999));
        assert!(message.from_json(&json).is_ok());
        let error = message.from_json_with(&json, &Limits::with_heap(24 * 999)).expect_err("too much");
        assert!(matches!(error.kind(), JsonErrorKind::LimitExceeded { budget: 23_976, .. }), "{error}");
    });
    with("type T str", |message| {
        let error = message.from_json_with("\"four\"", &Limits::with_heap(21)).expect_err("too much");
        assert_eq!(error.kind(), &JsonErrorKind::LimitExceeded { budget: 21, wanted: 4 });
        let error = message.from_json_with("\"four\"", &Limits::with_heap(17)).expect_err("too much");
        assert_eq!(
            error.to_string(),
            "value needs 18 more bytes of heap, above the limit of 17 for this input at line 1 column 0 in $"
        );
    });
}

/// Checks how much heap `json` needs besides what is charged for the parser.
#[track_caller]
fn needs(text: &str, json: &str, nesting: usize, heap: usize) {
    let heap = 3 * json.len() + 400 * nesting + heap;
    with(text, |message| {
        message.from_json_with(json, &Limits::with_heap(heap)).expect("enough");
        let error = message.from_json_with(json, &Limits::with_heap(heap - 1)).expect_err("too little");
        assert!(matches!(error.kind(), JsonErrorKind::LimitExceeded { .. }), "{error}");
    });
}

#[test]
fn a_list_takes_its_room_twice_while_it_grows() {
    needs("type T list<bool>", "[true]", 1, 2 * 4 * 24);
    needs("type T list<u16>", "[1,1,1,1,1]", 1, 2 * 8 * 24);
    needs("type T list<u8>", "[1,1,1,1,1]", 1, 2 * 8);
    needs("type T map<u8><u8>", "[[1,1]]", 2, 2 * 4 * 48);
    // What is left of the first is given back before the second.
    needs("type T struct { a: list<u8> b: list<u8> }", r#"{"a":[1],"b":[1]}"#, 2, 2 * 24 + 1 + 2 * 4);
    // Brackets in strings are none.
    needs("type T str", r#""[\"[""#, 0, 3);
}

#[test]
fn a_list_grows_in_smaller_steps_where_larger_ones_do_not_fit() {
    with("type T list<bool>", |message| {
        let longest = |base: usize| {
            let accepts = |n: usize| {
                let json = format!("[{}true]", "true,".repeat(n - 1));
                message.from_json_with(&json, &Limits::with_heap(base + 3 * json.len() + 400)).is_ok()
            };
            let longest = (1..400).rev().find(|n| accepts(*n)).expect("some");
            assert!((1..=longest).all(accepts));
            longest
        };
        // Twice the room, of which a sixteenth may be free.
        for base in [1000, 3000, 5000, 9000, 12_000] {
            assert!(longest(base) >= base / 48 * 15 / 16 - 4, "{base}: {}", longest(base));
        }
    });
}

#[test]
fn long_paths_are_charged_before_anything_is_read() {
    let name = "n".repeat(10_000);
    with(&format!("type T struct {{ {name}: u8 }}"), |message| {
        let limits = Limits::with_heap(3000);
        let error = message.decode_with(&[1], &limits).expect_err("too much").to_string();
        assert!(error.contains("above the limit of 3000 for this input at byte 0"), "{error}");
        assert!(message.annotate(&[1], &limits).error().is_some());
        assert!(message.from_json_with("{}", &limits).is_err());
        assert!(message.decode(&[1]).is_ok());
    });
}
