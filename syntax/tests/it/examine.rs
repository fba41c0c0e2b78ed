//! What is said about files; the texts are in `tests/ui/examine`.

use barewire_syntax::{examine, examine_file};
use std::path::Path;

#[test]
fn a_good_family_gets_an_empty_report() {
    let report = examine(Path::new("../schema/runner")).expect("a family");
    assert!(report.diagnostics().is_empty(), "{report}");
}

#[test]
fn places_are_counted_from_1() {
    let report = examine_file(Path::new("tests/ui/err/unknown_keyword.bare")).expect("a file");
    let label = report.diagnostics()[0].primary_label().expect("a place");
    let place = report.place(label).expect("in the source");
    assert_eq!((place.source, place.start.line), ("tests/ui/err/unknown_keyword.bare", 2));
    assert!(place.start < place.end);
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let error = examine_file(Path::new("tests/no.bare")).expect_err("no such file");
    assert!(error.to_string().starts_with("cannot read `tests/no.bare`: "), "{error}");
    let error = examine(Path::new("tests/no")).expect_err("no such directory");
    assert!(error.to_string().starts_with("there is no schema directory `tests/no`"), "{error}");
    let error = examine(Path::new("tests/it")).expect_err("no schemas");
    assert!(error.to_string().starts_with("`tests/it` holds no schema"), "{error}");
}

#[test]
fn a_version_by_itself_is_held_to_what_was_frozen() {
    let dir = Path::new("tests/ui/examine/frozen_beside_mistakes");
    let codes = |name| -> Vec<_> {
        let report = examine_file(&dir.join(name)).expect("a file");
        report.diagnostics().iter().map(|found| found.code.as_str()).collect()
    };
    assert_eq!(codes("v1.bare"), ["B051"]);
    assert_eq!(codes("v2.bare"), ["B016"]);
}
