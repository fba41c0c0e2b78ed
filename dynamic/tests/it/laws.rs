//! What holds for every value of every type.

use std::ops::Range;

use barewire::{DecodeErrorKind, Limits};
use barewire_dynamic::{Annotated, MessageType, Value};
use barewire_syntax::ir::Schema;
use barewire_syntax::{Checked, Source, check};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use crate::strategies;

/// What stands in JSON, and what is likely to break it.
fn json_part() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        " ",
        "0",
        "7",
        "-",
        "e",
        ".",
        "1e9",
        "-0",
        "\"",
        "\\",
        "\\u0000",
        "é",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "null",
        "true",
        "\"tag\":0",
        "\"value\":",
        "\"some\":",
        "\"bits\":",
    ])
}

/// A schema whose last type is `T`, and a value of it.
fn any_value() -> impl Strategy<Value = (Checked<Schema>, Value)> {
    strategies::schema().prop_flat_map(|text| {
        let schema = check(&Source::new("random.bare", &text)).unwrap_or_else(|report| panic!("{report}"));
        let ty = schema.definition(schema.find("T").expect("the last type")).ty;
        let values = strategies::value(&schema, ty);
        values.prop_map(move |value| (schema.clone(), value))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn decoding_inverts_encoding((schema, value) in any_value()) {
        let message = MessageType::new(&schema, "T")?;
        let octets = message.encode(&value)?;
        prop_assert_eq!(message.decode_with(&octets, &Limits::trusted())?, value.clone());

        let longer = [&octets[..], &[0]].concat();
        let error = message.decode_with(&longer, &Limits::trusted()).expect_err("an octet is left");
        prop_assert_eq!((error.kind(), error.offset()), (DecodeErrorKind::TrailingBytes { count: 1 }, octets.len()));
        let prefix = message.decode_prefix(&longer, &Limits::trusted())?;
        prop_assert_eq!(prefix, (value, octets.len()));
    }

    #[test]
    fn every_proper_prefix_is_refused((schema, value) in any_value()) {
        let message = MessageType::new(&schema, "T")?;
        let octets = message.encode(&value)?;
        for len in (0..octets.len()).step_by(1 + octets.len() / 64) {
            let error = message.decode_with(&octets[..len], &Limits::trusted()).expect_err("cut");
            let needed = error.needed().expect("nothing but the end is wrong");
            prop_assert!((1..=octets.len() - len).contains(&needed), "{}", error);
        }
    }

    #[test]
    fn json_comes_back_as_it_was((schema, value) in any_value()) {
        let message = MessageType::new(&schema, "T")?;
        let json = message.to_json(&value)?;
        prop_assert_eq!(&message.from_json_with(&json, &Limits::trusted())?, &value);
        let pretty = message.to_json_pretty(&value)?;
        prop_assert_eq!(&message.from_json_with(&pretty, &Limits::trusted())?, &value);
        let plain: serde_json::Value = serde_json::from_str(&json)?;
        prop_assert_eq!(plain, serde_json::from_str::<serde_json::Value>(&pretty)?);
        // Sorted by key, as other programs write it.
        let sorted = serde_json::from_str::<serde_json::Value>(&json)?.to_string();
        prop_assert_eq!(message.from_json_with(&sorted, &Limits::trusted())?, value);
    }

    /// Whatever a text of JSON is changed to, what is accepted is a value, with a form of its own.
    #[test]
    fn changed_json_is_refused_or_a_value(
        (schema, value) in any_value(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), 0..3_u8, json_part()), 1..4),
    ) {
        let message = MessageType::new(&schema, "T")?;
        let mut json: Vec<char> = message.to_json(&value)?.chars().collect();
        for (place, removed, part) in changes {
            let place = place.index(json.len() + 1);
            let end = json.len().min(place + usize::from(removed));
            json.splice(place..end, part.chars());
        }
        let json: String = json.into_iter().collect();
        match message.from_json(&json) {
            Ok(value) => {
                let octets = message.encode(&value)?;
                prop_assert_eq!(message.decode_with(&octets, &Limits::trusted())?, value.clone());
                let written = message.to_json(&value)?;
                prop_assert_eq!(message.from_json_with(&written, &Limits::trusted())?, value);
            }
            Err(error) => prop_assert!(error.to_string().chars().count() <= 200),
        }
    }

    #[test]
    fn annotations_cover_every_octet((schema, value) in any_value()) {
        let message = MessageType::new(&schema, "T")?;
        let octets = message.encode(&value)?;
        let annotated = message.annotate(&octets, &Limits::trusted());
        prop_assert_eq!(annotated.error(), None);
        covers(&annotated, 0..octets.len())?;
    }

    #[test]
    fn what_is_accepted_has_one_spelling((schema, value) in any_value(), place: prop::sample::Index, octet: u8) {
        let message = MessageType::new(&schema, "T")?;
        let mut octets = message.encode(&value)?;
        if octets.is_empty() {
            return Ok(());
        }
        let place = place.index(octets.len());
        octets[place] = octet;
        let annotated = message.annotate(&octets, &Limits::trusted());
        match message.decode_with(&octets, &Limits::trusted()) {
            Ok(value) => {
                prop_assert_eq!(annotated.error(), None);
                prop_assert_eq!(message.encode(&value)?, octets);
            }
            Err(error) => {
                prop_assert_eq!(annotated.error(), Some(&error));
                let reached = annotated.values().first().map_or(0, |value| value.span.end);
                covers(&annotated, 0..reached)?;
            }
        }
    }
}

/// Checks that the values stand one behind the other, each within the one around, and that they take all of `octets`.
fn covers(annotated: &Annotated<'_>, octets: Range<usize>) -> TestCaseResult {
    let values = annotated.values();
    let mut last_end: Vec<Option<usize>> = vec![None; values.len()];
    for (index, value) in values.iter().enumerate() {
        prop_assert!(value.span.start <= value.span.end);
        let Some(parent) = value.parent else {
            prop_assert_eq!((index, &value.span), (0, &octets));
            continue;
        };
        let around = &values[parent];
        prop_assert!(parent < index);
        prop_assert!(around.span.start <= value.span.start && value.span.end <= around.span.end);
        if let Some(end) = last_end[parent].replace(value.span.end) {
            prop_assert_eq!(end, value.span.start);
        }
    }
    for (value, end) in values.iter().zip(last_end) {
        prop_assert!(end.is_none_or(|end| end == value.span.end));
    }
    Ok(())
}
