//! Configurations that name something that is not there.

use barewire_codegen::{Config, StrAs};
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
        "the configuration names `A.nam`, which no version of `schema` has: expected \".\", \"Type\" or \"Type.field\"",
    );
    check(
        Config::new().derive("B", ["Default"]),
        "the configuration names `B`, which no version of `schema` has: expected \".\", \"Type\" or \"Type.field\"",
    );
}

#[test]
fn refuses_a_derive_that_is_no_path() {
    check(
        Config::new().derive(".", ["serde::"]),
        "`serde::` is no path of a derive: expected one such as \"serde::Serialize\"",
    );
}
