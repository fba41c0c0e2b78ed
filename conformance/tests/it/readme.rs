//! What the README shows is what happens. Its `rust` is compiled by rustdoc, see `lib.rs`; its `rs` stands in the file
//! that its first line names.

use std::fs;

use barewire_syntax::{Source, check};

const README: &str = include_str!("../../../README.md");

/// The blocks of the README with this language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("\n```{language}\n");
    let after_fences = README.split(fence.as_str()).skip(1);
    after_fences.map(|rest| rest.split("```").next().expect("split gives one part at least")).collect()
}

#[test]
fn the_report_is_what_the_front_end_says() {
    let text = "type Close struct {\n  code: optional<u16>\n  reason: optinal<str>\n}\n";
    let report = check(&Source::new("schema/envoy/v1.bare", text)).expect_err("a typo");
    assert_eq!(blocks("text")[0].trim_end(), report.to_string().trim_end());
}

#[test]
fn the_commands_are_those_that_ci_runs() {
    let ci = include_str!("../../../.ci/run");
    let commands: Vec<&str> = blocks("sh").into_iter().flat_map(str::lines).collect();
    assert_eq!(commands.len(), 2, "one to run the main job, one to run the tests: {commands:?}");
    let mentioned = README.split('`').filter(|code| code.starts_with("cargo run "));
    for command in commands.into_iter().chain(mentioned) {
        let command = command.strip_prefix("cargo ").expect("a cargo command");
        assert!(ci.lines().any(|line| line == format!("step cargo {command}")), "{command}");
    }
}

/// The crate with its own schema, from which the README quotes.
const OWN_SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/own-schema");

#[test]
fn the_files_of_the_example_say_what_is_quoted() {
    let quotes = blocks("rs");
    assert_eq!(quotes.len(), 4, "how it is built, how it is included, a step up and a step down");
    for quote in quotes {
        let named = quote.strip_prefix("// ").and_then(|quote| quote.split_once('\n'));
        let (file, quoted) = named.expect("a comment that names the file");
        let text = fs::read_to_string(format!("{OWN_SCHEMA}/{file}")).expect(file);
        assert!(text.contains(&format!("\n{quoted}")), "`{file}` does not say this:\n{quoted}");
    }
}

#[test]
fn the_manifest_of_the_example_has_the_dependencies() {
    let manifest = fs::read_to_string(format!("{OWN_SCHEMA}/Cargo.toml")).expect("a manifest");
    // In this repository the version is declared once, for the workspace.
    let requirement = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));
    let dependencies = blocks("toml")[0].replace(&format!(" = \"{requirement}\""), ".workspace = true");
    assert!(manifest.contains(&format!("\n{dependencies}")), "{dependencies}");
}
