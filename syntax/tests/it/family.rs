//! Families that are right; the others are in `tests/ui/family`.

use barewire_syntax::Source;
use barewire_syntax::family::{Family, LoadError};
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
