//! Findings, as people and programs read them.

mod github;
mod human;
mod json;
mod sarif;

use barewire_syntax::{Diagnostic, Label, Place, Report};
use clap::ValueEnum;

use crate::failure::Result;
use crate::output;

/// How to write findings.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Format {
    /// The lines in question, with what is wrong below them.
    #[default]
    Human,
    /// One document with everything that is known of each finding.
    Json,
    /// A line for each finding, which GitHub shows beside the code.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

/// Writes reports to standard output.
pub(crate) fn write(reports: &[Report], format: Format) -> Result<()> {
    let text = match format {
        Format::Human => human::text(reports),
        Format::Json => json::text(reports),
        Format::Github => github::text(reports),
        Format::Sarif => sarif::text(reports),
    };
    Ok(match format {
        Format::Human => output::say(&text),
        // What a program reads stays as it is.
        Format::Json | Format::Github | Format::Sarif => output::plain(&text),
    }?)
}

/// Every finding, with the report that knows its places.
fn findings(reports: &[Report]) -> impl Iterator<Item = (&Report, &Diagnostic)> {
    reports.iter().flat_map(|report| report.diagnostics().iter().map(move |found| (report, found)))
}

/// The place that a finding is about.
fn place<'r>(report: &'r Report, found: &'r Diagnostic) -> Option<(&'r Label, Place<'r>)> {
    let label = found.primary_label()?;
    Some((label, report.place(label)?))
}

/// A JSON document that ends its line.
fn document(value: &impl serde::Serialize) -> String {
    let text = serde_json::to_string_pretty(value).expect("strings and numbers only");
    output::harmless(&text) + "\n"
}
