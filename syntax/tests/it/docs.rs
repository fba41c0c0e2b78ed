//! Which comments become documentation.

use crate::schema;
use barewire_syntax::ir::Type;

/// The documentation of each definition, and behind it that of its fields, values or members.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let schema = schema(text);
    let mut found = Vec::new();
    for definition in schema.definitions() {
        found.push(definition.docs.as_str());
        match schema.ty(definition.ty) {
            Type::Struct(it) => found.extend(it.fields.iter().map(|field| field.docs.as_str())),
            Type::Enum(it) => found.extend(it.values.iter().map(|value| value.docs.as_str())),
            Type::Union(it) => found.extend(it.members.iter().map(|member| member.docs.as_str())),
            _ => {}
        }
    }
    assert_eq!(found, expected, "{text}");
}

#[test]
fn lines_above_and_behind() {
    check("# one\n#two\n#  three\ntype A u8", &["one\ntwo\n three"]);
    check("type A u8 # behind", &["behind"]);
    check("# above\ntype A u8 # behind\n# not this\n", &["above\nbehind"]);
    check("# one\r\n# two\r\ntype A u8 # three\r\n", &["one\ntwo\nthree"]);
    check("#\n# after an empty one\ntype A u8", &["\nafter an empty one"]);
    check("## two signs\ntype A u8", &["# two signs"]);
}

#[test]
fn a_blank_line_separates() {
    check("# license\n\n# doc\ntype A u8", &["doc"]);
    check("# license\n\ntype A u8", &[""]);
    check("type A u8\n# below", &[""]);
}

#[test]
fn a_comment_behind_an_item_is_not_above_the_next() {
    check("type A u8 # a\ntype B u8 # b", &["a", "b"]);
    check("type A struct {\n a: u8 # a\n b: u8\n # c\n c: u8\n}", &["", "a", "", "c"]);
}

#[test]
fn a_comment_behind_a_brace_is_about_the_whole() {
    check("type A struct { # about A\n a: u8\n}", &["about A", ""]);
    check("type A struct {\n a: u8\n} # about A", &["about A", ""]);
    check("type A struct {\n a: struct { # about a\n b: u8 }\n}", &["", "about a"]);
}

#[test]
fn values_and_members() {
    check("type E enum {\n # x\n X\n Y = 4 # y\n Z W\n}", &["", "x", "y", "", ""]);
    check(
        "type U union {\n # one\n | u8\n | str # two\n # three\n | bool |\n # four\n data\n}",
        &["", "one", "two", "three", "four"],
    );
    check("type U union {\n u8 | # one\n str = 5 # two\n}", &["", "one", "two"]);
}

#[test]
fn only_the_first_item_of_a_line_has_the_lines_above() {
    check("type A struct {\n # both\n a: u8 b: u8\n}", &["", "both", ""]);
}

#[test]
fn comments_inside_an_item_are_about_nothing() {
    check("type A struct {\n a: # here\n u8\n}", &["", ""]);
    check("type A # name\n u8", &[""]);
}
