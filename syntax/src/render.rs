//! Findings as text, with the lines they are about.
//!
//! The form is that of rustc, without colours.
//! Positions are counted from 1, columns in characters.

mod excerpt;

use crate::report::Hidden;
use crate::{Diagnostic, Label, Severity, Source, SourceId};
use excerpt::{Excerpt, Lines};
use std::fmt::{self, Formatter};

/// Writes all findings, a blank line between them, and how many there were beyond those.
pub(crate) fn report(
    f: &mut Formatter<'_>,
    sources: &[Source],
    diagnostics: &[Diagnostic],
    hidden: &[Hidden],
) -> fmt::Result {
    let lines: Vec<Lines<'_>> = sources.iter().map(|source| Lines::new(&source.text)).collect();
    let page = Page { sources, lines };
    for (i, diagnostic) in diagnostics.iter().enumerate() {
        if i > 0 {
            writeln!(f)?;
        }
        page.diagnostic(f, diagnostic)?;
    }
    for hidden in hidden {
        page.hidden(f, hidden)?;
    }
    Ok(())
}

/// The sources, prepared for looking up lines.
struct Page<'a> {
    sources: &'a [Source],
    lines: Vec<Lines<'a>>,
}

/// A label and the line it begins on.
struct Marked<'a> {
    label: &'a Label,
    line: usize,
}

impl<'a> Page<'a> {
    fn diagnostic(&self, f: &mut Formatter<'_>, diagnostic: &'a Diagnostic) -> fmt::Result {
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        writeln!(f, "{severity}[{}]: {}", diagnostic.code, diagnostic.message)?;
        let marked = self.marked(diagnostic);
        let last_line = marked.iter().map(|marked| marked.line + 1).max().unwrap_or(1);
        let width = last_line.to_string().len();
        for (i, source) in self.sources_in_order(diagnostic, &marked).into_iter().enumerate() {
            let marked: Vec<&Marked<'_>> =
                marked.iter().filter(|marked| marked.label.source == source).collect();
            self.source(f, i, &marked, width)?;
        }
        if !marked.is_empty() && !diagnostic.notes.is_empty() {
            writeln!(f, " {:width$} |", "")?;
        }
        for note in &diagnostic.notes {
            for (i, line) in note.lines().enumerate() {
                match i {
                    0 => writeln!(f, " {:width$} = note: {line}", "")?,
                    _ => writeln!(f, " {:width$}         {line}", "")?,
                }
            }
        }
        Ok(())
    }

    /// The labels whose source is known, in the order of the text.
    fn marked(&self, diagnostic: &'a Diagnostic) -> Vec<Marked<'a>> {
        let known = diagnostic.labels.iter().filter_map(|label| {
            let lines = self.lines.get(label.source.index())?;
            Some(Marked { label, line: lines.line_at(label.span.start as usize) })
        });
        let mut marked: Vec<Marked<'_>> = known.collect();
        marked.sort_by_key(|marked| (marked.label.source, marked.line, marked.label.span.start));
        marked
    }

    /// The source of the primary label, then the others.
    fn sources_in_order(&self, diagnostic: &Diagnostic, marked: &[Marked<'_>]) -> Vec<SourceId> {
        let mut sources: Vec<SourceId> = marked.iter().map(|marked| marked.label.source).collect();
        sources.dedup();
        let primary = diagnostic.primary_label().map(|label| label.source);
        sources.sort_by_key(|source| (Some(*source) != primary, *source));
        sources
    }

    /// Writes the lines of one source that are marked.
    fn source(&self, f: &mut Formatter<'_>, nth: usize, marked: &[&Marked<'_>], width: usize) -> fmt::Result {
        let Some(head) = marked.iter().find(|marked| marked.label.primary).or(marked.first()) else {
            return Ok(());
        };
        let id = head.label.source.index();
        let (source, lines) = (&self.sources[id], &self.lines[id]);
        let column = lines.column_at(head.label.span.start as usize) + 1;
        let arrow = if nth == 0 { "-->" } else { ":::" };
        writeln!(f, " {:width$}{arrow} {}:{}:{column}", "", source.name, head.line + 1)?;
        writeln!(f, " {:width$} |", "")?;
        let mut shown: Option<(usize, String)> = None;
        for marked in marked {
            let excerpt = Excerpt::new(lines, marked.line, marked.label.span.range());
            match &shown {
                Some((line, text)) if *line == marked.line && *text == excerpt.text => {}
                Some((line, _)) if *line == marked.line => self.line(f, marked.line, &excerpt.text, width)?,
                Some((line, _)) => {
                    match marked.line - line {
                        1 => {}
                        // A single line is no longer than the sign that it was left out.
                        2 => self.line(f, line + 1, &Excerpt::of_line(lines, line + 1).text, width)?,
                        _ => writeln!(f, " {:width$} ...", "")?,
                    }
                    self.line(f, marked.line, &excerpt.text, width)?;
                }
                None => self.line(f, marked.line, &excerpt.text, width)?,
            }
            self.marks(f, marked.label, &excerpt, width)?;
            shown = Some((marked.line, excerpt.text));
        }
        Ok(())
    }

    fn line(&self, f: &mut Formatter<'_>, line: usize, text: &str, width: usize) -> fmt::Result {
        let row = format!(" {:>width$} | {text}", line + 1);
        writeln!(f, "{}", row.trim_end())
    }

    fn marks(&self, f: &mut Formatter<'_>, label: &Label, excerpt: &Excerpt, width: usize) -> fmt::Result {
        let sign = if label.primary { "^" } else { "-" };
        let (before, marks) = (" ".repeat(excerpt.marks.start), sign.repeat(excerpt.marks.len()));
        let row = format!(" {:width$} | {before}{marks} {}", "", excerpt.caption(&label.text));
        writeln!(f, "{}", row.trim_end())
    }

    fn hidden(&self, f: &mut Formatter<'_>, hidden: &Hidden) -> fmt::Result {
        let Hidden { source, errors, warnings } = hidden;
        let name = self.sources.get(source.index()).map_or("the schema", |source| &source.name);
        for (count, what) in [(*errors, "error"), (*warnings, "warning")] {
            let plural = if count == 1 { "" } else { "s" };
            if count > 0 {
                writeln!(f, "\nnote: {count} more {what}{plural} in `{name}` not shown")?;
            }
        }
        Ok(())
    }
}
