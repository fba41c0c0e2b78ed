//! What a step asks, and what it does not: the methods without a body, with the reason in their documentation.

use barewire_codegen::Config;
use barewire_syntax::Source;
use barewire_syntax::family::Family;

fn family(versions: &[&str]) -> Family {
    let sources = versions.iter().zip(1..).map(|(text, number)| {
        let name = format!("v{number}.bare");
        (number, Source::new(name, *text))
    });
    Family::from_sources("family", sources.collect()).unwrap()
}

/// `method: reason` for each method that the step asks, in the order of the trait.
fn asked(text: &str, step: &str) -> Vec<String> {
    let (_, rest) = text.split_once(&format!("pub trait {step}: Migrator {{")).expect("the step");
    let (body, _) = rest.split_once("\n    }\n").expect("the end of the trait");
    let mut asked = Vec::new();
    let mut reason = None;
    for line in body.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("/// Asked: ") {
            reason = Some(text);
        } else if let Some(method) = line.strip_prefix("fn ")
            && let Some(reason) = reason.take()
        {
            let (name, _) = method.split_once('(').expect("parameters");
            asked.push(format!("{name}: {}", reason.trim_end_matches('.')));
        }
    }
    asked
}

#[track_caller]
fn check(old: &str, new: &str, up: &[&str], down: &[&str]) {
    let text = Config::new().generate(&family(&[old, new])).unwrap().schema;
    assert_eq!(asked(&text, "V1ToV2"), up, "up");
    assert_eq!(asked(&text, "V2ToV1"), down, "down");
}

#[test]
fn numbers_with_more_room_are_generated_both_ways() {
    check(
        "type A struct { a: u8 b: f32 c: u32 d: uint }",
        "type A struct { a: u16 b: f64 c: i64 d: u64 }",
        &[],
        &[],
    );
}

/// Old data must stay readable: a number that no longer fits needs an answer.
#[test]
fn numbers_with_less_room_are_asked_going_up() {
    check("type A struct { n: u32 }", "type A struct { n: u16 }", &["a: `n` is `u16` instead of `u32`"], &[]);
    check("type A f64", "type A f32", &["a: it is `f32` instead of `f64`"], &[]);
}

#[test]
fn numbers_of_another_range_are_asked_both_ways() {
    check(
        "type A struct { n: u64 }",
        "type A struct { n: i64 }",
        &["a: `n` is `i64` instead of `u64`"],
        &["a: `n` is `u64` instead of `i64`"],
    );
}

#[test]
fn fixed_sizes_are_asked_both_ways() {
    check(
        "type A struct { d: data[8] l: list<u8>[3] }",
        "type A struct { d: data[9] l: list<u8>[4] }",
        &["a: `d` is `data[9]` instead of `data[8]`; `l` is `list<u8>[4]` instead of `list<u8>[3]`"],
        &["a: `d` is `data[8]` instead of `data[9]`; `l` is `list<u8>[3]` instead of `list<u8>[4]`"],
    );
    check(
        "type A struct { l: list<u8> }",
        "type A struct { l: list<u8>[3] }",
        &["a: `l` is `list<u8>[3]` instead of `list<u8>`"],
        &["a: `l` is `list<u8>` instead of `list<u8>[3]`"],
    );
}

#[test]
fn new_containers_are_empty_and_other_new_fields_asked() {
    check(
        "type A struct { a: u8 }",
        "type A struct { a: u8 o: optional<u8> l: list<u8> m: map<u8><u8> }",
        &[],
        &["a: `o` has no place; `l` has no place; `m` has no place"],
    );
    check(
        "type A struct { a: u8 }",
        "type A struct { a: u8 f: list<u8>[1] s: str }",
        &["a: `f` is new; `s` is new"],
        &["a: `f` has no place; `s` has no place"],
    );
}

#[test]
fn a_field_under_another_name_is_asked() {
    check(
        "type A struct { retry: bool }",
        "type A struct { hibernate: bool }",
        &["a: `hibernate` may be `retry`"],
        &["a: `retry` may be `hibernate`"],
    );
}

