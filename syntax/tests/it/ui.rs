//! What users see: each `<name>.bare` beside the `<name>.stderr` it gives.
//!
//! `BLESS=1` rewrites the expectations.

use barewire_syntax::code::REGISTRY;
use barewire_syntax::family::Family;
use barewire_syntax::frozen::{FILE_NAME, Label};
use barewire_syntax::{MAX_TEXT_LEN, Report, Source, check};
use std::fs;
use std::path::{Path, PathBuf};

const ERR: &str = "tests/ui/err";
const WARN: &str = "tests/ui/warn";
const FAMILY: &str = "tests/ui/family";
const EXAMINE: &str = "tests/ui/examine";

#[test]
fn errors_read_as_expected() {
    for path in files(ERR, "bare") {
        let source = source(&path);
        let report = match check(&source) {
            Ok(_) => panic!("`{}` is accepted", path.display()),
            Err(report) => report,
        };
        expect(&path.with_extension("stderr"), &report.to_string());
    }
}

#[test]
fn warnings_read_as_expected() {
    for path in files(WARN, "bare") {
        let source = source(&path);
        let schema = check(&source).unwrap_or_else(|report| panic!("{report}"));
        let report = Report::new(vec![source], schema.warnings().to_vec());
        assert!(!report.has_errors());
        expect(&path.with_extension("stderr"), &report.to_string());
    }
}

/// Loads each directory, and then gives the same texts by number, however the files are named.
#[test]
fn family_errors_read_as_expected() {
    for dir in files(FAMILY, "") {
        let Err(load) = Family::load(&dir) else { panic!("`{}` is accepted", dir.display()) };
        let mut sources = Vec::new();
        for path in files(dir.to_str().expect("a UTF-8 path"), "bare") {
            let source = source(&path);
            let stem = source.name.trim_end_matches(".bare");
            let digits: String = stem.chars().filter(char::is_ascii_digit).collect();
            let number = || Label::version(digits.parse().unwrap_or(1));
            sources.push((Label::parse(stem).unwrap_or_else(number), source));
        }
        let mut family = Family::from_labelled("family", sources);
        if dir.join(FILE_NAME).exists() {
            family = family.and_then(|family| family.with_frozen(source(&dir.join(FILE_NAME))));
        }
        let memory = match family {
            Ok(_) => "accepted\n".to_owned(),
            Err(report) => report.to_string(),
        };
        let load = load.to_string().replace('\\', "/");
        expect(&dir.with_extension("stderr"), &format!("{}\n\nfrom memory:\n{memory}", load.trim_end()));
    }
}

/// Everything that is said about a directory, whatever else is wrong with it.
#[test]
fn examined_families_read_as_expected() {
    for dir in files(EXAMINE, "") {
        let report = barewire_syntax::examine(&dir).unwrap_or_else(|error| panic!("{error}"));
        expect(&dir.with_extension("stderr"), &report.to_string().replace('\\', "/"));
    }
}

#[test]
fn refuses_a_text_that_is_too_long() {
    let source = Source::new("long.bare", " ".repeat(MAX_TEXT_LEN + 1));
    let report = check(&source).expect_err("longer than the limit");
    expect(&Path::new(ERR).join("text_too_long.stderr"), &report.to_string());
}

#[test]
fn every_code_has_an_example() {
    let mut seen = String::new();
    for dir in [ERR, WARN, FAMILY, EXAMINE] {
        for path in files(dir, "stderr") {
            seen.push_str(&fs::read_to_string(path).expect("a readable file"));
        }
    }
    let without: Vec<_> = REGISTRY
        .iter()
        .filter(|entry| !seen.contains(&format!("[{}]", entry.code)))
        .map(|entry| entry.code)
        .collect();
    assert!(without.is_empty(), "codes without a file in tests/ui: {without:?}");
}

#[test]
fn codes_ascend_and_are_explained() {
    for pair in REGISTRY.windows(2) {
        assert!(pair[0].code < pair[1].code, "{} stands before {}", pair[0].code, pair[1].code);
    }
    for entry in REGISTRY {
        assert!(entry.code.as_str() < "B100", "{} belongs to the generator", entry.code);
        assert!(!entry.title.is_empty() && entry.text.ends_with('.'), "{} is not explained", entry.code);
        assert_eq!(entry.code.explanation(), Some(entry));
    }
}

/// The entries of a directory with an extension, in the order of their names.
#[track_caller]
fn files(dir: &str, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).expect("a test directory");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| {
        path.extension().is_some_and(|it| it == extension) || (extension.is_empty() && path.is_dir())
    });
    paths.sort();
    paths
}

fn source(path: &Path) -> Source {
    let name = path.file_name().expect("a file name").to_string_lossy();
    Source::new(name, fs::read_to_string(path).expect("a readable file"))
}

#[track_caller]
fn expect(path: &Path, found: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, found).expect("a writable file");
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        expected == found,
        "`{}` differs; BLESS=1 rewrites it\n--- expected\n{expected}\n--- found\n{found}",
        path.display()
    );
}
