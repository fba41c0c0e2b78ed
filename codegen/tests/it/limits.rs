//! Schemas that the format allows and the generator refuses.

use barewire_codegen::{Config, Error};
use barewire_syntax::Source;

#[track_caller]
fn refusal(schema: &str) -> Error {
    Config::new().generate_source(&Source::new("v1.bare", schema)).expect_err("beyond a limit")
}

#[track_caller]
fn check(schema: &str, expected: &str) {
    assert_eq!(refusal(schema).to_string().trim_end(), expected.trim_matches('\n'));
}

#[test]
fn refuses_a_fixed_size_that_no_memory_holds() {
    check("type A u8\ntype Big data[2147483649]\n", include_str!("fixed_size.stderr"));
}

#[test]
fn refuses_a_fixed_size_that_only_the_elements_make() {
    let error = refusal("type A list<u8>[1000000]\ntype B list<A>[1000000]");
    assert!(error.to_string().starts_with("error[B101]: `B` has a fixed size of 1000000000000"), "{error}");
    let mut doubling = String::from("type T0 struct { a: u8 b: u8 }\n");
    for step in 1..64 {
        doubling += &format!("type T{step} struct {{ a: T{0} b: T{0} }}\n", step - 1);
    }
    assert!(refusal(&doubling).to_string().starts_with("error[B101]: `T31`"));
}

#[test]
fn refuses_nesting_that_rustc_gives_up_on() {
    let schema = format!("type Deep\n  {}u8{}\n", "list<".repeat(100), ">".repeat(100));
    check(&schema, include_str!("nested.stderr"));
    // Named types are counted: rustc sees through them.
    let mut named = String::from("type N0 struct { a: u8 }\n");
    for step in 1..120 {
        named += &format!("type N{step} struct {{ a: N{} }}\n", step - 1);
    }
    assert!(refusal(&named).to_string().starts_with("error[B102]"));
}

#[test]
fn a_mistake_in_a_schema_is_the_rendered_report() {
    let error = refusal("type A struct { a: boool }");
    let debug = format!("{error:?}");
    assert!(debug.contains("v1.bare:1:20") && debug.contains("did you mean `bool`"), "{debug}");
    assert_eq!(error.report().unwrap().diagnostics().len(), 1);
}
