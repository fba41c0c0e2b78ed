//! Values that are not of the type.

use barewire_dynamic::{EncodeErrorKind, Value};

use crate::schemas::{structure, with};

#[track_caller]
fn refuses(text: &str, value: Value, expected: &str) {
    with(text, |message| {
        let error = message.encode(&value).expect_err("not of the type");
        assert_eq!(error.to_string(), expected);
        assert_eq!(message.to_json(&value), Err(error));
    });
}

#[test]
fn refuses_values_of_another_kind() {
    refuses("type T u8", Value::Int(1), "expected an unsigned integer, found a signed integer in T");
    refuses("type T i8", Value::Uint(1), "expected a signed integer, found an unsigned integer in T");
    refuses("type T f32", Value::F64(1.0), "expected an f32, found an f64 in T");
    refuses("type T f64", Value::F32(1.0), "expected an f64, found an f32 in T");
    refuses("type T bool", Value::Uint(1), "expected a bool, found an unsigned integer in T");
    refuses("type T str", Value::Data([].into()), "expected a string, found data in T");
    refuses("type T data", Value::Str("".into()), "expected data, found a string in T");
    refuses("type T void", Value::Bool(true), "expected nothing, found a bool in T");
    refuses("type T enum { A }", Value::Uint(0), "expected an enum value, found an unsigned integer in T");
    refuses("type T optional<u8>", Value::Uint(0), "expected an optional, found an unsigned integer in T");
    refuses("type T list<u8>", Value::List([].into()), "expected data, found a list in T");
    refuses("type T list<u16>", Value::Data([].into()), "expected a list, found data in T");
    refuses("type T map<u8><u8>", Value::List([].into()), "expected a map, found a list in T");
    refuses("type T struct { a: u8 }", Value::List([].into()), "expected a struct, found a list in T");
    refuses("type T union { u8 }", structure([]), "expected a union, found a struct in T");
}

#[test]
fn refuses_numbers_out_of_range() {
    refuses("type T u8", Value::Uint(256), "expected a number that fits `u8`, found 256 in T");
    refuses("type T u32", Value::Uint(1 << 32), "expected a number that fits `u32`, found 4294967296 in T");
    refuses("type T i8", Value::Int(128), "expected a number that fits `i8`, found 128 in T");
    refuses("type T i16", Value::Int(-32769), "expected a number that fits `i16`, found -32769 in T");
}

#[test]
fn refuses_other_lengths() {
    refuses("type T data[2]", Value::Data([1].into()), "expected a length of 2, found 1 in T");
    refuses("type T list<u8>[2]", Value::Data([1, 2, 3].into()), "expected a length of 2, found 3 in T");
    refuses("type T list<bool>[1]", Value::List([].into()), "expected a length of 1, found 0 in T");
    refuses("type T struct { a: u8 }", structure([]), "expected the values of 1 fields, found 0 in T");
}

#[test]
fn refuses_numbers_and_tags_that_the_schema_does_not_name() {
    refuses("type T enum { A = 3 }", Value::Enum(0), "unknown enum value 0 in T");
    let value = Value::Union { tag: 1, value: Value::Void.into() };
    refuses("type T union { void }", value, "unknown union tag 1 in T");
}

#[test]
fn refuses_a_repeated_key() {
    let pair = |key: &str, held| (Value::Str(key.into()), Value::Uint(held));
    let map = Value::Map([pair("b", 1), pair("a", 2), pair("b", 3), pair("a", 4)].into());
    refuses("type T map<str><u8>", map.clone(), "map key repeats that of pair 0 in T[2].key");
    with("type T map<str><u8>", |message| {
        let error = message.encode(&map).expect_err("a key repeats");
        assert_eq!(error.kind(), EncodeErrorKind::DuplicateKey { first: 0 });
    });
}

#[test]
fn says_where_in_the_value() {
    let text = "type T struct { a: list<map<u8><union { optional<u8> | void }>> }";
    let member = |value| Value::Union { tag: 0, value: Box::new(Value::Optional(Some(Box::new(value)))) };
    let with_pair = |key, value| {
        structure([Value::List([Value::Map([].into()), Value::Map([(key, member(value))].into())].into())])
    };
    refuses(
        text,
        with_pair(Value::Uint(0), Value::Uint(256)),
        "expected a number that fits `u8`, found 256 in T.a[1][0].OptionalU8",
    );
    refuses(
        text,
        with_pair(Value::Uint(256), Value::Uint(0)),
        "expected a number that fits `u8`, found 256 in T.a[1][0].key",
    );
}

#[test]
fn a_nan_equals_itself_and_zero_is_not_minus_zero() {
    assert_eq!(Value::F64(f64::NAN), Value::F64(f64::NAN));
    assert_eq!(Value::F32(f32::NAN), Value::F32(f32::NAN));
    assert_ne!(Value::F64(0.0), Value::F64(-0.0));
    assert_ne!(Value::Uint(0), Value::Int(0));
}
