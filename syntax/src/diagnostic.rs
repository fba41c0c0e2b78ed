//! One finding: what is wrong, where, and what to do about it.

use crate::{Code, SourceId, Span};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Severity {
    /// The schema cannot be used.
    Error,
    /// The schema can be used, but somebody may be surprised by it.
    Warning,
}

impl Severity {
    /// The word that a report begins with.
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// One finding.
///
/// Messages are lower case without a final period, with names in backticks; remedies go into notes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Diagnostic {
    /// The kind of finding.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// The places involved; the first primary one names the position in the header.
    pub labels: Vec<Label>,
    /// Reasons and remedies, each a line or more.
    pub notes: Vec<String>,
}

impl Diagnostic {
    /// An error without labels and notes.
    pub fn error(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Error, message.into())
    }

    /// A warning without labels and notes.
    pub fn warning(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Warning, message.into())
    }

    fn new(code: Code, severity: Severity, message: String) -> Diagnostic {
        Diagnostic { code, severity, message, labels: Vec::new(), notes: Vec::new() }
    }

    /// Adds the place that the finding is about.
    #[must_use]
    pub fn primary(mut self, source: SourceId, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { source, span, text: text.into(), primary: true });
        self
    }

    /// Adds another place that helps to understand the finding.
    #[must_use]
    pub fn secondary(mut self, source: SourceId, span: Span, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { source, span, text: text.into(), primary: false });
        self
    }

    /// Adds a reason or remedy.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Diagnostic {
        self.notes.push(note.into());
        self
    }

    /// The place that the finding is about, if it has one.
    pub fn primary_label(&self) -> Option<&Label> {
        self.labels.iter().find(|label| label.primary)
    }
}

/// A place in a source and what is to be seen there.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Label {
    /// The source that the span belongs to.
    pub source: SourceId,
    /// The place.
    pub span: Span,
    /// A few words, or nothing where the message says it all.
    pub text: String,
    /// Whether this is the place that the finding is about.
    pub primary: bool,
}
