//! Findings in SARIF 2.1.0, the format of code scanning.

use std::collections::BTreeSet;

use barewire_syntax::{Diagnostic, Label, Place, Report, Severity};
use serde_json::{Value, json};

use super::{document, findings, place};
use crate::explain;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(super) fn text(reports: &[Report]) -> String {
    let codes: BTreeSet<_> = findings(reports).map(|(_, found)| found.code).collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code.as_str())).collect();
    let results: Vec<Value> = findings(reports).map(|(report, found)| result(report, found)).collect();
    document(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "barewire", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rule(code: &str) -> Value {
    match explain::find(code) {
        Some((entry, _)) => json!({
            "id": code,
            "shortDescription": { "text": entry.title },
            "fullDescription": { "text": entry.text },
            "help": { "text": entry.rule.section() },
        }),
        None => json!({ "id": code }),
    }
}

fn result(report: &Report, found: &Diagnostic) -> Value {
    let level = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let lines: Vec<&str> = [&found.message].into_iter().chain(&found.notes).map(String::as_str).collect();
    let primary = place(report, found);
    let others = found.labels.iter().filter(|label| primary.is_none_or(|(it, _)| it != *label));
    let related: Vec<Value> = others
        .filter_map(|label| Some((label, report.place(label)?)))
        .map(|(label, place)| {
            let mut location = location(&place);
            location["message"] = json!({ "text": text_of(label) });
            location
        })
        .collect();
    json!({
        "ruleId": found.code.as_str(),
        "level": level,
        "message": { "text": lines.join("\n") },
        "locations": primary.iter().map(|(_, place)| location(place)).collect::<Vec<_>>(),
        "relatedLocations": related,
    })
}

fn text_of(label: &Label) -> &str {
    if label.text.is_empty() { "here" } else { &label.text }
}

fn location(place: &Place<'_>) -> Value {
    let (start, end) = (place.start, place.end);
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(place.source) },
            "region": {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
            },
        },
    })
}

/// A path as a reference of RFC 3986: what has a meaning there, or no place, is written by its octets.
fn uri(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    path.bytes().fold(String::new(), |mut uri, octet| {
        match octet {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(octet))
            }
            _ => uri.push_str(&format!("%{octet:02X}")),
        }
        uri
    })
}
