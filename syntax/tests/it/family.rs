//! Families that are right; the others are in `tests/ui/family`.

use barewire_syntax::family::{Family, LoadError};
use barewire_syntax::{MAX_TEXT_LEN, Severity, Source, check};
use std::fs::File;
use std::path::Path;

#[test]
fn loads_versions_in_order_and_leaves_other_files_alone() {
    let family = Family::load(Path::new("tests/family/good")).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(family.name(), "good");
    let numbers: Vec<u16> = family.versions().iter().map(|version| version.number).collect();
    assert_eq!(numbers, [2, 3]);
    let files: Vec<&Path> = family.files().collect();
    assert_eq!(files, [Path::new("tests/family/good/v2.bare"), Path::new("tests/family/good/v3.bare")]);
    let v2 = &family.versions()[0];
    assert_eq!(v2.path.as_deref(), Some(files[0]));
    assert!(v2.schema.find("Message").is_some());
    let report = family.report(v2.schema.warnings().to_vec()).to_string();
    assert!(report.contains("v2.bare:6:5"), "{report}");
}

#[test]
fn gives_the_warnings_of_all_versions_in_one_report() {
    let sources = ["type A struct { Old: u8 }", "type A u8", "type A struct { New: u8 }"];
    let sources = (1..).zip(sources.map(|text| Source::new("a.bare", text))).collect();
    let family = Family::from_sources("mine", sources).unwrap_or_else(|error| panic!("{error}"));
    let report = family.warnings().expect("two names in upper case");
    let found = report.diagnostics().iter();
    let found: Vec<_> =
        found.map(|it| (it.severity, it.primary_label().map(|label| label.source.index()))).collect();
    assert_eq!(found, [(Severity::Warning, Some(0)), (Severity::Warning, Some(2))]);

    let quiet = Family::from_sources("mine", vec![(1, Source::new("a.bare", "type A u8"))]);
    assert!(quiet.unwrap_or_else(|error| panic!("{error}")).warnings().is_none());
}

#[test]
fn takes_sources_in_any_order() {
    let source = |number: u16| (number, Source::new(format!("v{number}.bare"), "type A u8"));
    let family = Family::from_sources("mine", vec![source(65535), source(65534)])
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((family.name(), family.versions()[0].number), ("mine", 65534));
    assert_eq!(family.files().count(), 0);
}

#[test]
fn labels_point_into_the_version_they_came_from() {
    let sources = vec![(1, Source::new("one", "type A u8")), (2, Source::new("two", "type A u9"))];
    let report = Family::from_sources("mine", sources).expect_err("u9 is no type");
    assert!(report.to_string().contains("--> two:1:8"), "{report}");
}

#[test]
fn refuses_a_version_given_twice_or_none() {
    let source = || Source::new("same.bare", "type A u8");
    let twice = Family::from_sources("mine", vec![(1, source()), (1, source())]).expect_err("given twice");
    assert!(twice.to_string().contains("both version 1"), "{twice}");
    assert!(Family::from_sources("mine", Vec::new()).is_err());
}

#[test]
fn names_a_missing_directory() {
    let error = Family::load(Path::new("tests/family/nowhere")).expect_err("no such directory");
    assert!(matches!(error, LoadError::NoDirectory { .. }), "{error}");
    assert!(format!("{error:?}").contains("nowhere"));
}

#[test]
fn refuses_text_that_is_not_utf8() {
    let error = Family::load(Path::new("tests/family/latin1")).expect_err("latin-1");
    assert!(matches!(error, LoadError::NotUtf8 { line: 2, .. }), "{error}");
}

#[test]
fn loads_one_file_under_its_path() {
    let path = Path::new("tests/family/good/v2.bare");
    let source = Source::load(path).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(source.name, path.display().to_string());
    assert!(check(&source).is_ok());
}

#[test]
fn refuses_one_file_as_a_family_does() {
    let load = |path: &Path| Source::load(path).expect_err("not a schema text");
    let latin1 = load(Path::new("tests/family/latin1/v1.bare"));
    assert!(matches!(latin1, LoadError::NotUtf8 { line: 2, .. }), "{latin1}");
    let missing = load(Path::new("tests/family/nowhere.bare"));
    assert!(matches!(missing, LoadError::Io { .. }), "{missing}");
    let directory = load(Path::new("tests/family"));
    assert!(matches!(directory, LoadError::Io { .. }), "{directory}");

    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("too_long.bare");
    let file = File::create(&path).expect("a writable directory");
    file.set_len(MAX_TEXT_LEN as u64 + 1).expect("a sparse file");
    let long = load(&path);
    assert!(matches!(long, LoadError::TooLong { .. }), "{long}");
}
