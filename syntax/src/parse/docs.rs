//! Which comments document what.
//!
//! A comment belongs to the item below it, if no blank line is between them and the item begins its line,
//! or to the item that ends on its line, or whose body opens on its line.

use super::Parser;
use crate::lex::Kind;

impl Parser<'_, '_> {
    /// The documentation of the item that begins with the token `first` and ends with the last token taken.
    ///
    /// `type_at` is where the item's own type begins, if it has one.
    pub(super) fn docs(&self, first: usize, type_at: Option<usize>) -> String {
        // Most schemas and most tests have no comments; this runs for every item.
        if self.lexed.comments.is_empty() {
            return String::new();
        }
        let mut lines = self.lines_above(first);
        if let Some(open) = type_at.and_then(|at| self.body_opened_at(at)) {
            lines.extend(self.line_behind(open));
        }
        let last = self.at.saturating_sub(1);
        lines.extend(self.line_behind(last));
        // `A | # about A` as well as `A # about A`
        let next = self.peek();
        if next.kind == Kind::Pipe && next.line == self.lexed.tokens[last].line {
            lines.extend(self.line_behind(self.at));
        }
        lines.join("\n")
    }

    /// The comments on the lines directly above the item.
    fn lines_above(&self, first: usize) -> Vec<&str> {
        let tokens = &self.lexed.tokens;
        let line = tokens[first].line;
        let mut start = first;
        // The pipe before a member is on the member's side.
        if start > 0 && tokens[start - 1].kind == Kind::Pipe && tokens[start - 1].line == line {
            start -= 1;
        }
        let before = start.checked_sub(1).map(|before| tokens[before].line);
        if before == Some(line) {
            return Vec::new();
        }
        let end = tokens[start].comments as usize;
        let mut begin = end;
        while begin > 0 {
            let gap = self.lexed.gaps[begin - 1];
            let distance = (end - begin + 1) as u32;
            if gap.token as usize != start || gap.line + distance != line || before == Some(gap.line) {
                break;
            }
            begin -= 1;
        }
        (begin..end).map(|at| self.comment_text(at)).collect()
    }

    /// The comment that follows a token on the same line.
    fn line_behind(&self, token: usize) -> Option<&str> {
        let at = self.lexed.tokens.get(token)?.comments as usize;
        let gap = self.lexed.gaps.get(at)?;
        let behind = gap.token as usize == token + 1 && gap.line == self.lexed.tokens[token].line;
        behind.then(|| self.comment_text(at))
    }

    /// The opening brace of a type that is itself an enum, struct or union.
    fn body_opened_at(&self, type_at: usize) -> Option<usize> {
        let open = self.lexed.tokens.get(type_at + 1)?;
        (open.kind == Kind::OpenBrace).then_some(type_at + 1)
    }

    /// The text without the `#`, one space behind it, and what is invisible at the end.
    fn comment_text(&self, at: usize) -> &str {
        let text = self.lexed.comments[at].text;
        text.strip_prefix(' ').unwrap_or(text).trim_end()
    }
}
