//! The one layout: each `tests/format/<name>.bare` beside `<name>.formatted`, and what holds for every text.

use crate::{check_text, schema};
use barewire_syntax::ir::{Schema, Type, TypeId};
use barewire_syntax::{Source, format, parse};
use proptest::prelude::*;
use std::fs;
use std::path::Path;

#[test]
fn texts_are_laid_out_as_expected() {
    let mut paths: Vec<_> = fs::read_dir("tests/format")
        .expect("a directory")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "bare"));
    paths.sort();
    assert!(!paths.is_empty());
    for path in paths {
        let text = fs::read_to_string(&path).expect("a readable file");
        let expected = path.with_extension("formatted");
        let found = formatted(&text);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&expected, &found).expect("a writable file");
        }
        assert_eq!(fs::read_to_string(&expected).unwrap_or_default(), found, "{}", path.display());
        holds(&text);
    }
}

/// The released schemas are formatted, and stay as they are.
#[test]
fn the_schemas_of_this_repository_are_formatted() {
    for dir in ["../schema/runner", "../schema/actor", "../examples/own-schema/schema/notes"] {
        for entry in fs::read_dir(dir).expect("a family") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|it| it == "bare") {
                let text = fs::read_to_string(&path).expect("a readable file");
                assert_eq!(formatted(&text), text, "{}", path.display());
            }
        }
    }
}

#[test]
fn mistakes_of_grammar_are_reported() {
    let report = format(&Source::new("a.bare", "type A struct { a u8 }")).expect_err("a colon is missing");
    assert!(report.to_string().contains("B016"), "{report}");
    // What a type stands for is nothing to a formatter.
    assert_eq!(formatted("type A  B"), "type A B\n");
}

fn formatted(text: &str) -> String {
    format(&Source::new("test.bare", text)).unwrap_or_else(|report| panic!("{report}"))
}

/// What holds for every text that follows the grammar.
fn holds(text: &str) {
    let once = formatted(text);
    assert_eq!(formatted(&once), once, "formatting is not idempotent\n--- from\n{text}\n--- to\n{once}");
    let comments = |text: &str| -> Vec<String> {
        let source = Source::new("test.bare", text);
        let tree = parse(&source).expect("it follows the grammar");
        tree.comments.iter().map(|comment| comment.text.trim_end().to_owned()).collect()
    };
    assert_eq!(comments(text), comments(&once), "comments differ\n--- from\n{text}\n--- to\n{once}");
    if let Ok(before) = check_text(text) {
        let after = schema(&once);
        assert_eq!(meaning(&before), meaning(&after), "\n--- from\n{text}\n--- to\n{once}");
    }
}

/// The canonical lines, and what is documented by what.
fn meaning(schema: &Schema) -> Vec<String> {
    let mut all = Vec::new();
    for id in schema.ids() {
        all.push(schema.canonical(id));
        let definition = schema.definition(id);
        all.push(definition.docs.clone());
        docs(schema, definition.ty, &mut all);
    }
    all
}

fn docs(schema: &Schema, id: TypeId, all: &mut Vec<String>) {
    match schema.ty(id) {
        Type::Enum(body) => all.extend(body.values.iter().map(|value| value.docs.clone())),
        Type::Struct(body) => {
            for field in &body.fields {
                all.push(field.docs.clone());
                docs(schema, field.ty, all);
            }
        }
        Type::Union(body) => {
            for member in &body.members {
                all.push(member.docs.clone());
                docs(schema, member.ty, all);
            }
        }
        Type::Optional(inner) | Type::List { element: inner, .. } => docs(schema, *inner, all),
        Type::Map { key, value } => {
            docs(schema, *key, all);
            docs(schema, *value, all);
        }
        Type::Primitive(_) | Type::Data { .. } | Type::Named(_) => {}
    }
}

/// The texts of the rows that are schemas.
fn good() -> Vec<String> {
    let rows = include_str!("../vectors/good-schemas.jsonl").lines().filter(|line| line.starts_with('{'));
    let text = |line: &str| -> String {
        let row: serde_json::Value = serde_json::from_str(line).expect("a row");
        row["schema"].as_str().expect("a schema").to_owned()
    };
    let mut texts: Vec<String> = rows.map(text).collect();
    for path in ["../schema/actor/v3.bare", "../examples/own-schema/schema/notes/v3.bare"] {
        texts.push(fs::read_to_string(Path::new(path)).expect("a schema"));
    }
    texts
}

#[test]
fn every_good_schema_keeps_its_meaning() {
    good().iter().for_each(|text| holds(text));
}

/// What may stand where white space or a bracket is.
const SPACES: [&str; 9] =
    [" ", "\n", "\n\n", "\t", " # a\n", "\n# b\n", "\n\n# c\n\n", "\r\n", "  # d\n # e\n"];

proptest! {
    /// White space and comments wherever they may stand.
    #[test]
    fn comments_anywhere_keep_their_places(
        which in any::<prop::sample::Index>(),
        spaces in proptest::collection::vec((any::<prop::sample::Index>(), 0..SPACES.len()), 0..12),
    ) {
        let texts = good();
        let mut text = texts[which.index(texts.len())].clone();
        for (at, space) in spaces {
            let places: Vec<usize> = text
                .char_indices()
                .filter(|(at, c)| {
                    let line = text[..*at].rsplit('\n').next().unwrap_or_default();
                    !line.contains('#') && (c.is_ascii_whitespace() || "{}<>[]=:|".contains(*c))
                })
                .map(|(at, _)| at)
                .collect();
            if places.is_empty() { continue }
            text.insert_str(places[at.index(places.len())], SPACES[space]);
        }
        holds(&text);
    }
}
