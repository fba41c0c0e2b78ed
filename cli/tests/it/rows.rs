//! Every row of the specification goes through `convert`, both ways.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use barewire_codegen::Config;
use barewire_syntax::Source;
use serde_json::Value as Json;

/// The rows of a data file in both folders.
pub(crate) fn rows(file: &str) -> Vec<Json> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance");
    let text = |folder: &str| fs::read_to_string(dir.join(folder).join(file)).expect("the rows are there");
    let texts = ["vectors", "more"].map(text);
    let lines = texts.iter().flat_map(|text| text.lines()).filter(|line| !line.is_empty());
    let rows: Vec<Json> = lines.map(|line| serde_json::from_str(line).expect("a row is JSON")).collect();
    assert!(rows.len() > 100, "{file}");
    rows
}

pub(crate) fn text<'r>(row: &'r Json, key: &str) -> &'r str {
    row[key].as_str().unwrap_or_else(|| panic!("no {key} in {row}"))
}

/// Runs `barewire convert` on the schema of a row.
pub(crate) fn convert(dir: &Path, row: &Json, args: &[&str]) -> Output {
    fs::write(dir.join("row.bare"), text(row, "schema")).expect("a writable file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_barewire"));
    command.current_dir(dir).args(["convert", "row.bare", "--type", text(row, "type")]).args(args);
    command.stdin(Stdio::null()).output().expect("the command runs")
}

#[test]
fn good_rows_go_both_ways() {
    let dir = tempfile::tempdir().expect("a directory");
    for row in rows("vectors.jsonl") {
        let json = convert(dir.path(), &row, &["--to", "json", "--hex", text(&row, "hex")]);
        assert!(json.status.success(), "{row}: {}", String::from_utf8_lossy(&json.stderr));
        let found: Json = serde_json::from_slice(&json.stdout).expect("JSON");
        // The rows write some finite floats by their bits, to be exact.
        if !row["value"].to_string().contains("bits") {
            assert_eq!(found, row["value"], "{row}");
        }
        for document in [json.stdout, row["value"].to_string().into_bytes()] {
            fs::write(dir.path().join("row.json"), document).expect("a writable file");
            let octets = convert(dir.path(), &row, &["--to", "bare", "--as", "hex", "row.json"]);
            assert_eq!(String::from_utf8_lossy(&octets.stdout).trim_end(), text(&row, "hex"), "{row}");
        }
    }
}

/// The crate that the rows are compiled into, and those of the golden cases, are made of this text.
#[test]
fn what_is_generated_is_what_is_compiled_elsewhere() {
    let dir = tempfile::tempdir().expect("a directory");
    let generate = |path: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_barewire"));
        let output = command.arg("generate").arg(path).output().expect("the command runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8(output.stdout).expect("text")
    };
    let rows = rows("vectors.jsonl");
    let schemas: BTreeSet<&str> = rows.iter().map(|row| text(row, "schema")).collect();
    assert!(schemas.len() > 50);
    let path = dir.path().join("row.bare");
    for schema in schemas {
        fs::write(&path, schema).expect("a writable file");
        let source = Source::new("row.bare", schema);
        assert_eq!(
            generate(&path),
            Config::new().generate_source(&source).expect("a row").schema,
            "{schema}"
        );
    }
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let compiled = repository.join("codegen/tests/golden/runner/expected.rs");
    let compiled = fs::read_to_string(compiled).expect("a golden case");
    assert!(
        generate(&repository.join("schema/runner")) == compiled,
        "it is not what barewire-golden compiles"
    );
}

#[test]
fn bad_rows_are_refused() {
    let dir = tempfile::tempdir().expect("a directory");
    for row in rows("bad-bytes.jsonl") {
        let output = convert(dir.path(), &row, &["--to", "json", "--hex", text(&row, "hex")]);
        assert_eq!(output.status.code(), Some(1), "{row}");
        assert!(output.stdout.is_empty(), "{row}");
        assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: "), "{row}");
    }
}
