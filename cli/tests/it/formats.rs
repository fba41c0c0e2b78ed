//! Findings for programs: every wrong schema of the language's own tests, in every form.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;

/// All files and families that something is said about.
fn wrong() -> Vec<PathBuf> {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("../syntax/tests/ui");
    let mut paths = Vec::new();
    for folder in ["err", "warn", "family", "examine"] {
        let entries = fs::read_dir(ui.join(folder)).expect("the tests of the language");
        let found = entries.map(|entry| entry.expect("an entry").path());
        paths.extend(found.filter(|path| path.is_dir() || path.extension().is_some_and(|it| it == "bare")));
    }
    // One that holds nothing is a mistake on the command line.
    paths.retain(|path| !path.ends_with("no_versions"));
    paths.sort();
    assert!(paths.len() > 60, "{}", paths.len());
    paths
}

/// What `check` writes, and its exit code.
fn check(path: &Path, format: &str) -> (String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_barewire"));
    let output = command.args(["check", "--format", format]).arg(path).output().expect("it runs");
    assert!(output.stderr.is_empty(), "{}", path.display());
    (String::from_utf8(output.stdout).expect("text"), output.status.code().expect("an exit code"))
}

#[test]
fn every_form_says_the_same() {
    for path in wrong() {
        let (json, code) = check(&path, "json");
        let json: Json = serde_json::from_str(&json).expect("JSON");
        let findings = json["findings"].as_array().expect("findings");
        assert_eq!(code, i32::from(!findings.is_empty()), "{}", path.display());

        let (sarif, sarif_code) = check(&path, "sarif");
        let sarif: Json = serde_json::from_str(&sarif).expect("JSON");
        let (github, github_code) = check(&path, "github");
        assert_eq!((sarif_code, github_code), (code, code), "{}", path.display());
        let results = sarif["runs"][0]["results"].as_array().expect("results");
        let lines: Vec<&str> = github.lines().collect();
        assert_eq!((results.len(), lines.len()), (findings.len(), findings.len()), "{}", path.display());

        assert_sarif(&sarif);
        for ((finding, result), line) in findings.iter().zip(results).zip(lines) {
            let (code, severity) = (text(&finding["code"]), text(&finding["severity"]));
            assert_eq!(text(&result["ruleId"]), code);
            assert_eq!(text(&result["level"]), severity);
            assert!(text(&result["message"]["text"]).starts_with(text(&finding["message"])));
            let (head, message) = line.split_once("title=").expect("a title");
            assert!(head.starts_with(&format!("::{severity} ")), "{line}");
            assert!(message.starts_with(&format!("{code}::")), "{line}");
        }
    }
}

fn text(json: &Json) -> &str {
    json.as_str().expect("a string")
}

/// The properties that SARIF 2.1.0 requires, of the objects that are used (sections 3.13, 3.14, 3.18, 3.19, 3.27 to 3.30).
fn assert_sarif(log: &Json) {
    assert_eq!(log["version"], "2.1.0");
    let [run] = &log["runs"].as_array().expect("runs")[..] else { panic!("{log}") };
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "barewire");
    let rules: Vec<&str> =
        driver["rules"].as_array().expect("rules").iter().map(|rule| text(&rule["id"])).collect();
    for result in run["results"].as_array().expect("results") {
        assert!(rules.contains(&text(&result["ruleId"])), "{result}");
        assert!(["error", "warning"].contains(&text(&result["level"])), "{result}");
        let places = ["locations", "relatedLocations"].map(|key| result[key].as_array().expect("an array"));
        for place in places.into_iter().flatten() {
            let physical = &place["physicalLocation"];
            let uri = text(&physical["artifactLocation"]["uri"]);
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/%".contains(c);
            assert!(!uri.is_empty() && uri.chars().all(is_plain), "{uri}");
            let number = |key: &str| physical["region"][key].as_u64().expect("a number");
            let start = (number("startLine"), number("startColumn"));
            let end = (number("endLine"), number("endColumn"));
            assert!(start.0 >= 1 && start.1 >= 1 && start <= end, "{result}");
        }
    }
}
