//! The syntax of the early drafts: recognised, so that it can be named, and read over.

use super::{Parsed, Parser};
use crate::ast::TypeId;
use crate::code;
use crate::lex::{Kind, Token};
use crate::quote::quote;

impl Parser<'_, '_> {
    /// Reads `[]T`, `[n]T`, `(A | B)` and `{ … }` where a type is wanted.
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
            _ => {
                self.report_former_list();
                self.skip_bracketed();
                self.ty()
            }
        }
    }

    fn report_former_list(&mut self) {
        let (len, close, element) = (self.peek_at(1), self.peek_at(2), self.peek_at(3));
        let form = match (len.kind, close.kind) {
            (Kind::CloseBracket, Kind::Word) => format!("list<{}>", self.text_of(close)),
            (Kind::Number, Kind::CloseBracket) if element.kind == Kind::Word => {
                format!("list<{}>[{}]", self.text_of(element), self.text_of(len))
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
        let follows = self.peek().kind == Kind::Word && self.peek_at(1).kind != Kind::Colon;
        match follows && !self.is_definition_start(0) {
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
