//! Findings as commands of GitHub's workflows, which show them beside the code.

use barewire_syntax::{Diagnostic, Report};

use super::{findings, place};

pub(super) fn text(reports: &[Report]) -> String {
    findings(reports).map(|(report, found)| line(report, found)).collect()
}

fn line(report: &Report, found: &Diagnostic) -> String {
    let mut properties = Vec::new();
    if let Some((_, place)) = place(report, found) {
        let (start, end) = (place.start, place.end);
        properties.push(format!("file={}", property(place.source)));
        properties.push(format!("line={},endLine={}", start.line, end.line));
        // GitHub refuses columns of a place that spans lines.
        if start.line == end.line {
            properties.push(format!("col={},endColumn={}", start.column, end.column));
        }
    }
    properties.push(format!("title={}", found.code));
    let lines: Vec<&str> = [&found.message].into_iter().chain(&found.notes).map(String::as_str).collect();
    format!("::{} {}::{}\n", found.severity.word(), properties.join(","), data(&lines.join("\n")))
}

/// The text of a command: it ends at a line feed.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property: it ends at a comma, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
