//! `barewire check`: all findings in all files.

use std::path::PathBuf;

use barewire_syntax::{Report, examine, examine_file};
use clap::Args;

use crate::failure::{Failure, Failures, Outcome, Result};
use crate::report::{self, Format};
use crate::targets::{self, Target};

/// Reports everything that is wrong with schemas and families.
///
/// A directory with schemas is a family of versions, which are also held against its `frozen.txt`.
#[derive(Args, Debug)]
pub(crate) struct Check {
    /// Schemas, families, or directories with families somewhere below them.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to write the findings.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

impl Check {
    pub(crate) fn run(&self) -> Result {
        let mut reports = Vec::new();
        let mut failures = Failures::default();
        for path in &self.paths {
            for target in targets::find(path, &mut failures) {
                reports.extend(failures.keep(examined(&target)));
            }
        }
        // Of nothing at all, only a program wants to know that nothing was found.
        if !reports.is_empty() || failures.is_empty() || !matches!(self.format, Format::Human) {
            report::write(&reports, self.format)?;
        }
        let is_found = reports.iter().any(|report| !report.diagnostics().is_empty());
        failures.end(Outcome::findings_if(is_found))
    }
}

fn examined(target: &Target) -> Result<Report> {
    match target {
        Target::Schema(path) => examine_file(path),
        Target::Family(dir) => examine(dir),
    }
    .map_err(Failure::from)
}
