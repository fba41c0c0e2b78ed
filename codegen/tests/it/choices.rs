//! Configurations: what they leave out, and those that name something that is not there.

use barewire_codegen::{Config, DataAs, StrAs};
use barewire_syntax::Source;
use barewire_syntax::family::Family;

#[track_caller]
fn check(config: Config, expected: &str) {
    let source = Source::new("v1.bare", "type A struct { name: str }");
    let error = config.generate_source(&source).expect_err("a path that names nothing");
    assert_eq!(error.to_string(), expected);
}

#[test]
fn refuses_a_path_that_no_version_has() {
    check(
        Config::new().strings("A.nam", StrAs::String),
        "the configuration names `A.nam`, which no version of `schema` has: expected \".\", \"Type\" or \"Type.field\" with \
         a `str` in it",
    );
    check(
        Config::new().derive("B", ["Default"]),
        "the configuration names `B`, which no version of `schema` has: expected \".\" or \"Type\"",
    );
    check(
        Config::new().derive("A.name", ["Default"]),
        "the configuration names `A.name`, which no version of `schema` has: expected \".\" or \"Type\"",
    );
    check(
        Config::new().data("A.name", DataAs::Vec),
        "the configuration names `A.name`, which no version of `schema` has: expected \".\", \"Type\" or \"Type.field\" \
         with a `data` without a length in it",
    );
}

#[test]
fn refuses_a_derive_that_is_no_path() {
    check(
        Config::new().derive(".", ["serde::"]),
        "`serde::` is no path of a derive: expected one such as \"serde::Serialize\"",
    );
}

/// A derive is written once, however often and by whatever path it is asked for.
#[test]
fn a_derive_that_is_there_already_is_not_repeated() {
    let source = Source::new("v1.bare", "type A struct { name: str }");
    let config = Config::new()
        .derive(".", ["core::hash::Hash", "serde::Serialize"])
        .derive("A", ["Serialize", "Default"]);
    let text = config.generate_source(&source).unwrap().schema;
    assert!(!text.contains("core::hash::Hash") && text.matches("Serialize").count() == 1, "{text}");
}

/// `A` widens twice and gets another name, `Inner` is a part of it, `Id` another name for a number.
fn family() -> Family {
    let parts = "type Id u16 type Inner struct { id: Id }";
    let schemas = ["type A struct { inner: Inner a: u8 }", "type A struct { inner: Inner a: u16 }"];
    let last = "type B struct { inner: Inner a: u32 } type Other struct { id: Id }";
    let sources = schemas.into_iter().chain([last]).zip(1..);
    let source = |(text, number): (&str, u16)| {
        (number, Source::new(format!("v{number}.bare"), format!("{parts} {text}")))
    };
    Family::from_sources("family", sources.map(source).collect()).unwrap()
}

fn text(config: &Config) -> String {
    config.generate(&family()).unwrap().schema
}

/// For which types the text has an `impl` of this trait of a message.
fn impls(text: &str, of: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| line.split_once(&format!("{of}<Family, M> for ")));
    lines.map(|(_, ty)| ty.trim_end_matches(" {}").trim_end_matches(" {").to_owned()).collect()
}

#[test]
fn versions_that_are_left_out_cost_nothing() {
    let all = text(&Config::new());
    assert!(all.contains("pub trait V1ToV2") && all.contains("SUPPORTED: RangeInclusive<u16> = 1..=LATEST"));
    for config in [Config::new().versions(2..), Config::new().versions(2..=3), Config::new().versions(2..9)] {
        let newer = text(&config);
        assert!(newer.lines().count() < all.lines().count());
        assert!(!newer.contains("v1") && !newer.contains("V1"), "{newer}");
        assert!(newer.contains("pub trait V2ToV3") && newer.contains("pub trait V3ToV2"));
        assert!(newer.contains("SUPPORTED: RangeInclusive<u16> = 2..=LATEST"));
    }
}

#[test]
fn the_last_of_the_chosen_versions_is_the_newest() {
    let older = text(&Config::new().versions(..=2));
    assert!(older.contains("pub use self::v2 as latest;") && older.contains("LATEST: u16 = 2;"));
    assert!(older.contains("pub trait V1ToV2") && !older.contains("V3"), "{older}");
    assert_eq!(impls(&older, "Upgrade"), ["v2::A"]);
}

#[test]
fn a_single_version_has_no_steps() {
    let single = text(&Config::new().versions(2..=2));
    assert!(!single.contains("migrate") && single.contains("SUPPORTED: RangeInclusive<u16> = 2..=LATEST"));
    assert_eq!(impls(&single, "Upgrade"), ["v2::A"]);
}

