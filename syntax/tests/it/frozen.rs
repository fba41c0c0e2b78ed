//! Freezing, and families that are still what was frozen; the others are in `tests/ui/family`.

use crate::codes;
use barewire_syntax::Source;
use barewire_syntax::family::Family;
use barewire_syntax::frozen::{Label, State, UpdateError, retire, update};
use std::path::Path;

#[track_caller]
fn family(versions: &[(&str, &str)]) -> Family {
    let label = |text: &str| Label::parse(text).expect("a label");
    let sources = versions.iter().map(|(name, text)| (label(name), Source::new(*name, *text))).collect();
    Family::from_labelled("family", sources).unwrap_or_else(|report| panic!("{report}"))
}

#[track_caller]
fn frozen(family: &Family, text: &str) -> Family {
    let family = family.clone().with_frozen(Source::new("frozen.txt", text));
    family.unwrap_or_else(|report| panic!("{report}"))
}

fn states(all: &[(&str, State)]) -> Vec<(Label, State)> {
    all.iter().map(|(label, state)| (Label::parse(label).expect("a label"), *state)).collect()
}

#[test]
fn what_was_written_is_read_again() {
    let family = family(&[
        ("v1", "type B struct { a: list<u8>[3] } type A union { B | void = 7 }"),
        ("v2", "type A enum { X Y = 5 }"),
        ("v2-older", "type A map<str><optional<data>>"),
        ("v3", "type Draft u8"),
    ]);
    let wanted = states(&[("v2-older", State::Alternate), ("v1", State::Retired), ("v2", State::Frozen)]);
    let text = update(&family, &wanted).expect("all have files");
    let family = frozen(&family, &text);
    let entries = family.frozen().expect("given above").entries();
    let found: Vec<_> = entries.iter().map(|entry| (entry.label.to_string(), entry.state)).collect();
    let expected = [("v1", State::Retired), ("v2", State::Frozen), ("v2-older", State::Alternate)];
    assert_eq!(found, expected.map(|(label, state)| (label.to_owned(), state)));
    assert_eq!(update(&family, &[]), Ok(text));
}

#[test]
fn freezing_one_version_more_keeps_the_lines_before() {
    let family = family(&[("v1", "type B u8 type A u8"), ("v2", "type A u16")]);
    // The types stand in another order than in the file, as after a definition was moved.
    let family = frozen(&family, "v1 frozen\nv1 A u8\r\nv1 B u8\n");
    let text = update(&family, &states(&[("v2", State::Frozen)])).expect("v2 exists");
    assert!(text.ends_with("\nv1 frozen\nv1 A u8\nv1 B u8\n\nv2 frozen\nv2 A u16\n"), "{text}");
}

#[test]
fn comments_and_layout_do_not_count() {
    let before = family(&[("v1", "type A struct { a: u8 }")]);
    let text = update(&before, &states(&[("v1", State::Frozen)])).expect("v1 exists");
    frozen(&family(&[("v1", "# Better.\ntype A struct {\n a: u8 # Octets.\n}")]), &text);
}

#[test]
fn a_draft_may_change() {
    let text = "v1 frozen\nv1 A u8\n";
    frozen(&family(&[("v1", "type A u8"), ("v2", "type A u16")]), text);
    frozen(&family(&[("v1", "type A u8"), ("v2", "type A u32")]), text);
}

#[test]
fn refuses_states_that_do_not_fit() {
    let family = frozen(&family(&[("v1", "type A u8"), ("v1-b", "type A u16")]), "v1 retired\nv1 A u8\n");
    let error = |label, state| update(&family, &states(&[(label, state)])).expect_err("it does not fit");
    assert!(matches!(error("v2", State::Frozen), UpdateError::NoVersion { .. }));
    assert!(matches!(error("v1-b", State::Retired), UpdateError::State { .. }));
    assert!(matches!(error("v1", State::Alternate), UpdateError::State { .. }));
    assert!(matches!(error("v1", State::Frozen), UpdateError::Retired { .. }));
}

