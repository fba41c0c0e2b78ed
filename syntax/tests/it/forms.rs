//! Ways of writing that are easy to get wrong, accepted and refused.

use crate::{codes, schema};
use barewire_syntax::{Source, parse};

#[test]
fn carriage_returns_and_a_byte_order_mark_are_read_over() {
    let schema = schema("\u{feff}type A struct {\r\n\ta: u8 # c\r\n\r\n\tb: u8\r\n}\r\n");
    assert_eq!(schema.canonical(schema.find("A").expect("defined")), "A struct{a:u8 b:u8}");
}

#[test]
fn a_byte_order_mark_elsewhere_is_refused() {
    assert_eq!(codes("type A u8 \u{feff}"), ["B003"]);
}

#[test]
fn other_space_is_refused() {
    for space in ['\u{b}', '\u{c}', '\u{a0}', '\u{2003}', '\u{2028}', '\u{200b}', '\0', '\u{85}', '\u{7f}'] {
        assert_eq!(codes(&format!("type A{space}u8")), ["B003"], "{space:?}");
    }
}

#[test]
fn comments_hold_anything() {
    schema("# \u{b}\u{a0}\0é\u{202e} \"//\ntype A u8 #");
}

#[test]
fn words_end_where_white_space_ends_them() {
    assert_eq!(codes("type A struct { a: u8b: u8 }"), ["B008"]);
    assert_eq!(codes("type A u8type B u8"), ["B009"]);
    schema("type A struct{a:u8}type B enum{X}type C union{A|B}");
}

#[test]
fn keywords_are_field_names() {
    schema("type A struct { type: data data: data }");
    schema("type A struct { data: data type: u8 list: list<u8> enum: enum { X } }");
}

#[test]
fn upper_case_keywords_may_be_user_types() {
    schema("type List list<u8> type Struct struct { a: List } type Type Struct");
}

#[test]
fn zeros_in_front_do_not_count() {
    let schema = schema("type A data[000000000000000000000000000000004] type E enum { X = 00 Y = 01 }");
    assert_eq!(schema.canonical(schema.find("A").expect("defined")), "A data[4]");
}

#[test]
fn the_tree_keeps_what_was_written() {
    let source = Source::new("a.bare", "# one\ntype A data[007] # two\ntype A Missing\n# three");
    let tree = parse(&source).expect("the grammar is followed, although the rules are not");
    let names: Vec<&str> = tree.definitions.iter().map(|definition| definition.name.text).collect();
    let comments: Vec<&str> = tree.comments.iter().map(|comment| comment.text).collect();
    assert_eq!((names, comments), (vec!["A", "A"], vec![" one", " two", " three"]));
    assert_eq!(&source.text[tree.ty(tree.definitions[0].ty).span.range()], "data[007]");
    assert!(parse(&Source::new("a.bare", "type A u9")).is_err());
}

#[test]
fn one_mistake_gives_one_finding() {
    for (text, code) in [
        ("type A struct { a: foo b: u8 } type B A", "B009"),
        ("type A struct { a u8 } type B struct { a: A }", "B016"),
        ("type a u8 type B struct { a: a }", "B007"),
        ("struct A { a: u8 } type B struct { a: A }", "B010"),
        ("type A struct { a: Missing } type B union { A | str }", "B045"),
        ("type A union { Missing | Other } type B u8", "B045"),
        ("type A enum { X = 5 Y = 4 Z W }", "B034"),
        ("type A struct { a: list<struct { b: optional< } > c: u8 }", "B008"),
        ("type É struct { a: u8 } type B struct { a: É }", "B002"),
    ] {
        let found = codes(text);
        assert!(found.iter().all(|found| *found == code), "{text}: {found:?}");
    }
}
