//! What counts as the same between two versions.

use crate::schema;
use barewire_syntax::diff::identical;

#[track_caller]
fn check(old: &str, new: &str, expected: &[bool]) {
    assert_eq!(identical(&schema(old), &schema(new)), expected, "{old}\n{new}");
}

#[test]
fn layout_and_comments_do_not_count() {
    check("type A struct { a: u8 }", "# doc\ntype A struct {\n a : u8 # c\n}", &[true]);
    check("type A enum { X Y }", "type A enum { X = 0 Y = 1 }", &[true]);
    check("type A u8 type B u8", "type B u8 type A u8", &[true, true]);
}

#[test]
fn a_change_reaches_everything_above_it() {
    check(
        "type A u8 type B struct { a: A } type C list<B> type D u8",
        "type A u16 type B struct { a: A } type C list<B> type D u8",
        &[false, false, false, true],
    );
}

#[test]
fn names_count() {
    check("type A struct { a: u8 }", "type A struct { b: u8 }", &[false]);
    check("type A u8", "type B u8", &[false]);
    check("type A u8 type B A", "type A u8 type B u8", &[true, false]);
}

#[test]
fn a_new_definition_has_nothing_to_be_identical_to() {
    check("type A u8", "type A u8 type B A type C list<B>", &[true, false, false]);
}
