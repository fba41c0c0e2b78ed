//! What a scaffold prints: `tests/golden/scaffold`, which the crate `barewire-golden` compiles with its holes filled.

use std::path::Path;

use barewire_codegen::scaffold::Names;
use barewire_codegen::{Config, StrAs};
use barewire_syntax::Source;
use barewire_syntax::family::Family;
use barewire_syntax::frozen::Label;

use crate::golden::compare;

fn folder(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Compares the scaffolds of all steps of a family with the files of the case.
#[track_caller]
fn check(case: &str, family: &Family, config: &Config) {
    let names = Names::new(&format!("crate::{case}"), "super::Migrations").unwrap();
    let versions = family.versions().windows(2).flat_map(|pair| {
        let (old, new) = (Label::version(pair[0].number), Label::version(pair[1].number));
        [(old.clone(), new.clone()), (new, old)]
    });
    let alternates = family.alternates().iter().map(|alternate| {
        let number = alternate.version.number;
        (Label { number, alternate: Some(alternate.name.clone()) }, Label::version(number))
    });
    for (from, to) in versions.chain(alternates) {
        let text = config.scaffold(family, &from, &to, &names).unwrap().expect("a step");
        let name = |label: &Label| label.to_string().replace('-', "_");
        let file = format!("tests/golden/scaffold/{case}_{}_to_{}.rs", name(&from), name(&to));
        compare(&folder(&file), &text);
    }
}

#[test]
fn steps_are_filled_in() {
    let config = Config::new()
        .renamed("Formerly", "Nowadays")
        .renamed("Ancient", "Modern")
        .strings("Label", StrAs::String);
    check("steps", &Family::load(&folder("tests/golden/steps")).unwrap(), &config);
    check("runner", &Family::load(&folder("../schema/runner")).unwrap(), &Config::new());
}

fn family(versions: &[&str]) -> Family {
    let sources =
        (1..).zip(versions).map(|(number, text)| (number, Source::new(format!("v{number}.bare"), *text)));
    Family::from_sources("test", sources.collect()).unwrap()
}

#[test]
fn what_is_asked_is_said_step_by_step() {
    let family = family(&["type A struct { a: u8 }", "type A struct { a: u8 b: str }"]);
    let questions = Config::new().questions(&family).unwrap();
    let all: Vec<_> = questions
        .iter()
        .map(|question| {
            let reasons = question.reasons.join("; ");
            format!("{} {} {}: {reasons}", question.from, question.to, question.method)
        })
        .collect();
    assert_eq!(all, ["v1 v2 a: `b` is new", "v2 v1 a: `b` has no place"]);
}

#[test]
fn only_neighbours_have_a_scaffold() {
    let family = family(&["type A u8", "type A u16", "type A u32"]);
    let names = Names::new("crate::test", "Migrations").unwrap();
    let scaffold = |from, to| {
        Config::new().scaffold(&family, &Label::version(from), &Label::version(to), &names).unwrap()
    };
    assert!(scaffold(1, 2).is_some() && scaffold(2, 1).is_some());
    assert_eq!(scaffold(1, 3), None);
    assert_eq!(scaffold(1, 9), None);
}

#[test]
fn names_are_paths_of_rust() {
    assert!(Names::new("crate::runner", "Migrations").is_ok());
    let error = Names::new("crate/runner", "Migrations").unwrap_err();
    assert_eq!(error.to_string(), "`crate/runner` is no path of Rust: expected one such as `crate::runner`");
}
