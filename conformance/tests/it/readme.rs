//! What the README shows is what happens. Its Rust is compiled by rustdoc, see `lib.rs`.

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
    for command in commands {
        let command = command.strip_prefix("cargo ").expect("a cargo command");
        assert!(ci.lines().any(|line| line == format!("step cargo {command}")), "{command}");
    }
}
