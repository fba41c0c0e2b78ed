//! Rows that do not hold: each has to fail, on its line and for its reason.

use crate::judge;

/// Each line is a wrong row, after a part of what has to be said of it; a line without one holds.
const VECTORS: &str = r#"
                    | {"schema": "type T u8", "type": "T", "value": 1, "hex": "01"}
expected the octets | {"schema": "type T u8", "type": "T", "value": 1, "hex": "02"}
expected T { a: 1 } | {"schema": "type T struct { a: u8 }", "type": "T", "value": {"a": 1}, "hex": "02"}
expected a message  | {"schema": "type T u8", "type": "T", "value": 1, "hex": "0100"}
expected a message  | {"schema": "type T u8", "type": "T", "value": 1, "hex": ""}
expected a message  | {"schema": "type T bool", "type": "T", "value": true, "hex": "02"}
expected the octets | {"schema": "type T f32", "type": "T", "value": {"bits": "7fc00001"}, "hex": "0000c07f"}
expected the octets | {"schema": "type T f64", "type": "T", "value": 0.0, "hex": "0000000000000080"}
expected the octets | {"schema": "type T map<u8><u8>", "type": "T", "value": [[1, 1], [2, 2]], "hex": "0202020101"}
panicked            | {"schema": "type T map<u8><u8>", "type": "T", "value": [[1, 1], [1, 2]], "hex": "0201010102"}
expected u8         | {"schema": "type T u8", "type": "T", "value": 256, "hex": "00"}
expected u8         | {"schema": "type T u8", "type": "T", "value": "one", "hex": "01"}
expected 2 elements | {"schema": "type T list<u8>[2]", "type": "T", "value": [1], "hex": "0102"}
expected 2 octets   | {"schema": "type T data[2]", "type": "T", "value": "01", "hex": "0102"}
.a[1]: expected     | {"schema": "type T struct { a: list<bool> }", "type": "T", "value": {"a": [true, 1]}, "hex": "020101"}
expected the field  | {"schema": "type T struct { a: u8 b: u8 }", "type": "T", "value": {"a": 1}, "hex": "0100"}
expected the fields | {"schema": "type T struct { a: u8 }", "type": "T", "value": {"a": 1, "b": 2}, "hex": "01"}
expected a value of | {"schema": "type T enum { A B }", "type": "T", "value": "C", "hex": "01"}
expected a tag      | {"schema": "type T union { u8 | str }", "type": "T", "value": {"tag": 2, "value": 1}, "hex": "0001"}
expected null for   | {"schema": "type T void", "type": "T", "value": 0, "hex": ""}
expected null or    | {"schema": "type T optional<u8>", "type": "T", "value": 1, "hex": "0101"}
a type of the schema| {"schema": "type T u8", "type": "U", "value": 1, "hex": "01"}
expected a schema   | {"schema": "type T u9", "type": "T", "value": 1, "hex": "01"}
expected a schema   | {"schema": "type T data[18446744073709551615]", "type": "T", "value": "01", "hex": "01"}
"value"             | {"schema": "type T u8", "type": "T", "hex": "01"}
"hex"               | {"schema": "type T u8", "type": "T", "value": 1, "hex": "1"}
"hex"               | {"schema": "type T u8", "type": "T", "value": 1, "hex": "0x01"}
"schema"            | {"schema": 1, "type": "T", "value": 1, "hex": "01"}
JSON object         | {"schema": "type T u8", "type": "T", "value": 1, "hex": "01"
JSON object         | ["type T u8", "T", 1, "01"]
                    | {"schema": "type T u8", "type": "T", "value": 255, "hex": "ff", "color": "unknown keys are ignored"}
"#;

const BAD_BYTES: &str = r#"
                    | {"schema": "type T bool", "type": "T", "hex": "02", "rule": "D4"}
expected D5         | {"schema": "type T bool", "type": "T", "hex": "02", "rule": "D5"}
expected a refusal  | {"schema": "type T bool", "type": "T", "hex": "01", "rule": "D4"}
expected no rule    | {"schema": "type T bool", "type": "T", "hex": "02", "rule": "no rule"}
"rule"              | {"schema": "type T bool", "type": "T", "hex": "02"}
"#;

const GOOD_SCHEMAS: &str = r#"
                    | {"schema": "type T u8"}
to be accepted      | {"schema": "type T u9"}
"schema"            | {"text": "type T u8"}
"#;

const BAD_SCHEMAS: &str = r#"
                    | {"schema": "type T u8\ntype U u9", "rule": "G", "line": 2}
                    | {"schema": "type T u8\ntype U u9"}
it was accepted     | {"schema": "type T u8"}
on line 1, found [2]| {"schema": "type T u8\ntype U u9", "line": 1}
a number from 1     | {"schema": "type T u9", "line": 0}
a number from 1     | {"schema": "type T u9", "line": "1"}
"#;

#[test]
fn every_wrong_row_fails() {
    let files = [
        ("vectors.jsonl", VECTORS),
        ("bad-bytes.jsonl", BAD_BYTES),
        ("good-schemas.jsonl", GOOD_SCHEMAS),
        ("bad-schemas.jsonl", BAD_SCHEMAS),
    ];
    let rows = files.map(|(file, table)| (file, rows(table)));
    let texts = rows
        .clone()
        .map(|(file, rows)| (file, rows.iter().map(|(_, row)| format!("{row}\n")).collect::<String>()));
    let outcome = judge("wrong-rows", &texts.each_ref().map(|(file, text)| (*file, text.as_str())));

    let mut failures = outcome.failures.iter();
    for (file, rows) in &rows {
        for (index, (expected, row)) in
            rows.iter().enumerate().filter(|(_, (expected, _))| !expected.is_empty())
        {
            let failure =
                failures.next().unwrap_or_else(|| panic!("{file}:{}: {row} did not fail", index + 1));
            let found = failure.to_string();
            assert!(found.contains(&format!("{file}:{}: ", index + 1)), "{row}: {found}");
            assert!(found.contains(expected), "{row}: expected {expected}, found {found}");
        }
    }
    assert_eq!(failures.next(), None);
    let count = rows.iter().map(|(_, rows)| rows.len()).sum::<usize>();
    assert_eq!(outcome.rows(), count);
    assert!(outcome.to_string().ends_with(&format!("{count} rows, {} failed", outcome.failures.len())));
}

#[test]
fn a_directory_without_rows_is_an_error() {
    let dir = tempfile::tempdir().expect("a directory");
    let workshop = barewire_conformance::Workshop::new("no-rows").expect("a target directory");
    let error = barewire_conformance::run(&[dir.path()], &workshop).expect_err("there are no files");
    assert!(error.to_string().contains("found none of them"), "{error}");
    std::fs::write(dir.path().join("vectors.jsonl"), "\n").expect("a file without rows");
    let error = barewire_conformance::run(&[dir.path()], &workshop).expect_err("there are no rows");
    assert_eq!(error.to_string(), "expected at least one row, found none");
}

#[test]
fn a_line_that_is_not_text_fails_alone() {
    let dir = tempfile::tempdir().expect("a directory");
    let lines = b"\xff\xfe\n\n{\"schema\": \"type T u9\", \"line\": 1}\r\n";
    std::fs::write(dir.path().join("bad-schemas.jsonl"), lines).expect("a file for the rows");
    let workshop = barewire_conformance::Workshop::new("no-text").expect("a target directory");
    let outcome = barewire_conformance::run(&[dir.path()], &workshop).expect("a run");
    assert_eq!((outcome.bad_schemas, outcome.failures.len()), (2, 1));
    assert_eq!(outcome.failures[0].place.line, 1);
}

fn rows(table: &str) -> Vec<(&str, &str)> {
    let rows = table.trim_matches('\n').lines();
    rows.map(|line| line.split_once("| ").map(|(expected, row)| (expected.trim(), row)).expect("a row"))
        .collect()
}
