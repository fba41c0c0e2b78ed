//! The part of a line that a terminal shows, with a mark below a place in it.

use crate::output::visible;

/// How much is shown before the place, and how much from there on, in octets.
const AROUND: usize = 30;

/// Two lines, of which the first goes behind `note: ` of an error.
pub(crate) fn excerpt(line: &str, at: usize) -> String {
    const MARGIN: usize = "  note: ".len();
    let at = boundary(line, at);
    let (start, end) = (boundary(line, at.saturating_sub(AROUND)), boundary(line, at.saturating_add(AROUND)));
    let (head, tail) = (visible(&line[start..at]), visible(&line[at..end]));
    let indent = " ".repeat(MARGIN + head.chars().count());
    format!("{head}{tail}\n{indent}^")
}

/// The last place up to `at` at which a character begins, or the end.
fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn the_mark_is_below_the_place() {
        assert_eq!(excerpt("abc", 1), "abc\n         ^");
        assert_eq!(excerpt("", 5), "\n        ^");
        // Characters that take several octets, or several columns as escapes.
        assert_eq!(excerpt("é\u{1b}x", 3), "é\\u{1b}x\n               ^");
        assert_eq!(excerpt("é", 1), "é\n        ^");
        let long = "0123456789".repeat(10);
        assert_eq!(excerpt(&long, 50), format!("{}\n{}^", &long[20..80], " ".repeat(38)));
    }
}
