//! No text makes the front end panic.

use crate::check_text;
use barewire_syntax::{Severity, ir::Type};
use proptest::prelude::*;

/// Checks a text, and renders or reads all of what comes out.
fn survive(text: &str) {
    match check_text(text) {
        Ok(schema) => {
            for id in schema.ids() {
                let definition = schema.definition(id);
                assert_eq!(schema.find(&definition.name), Some(id));
                assert!(!matches!(schema.ty(schema.resolve(definition.ty)), Type::Named(_)));
                assert!(schema.max_len(definition.ty).is_none_or(|max| schema.min_len(definition.ty) <= max));
                // The canonical line is itself a definition, and its own canonical line.
                assert!(schema.canonical(id).starts_with(&definition.name));
            }
            let lines: Vec<String> =
                schema.ids().map(|id| format!("type {}", schema.canonical(id))).collect();
            let again = check_text(&lines.join("\n")).expect("canonical text is a schema");
            let again: Vec<String> = again.ids().map(|id| format!("type {}", again.canonical(id))).collect();
            assert_eq!(lines, again);
        }
        Err(report) => {
            assert!(report.has_errors());
            assert!(report.to_string().contains("error["));
            for diagnostic in report.diagnostics() {
                for label in &diagnostic.labels {
                    assert!(text.get(label.span.range()).is_some(), "{label:?}");
                }
                assert!(diagnostic.severity == Severity::Warning || diagnostic.primary_label().is_some());
            }
        }
    }
}

/// Pieces of schemas, right and wrong.
const PIECES: &[&str] = &[
    "type",
    "A",
    "B",
    "Ab1",
    "a",
    "x",
    "_",
    "u8",
    "str",
    "void",
    "f32",
    "data",
    "list",
    "optional",
    "map",
    "enum",
    "struct",
    "union",
    "{",
    "}",
    "<",
    ">",
    "[",
    "]",
    "(",
    ")",
    "=",
    ":",
    "|",
    ",",
    ";",
    "-",
    "0",
    "1",
    "007",
    "18446744073709551615",
    "99999999999999999999",
    "0x1",
    "# c\n",
    "//",
    "/*",
    "*/",
    "\"",
    "é",
    "\u{a0}",
    "\u{b}",
    "\0",
    "\n",
    "\r\n",
    " ",
    "type A u8\n",
    "type B struct { a: u8 }\n",
    "a: list<A>[4] ",
    "type: u8 ",
    "union { A | B = 4 }",
    "enum { X Y = 3 }",
];

proptest! {
    #[test]
    fn arbitrary_text(text in any::<String>()) {
        survive(&text);
    }

    #[test]
    fn arbitrary_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        survive(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn arbitrary_pieces(pieces in proptest::collection::vec((0..PIECES.len(), any::<bool>()), 0..60)) {
        let text: String =
            pieces.into_iter().map(|(i, space)| format!("{}{}", PIECES[i], if space { " " } else { "" })).collect();
        survive(&text);
    }

    /// A right schema with a few pieces replaced is nearly right, and reaches further than noise.
    #[test]
    fn mutated_schemas(row in 0_usize..87, changes in proptest::collection::vec((any::<prop::sample::Index>(), 0..PIECES.len(), 0_usize..4), 0..4)) {
        let line = include_str!("../vectors/good-schemas.jsonl").lines().nth(row).expect("a row");
        let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let mut text = row["schema"].as_str().expect("a string").to_owned();
        for (at, piece, remove) in changes {
            let at = at.index(text.len() + 1);
            if text.is_char_boundary(at) {
                let end = (at + remove).min(text.len());
                if text.is_char_boundary(end) {
                    text.replace_range(at..end, PIECES[piece]);
                }
            }
        }
        survive(&text);
    }
}

#[test]
fn every_prefix_of_every_vector() {
    for file in [include_str!("../vectors/good-schemas.jsonl"), include_str!("../vectors/bad-schemas.jsonl")]
    {
        for line in file.lines() {
            let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let text = row["schema"].as_str().expect("a string");
            for (at, _) in text.char_indices() {
                survive(&text[..at]);
                survive(&text[at..]);
            }
        }
    }
}
