//! The deepest types on a small stack: recursion is bounded by the type.

use std::thread;

use barewire::Limits;
use barewire_dynamic::{MessageType, Value};

use crate::schemas::{golden, schema};

/// Runs `test` with this much stack, unoptimised as tests are; threads of programs have 2 MiB.
fn on_a_stack_of(kibibytes: usize, test: fn()) {
    let thread = thread::Builder::new().stack_size(kibibytes << 10).spawn(test).expect("a thread");
    thread.join().expect("no overflow and no failure");
}

/// The deepest types, each with a value.
fn deepest(check: impl Fn(&MessageType<'_>, &Value)) {
    let levels: [(&str, &str, &[u8]); 6] = [
        ("list<", ">", &[1]),
        ("list<", ">[1]", &[]),
        ("optional<", ">", &[1]),
        ("map<u8><", ">", &[1, 7]),
        ("struct { a: ", " }", &[]),
        ("union { ", " }", &[0]),
    ];
    for (open, close, octets) in levels {
        let schema = schema(&format!("type T {}bool{}", open.repeat(99), close.repeat(99)));
        let message = MessageType::new(&schema, "T").expect("no deeper than 100");
        let octets = [octets.repeat(99), vec![1]].concat();
        let value = message.decode_with(&octets, &Limits::trusted()).expect("a message");
        check(&message, &value);
    }
}

#[test]
fn values_are_decoded_and_encoded() {
    on_a_stack_of(256, || {
        deepest(|message, value| {
            let octets = message.encode(value).expect("it was decoded");
            assert_eq!(message.decode(&octets).as_ref(), Ok(value));
        });
    });
}

#[test]
fn values_are_cloned_compared_shown_and_dropped() {
    on_a_stack_of(256, || {
        deepest(|_, value| {
            let copy = value.clone();
            assert_eq!(&copy, value);
            assert!(format!("{copy:?}").contains("Bool(true)"));
            assert!(format!("{copy:#?}").contains("Bool"));
        });
    });
}

#[test]
fn messages_are_annotated() {
    on_a_stack_of(256, || {
        deepest(|message, value| {
            let octets = message.encode(value).expect("it was decoded");
            assert!(message.annotate(&octets, &Limits::trusted()).values().len() >= 100);
        });
    });
}

#[test]
fn values_go_through_json() {
    on_a_stack_of(1024, || {
        deepest(|message, value| {
            let json = message.to_json(value).expect("it was decoded");
            assert_eq!(message.from_json(&json).as_ref(), Ok(value));
            let pretty = message.to_json_pretty(value).expect("it was decoded");
            assert_eq!(message.from_json(&pretty).as_ref(), Ok(value));
        });
    });
}

#[test]
fn keys_that_do_not_ascend_are_checked_at_every_level() {
    on_a_stack_of(256, || {
        let schema = schema(&format!("type T {}bool{}", "map<u8><".repeat(95), ">".repeat(95)));
        let message = MessageType::new(&schema, "T").expect("no deeper than 100");
        let octets = [[2, 7].repeat(94), vec![2, 1, 1, 0, 0], [0, 0].repeat(94)].concat();
        // Each level has a second pair, whose key is lower; its map is empty.
        let value = message.decode_with(&octets, &Limits::trusted()).expect("a message");
        assert_eq!(message.encode(&value).as_deref(), Ok(&octets[..]));
        assert_eq!(message.annotate(&octets, &Limits::trusted()).error(), None);
    });
}

#[test]
fn values_before_their_tags_are_read_at_every_level() {
    on_a_stack_of(1024, || {
        let schema = schema(&format!("type T {}bool{}", "union { ".repeat(95), " }".repeat(95)));
        let message = MessageType::new(&schema, "T").expect("no deeper than 100");
        let json = format!("{}true{}", r#"{"value":"#.repeat(95), r#","tag":0}"#.repeat(95));
        let value = message.from_json(&json).expect("of the type");
        assert_eq!(message.encode(&value), Ok([vec![0; 95], vec![1]].concat()));
    });
}

#[test]
fn the_deepest_golden_types_are_read() {
    on_a_stack_of(256, || {
        let schema = golden("nesting");
        for definition in schema.definitions() {
            let message = MessageType::new(&schema, &definition.name).expect("nested no deeper than 100");
            assert!(message.decode(&[0xff; 40]).is_err());
        }
    });
}
