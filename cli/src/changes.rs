//! What would change in a text, line by line.

use similar::{ChangeTag, TextDiff};

use crate::output::visible;
use crate::paint;

/// The differences between two texts in the unified form, each with three lines around it.
pub(crate) fn unified(name: &str, before: &str, after: &str) -> String {
    let (strong, gutter) = (paint::STRONG, paint::GUTTER);
    let diff = TextDiff::from_lines(before, after);
    let mut text = format!("{strong}--- {name}{strong:#}\n{strong}+++ {name}{strong:#}\n");
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        text.push_str(&format!("{gutter}{}{gutter:#}\n", hunk.header()));
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Delete => ('-', paint::REMOVED),
                ChangeTag::Insert => ('+', paint::ADDED),
                ChangeTag::Equal => (' ', paint::PLAIN),
            };
            let value: &str = change.value();
            let line = value.strip_suffix('\n').unwrap_or(value);
            text.push_str(&format!("{style}{sign}{}{style:#}\n", visible(line)));
            if change.missing_newline() {
                text.push_str("\\ no line feed at the end\n");
            }
        }
    }
    text
}
