//! Where reading goes on after a mistake.
//!
//! Each of these only moves forward and looks at no token more than a few times, so that even a text of nothing but mistakes is read in linear time.

use super::Parser;
use crate::lex::Kind;

impl Parser<'_, '_> {
    /// To the next `type` that begins a definition, or the end.
    pub(super) fn skip_to_definition(&mut self) {
        while self.peek().kind != Kind::End && !self.is_definition_start(0) {
            self.skip();
        }
    }

    /// Past one token that nobody will read.
    fn skip(&mut self) {
        self.names_lost |= self.may_be_definition();
        self.bump();
    }

    /// Whether the next token looks like the first of a definition without its `type`, or with a mistake in its head:
    /// a word where a line begins or a body ended, and another word behind it.
    fn may_be_definition(&self) -> bool {
        let (before, word, name) = (self.previous(), self.peek(), self.peek_at(1));
        let begins = self.at == 0 || before.line < word.line || before.kind == Kind::CloseBrace;
        begins && word.kind == Kind::Word && name.kind == Kind::Word && name.line == word.line
    }

    /// To the next thing that looks like `name :`, or the end of the struct.
    ///
    /// `start` is where the broken field began; at least that token is skipped.
    pub(super) fn skip_to_field(&mut self, start: usize) {
        self.skip_in_body(start, |parser| {
            matches!(parser.peek().kind, Kind::Word | Kind::Garbled) && parser.peek_at(1).kind == Kind::Colon
        });
    }

    /// To the next name, or the end of the enum.
    pub(super) fn skip_to_value(&mut self, start: usize) {
        self.skip_in_body(start, |parser| parser.peek().kind == Kind::Word);
    }

    /// To the next pipe, or the end of the union.
    pub(super) fn skip_to_pipe(&mut self) {
        self.skip_in_body(usize::MAX, |parser| parser.peek().kind == Kind::Pipe);
    }

    /// To the next item, the closing brace of this body, the next definition or the end.
    ///
    /// An item is looked for outside nested braces only, and not at the token `start`.
    fn skip_in_body(&mut self, start: usize, is_item: fn(&Self) -> bool) {
        let mut open = 0_usize;
        loop {
            match self.peek().kind {
                Kind::End => return,
                Kind::CloseBrace if open == 0 => return,
                Kind::CloseBrace => open -= 1,
                Kind::OpenBrace => open += 1,
                _ if self.is_definition_start(0) => return,
                _ if open == 0 && self.at != start && is_item(self) => return,
                _ => {}
            }
            self.skip();
        }
    }

    /// Past the bracket that closes the one at the next token.
    ///
    /// Stops early at a brace that closes a body, at the next definition and at the end.
    pub(super) fn skip_bracketed(&mut self) {
        let mut open = 0_usize;
        loop {
            match self.peek().kind {
                Kind::End => return,
                Kind::OpenBrace | Kind::OpenAngle | Kind::OpenBracket | Kind::OpenParen => open += 1,
                Kind::CloseBrace if open == 0 => return,
                Kind::CloseBrace | Kind::CloseAngle | Kind::CloseBracket | Kind::CloseParen => {
                    open = open.saturating_sub(1);
                }
                _ if self.is_definition_start(0) => return,
                _ => {}
            }
            self.skip();
            if open == 0 {
                return;
            }
        }
    }

    /// Past the next `close` on this line, if there is one before the body ends.
    pub(super) fn skip_past(&mut self, close: Kind) {
        let line = self.previous().line;
        let mut distance = 0;
        loop {
            let token = self.peek_at(distance);
            if token.kind == close {
                self.at += distance + 1;
                return;
            }
            // A look-ahead without bound would make a line of many mistakes quadratic.
            let ends = matches!(token.kind, Kind::End | Kind::OpenBrace | Kind::CloseBrace);
            if ends || token.line != line || distance == 8 {
                return;
            }
            distance += 1;
        }
    }
}
