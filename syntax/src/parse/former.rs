//! The syntax of the early drafts: recognised, so that it can be named, and read over.

use super::{Parsed, Parser};
use crate::ast::{Primitive, TypeId};
use crate::lex::{Kind, Token};
use crate::quote::quote;
use crate::{code, suggest};

impl Parser<'_, '_> {
    /// Reads `[]T`, `[n]T`, `(A | B)` and `{ … }` where a type is wanted, and `[T]`, which is of no draft.
    #[cold]
    pub(super) fn former_type(&mut self) -> Parsed<TypeId> {
        let token = self.peek();
        match token.kind {
            Kind::OpenBrace => {
                self.report_former(
                    token,
                    "a type does not begin with `{`",
                    "put `struct` before the brace: `struct { a: u8 }`",
                );
                self.struct_body()
            }
            Kind::OpenParen => {
                self.report_former(
                    token,
                    "a type does not begin with `(`",
                    "a union is written `union { A | B }`",
                );
                self.skip_bracketed();
                Ok(self.unreadable())
            }
            _ => self.bracketed(),
        }
    }

    fn bracketed(&mut self) -> Parsed<TypeId> {
        if !matches!(self.peek_at(1).kind, Kind::CloseBracket | Kind::Number) {
            self.report_bracketed();
            self.skip_bracketed();
            if self.peek().kind == Kind::OpenBracket {
                self.skip_bracketed();
            }
            return Ok(self.unreadable());
        }
        self.report_former_list();
        self.skip_bracketed();
        match self.type_follows() {
            true => self.ty(),
            false => Ok(self.unreadable()),
        }
    }

    fn report_bracketed(&mut self) {
        let (element, close) = (self.peek_at(1), self.peek_at(2));
        let form = match (element.kind, close.kind) {
            (Kind::Word, Kind::CloseBracket) => format!("list<{}>", self.element(element)),
            _ => "list<T>".to_owned(),
        };
        self.error(code::EXPECTED_TYPE, "a type does not begin with `[`", self.peek(), "")
            .note(format!("a list is written {}", quote(&form)))
            .push(self.findings);
    }

    /// A word as it should stand between the brackets of `list<…>`.
    pub(super) fn element(&self, word: Token) -> &str {
        let word = self.text_of(word);
        if word.starts_with(|c: char| c.is_ascii_uppercase()) {
            return word;
        }
        // A keyword that needs a parameter or a body would be no type by itself.
        let complete = |keyword: &&str| *keyword == "data" || Primitive::from_name(keyword).is_some();
        suggest::keyword(word).filter(complete).unwrap_or(word)
    }

    /// Whether the next token can begin the type that belongs to the brackets before it.
    fn type_follows(&self) -> bool {
        match self.peek().kind {
            Kind::Word => self.peek_at(1).kind != Kind::Colon && !self.is_definition_start(0),
            Kind::Garbled | Kind::OpenBracket | Kind::OpenParen | Kind::OpenBrace => true,
            _ => false,
        }
    }

    fn report_former_list(&mut self) {
        let (len, close, element) = (self.peek_at(1), self.peek_at(2), self.peek_at(3));
        let form = match (len.kind, close.kind) {
            (Kind::CloseBracket, Kind::Word) if self.peek_at(3).kind != Kind::Colon => {
                format!("list<{}>", self.element(close))
            }
            (Kind::Number, Kind::CloseBracket) if element.kind == Kind::Word => {
                format!("list<{}>[{}]", self.element(element), self.text_of(len))
            }
            _ => "list<T>` or `list<T>[n]".to_owned(),
        };
        let note = format!("a list is written {}", quote(&form));
        self.report_former(self.peek(), "a type does not begin with `[`", &note);
    }

    /// Reads `map[K]V`, from the bracket on.
    #[cold]
    pub(super) fn former_map(&mut self) -> Parsed<TypeId> {
        self.report_former(
            self.previous(),
            "expected `<` after `map`, found `[`",
            "a map is written `map<K><V>`",
        );
        self.skip_bracketed();
        match self.type_follows() {
            true => self.ty(),
            false => Ok(self.unreadable()),
        }
    }

    /// Reports and skips the `<n>` of `data<n>`.
    #[cold]
    pub(super) fn reject_former_data(&mut self) {
        let len = self.peek_at(1);
        let form = match len.kind {
            Kind::Number => format!("data[{}]", self.text_of(len)),
            _ => "data[n]".to_owned(),
        };
        let note = format!("data of fixed length is written {}", quote(&form));
        self.report_former(self.previous(), "the length of `data` does not stand in angle brackets", &note);
        self.skip_bracketed();
    }

    fn report_former(&mut self, token: Token, message: &str, note: &str) {
        self.error(code::FORMER_SYNTAX, message, token, "")
            .note(note)
            .note("this is the syntax of an early draft; the octets are the same")
            .push(self.findings);
    }
}
