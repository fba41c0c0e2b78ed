//! What a check found, ready to be shown.

use crate::render::Lines;
use crate::{Diagnostic, Label, Severity, Source, SourceId, render};
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

    /// What is about the source of this name, without the sources that it does not need.
    pub(crate) fn about(mut self, name: &str) -> Report {
        let is_it = |id: SourceId| self.sources.get(id.index()).is_some_and(|source| source.name == name);
        self.diagnostics.retain(|found| found.labels.iter().any(|label| is_it(label.source)));
        self.hidden.retain(|hidden| is_it(hidden.source));
        let labels = self.diagnostics.iter_mut().flat_map(|found| &mut found.labels);
        let mut kept: Vec<SourceId> = Vec::new();
        for source in
            labels.map(|label| &mut label.source).chain(self.hidden.iter_mut().map(|it| &mut it.source))
        {
            let at = kept.iter().position(|id| id == source).unwrap_or(kept.len());
            if at == kept.len() {
                kept.push(*source);
            }
            *source = SourceId::new(at as u32);
        }
        if kept.is_empty() {
            self.sources.retain(|source| source.name == name);
        } else {
            self.sources = kept.iter().map(|id| self.sources[id.index()].clone()).collect();
        }
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

    /// How many findings were counted but are not among [`Report::diagnostics`].
    pub fn hidden(&self) -> usize {
        self.hidden.iter().map(|hidden| hidden.errors + hidden.warnings).sum()
    }

    /// Where a label begins and ends, for tools that count lines; `None` if its source is not among those of the report.
    pub fn place(&self, label: &Label) -> Option<Place<'_>> {
        let source = self.sources.get(label.source.index())?;
        let lines = Lines::new(&source.text);
        let at = |offset: u32| {
            let offset = (offset as usize).min(source.text.len());
            Position { line: lines.line_at(offset) + 1, column: lines.column_at(offset) + 1 }
        };
        Some(Place { source: &source.name, start: at(label.span.start), end: at(label.span.end) })
    }

    /// The rendered text with the colors of `palette`.
    pub fn painted<'a>(&'a self, palette: &'a Palette) -> Painted<'a> {
        Painted { report: self, palette }
    }

    /// Whether a finding is an error, not only a warning.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.painted(&Palette::default()), f)
    }
}

/// A report and the colors to show it in.
#[derive(Clone, Copy, Debug)]
pub struct Painted<'a> {
    report: &'a Report,
    palette: &'a Palette,
}

impl fmt::Display for Painted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { sources, diagnostics, hidden } = self.report;
        render::report(f, sources, diagnostics, hidden, self.palette)
    }
}

/// What is written before each part of a report so that a terminal shows it in a color; by default nothing.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    /// Before the word `error`, and before the marks below what it is about.
    pub error: String,
    /// The same of a warning.
    pub warning: String,
    /// Before messages and the word `note`.
    pub strong: String,
    /// Before line numbers, frames, and marks of other places.
    pub gutter: String,
    /// Behind each of them.
    pub reset: String,
}

/// A part of a source in lines and columns.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Place<'a> {
    /// The name of the source.
    pub source: &'a str,
    /// The first character.
    pub start: Position,
    /// Behind the last character.
    pub end: Position,
}

/// A line and a column, both counted from 1, columns in characters.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
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
