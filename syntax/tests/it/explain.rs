//! The explanation of each code shows a mistake that gives the code, and what is right instead.

use barewire_syntax::code::{self, Example, REGISTRY};
use barewire_syntax::{Code, MAX_TEXT_LEN, Report, Source, check, examine};
use std::fs;

#[test]
fn wrong_examples_give_their_code_and_right_ones_nothing() {
    for entry in REGISTRY {
        let examples = entry.examples().unwrap_or_else(|| panic!("{} has no examples", entry.code));
        let found = codes(&examples.wrong, Some(entry.code));
        assert!(found.contains(&entry.code), "the wrong example of {} gives {found:?}", entry.code);
        let found = codes(&examples.right, None);
        assert!(found.is_empty(), "the right example of {} gives {found:?}", entry.code);
    }
}

#[test]
fn every_rule_names_where_it_stands() {
    assert!(REGISTRY.iter().all(|entry| !entry.rule.section().is_empty()));
}

/// The codes of all findings in an example; of what is only described, those of what `code` is about.
fn codes(example: &Example, code: Option<Code>) -> Vec<Code> {
    match example {
        Example::Schema(text) => of_text(text),
        Example::Family(files) => {
            let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
            of_files(&files)
        }
        Example::Words(_) => match code {
            None => Vec::new(),
            Some(code::TEXT_TOO_LONG) => of_text(&" ".repeat(MAX_TEXT_LEN + 1)),
            Some(code::TOO_DEEP) => {
                of_text(&format!("type Deep {}u8{}", "optional<".repeat(129), ">".repeat(129)))
            }
            Some(code::NOT_UTF8) => of_files(&[("v1.bare", b"type Cafe u8 # caf\xe9\n")]),
            Some(code) => panic!("nothing is described by the example of {code}"),
        },
    }
}

fn of_text(text: &str) -> Vec<Code> {
    match check(&Source::new("example.bare", text)) {
        Ok(schema) => schema.warnings().iter().map(|found| found.code).collect(),
        Err(report) => all(&report),
    }
}

fn of_files(files: &[(&str, &[u8])]) -> Vec<Code> {
    let dir = tempfile::tempdir().expect("a directory");
    for (name, text) in files {
        fs::write(dir.path().join(name), text).expect("a writable file");
    }
    all(&examine(dir.path()).expect("files that can be read"))
}

fn all(report: &Report) -> Vec<Code> {
    report.diagnostics().iter().map(|found| found.code).collect()
}
