//! Asking for the type of a message.

use barewire_dynamic::{MAX_DEPTH, MessageType, TypeError};

use crate::schemas::{golden, schema};

#[track_caller]
fn refuses(text: &str, name: &str, expected: &str) {
    let schema = schema(text);
    assert_eq!(MessageType::new(&schema, name).expect_err("no message").to_string(), expected);
}

#[test]
fn names_the_type_that_was_probably_meant() {
    refuses("type ToServer u8", "ToSever", "the schema has no type `ToSever`, did you mean `ToServer`?");
    refuses("type ToServer u8", "Elephant", "the schema has no type `Elephant`");
}

#[test]
fn refuses_what_the_generator_refuses_as_too_deep() {
    let deep = format!("type Deep {}u8{}", "list<".repeat(100), ">".repeat(100));
    refuses(&deep, "Deep", "`Deep` is nested 101 deep, the limit is 100");
    let error = MessageType::new(&schema(&deep), "Deep").expect_err("too deep");
    assert_eq!(error, TypeError::TooDeep { name: "Deep".to_owned(), depth: MAX_DEPTH + 1 });
}

#[test]
fn takes_what_the_generator_takes() {
    let schema = golden("nesting");
    for definition in schema.definitions() {
        assert!(MessageType::new(&schema, &definition.name).is_ok(), "{}", definition.name);
    }
}