#[test]
fn order_tags_and_names_of_the_same_type_are_generated() {
    check(
        "type N u16 type E enum { X Y } type V void type M struct { n: N e: E } type A union { M | V }",
        "type N u16 type E enum { Y X } type V void type M struct { e: E n: u16 } type A union { V | M }",
        &[],
        &[],
    );
}

/// An alias that stands for another type is asked where a type that is generated holds it, and nowhere else.
#[test]
fn a_retargeted_alias_is_asked_where_it_is_needed() {
    check(
        "type Id data[16] type A struct { id: Id }",
        "type Id data[4] type A struct { id: Id }",
        &["id: it is `data[4]` instead of `data[16]`"],
        &["id: it is `data[16]` instead of `data[4]`"],
    );
    check(
        "type Id data[16] type A struct { id: Id n: u8 }",
        "type Id data[4] type A struct { id: Id }",
        &["a: `n` has no place"],
        &["a: `n` is new"],
    );
    check(
        "type P struct { p: u8 } type Q struct { q: u8 } type B P type A struct { b: B q: Q }",
        "type P struct { p: u8 } type Q struct { q: u8 } type B Q type A struct { b: B q: Q }",
        &["b: it is `Q` instead of `P`"],
        &["b: it is `P` instead of `Q`"],
    );
}

/// The same type is first reached through a type that the user writes, then through one that is generated.
#[test]
fn what_generated_code_needs_is_asked_wherever_it_was_seen_before() {
    let old = "type R struct { r: u8 } type S struct { r: R gone: u8 } type T struct { r: R } type A union { S | T }";
    let new =
        "type R struct { r: u8 n: u8 } type S struct { r: R } type T struct { r: R } type A union { S | T }";
    let (up, down) =
        (["r: `n` is new", "s: `gone` has no place"], ["r: `n` has no place", "s: `gone` is new"]);
    check(old, new, &up, &down);
}

#[test]
fn a_kind_that_changed_is_asked() {
    check(
        "type O void type A union { O }",
        "type O struct { n: u8 } type A union { O }",
        &["o: it is a struct instead of void"],
        &["o: it is void instead of a struct"],
    );
}

#[test]
fn members_and_values_that_are_no_more_are_asked_going_up() {
    check(
        "type P struct { p: u8 } type Q void type A union { P | Q }",
        "type P struct { p: u8 } type A union { P }",
        &["a_q: `Q` is no more"],
        &[],
    );
    check("type A enum { X Y }", "type A enum { X }", &["a_y: `Y` is no more"], &[]);
    check("type A enum { X }", "type A enum { X Y }", &[], &[]);
    // `Self_` would make two underscores.
    check("type Self enum { X Y }", "type Self enum { X }", &["self_y: `Y` is no more"], &[]);
}

/// A member that the target lacks may only be called otherwise there, if the target has one that the source lacks.
#[test]
fn members_and_values_under_another_name_are_asked_both_ways() {
    check(
        "type A enum { X Y }",
        "type A enum { X Z }",
        &["a_y: `Y` is no more"],
        &["a_z: `Z` may have another name"],
    );
    check(
        "type Ack void type A union { Ack }",
        "type OldAck void type A union { OldAck }",
        &["a_ack: `Ack` is no more"],
        &["a_old_ack: `OldAck` may have another name"],
    );
}

/// Another name for a type is the message that the type is.
#[test]
fn a_message_may_be_reached_by_another_name() {
    let versions =
        ["type Ping struct { n: u8 } type Root Ping", "type Ping struct { n: u16 } type Root Ping"];
    let text = Config::new().generate(&family(&versions)).unwrap().schema;
    assert!(text.contains("Upgrade<Family, M> for v2::Ping {"), "{text}");
    assert!(!text.contains("for v2::Root"), "{text}");
}

/// In version 1 it is no message: only a type of its own can be decoded by itself.
#[test]
fn a_message_begins_with_the_version_that_has_it_as_a_type() {
    let versions = ["type N u8 type A struct { n: N }", "type N struct { n: u8 } type A struct { n: u8 }"];
    let text = Config::new().generate(&family(&versions)).unwrap().schema;
    let (_, rest) = text.split_once("impl Versioned<Family> for v2::N {").expect("a message");
    assert!(rest.trim_start().starts_with("const SINCE: u16 = 2;"), "{rest}");
}