#[test]
fn a_retired_version_keeps_its_reason() {
    let family = family(&[("v1", "type A u8"), ("v2", "type A u16"), ("v3", "type A u32")]);
    let family = frozen(&family, "v1 frozen\nv1 A u8\n");
    let (v1, v2) = (Label::version(1), Label::version(2));
    let text = retire(&family, &v1, " nobody speaks it:\n\x1b[31m since 2024 ").expect("it has a newer one");
    assert!(text.contains("\nv1 retired: nobody speaks it: [31m since 2024\nv1 A u8\n"), "{text}");
    let family = frozen(&family, &text);
    let why = |family: &Family, label| {
        family.frozen().expect("given above").find(label).expect("frozen").why.clone()
    };
    assert_eq!(why(&family, &v1).as_deref(), Some("nobody speaks it: [31m since 2024"));
    // What is written next keeps it, and another reason replaces it.
    assert_eq!(update(&family, &[]).as_deref(), Ok(text.as_str()));
    let family = frozen(&family, &retire(&family, &v1, "never released").expect("again"));
    assert_eq!(why(&family, &v1).as_deref(), Some("never released"));
    // What was never frozen may be retired, too; the newest may not.
    assert!(retire(&family, &v2, "").expect("it has a newer one").contains("\nv2 retired\nv2 A u16\n"));
    assert!(matches!(retire(&family, &Label::version(3), "old"), Err(UpdateError::Newest { .. })));
    assert!(matches!(retire(&family, &Label::version(9), "old"), Err(UpdateError::NoVersion { .. })));
}

#[test]
fn a_label_has_one_spelling() {
    for text in ["v1", "v65535", "v2-older", "v2-2"] {
        assert_eq!(Label::parse(text).map(|label| label.to_string()).as_deref(), Some(text));
    }
    for text in ["", "v", "v0", "v01", "v65536", "V1", "v1-", "v1-Old", "v1-a-b", "v1.bare", "1", "v+1"] {
        assert_eq!(Label::parse(text), None, "{text}");
    }
}

/// The families of this repository: all that was released is frozen, and the text is what the command writes.
#[test]
fn our_families_are_frozen() {
    for name in ["runner", "actor"] {
        let family =
            Family::load(&Path::new("../schema").join(name)).unwrap_or_else(|error| panic!("{error}"));
        let text = std::fs::read_to_string(format!("../schema/{name}/frozen.txt")).expect("a readable file");
        assert_eq!(update(&family, &[]).as_deref(), Ok(text.replace("\r\n", "\n").as_str()), "{name}");
        let frozen = family.frozen().expect("the file was read");
        let is_frozen = |number| frozen.find(&Label::version(number)).is_some();
        assert!((1..=3).all(is_frozen), "{name}");
        assert_eq!(family.files().last().and_then(Path::file_name), Some("frozen.txt".as_ref()));
    }
}

#[test]
fn two_types_cannot_hide_in_one_line() {
    assert!(codes("type A u8 type A u8").contains(&"B048"));
    let family = family(&[("v1", "type A u8 type B u8")]);
    let report = family.with_frozen(Source::new("frozen.txt", "v1 frozen\nv1 A u8 type B u8\n"));
    assert_eq!(report.expect_err("two types").diagnostics()[0].code.as_str(), "B053");
}

/// A report on a changed version stays short, and says how much it left out.
#[test]
fn caps_what_it_reports() {
    let body = |ty: &str| (0..150).map(|i| format!("f{i}:{ty} ")).collect::<String>();
    let family = family(&[("v1", &format!("type A struct {{ {} }}", body("u8")))]);
    let text = format!("v1 frozen\nv1 A struct{{{}}}\n", body("u16").trim_end());
    let report = family.with_frozen(Source::new("frozen.txt", text)).expect_err("every field changed");
    assert_eq!(report.diagnostics().len(), 100);
    assert!(report.to_string().contains("50 more errors"), "{report}");
}

proptest::proptest! {
    /// Whatever the file holds, it is read or refused with a place.
    #[test]
    fn no_text_makes_it_panic(lines in proptest::collection::vec(line(), 0..8)) {
        let family = family(&[("v1", "type A struct { a: u8 }"), ("v2", "type A u8")]);
        let text = lines.join("\n");
        if let Err(report) = family.with_frozen(Source::new("frozen.txt", text)) {
            proptest::prop_assert!(report.to_string().contains("error[B05"));
        }
    }
}

fn line() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let label = prop::sample::select(vec!["v1", "v2", "v1-b", "v9", "x", ""]);
    let rest = prop::sample::select(vec![
        "frozen",
        "retired",
        "alternate",
        "A u8",
        "A struct{a:u8}",
        "A struct{é",
        "B list<A>",
        "B list<",
        "#",
        "",
        "A u8 # é",
        "A enum{X=1 }",
        "\tA u8",
        "A  u8",
        "A\ru8",
    ]);
    prop_oneof![(label, rest).prop_map(|(label, rest)| format!("{label} {rest}")), any::<String>()]
}
