//! Findings with the lines they are about.

use barewire_syntax::{Report, Severity};

use crate::output::counted;
use crate::paint;

pub(super) fn text(reports: &[Report]) -> String {
    let palette = paint::palette();
    let mut text = String::new();
    for report in reports.iter().filter(|report| !report.diagnostics().is_empty()) {
        text.push_str(&report.painted(&palette).to_string());
        text.push('\n');
    }
    text.push_str(&summary(reports));
    text.push('\n');
    text
}

/// `2 errors and 1 warning in 3 files`
fn summary(reports: &[Report]) -> String {
    let of = |severity| {
        let all = reports.iter().flat_map(Report::diagnostics);
        all.filter(|found| found.severity == severity).count()
    };
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let hidden: usize = reports.iter().map(Report::hidden).sum();
    let files = counted(reports.iter().map(|report| report.sources().len()).sum(), "file");
    let mut found = Vec::new();
    for (count, what) in [(errors, "error"), (warnings, "warning")] {
        if count > 0 {
            found.push(counted(count, what));
        }
    }
    if hidden > 0 {
        found.push(format!("{hidden} more"));
    }
    match found.is_empty() {
        true => format!("{files} checked, nothing found"),
        false => format!("{} in {files}", found.join(" and ")),
    }
}