#[test]
fn messages_are_what_no_other_type_uses_or_those_chosen() {
    assert_eq!(impls(&text(&Config::new()), "Upgrade"), ["v3::B", "v3::Other"]);
    let chosen = text(&Config::new().messages(["Inner"]).messages(["B"]));
    assert_eq!(impls(&chosen, "Upgrade"), ["v3::Inner", "v3::B"]);
    assert_eq!(impls(&chosen, "Downgrade"), ["v3::Inner", "v3::B"]);
    let none: [&str; 0] = [];
    assert!(impls(&text(&Config::new().messages(none)), "Upgrade").is_empty());
}

#[test]
fn a_new_name_has_to_be_told() {
    let versions = "const SINCE: u16 = 1;";
    assert!(!text(&Config::new().messages(["B"])).contains(versions));
    let renamed = text(&Config::new().messages(["B"]).renamed("A", "B"));
    assert!(
        renamed.contains(versions) && renamed.contains("fn b(&mut self, from: v2::A) -> Migrated<v3::B>")
    );
}

#[track_caller]
fn check_family(config: Config, expected: &str) {
    let error = config.generate(&family()).expect_err("a choice that names nothing");
    assert_eq!(error.to_string(), expected);
}

#[test]
fn refuses_versions_that_there_are_not() {
    check_family(
        Config::new().versions(7..),
        "the configuration asks for the versions 7 to 65535, of which `family` has none",
    );
    check_family(
        Config::new().versions(..1),
        "the configuration asks for the versions 0 to 0, of which `family` has none",
    );
}

#[test]
fn refuses_messages_that_there_are_not() {
    check_family(
        Config::new().messages(["A"]),
        "the configuration names the message `A`, which version 3 of `family` does not have",
    );
    check_family(
        Config::new().messages(["Id"]),
        "the configuration names the message `Id`, which is only another name in version 3 of `family`: expected a struct, \
         an enum, a union or a void type",
    );
    // The newest version that is generated counts.
    check_family(
        Config::new().messages(["B"]).versions(..=2),
        "the configuration names the message `B`, which version 2 of `family` does not have",
    );
}

#[test]
fn refuses_a_new_name_that_no_version_gave() {
    for (old, new) in [("A", "C"), ("C", "B"), ("B", "A"), ("Inner", "B"), ("A", "Inner"), ("A", "A")] {
        check_family(
            Config::new().renamed(old, new),
            &format!(
                "the configuration says that `{old}` was renamed to `{new}`, which no version of `family` did: expected one \
                 with `{old}` alone, and `{new}` alone in the next"
            ),
        );
    }
}

#[test]
fn refuses_a_newest_version_that_is_retired() {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/retired");
    let family = Family::load(&dir).unwrap();
    let error = Config::new().versions(..=2).generate(&family).unwrap_err();
    assert_eq!(
        error.to_string(),
        "version 2 of `retired` is retired: expected a newest version that is spoken"
    );
    // A retired version that is left out needs no mention.
    let text = Config::new().versions(3..).generate(&family).unwrap().schema;
    assert!(!text.contains("RETIRED"), "{text}");
}

/// A typing mistake is more likely than a name that nobody ever had.
#[test]
fn names_what_was_probably_meant() {
    check_family(
        Config::new().messages(["Innner"]),
        "the configuration names the message `Innner`, which version 3 of `family` does not have; for `Innner`, did you mean \
         `Inner`?",
    );
    check_family(
        Config::new().renamed("Iner", "B"),
        "the configuration says that `Iner` was renamed to `B`, which no version of `family` did: expected one with `Iner` \
         alone, and `B` alone in the next; for `Iner`, did you mean `Inner`?",
    );
    check_family(
        Config::new().derive("Iner", ["Default"]),
        "the configuration names `Iner`, which no version of `family` has: expected \".\" or \"Type\"; for `Iner`, did you \
         mean `Inner`?",
    );
}

#[test]
fn refuses_two_types_that_became_one() {
    let source = |(text, number): (&str, u16)| (number, Source::new(format!("v{number}.bare"), text));
    let schemas = [
        "type A struct { a: u8 } type B struct { a: u8 }",
        "type C struct { a: u8 } type D struct { a: u8 }",
    ];
    let family = Family::from_sources("family", schemas.into_iter().zip(1..).map(source).collect()).unwrap();
    let error = |config: Config| config.generate(&family).unwrap_err().to_string();
    assert_eq!(
        error(Config::new().renamed("A", "C").renamed("B", "C")),
        "the configuration says that `A` was renamed to `C` and `B` to `C`, both in version 2 of `family`: expected one new \
         name for each old one"
    );
    assert_eq!(
        error(Config::new().renamed("A", "D").renamed("A", "C")),
        "the configuration says that `A` was renamed to `C` and `A` to `D`, both in version 2 of `family`: expected one new \
         name for each old one"
    );
    // What is said twice is said.
    assert!(Config::new().renamed("A", "C").renamed("A", "C").renamed("B", "D").generate(&family).is_ok());
}
