//! The rows of the specification and the vectors of the protocol.

use std::fs;

use barewire_dynamic::{Annotation, Content, MessageType};
use serde_json::Value as Json;

use crate::schemas::{beside, family, schema};

/// The rows of a data file in both folders.
fn rows(file: &str) -> Vec<Json> {
    let texts = ["vectors", "more"].map(|folder| {
        fs::read_to_string(beside("conformance").join(folder).join(file)).expect("the rows are there")
    });
    let rows = texts.iter().flat_map(|text| text.lines()).filter(|line| !line.is_empty());
    rows.map(|line| serde_json::from_str(line).expect("a row is JSON")).collect()
}

/// What `check` finds of the message type and the octets of each row.
#[track_caller]
fn each_row(file: &str, mut check: impl FnMut(&MessageType<'_>, &[u8], &Json)) {
    let rows = rows(file);
    assert!(rows.len() > 100, "{file}");
    for row in rows {
        let schema = schema(row["schema"].as_str().expect("a row has a schema"));
        let name = row["type"].as_str().expect("a row has a type");
        let message = MessageType::new(&schema, name).expect("the type of the row");
        check(&message, &octets(row["hex"].as_str().expect("a row has octets")), &row);
    }
}

fn octets(hex: &str) -> Vec<u8> {
    let octet = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).expect("digits"), 16).expect("digits");
    hex.as_bytes().chunks(2).map(octet).collect()
}

#[test]
fn octets_and_values_of_the_rows_belong_together() {
    each_row("vectors.jsonl", |message, octets, row| {
        let value = message.decode(octets).unwrap_or_else(|error| panic!("{error}: {row}"));
        assert_eq!(message.encode(&value).expect("it was decoded"), octets, "{row}");

        let from_json = message.from_json(&row["value"].to_string());
        assert_eq!(from_json.as_ref(), Ok(&value), "{row}");
        let written = message.to_json(&value).expect("it was decoded");
        assert_eq!(message.from_json(&written), Ok(value), "{row}");
        // The rows write some finite floats by their bits, to be exact.
        if !row["value"].to_string().contains("bits") {
            let written: Json = serde_json::from_str(&written).expect("JSON");
            assert_eq!(written, row["value"], "{row}");
        }
    });
}

/// A value without parts has the same JSON form by itself.
#[test]
fn leaves_are_written_as_values_are() {
    let mut count = 0;
    each_row("vectors.jsonl", |message, octets, row| {
        let annotated = message.annotate(octets, &barewire::Limits::default());
        if let [Annotation { content: Content::Leaf(leaf), .. }] = annotated.values()
            && !matches!(&row["value"], Json::Array(_))
        {
            let value = message.decode(octets).expect("a row");
            assert_eq!(message.to_json(&value), Ok(leaf.to_json()), "{row}");
            count += 1;
        }
    });
    assert!(count > 50, "{count} rows without parts");
}

#[test]
fn refused_rows_break_their_rule() {
    each_row("bad-bytes.jsonl", |message, octets, row| {
        let error = message.decode(octets).expect_err("refused");
        assert_eq!(error.kind().rule(), row["rule"].as_str(), "{error}: {row}");
        let annotated = message.annotate(octets, &barewire::Limits::default());
        assert_eq!(annotated.error(), Some(&error), "{row}");
        assert!(message.type_at(error.path()).is_some(), "{error}: {row}");
    });
}

/// The rows of a vector file of the protocol, as version, type, octets and mark.
fn vectors(file: &str) -> Vec<(String, String, Vec<u8>, String)> {
    let text = fs::read_to_string(beside("protocol/vectors").join(file)).expect("the vectors are there");
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.map(|row| {
        let (frame, about) = row.split_once('#').expect("a row is explained");
        let words: Vec<&str> = frame.split_whitespace().collect();
        let [version, ty, hex] = words[..] else { panic!("a row has three words: {row}") };
        let (mark, _) = about.trim().split_once(':').expect("an explanation begins with a mark");
        (version.to_owned(), ty.to_owned(), octets(hex), mark.to_owned())
    })
    .collect()
}

/// The type `name` of `version`, in whichever family has it.
#[track_caller]
fn in_protocol<T>(version: &str, name: &str, use_it: impl FnOnce(&MessageType<'_>) -> T) -> T {
    let families = [family("runner"), family("actor")];
    let mut versions = families.iter().flatten().filter(|(own, _)| own == version);
    let message = versions.find_map(|(_, schema)| MessageType::new(schema, name).ok());
    use_it(&message.expect("a type of the protocol"))
}

#[test]
fn recorded_messages_come_back_as_they_were() {
    for (version, ty, octets, mark) in ["runner.txt", "actor.txt"].into_iter().flat_map(vectors) {
        in_protocol(&version, &ty, |message| {
            let value = message.decode(&octets).unwrap_or_else(|error| panic!("{mark}: {error}"));
            assert_eq!(message.encode(&value).as_ref(), Ok(&octets), "{mark}");
            let json = message.to_json_pretty(&value).expect("it was decoded");
            assert_eq!(message.from_json(&json).as_ref(), Ok(&value), "{mark}");
        });
    }
}

#[test]
fn recorded_refusals_break_their_rule() {
    for (version, ty, octets, mark) in vectors("refused.txt") {
        in_protocol(&version, &ty, |message| {
            let error = message.decode(&octets).expect_err("refused");
            assert_eq!(error.kind().rule(), Some(mark.as_str()), "{error}");
        });
    }
}
