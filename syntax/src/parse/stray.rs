//! What stands between definitions and is none.

use super::Parser;
use crate::lex::{Kind, Token};
use crate::quote::quote;
use crate::{code, suggest};

impl Parser<'_, '_> {
    /// Reports what stands where a definition should begin, and goes on at the next one.
    #[cold]
    pub(super) fn stray(&mut self) {
        self.report_stray();
        // A sign alone, such as the semicolon of `type A u8;`, defines no name.
        self.names_lost |=
            matches!(self.peek().kind, Kind::Word | Kind::DigitWord | Kind::Garbled | Kind::Quoted);
        self.skip_to_definition();
    }

    fn report_stray(&mut self) {
        let token = self.peek();
        let word = self.text_of(token);
        let expected = if self.at == 0 { "`type`" } else { "`type` or the end of the text" };
        let message = format!("expected {expected}, found {}", self.found(token));
        let (code, message) = match token.kind {
            Kind::Word if matches!(word, "enum" | "struct" | "union") => {
                (code::FORMER_SYNTAX, format!("a definition begins with `type`, not with `{word}`"))
            }
            Kind::Semicolon | Kind::Comma => (code::SEPARATOR, message),
            _ => (code::EXPECTED_DEFINITION, message),
        };
        let mut error = self.error(code, message, token, "");
        if let Some(note) = self.remedy(token) {
            error = error.note(note);
        }
        error.push(self.findings);
    }

    /// What to do about a token between definitions.
    fn remedy(&self, token: Token) -> Option<String> {
        let note = match token.kind {
            Kind::Word => return self.meant_definition(self.text_of(token)),
            Kind::Semicolon | Kind::Comma => "nothing but white space stands between definitions",
            Kind::CloseBrace => "no brace is open here",
            Kind::CloseAngle => "there is one `>` too many",
            Kind::Pipe => "a union is written `union { A | B }`",
            Kind::Number if self.at > 0 && self.previous().kind == Kind::Number => {
                "a number holds no white space"
            }
            _ => return None,
        };
        Some(note.to_owned())
    }

    /// The definition that a word at the next token was probably meant to begin.
    fn meant_definition(&self, word: &str) -> Option<String> {
        let (second, third) = (self.peek_at(1), self.peek_at(2));
        let name = if second.kind == Kind::Word { self.text_of(second) } else { "Name" };
        if let Some(keyword) = body_keyword(word) {
            return Some(write_type(name, keyword));
        }
        if word.eq_ignore_ascii_case("type") {
            return Some("the keyword is `type`, in lower case".to_owned());
        }
        if let Some(name) = word.strip_prefix("type") {
            let meant = quote(&format!("type {name}"));
            return Some(format!("white space stands between `type` and the name: {meant}"));
        }
        if suggest::nearest(word, ["type"].into_iter()).is_some() {
            return Some("did you mean `type`?".to_owned());
        }
        if matches!(word, "import" | "package" | "namespace") {
            return Some("a schema is one file and imports nothing".to_owned());
        }
        if second.kind != Kind::Word || third.kind != Kind::OpenBrace {
            return None;
        }
        // `Foo struct {` lacks the first word, and in `message Foo {` it is that of another language.
        match body_keyword(name) {
            Some(keyword) => Some(write_type(word, keyword)),
            None => {
                let meant = suggest::keyword(word).and_then(body_keyword);
                Some(write_type(name, meant.unwrap_or("struct")))
            }
        }
    }
}

/// The word, if it is a keyword that a body follows.
fn body_keyword(word: &str) -> Option<&str> {
    matches!(word, "enum" | "struct" | "union").then_some(word)
}

fn write_type(name: &str, keyword: &str) -> String {
    format!("write {}", quote(&format!("type {name} {keyword} {{ … }}")))
}
