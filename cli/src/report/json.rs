//! Findings as one JSON document.

use barewire_syntax::{Diagnostic, Label, Position, Report};
use serde::Serialize;

use super::{document, findings};

#[derive(Serialize)]
struct Document<'r> {
    findings: Vec<Finding<'r>>,
    /// How many there are beyond the hundred errors and hundred warnings of a file.
    hidden: usize,
}

#[derive(Serialize)]
struct Finding<'r> {
    code: &'r str,
    severity: &'r str,
    message: &'r str,
    labels: Vec<Mark<'r>>,
    notes: &'r [String],
}

#[derive(Serialize)]
struct Mark<'r> {
    file: &'r str,
    start: At,
    end: At,
    /// Empty where the message says it all.
    text: &'r str,
    primary: bool,
}

/// Lines and columns count from 1, columns in characters, offsets from 0 in octets.
#[derive(Serialize)]
struct At {
    line: usize,
    column: usize,
    offset: u32,
}

pub(super) fn text(reports: &[Report]) -> String {
    document(&Document {
        findings: findings(reports).map(|(report, found)| finding(report, found)).collect(),
        hidden: reports.iter().map(Report::hidden).sum(),
    })
}

fn finding<'r>(report: &'r Report, found: &'r Diagnostic) -> Finding<'r> {
    let Diagnostic { code, severity, message, labels, notes } = found;
    Finding {
        code: code.as_str(),
        severity: severity.word(),
        message,
        labels: labels.iter().filter_map(|label| mark(report, label)).collect(),
        notes,
    }
}

fn mark<'r>(report: &'r Report, label: &'r Label) -> Option<Mark<'r>> {
    let place = report.place(label)?;
    let at = |Position { line, column }, offset| At { line, column, offset };
    Some(Mark {
        file: place.source,
        start: at(place.start, label.span.start),
        end: at(place.end, label.span.end),
        text: &label.text,
        primary: label.primary,
    })
}
