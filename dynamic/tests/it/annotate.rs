//! What the octets of a message are.

use std::mem::size_of;

use barewire::Limits;
use barewire_dynamic::{Annotation, Content, Head, Leaf};

use crate::schemas::with;

const TEXT: &str = "
type Id data[2]
type Kind enum { OPEN CLOSE }
type T struct {
  id: Id
  kind: Kind
  names: list<str>
  counts: map<u8><optional<uint>>
  body: union { void | list<u8> }
}";

/// Checks the lines of `octets`: of each value the octets, the path, the type and what it is; at last the error.
#[track_caller]
fn check(octets: &[u8], expected: &[&str]) {
    with(TEXT, |message| {
        let annotated = message.annotate(octets, &Limits::default());
        let schema = crate::schemas::schema(TEXT);
        let mut lines: Vec<String> = annotated
            .values()
            .iter()
            .enumerate()
            .map(|(index, value)| {
                let (span, path) = (&value.span, annotated.path(index));
                let content = content(value.content);
                match schema.canonical_type(value.ty) {
                    ty if ty.len() < 24 => format!("{span:?} {path}: {ty} = {content}"),
                    _ => format!("{span:?} {path}: {content}"),
                }
            })
            .collect();
        lines.extend(annotated.error().map(ToString::to_string));
        assert_eq!(lines, expected);
    });
}

fn content(content: Content<'_>) -> String {
    match content {
        Content::Leaf(Leaf::Void) => "nothing".to_owned(),
        Content::Leaf(Leaf::Uint(number)) => number.to_string(),
        Content::Leaf(Leaf::Str(text)) => format!("{text:?}"),
        Content::Leaf(Leaf::Data(octets)) => format!("{octets:02x?}"),
        Content::Leaf(Leaf::Enum { number, name }) => format!("{name} ({number})"),
        Content::Head(Head::Optional { is_set }) => if is_set { "set" } else { "unset" }.to_owned(),
        Content::Head(Head::List { len }) => format!("{len} elements"),
        Content::Head(Head::Map { len }) => format!("{len} pairs"),
        Content::Head(Head::Union { tag, member }) => format!("{member} ({tag})"),
        Content::Head(Head::Struct) => "struct".to_owned(),
        other => panic!("the type has no {other:?}"),
    }
}

const WHOLE: [u8; 16] = [0xaa, 0xbb, 1, 2, 1, b'a', 0, 2, 7, 1, 5, 9, 0, 1, 1, 255];

const LINES: [&str; 14] = [
    "0..16 T: struct",
    "0..2 T.id: Id = [aa, bb]",
    "2..3 T.kind: Kind = CLOSE (1)",
    "3..7 T.names: list<str> = 2 elements",
    "4..6 T.names[0]: str = \"a\"",
    "6..7 T.names[1]: str = \"\"",
    "7..13 T.counts: map<u8><optional<uint>> = 2 pairs",
    "8..9 T.counts[0].key: u8 = 7",
    "9..11 T.counts[0]: optional<uint> = set",
    "10..11 T.counts[0]: uint = 5",
    "11..12 T.counts[1].key: u8 = 9",
    "12..13 T.counts[1]: optional<uint> = unset",
    "13..16 T.body: ListU8 (1)",
    "14..16 T.body.ListU8: list<u8> = [ff]",
];

#[test]
fn notes_down_every_value_before_its_parts() {
    check(&WHOLE, &LINES);
}

#[test]
fn a_void_member_takes_no_octets() {
    let octets = [&WHOLE[..13], &[0]].concat();
    let mut lines = LINES[..12].to_vec();
    lines[0] = "0..14 T: struct";
    lines.extend(["13..14 T.body: Void (0)", "14..14 T.body.Void: void = nothing"]);
    check(&octets, &lines);
}

#[test]
fn a_broken_message_is_noted_down_as_far_as_it_goes() {
    check(
        &WHOLE[..6],
        &[
            "0..6 T: struct",
            LINES[1],
            LINES[2],
            "3..6 T.names: list<str> = 2 elements",
            LINES[4],
            "input ended, 1 more byte needed at byte 6 in T.names[1]",
        ],
    );
    let mut octets = WHOLE;
    octets[2] = 2;
    check(&octets, &["0..2 T: struct", LINES[1], "unknown enum value 2 at byte 2 in T.kind"]);
}

#[test]
fn a_repeated_key_is_found_behind_its_map() {
    let mut octets = WHOLE;
    octets[11] = 7;
    let mut lines = LINES[..12].to_vec();
    lines[0] = "0..13 T: struct";
    lines[10] = "11..12 T.counts[1].key: u8 = 7";
    lines.push("map key repeats that of pair 0 at byte 11 in T.counts[1].key");
    check(&octets, &lines);
}

#[test]
fn what_follows_a_message_is_an_error_behind_all_values() {
    let octets = [&WHOLE[..], &[0, 0]].concat();
    let mut lines = LINES.to_vec();
    lines.push("2 bytes left after the value at byte 16 in T");
    check(&octets, &lines);
}

#[test]
fn a_message_without_a_first_value_has_no_notes() {
    with("type T u32", |message| {
        let annotated = message.annotate(&[1, 2], &Limits::default());
        assert!(annotated.values().is_empty());
        let error = annotated.error().expect("too short").to_string();
        assert_eq!(error, "input ended, 2 more bytes needed at byte 2 in T");
    });
}

#[test]
fn heap_is_bounded_by_the_limits() {
    with("type T list<bool>", |message| {
        let octets = [&[100][..], &[1; 100]].concat();
        assert_eq!(message.annotate(&octets, &Limits::default()).values().len(), 101);
        let limits = Limits::with_heap(40 * size_of::<Annotation<'_>>());
        let annotated = message.annotate(&octets, &limits);
        let error = annotated.error().expect("too much").to_string();
        assert!(error.contains(" for this input at byte 41 in T[39]"), "{error}");
        assert_eq!(annotated.values().len(), 40);
    });
}

#[test]
fn a_value_takes_its_annotation_and_no_more() {
    with("type T list<bool>", |message| {
        let octets = [&[0x90, 0x4e][..], &[1; 10_000]].concat();
        assert_eq!(message.annotate(&octets, &Limits::default()).error(), None);
        let limits = Limits::with_heap(10_001 * size_of::<Annotation<'_>>());
        assert_eq!(message.annotate(&octets, &limits).values().len(), 10_001);
    });
}

#[test]
fn notes_end_where_a_limit_or_a_repeated_key_ended_them() {
    const TEXT: &str = "type T list<struct { a: map<u8><u8> b: bool }>";
    with(TEXT, |message| {
        let octets = [2, 2, 9, 0, 9, 0, 1, 0, 0];
        let annotated = message.annotate(&octets, &Limits::default());
        let error = annotated.error().expect("a key repeats").to_string();
        assert_eq!(error, "map key repeats that of pair 0 at byte 4 in T[0].a[1].key");
        let last = annotated.values().len() - 1;
        assert_eq!((annotated.path(last).as_str(), &annotated.values()[last].span), ("T[0].a[1]", &(5..6)));
        assert_eq!(annotated.values()[0].span, 0..6);
    });
}
