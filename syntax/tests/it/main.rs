//! The public behaviour of the schema front end.

mod depth;
mod diff;
mod docs;
mod examine;
mod explain;
mod family;
mod format;
mod forms;
mod frozen;
mod ir;
mod render;
mod robustness;
mod scaling;
mod ui;
mod vectors;

use barewire_syntax::{Checked, Report, Source, check, ir::Schema};

/// Checks a text under a fixed name.
fn check_text(text: &str) -> Result<Checked<Schema>, Report> {
    check(&Source::new("test.bare", text))
}

/// The schema of a text that has no errors.
#[track_caller]
fn schema(text: &str) -> Checked<Schema> {
    match check_text(text) {
        Ok(schema) => schema,
        Err(report) => panic!("refused:\n{report}"),
    }
}

/// The codes of all findings in a text that has errors.
#[track_caller]
fn codes(text: &str) -> Vec<&'static str> {
    match check_text(text) {
        Ok(_) => panic!("accepted"),
        Err(report) => report.diagnostics().iter().map(|diagnostic| diagnostic.code.as_str()).collect(),
    }
}
