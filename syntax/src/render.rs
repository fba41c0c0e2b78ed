//! Findings as text, with the lines they are about.
//!
//! The form is that of rustc; colours come from whoever knows the terminal.
//! Positions are counted from 1, columns in characters.

mod excerpt;

use crate::quote::visible;
use crate::report::{Hidden, Palette};
use crate::{Diagnostic, Label, Severity, Source, SourceId};
use excerpt::Excerpt;
pub(crate) use excerpt::Lines;
use std::fmt::{self, Formatter};

/// Writes all findings, a blank line between them, and how many there were beyond those.
pub(crate) fn report(
    f: &mut Formatter<'_>,
    sources: &[Source],
    diagnostics: &[Diagnostic],
    hidden: &[Hidden],
    palette: &Palette,
) -> fmt::Result {
    let lines: Vec<Lines<'_>> = sources.iter().map(|source| Lines::new(&source.text)).collect();
    let page = Page { sources, lines, palette };
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
    palette: &'a Palette,
}

/// A label and the line it begins on.
struct Marked<'a> {
    label: &'a Label,
    line: usize,
}

impl<'a> Page<'a> {
    fn diagnostic(&self, f: &mut Formatter<'_>, diagnostic: &'a Diagnostic) -> fmt::Result {
        let Palette { strong, reset, .. } = self.palette;
        let color = self.color(diagnostic.severity);
        let (severity, code, message) = (diagnostic.severity.word(), diagnostic.code, &diagnostic.message);
        writeln!(f, "{color}{severity}[{code}]{reset}{strong}: {message}{reset}")?;
        let marked = self.marked(diagnostic);
        let last_line = marked.iter().map(|marked| marked.line + 1).max().unwrap_or(1);
        let width = last_line.to_string().len();
        for (i, source) in self.sources_in_order(diagnostic, &marked).into_iter().enumerate() {
            let marked: Vec<&Marked<'_>> =
                marked.iter().filter(|marked| marked.label.source == source).collect();
            self.source(f, i, &marked, (width, color))?;
        }
        let Palette { gutter, reset, strong, .. } = self.palette;
        if !marked.is_empty() && !diagnostic.notes.is_empty() {
            writeln!(f, " {:width$} {gutter}|{reset}", "")?;
        }
        for note in &diagnostic.notes {
            for (i, line) in note.lines().enumerate() {
                match i {
                    0 => writeln!(f, " {:width$} {gutter}={reset} {strong}note{reset}: {line}", "")?,
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

    fn color(&self, severity: Severity) -> &'a str {
        match severity {
            Severity::Error => &self.palette.error,
            Severity::Warning => &self.palette.warning,
        }
    }

    /// Writes the lines of one source that are marked, primary marks in a color.
    fn source(
        &self,
        f: &mut Formatter<'_>,
        nth: usize,
        marked: &[&Marked<'_>],
        (width, color): (usize, &str),
    ) -> fmt::Result {
        let Palette { gutter, reset, .. } = self.palette;
        let Some(head) = marked.iter().find(|marked| marked.label.primary).or(marked.first()) else {
            return Ok(());
        };
        let id = head.label.source.index();
        let (source, lines) = (&self.sources[id], &self.lines[id]);
        let column = lines.column_at(head.label.span.start as usize) + 1;
        let arrow = if nth == 0 { "-->" } else { ":::" };
        let name = visible(&source.name);
        writeln!(f, " {:width$}{gutter}{arrow}{reset} {name}:{}:{column}", "", head.line + 1)?;
        writeln!(f, " {:width$} {gutter}|{reset}", "")?;
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
                        _ => writeln!(f, " {:width$} {gutter}...{reset}", "")?,
                    }
                    self.line(f, marked.line, &excerpt.text, width)?;
                }
                None => self.line(f, marked.line, &excerpt.text, width)?,
            }
            self.marks(f, marked.label, &excerpt, (width, color))?;
            shown = Some((marked.line, excerpt.text));
        }
        Ok(())
    }

    fn line(&self, f: &mut Formatter<'_>, line: usize, text: &str, width: usize) -> fmt::Result {
        let Palette { gutter, reset, .. } = self.palette;
        let text = text.trim_end();
        let space = if text.is_empty() { "" } else { " " };
        writeln!(f, " {gutter}{:>width$} |{reset}{space}{text}", line + 1)
    }

    fn marks(
        &self,
        f: &mut Formatter<'_>,
        label: &Label,
        excerpt: &Excerpt,
        (width, color): (usize, &str),
    ) -> fmt::Result {
        let Palette { gutter, reset, .. } = self.palette;
        let (sign, color) = if label.primary { ("^", color) } else { ("-", gutter.as_str()) };
        let (before, marks) = (" ".repeat(excerpt.marks.start), sign.repeat(excerpt.marks.len()));
        let caption = excerpt.caption(&label.text);
        let caption = caption.trim_end();
        let space = if caption.is_empty() { "" } else { " " };
        writeln!(f, " {:width$} {gutter}|{reset} {before}{color}{marks}{space}{caption}{reset}", "")
    }

    fn hidden(&self, f: &mut Formatter<'_>, hidden: &Hidden) -> fmt::Result {
        let Hidden { source, errors, warnings } = hidden;
        let name = self.sources.get(source.index()).map_or("the schema", |source| &source.name);
        let name = visible(name);
        for (count, what) in [(*errors, "error"), (*warnings, "warning")] {
            let plural = if count == 1 { "" } else { "s" };
            if count > 0 {
                writeln!(f, "\nnote: {count} more {what}{plural} in `{name}` not shown")?;
            }
        }
        Ok(())
    }
}
