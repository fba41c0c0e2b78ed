//! Union members are called what generated code calls them.

use barewire_codegen::Config;
use barewire_codegen::plan::Kind;
use barewire_dynamic::{Content, Head, MessageType};
use barewire_syntax::ir::{Schema, Type};
use barewire_syntax::{Checked, Source};
use proptest::prelude::*;

use crate::schemas::{beside, schema};
use crate::strategies;

/// Names that collide, on their own and with those of the schema.
const COLLIDING: &str = "
type Self u8
type U8 u16
type Struct str
type Data4 void
type ListSelf bool
type T union {
  Self | u8 | U8 | Struct | struct { a: u8 } | struct { b: u8 } | struct { c: u8 } | Data4 | data[4]
  | ListSelf | list<Self> | list<u8>[4] | map<Self><optional<U8>> | enum { A } | enum { B }
}";

#[test]
fn names_that_collide() {
    check_names(COLLIDING);
}

#[test]
fn names_of_the_rows() {
    for folder in ["vectors", "more"] {
        let path = beside("conformance").join(folder).join("good-schemas.jsonl");
        let rows = std::fs::read_to_string(path).expect("the rows are there");
        for row in rows.lines() {
            let row: serde_json::Value = serde_json::from_str(row).expect("a row is JSON");
            check_names(row["schema"].as_str().expect("a row has a schema"));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn names_of_random_schemas(text in strategies::schema()) {
        check_names(&text);
    }
}

/// Compares the names of members of the unions that are definitions of `text`.
#[track_caller]
fn check_names(text: &str) {
    // What the generator declines has no names to compare with.
    let Ok(plan) = Config::new().plan_source(&Source::new("test.bare", text)) else { return };
    let schema = schema(text);
    for (definition, planned) in schema.definitions().iter().zip(&plan.modules[0].definitions) {
        let item = planned.items.last().expect("a definition has an item");
        let Kind::Union(members) = &item.kind else { continue };
        let expected: Vec<&str> = members.iter().map(|member| member.schema_name.as_str()).collect();
        assert_eq!(member_names(&schema, &definition.name), expected, "{text}");
    }
}

/// What the members of a union are called, which annotations show.
fn member_names(schema: &Checked<Schema>, name: &str) -> Vec<String> {
    let message = MessageType::new(schema, name).expect("a union");
    let Type::Union(body) = schema.ty(message.type_id()) else { panic!("a union") };
    let names = body.members.iter().map(|member| {
        let mut octets = Vec::new();
        barewire::Sink::uint(&mut octets, member.tag);
        let annotated = message.annotate(&octets, &barewire::Limits::default());
        match annotated.values()[0].content {
            Content::Head(Head::Union { member, .. }) => member.to_owned(),
            other => panic!("expected a union, found {other:?}"),
        }
    });
    names.collect()
}
