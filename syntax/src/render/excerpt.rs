//! The part of a line that is shown, and where in it the marks go.

use crate::quote::push_visible;
use std::ops::Range;

/// A line is shown whole up to this many columns.
const MAX_COLUMNS: usize = 120;

/// How much of a longer line is shown before the marks.
const BEFORE: usize = 30;

/// How much of a longer line is shown from the first mark on.
const BEHIND: usize = 70;

/// What a tab is shown as.
const TAB: &str = "    ";

/// Stands for the part of a line that is left out.
const LEFT_OUT: &str = "...";

/// The lines of a text.
pub(crate) struct Lines<'a> {
    text: &'a str,
    /// Where each line begins.
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Lines<'a> {
        let mut starts = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        Lines { text, starts }
    }

    /// The line, counted from 0, that an offset is on.
    pub(crate) fn line_at(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// How many characters of the line come before an offset.
    pub(crate) fn column_at(&self, offset: usize) -> usize {
        let offset = floor_boundary(self.text, offset);
        let start = self.starts[self.line_at(offset)];
        self.text[start..offset].chars().count()
    }

    /// Where a line begins and ends, without its line end.
    fn range(&self, line: usize) -> Range<usize> {
        let start = self.starts.get(line).copied().unwrap_or(self.text.len());
        let end = self.starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        start..start + self.text[start..end].trim_end_matches('\r').len()
    }
}

/// A line, or a part of it, as it is shown.
pub(super) struct Excerpt {
    pub(super) text: String,
    /// The columns that are marked; at least one.
    pub(super) marks: Range<usize>,
    /// The line, counted from 1, on which the marked place ends, if it is another one.
    ends_on: Option<usize>,
}

impl Excerpt {
    /// The part of `line` around `span`, whose beginning is on it.
    pub(super) fn new(lines: &Lines<'_>, line: usize, span: Range<usize>) -> Excerpt {
        let text = lines.text;
        let whole = lines.range(line);
        // Spans may come from anywhere; what does not fit the text is moved to the nearest place that does.
        let start = floor_boundary(text, span.start).clamp(whole.start, whole.end);
        let end = floor_boundary(text, span.end).clamp(start, whole.end);
        let last_line = lines.line_at(span.end.saturating_sub(1).max(span.start).min(text.len()));
        let shown = window(text, whole.clone(), start);
        let mut out = String::new();
        if shown.start > whole.start {
            out.push_str(LEFT_OUT);
        }
        push_shown(&mut out, &text[shown.start..start]);
        let from = out.chars().count();
        push_shown(&mut out, &text[start..end.min(shown.end)]);
        let to = out.chars().count();
        push_shown(&mut out, &text[end.min(shown.end)..shown.end]);
        if shown.end < whole.end {
            out.push_str(LEFT_OUT);
        }
        let ends_on = (last_line > line).then_some(last_line + 1);
        Excerpt { text: out, marks: from..to.max(from + 1), ends_on }
    }

    /// The beginning of a line on which nothing is marked.
    pub(super) fn of_line(lines: &Lines<'_>, line: usize) -> Excerpt {
        let start = lines.range(line).start;
        Excerpt::new(lines, line, start..start)
    }

    /// What is said about the marked place: the text of its label, and whether it goes on below.
    pub(super) fn caption(&self, label: &str) -> String {
        match self.ends_on {
            Some(line) if label.is_empty() => format!("to line {line}"),
            Some(line) => format!("{label} (to line {line})"),
            None => label.to_owned(),
        }
    }
}

/// The whole line, or the part of a long one around an offset.
fn window(text: &str, whole: Range<usize>, at: usize) -> Range<usize> {
    // A character has at least one byte, so most lines need not be counted.
    let columns = |range: Range<usize>| text[range].chars().map(shown_width).sum::<usize>();
    let short = whole.len() <= MAX_COLUMNS * 4 && columns(whole.clone()) <= MAX_COLUMNS;
    if short {
        return whole;
    }
    let mut left = BEFORE;
    let before = text[whole.start..at].char_indices().rev().take_while(|(_, c)| spend(&mut left, *c)).last();
    let mut right = BEHIND;
    let behind = text[at..whole.end].char_indices().take_while(|(_, c)| spend(&mut right, *c)).last();
    let start = before.map_or(at, |(i, _)| whole.start + i);
    let end = behind.map_or(at, |(i, c)| at + i + c.len_utf8());
    start..end
}

fn spend(budget: &mut usize, c: char) -> bool {
    let width = shown_width(c);
    let fits = width <= *budget;
    *budget = budget.saturating_sub(width);
    fits
}

/// How many columns a character takes, escapes included.
fn shown_width(c: char) -> usize {
    if c.is_ascii_graphic() || c == ' ' {
        return 1;
    }
    let mut out = String::new();
    push_shown(&mut out, c.encode_utf8(&mut [0; 4]));
    out.chars().count()
}

fn push_shown(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\t' => out.push_str(TAB),
            _ => push_visible(out, c),
        }
    }
}

/// The nearest character boundary at or before an offset.
fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
