//! The findings in one source while they are being collected.
//!
//! Beyond a hundred of a severity they are only counted: a file that is not a schema at all must not fill the terminal or the memory.

use crate::report::Hidden;
use crate::{Diagnostic, Severity, SourceId, Span};

/// How many findings of one severity are kept for one source.
const MAX_KEPT: usize = 100;

/// The findings in one source.
#[derive(Debug)]
pub(crate) struct Findings {
    pub(crate) source: SourceId,
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
    hidden_errors: usize,
    hidden_warnings: usize,
}

impl Findings {
    pub(crate) fn new(source: SourceId) -> Findings {
        Findings { source, errors: Vec::new(), warnings: Vec::new(), hidden_errors: 0, hidden_warnings: 0 }
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        let (kept, hidden) = match diagnostic.severity {
            Severity::Error => (&mut self.errors, &mut self.hidden_errors),
            Severity::Warning => (&mut self.warnings, &mut self.hidden_warnings),
        };
        if kept.len() < MAX_KEPT {
            kept.push(diagnostic);
        } else {
            *hidden += 1;
        }
    }

    /// How many errors there were, kept or not.
    pub(crate) fn error_count(&self) -> usize {
        self.errors.len() + self.hidden_errors
    }

    /// Whether another error would only be counted, so that looking for a suggestion is wasted.
    pub(crate) fn is_full(&self) -> bool {
        self.errors.len() == MAX_KEPT
    }

    /// The warnings, in the order of the text.
    pub(crate) fn into_warnings(mut self) -> Vec<Diagnostic> {
        self.warnings.sort_by_key(position);
        self.warnings
    }

    /// All that was kept, in the order of the text, and how much was not.
    pub(crate) fn into_diagnostics(self) -> (Vec<Diagnostic>, Hidden) {
        let hidden =
            Hidden { source: self.source, errors: self.hidden_errors, warnings: self.hidden_warnings };
        let mut diagnostics = self.errors;
        diagnostics.extend(self.warnings);
        diagnostics.sort_by_key(position);
        (diagnostics, hidden)
    }
}

/// A finding to be completed and pushed.
#[derive(Debug)]
#[must_use]
pub(crate) struct Pending(pub(crate) Diagnostic);

impl Pending {
    pub(crate) fn note(self, note: impl Into<String>) -> Pending {
        Pending(self.0.note(note))
    }

    /// Adds another place in the same source.
    pub(crate) fn and(self, findings: &Findings, span: Span, text: impl Into<String>) -> Pending {
        Pending(self.0.secondary(findings.source, span, text))
    }

    pub(crate) fn push(self, findings: &mut Findings) {
        findings.push(self.0);
    }
}

fn position(diagnostic: &Diagnostic) -> u32 {
    diagnostic.primary_label().map_or(0, |label| label.span.start)
}
