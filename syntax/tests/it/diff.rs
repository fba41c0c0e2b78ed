//! What counts as the same between two versions, and what else is said about them.
//!
//! Each folder of `tests/diff` holds `old.bare`, `new.bare` and `expected.txt`; one named `family_vA_vB` compares two versions of `schema/family`.
//! `BLESS=1` rewrites the expectations.

use crate::{check_text, schema};
use barewire_syntax::diff::{Status, compare, compare_renamed, identical};
use barewire_syntax::{Checked, ir::Schema};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

fn text_of(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The two schemas of a case.
fn case(dir: &Path) -> (Checked<Schema>, Checked<Schema>) {
    let name = dir.file_name().expect("a name").to_string_lossy();
    let parts: Vec<&str> = name.split('_').collect();
    let (old, new) = match parts[..] {
        [family @ ("runner" | "actor"), old, new] => {
            let file = |version: &str| PathBuf::from(format!("../schema/{family}/{version}.bare"));
            (file(old), file(new))
        }
        _ => (dir.join("old.bare"), dir.join("new.bare")),
    };
    (schema(&text_of(&old)), schema(&text_of(&new)))
}

#[test]
fn changes_read_as_expected() {
    let entries = fs::read_dir("tests/diff").expect("a test directory");
    let mut dirs: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    dirs.sort();
    for dir in dirs {
        let (old, new) = case(&dir);
        let diff = compare(&old, &new);
        let same: Vec<bool> = diff.definitions.iter().map(Status::is_identical).collect();
        assert_eq!(same, identical(&old, &new), "{}", dir.display());
        for (id, status) in new.ids().zip(&diff.definitions) {
            let Status::Changed { changes, .. } = status else { continue };
            assert!(!changes.is_empty(), "{} says nothing of {}", dir.display(), new.canonical(id));
        }
        let count = same.iter().filter(|same| **same).count();
        let found = format!("{}{count} of {} identical\n", diff.display(&old, &new), same.len());
        let meaning = diff.display(&old, &new).with_consequences().to_string();
        for (file, found) in [("expected.txt", found), ("meaning.txt", meaning)] {
            expect(&dir.join(file), &found);
        }
    }
}

#[track_caller]
fn expect(path: &Path, found: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, found).expect("a writable file");
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(expected, found, "`{}` differs; BLESS=1 rewrites it", path.display());
}

#[test]
fn a_schema_does_not_differ_from_itself() {
    for family in ["runner", "actor"] {
        for version in ["v1", "v2", "v3"] {
            let text = text_of(Path::new(&format!("../schema/{family}/{version}.bare")));
            assert!(compare(&schema(&text), &schema(&text)).is_empty(), "{family} {version}");
        }
    }
}

proptest! {
    /// A definition with another canonical line has a change, and one with the same line has none.
    #[test]
    fn changed_means_another_line(old in definitions(), new in definitions()) {
        let (Ok(old), Ok(new)) = (check_text(&old), check_text(&new)) else { return Ok(()) };
        let diff = compare(&old, &new);
        for (id, status) in new.ids().zip(&diff.definitions) {
            let line = new.canonical(id);
            match status {
                Status::Identical { old: before } | Status::Inside { old: before } => {
                    prop_assert_eq!(old.canonical(*before), line);
                }
                Status::Changed { old: before, changes } => {
                    prop_assert_ne!(old.canonical(*before), line);
                    prop_assert!(!changes.is_empty());
                }
                Status::Added => prop_assert!(old.find(&new.definition(id).name).is_none()),
            }
        }
        prop_assert!(!diff.display(&old, &new).to_string().contains("``"));
    }
}

/// Small schemas over few names, so that two of them often have much in common.
fn definitions() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec!["u8", "u16", "str", "data[2]", "A", "B", "C"]);
    let ty = leaf.prop_map(str::to_owned).prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|ty| format!("list<{ty}>")),
            inner.clone().prop_map(|ty| format!("optional<{ty}>")),
            inner.clone().prop_map(|ty| format!("map<u8><{ty}>")),
            prop::collection::btree_map("[a-d]", inner.clone(), 1..4).prop_map(|fields| {
                let fields = fields.iter().map(|(name, ty)| format!("{name}: {ty} "));
                format!("struct {{ {}}}", fields.collect::<String>())
            }),
            prop::collection::btree_set(inner, 1..4).prop_map(|members| {
                format!("union {{ {} }}", members.into_iter().collect::<Vec<_>>().join(" | "))
            }),
            prop::collection::vec("[A-D]", 1..4).prop_map(|mut values| {
                values.sort();
                values.dedup();
                format!("enum {{ {} }}", values.join(" "))
            }),
        ]
    });
    prop::collection::vec(ty, 3).prop_map(|types| {
        let named = ["A", "B", "C"].iter().zip(types);
        named.map(|(name, ty)| format!("type {name} {ty}\n")).collect()
    })
}

#[track_caller]
fn check(old: &str, new: &str, expected: &[bool]) {
    assert_eq!(identical(&schema(old), &schema(new)), expected, "{old}\n{new}");
}

#[test]
fn layout_and_comments_do_not_count() {
    check("type A struct { a: u8 }", "# doc\ntype A struct {\n a : u8 # c\n}", &[true]);
    check("type A enum { X Y }", "type A enum { X = 0 Y = 1 }", &[true]);
    check("type A u8 type B u8", "type B u8 type A u8", &[true, true]);
}

#[test]
fn a_change_reaches_everything_above_it() {
    check(
        "type A u8 type B struct { a: A } type C list<B> type D u8",
        "type A u16 type B struct { a: A } type C list<B> type D u8",
        &[false, false, false, true],
    );
}

#[test]
fn names_count() {
    check("type A struct { a: u8 }", "type A struct { b: u8 }", &[false]);
    check("type A u8", "type B u8", &[false]);
    check("type A u8 type B A", "type A u8 type B u8", &[true, false]);
}

#[test]
fn a_new_definition_has_nothing_to_be_identical_to() {
    check("type A u8", "type A u8 type B A type C list<B>", &[true, false, false]);
}

/// What is said of two schemas in which `A` became `B`, by somebody who knows.
#[track_caller]
fn renamed(old: &str, new: &str, expected: &str) {
    let (old, new) = (schema(old), schema(new));
    let diff = compare_renamed(&old, &new, &[("A".to_owned(), "B".to_owned())]);
    assert_eq!(diff.display(&old, &new).to_string(), expected);
    assert!(!diff.is_empty());
}

#[test]
fn a_renamed_definition_is_compared_with_what_it_was() {
    renamed("type A u8", "type B u8", "`B` renamed from `A`\n");
    renamed(
        "type A struct { a: u8 } type C list<A>",
        "type B struct { a: u16 } type C list<B>",
        "`B`, renamed from `A`, changed\n  `B.a` widened from `u8` to `u16`\n`C` differs inside\n",
    );
    renamed(
        "type D u8 type A list<D>",
        "type D u16 type B list<D>",
        "`D` changed\n  `D` widened from `u8` to `u16`\n`B`, renamed from `A`, differs inside\n",
    );
    // Both names are there: they are two definitions.
    renamed("type A u8", "type A u8 type B u8", "`B` added\n");
}
