//! Schemas that every implementation should judge alike, one JSON object a line.

use crate::check_text;
use barewire_syntax::code::Rule;
use serde_json::Value;

#[test]
fn accepts_the_good_schemas() {
    for row in rows(include_str!("../vectors/good-schemas.jsonl")) {
        match check_text(&row.schema) {
            Ok(schema) => assert!(schema.warnings().is_empty(), "{}: warns", row.why),
            Err(report) => panic!("{}: refused\n{report}", row.why),
        }
    }
}

#[test]
fn refuses_the_bad_schemas_by_their_rule() {
    for row in rows(include_str!("../vectors/bad-schemas.jsonl")) {
        let Err(report) = check_text(&row.schema) else { panic!("{}: accepted", row.why) };
        let rule = rule(row.text("rule"));
        let named = report
            .diagnostics()
            .iter()
            .any(|diagnostic| diagnostic.code.explanation().expect("registered").rule == rule);
        assert!(named, "{}: refused, but not by {rule:?}\n{report}", row.why);
        assert!(report.diagnostics().len() <= 2, "{}: one mistake gives many findings\n{report}", row.why);
    }
}

/// We follow draft -14, and only warn of field names that it has ruled out.
#[test]
fn follows_draft_14_where_drafts_differ() {
    for row in rows(include_str!("../vectors/draft-schemas.jsonl")) {
        let accepted = row.text("accepted");
        let result = check_text(&row.schema);
        match (accepted, result) {
            ("<=11", Err(_)) => {}
            (">=13" | ">=14", Ok(schema)) => assert!(schema.warnings().is_empty(), "{}: warns", row.why),
            ("<=13", Ok(schema)) => assert_eq!(schema.warnings().len(), 1, "{}: no warning", row.why),
            (_, Ok(_)) => panic!("{}: accepted", row.why),
            (_, Err(report)) => panic!("{}: refused\n{report}", row.why),
        }
    }
}

struct Row {
    schema: String,
    why: String,
    all: Value,
}

impl Row {
    #[track_caller]
    fn text(&self, key: &str) -> &str {
        self.all[key].as_str().expect("a string")
    }
}

fn rows(text: &str) -> Vec<Row> {
    let row = |line: &str| {
        let all: Value = serde_json::from_str(line).expect("JSON");
        let text = |key: &str| all[key].as_str().expect("a string").to_owned();
        Row { schema: text("schema"), why: text("why"), all }
    };
    let rows: Vec<Row> = text.lines().map(row).collect();
    assert!(!rows.is_empty());
    rows
}

fn rule(name: &str) -> Rule {
    match name {
        "G" => Rule::Grammar,
        "R1" => Rule::R1,
        "R2" => Rule::R2,
        "R3" => Rule::R3,
        "R4" => Rule::R4,
        "R5" => Rule::R5,
        "R6" => Rule::R6,
        "R7" => Rule::R7,
        "R8" => Rule::R8,
        _ => panic!("no rule {name}"),
    }
}
