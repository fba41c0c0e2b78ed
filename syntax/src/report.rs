//! What a check found, ready to be shown.

use crate::{Diagnostic, Severity, Source, SourceId, render};
use std::error::Error;
use std::fmt;

/// One or more findings and the sources they point into.
///
/// Both `Display` and `Debug` give the rendered text, so that a build script that returns a report from `main` prints the picture.
#[derive(Clone)]
pub struct Report {
    sources: Vec<Source>,
    diagnostics: Vec<Diagnostic>,
    hidden: Vec<Hidden>,
}

impl Report {
    /// A report on findings whose labels index `sources`.
    pub fn new(sources: Vec<Source>, diagnostics: Vec<Diagnostic>) -> Report {
        Report { sources, diagnostics, hidden: Vec::new() }
    }

    /// Adds the counts of what was found but not kept.
    pub(crate) fn with_hidden(mut self, hidden: Vec<Hidden>) -> Report {
        self.hidden = hidden;
        self
    }

    /// The findings: source by source, in the order of the text.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The sources that labels index.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Whether a finding is an error, not only a warning.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        render::report(f, &self.sources, &self.diagnostics, &self.hidden)
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for Report {}

/// How many findings in a source were counted but not kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hidden {
    pub(crate) source: SourceId,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
}
