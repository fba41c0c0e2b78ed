//! The JSON form, both ways.

use barewire_dynamic::Value;

use crate::schemas::{structure, with};

/// Checks that `value` is written as `json`, and read from it.
#[track_caller]
fn check(text: &str, value: Value, json: &str) {
    with(text, |message| {
        assert_eq!(message.to_json(&value).as_deref(), Ok(json));
        assert_eq!(message.from_json(json).as_ref(), Ok(&value));
    });
}

/// Checks that `value` is also read from `json`.
#[track_caller]
fn reads(text: &str, json: &str, value: Value) {
    with(text, |message| assert_eq!(message.from_json(json).as_ref(), Ok(&value)));
}

fn union(tag: u64, value: Value) -> Value {
    Value::Union { tag, value: Box::new(value) }
}

#[test]
fn integers_are_strings_where_others_lose_digits() {
    check("type T u64", Value::Uint((1 << 53) - 1), "9007199254740991");
    check("type T u64", Value::Uint(1 << 53), r#""9007199254740992""#);
    check("type T uint", Value::Uint(u64::MAX), r#""18446744073709551615""#);
    check("type T i64", Value::Int(1 - (1 << 53)), "-9007199254740991");
    check("type T int", Value::Int(-(1 << 53)), r#""-9007199254740992""#);
    check("type T int", Value::Int(i64::MIN), r#""-9223372036854775808""#);
    reads("type T u64", "18446744073709551615", Value::Uint(u64::MAX));
    reads("type T u8", r#""255""#, Value::Uint(255));
    reads("type T i8", r#""-128""#, Value::Int(-128));
}

#[test]
fn floats_are_numbers_names_or_bits() {
    check("type T f32", Value::F32(0.1), "0.1");
    check("type T f32", Value::F32(1.0), "1.0");
    check("type T f32", Value::F32(f32::MAX), "3.4028235e+38");
    check("type T f32", Value::F32(f32::from_bits(1)), "1e-45");
    // As a binary64 it is halfway between two binary32.
    check("type T f32", Value::F32(f32::from_bits(0x15ae_43fd)), "7.038531e-26");
    check("type T f64", Value::F64(0.1), "0.1");
    check("type T f64", Value::F64(f64::from_bits(1)), "5e-324");
    check("type T f64", Value::F64(f64::INFINITY), r#""Infinity""#);
    check("type T f32", Value::F32(f32::NEG_INFINITY), r#""-Infinity""#);
    check("type T f32", Value::F32(-0.0), r#"{"bits":"80000000"}"#);
    check("type T f32", Value::F32(f32::from_bits(0x7f80_0001)), r#"{"bits":"7f800001"}"#);
    check("type T f64", Value::F64(f64::from_bits(0xfff0_0000_0000_0001)), r#"{"bits":"fff0000000000001"}"#);
    reads("type T f64", "1", Value::F64(1.0));
    reads("type T f64", "-0", Value::F64(-0.0));
    reads("type T f32", "-3", Value::F32(-3.0));
    reads("type T f32", "16777217", Value::F32(16_777_216.0));
    // Rounded to the nearest; halfway to the even one, unless a digit far behind says more.
    reads("type T f64", "9007199254740993", Value::F64(9_007_199_254_740_992.0));
    reads(
        "type T f64",
        &format!("9007199254740993.{}1", "0".repeat(1000)),
        Value::F64(9_007_199_254_740_994.0),
    );
    reads("type T f64", "18446744073709551616", Value::F64(18_446_744_073_709_551_616.0));
    reads("type T f64", "1e-999999999999999999999", Value::F64(0.0));
    reads("type T f32", "1e-46", Value::F32(0.0));
    let exact = format!("{:.1074}", f64::from_bits((1 << 52) - 1));
    reads("type T f64", &exact, Value::F64(f64::from_bits((1 << 52) - 1)));
    reads("type T f64", r#"{"bits": "3FF0000000000001"}"#, Value::F64(f64::from_bits(0x3ff0_0000_0000_0001)));
}

#[test]
fn the_other_types_have_one_form() {
    check("type T void", Value::Void, "null");
    check("type T bool", Value::Bool(true), "true");
    check("type T str", Value::Str("\"é\n".into()), r#""\"é\n""#);
    check("type T data", Value::Data([0, 0xff].into()), r#""00ff""#);
    check("type T data[1]", Value::Data([0xab].into()), r#""ab""#);
    check("type T enum { A B = 7 }", Value::Enum(7), r#""B""#);
    check("type T optional<u8>", Value::Optional(None), "null");
    check("type T optional<u8>", Value::Optional(Some(Value::Uint(1).into())), r#"{"some":1}"#);
    check(
        "type T optional<optional<u8>>",
        Value::Optional(Some(Value::Optional(None).into())),
        r#"{"some":null}"#,
    );
    check("type T list<u8>", Value::Data([1, 255].into()), "[1,255]");
    check("type T list<u8>[1]", Value::Data([7].into()), "[7]");
    check("type T list<i8>", Value::List([Value::Int(-1), Value::Int(1)].into()), "[-1,1]");
    let pairs = [(Value::Str("b".into()), Value::Uint(1)), (Value::Str("a".into()), Value::Uint(2))];
    check("type T map<str><u8>", Value::Map(pairs.into()), r#"[["b",1],["a",2]]"#);
    check("type T struct { b: u8 a: u8 }", structure([Value::Uint(1), Value::Uint(2)]), r#"{"b":1,"a":2}"#);
    reads("type T data", r#""00FF""#, Value::Data([0, 0xff].into()));
    reads("type T str", r#""\u00e9\ud83d\ude00""#, Value::Str("é😀".into()));
}

#[test]
fn unions_go_by_tag_or_by_name() {
    const LAST: &str = "type T union { u8 = 18446744073709551615 }";
    let ping = || union(0, structure([Value::Uint(7)]));
    with("type Ping struct { a: u8 } type T union { Ping | list<u8>[2] | void }", |message| {
        let value = union(1, Value::Data([1, 2].into()));
        assert_eq!(message.to_json(&ping()).as_deref(), Ok(r#"{"tag":0,"value":{"a":7}}"#));
        for json in [
            r#"{"tag": 0, "value": {"a": 7}}"#,
            r#"{"value": {"a": 7}, "tag": 0}"#,
            r#"{"tag": "0", "value": {"a": 7}}"#,
            r#"{"Ping": {"a": 7}}"#,
        ] {
            assert_eq!(message.from_json(json).as_ref(), Ok(&ping()));
        }
        assert_eq!(message.from_json(r#"{"List2U8": [1, 2]}"#).as_ref(), Ok(&value));
        assert_eq!(message.from_json(r#"{"Void": null}"#), Ok(union(2, Value::Void)));
    });
    check(LAST, union(u64::MAX, Value::Uint(1)), r#"{"tag":"18446744073709551615","value":1}"#);
}

#[test]
fn fields_come_in_any_order() {
    let expected = structure([Value::Uint(1), Value::Uint(2)]);
    reads("type T struct { a: u8 b: u8 }", " { \"b\" : 2 , \"a\" : 1 } \n", expected);
}

#[test]
fn pretty_json_has_a_line_for_each_part() {
    with("type T struct { a: list<bool> b: optional<str> }", |message| {
        let value = message.from_json(r#"{"a": [true], "b": null}"#).expect("of the type");
        let expected = "{\n  \"a\": [\n    true\n  ],\n  \"b\": null\n}";
        assert_eq!(message.to_json_pretty(&value).as_deref(), Ok(expected));
    });
}
