//! Configurations that name something that is not there.

use barewire_codegen::{Config, DataAs, StrAs};
use barewire_syntax::Source;

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
