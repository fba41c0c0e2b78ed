//! Types.
//!
//! What is on the way from one level of nesting to the next keeps its frames small: reports are made in functions of their own.

use super::{MAX_NESTING, Parsed, Parser, Stop};
use crate::ast::{Name, Number, Primitive, TypeId, TypeKind};
use crate::lex::Kind;
use crate::quote::quote;
use crate::{code, suggest};

impl<'s> Parser<'s, '_> {
    /// Reads one type.
    pub(super) fn ty(&mut self) -> Parsed<TypeId> {
        if self.nesting == MAX_NESTING {
            return Err(self.report_depth());
        }
        self.nesting += 1;
        let ty = self.ty_inside();
        self.nesting -= 1;
        let ty = ty?;
        if self.peek().kind == Kind::OpenBracket {
            self.reject_length();
        }
        Ok(ty)
    }

    fn ty_inside(&mut self) -> Parsed<TypeId> {
        match self.peek().kind {
            Kind::Word => {}
            Kind::Garbled => {
                self.bump();
                return Ok(self.unreadable());
            }
            Kind::OpenBracket | Kind::OpenParen | Kind::OpenBrace => return self.former_type(),
            _ => return Err(self.report_no_type()),
        }
        let follows = self.peek_at(1);
        if self.is_definition_start(0) || follows.kind == Kind::Colon && follows.line == self.peek().line {
            return Err(self.report_no_type());
        }
        let word = self.text_of(self.peek());
        if !word.starts_with(|c: char| c.is_ascii_uppercase()) {
            return self.keyword(word);
        }
        match self.peek_at(1).kind {
            Kind::OpenBrace | Kind::OpenAngle => {
                let meant = self.report_capitalised(word);
                self.read_as(meant)
            }
            _ => Ok(self.named(word)),
        }
    }

    /// Reads the type that a word in lower case stands for; the word is the next token.
    fn keyword(&mut self, word: &str) -> Parsed<TypeId> {
        match word {
            "data" => self.data(),
            "optional" => self.optional(),
            "list" => self.list(),
            "map" => self.map(),
            "enum" => self.enum_type(),
            "struct" => self.struct_type(),
            "union" => self.union_type(),
            _ => match Primitive::from_name(word) {
                Some(primitive) => Ok(self.primitive(primitive)),
                None => self.no_keyword(word),
            },
        }
    }

    fn no_keyword(&mut self, word: &str) -> Parsed<TypeId> {
        if self.malformed_names.contains(word) {
            self.bump();
            return Ok(self.unreadable());
        }
        let meant = self.report_unknown_keyword(word);
        self.read_as(meant)
    }

    fn named(&mut self, word: &'s str) -> TypeId {
        let span = self.bump().span;
        self.push(TypeKind::Named(Name { text: word, span }), span)
    }

    fn primitive(&mut self, primitive: Primitive) -> TypeId {
        let token = self.bump();
        if self.peek().kind == Kind::OpenAngle {
            self.reject_parameter(primitive.name());
        }
        self.push(TypeKind::Primitive(primitive), token.span)
    }

    fn data(&mut self) -> Parsed<TypeId> {
        let first = self.at;
        self.bump();
        if self.peek().kind == Kind::OpenAngle {
            self.reject_former_data();
        }
        let len = self.length()?;
        Ok(self.push_from(first, TypeKind::Data(len)))
    }

    fn optional(&mut self) -> Parsed<TypeId> {
        let first = self.at;
        self.bump();
        let inner = self.parameter("optional")?;
        Ok(self.push_from(first, TypeKind::Optional(inner)))
    }

    fn list(&mut self) -> Parsed<TypeId> {
        let first = self.at;
        self.bump();
        let element = self.parameter("list")?;
        self.list_length(first, element)
    }

    fn list_length(&mut self, first: usize, element: TypeId) -> Parsed<TypeId> {
        let len = self.length()?;
        Ok(self.push_from(first, TypeKind::List { element, len }))
    }

    fn map(&mut self) -> Parsed<TypeId> {
        let first = self.at;
        self.bump();
        if self.peek().kind == Kind::OpenBracket {
            return self.former_map();
        }
        let errors = self.findings.error_count();
        let key = self.parameter("map")?;
        let value = self.second_parameter(errors)?;
        Ok(self.push_from(first, TypeKind::Map { key, value }))
    }

    /// Adds a type that was written from the token `first` to the last one taken.
    pub(super) fn push_from(&mut self, first: usize, kind: TypeKind<'s>) -> TypeId {
        let span = self.span_from(first);
        self.push(kind, span)
    }

    /// Reads `<T>`.
    fn parameter(&mut self, of: &str) -> Parsed<TypeId> {
        if self.peek().kind != Kind::OpenAngle {
            return self.missing_parameter(of);
        }
        self.bump();
        if self.peek().kind == Kind::CloseAngle {
            return Ok(self.report_empty_parameter(of));
        }
        let ty = self.ty()?;
        if !self.eat(Kind::CloseAngle) {
            self.report_open_parameter(of)?;
        }
        Ok(ty)
    }

    /// Reads the `<V>` of a map.
    ///
    /// A mistake in the `<K>`, which is one since there were `errors`, may have hidden it; then nothing more is said.
    fn second_parameter(&mut self, errors: usize) -> Parsed<TypeId> {
        if self.peek().kind == Kind::OpenAngle {
            return self.parameter("map");
        }
        if self.findings.error_count() == errors {
            self.report_no_second_parameter();
        }
        Ok(self.unreadable())
    }

    /// Reads `[n]`, if there is one.
    fn length(&mut self) -> Parsed<Option<Number>> {
        if !self.eat(Kind::OpenBracket) {
            return Ok(None);
        }
        let token = self.peek();
        if token.kind != Kind::Number {
            self.report_length("expected a length in decimal digits");
            return Ok(None);
        }
        self.bump();
        if !self.eat(Kind::CloseBracket) {
            self.report_length("expected `]` after the length");
        }
        Ok(Some(self.number(token)))
    }

    /// Stands in for a type where the report was already made.
    pub(super) fn unreadable(&mut self) -> TypeId {
        let span = self.previous().span;
        self.push(TypeKind::Unreadable, span)
    }

    #[cold]
    fn report_depth(&mut self) -> Stop {
        let message = format!("types are nested more than {MAX_NESTING} levels deep");
        self.error(code::TOO_DEEP, message, self.peek(), "this is one too many")
            .note("give an inner part a definition of its own")
            .push(self.findings);
        Stop::Definition
    }

    #[cold]
    fn report_no_type(&mut self) -> Stop {
        let token = self.peek();
        let after = match self.previous().kind {
            _ if self.at == 0 => String::new(),
            Kind::Minus | Kind::Other => String::new(),
            _ => format!(" after {}", self.found(self.previous())),
        };
        let found = match token.kind {
            Kind::Word if !self.is_definition_start(0) => format!("the field {}", quote(self.text_of(token))),
            _ => self.found_next(),
        };
        let mut error = self.missing(code::EXPECTED_TYPE, format!("expected a type{after}, found {found}"));
        if token.kind == Kind::Quoted {
            error = error.note("types are written without quotes");
        }
        error.push(self.findings);
        Stop::Item
    }

    /// Reports a word that is no keyword, and says which one was probably meant.
    #[cold]
    fn report_unknown_keyword(&mut self, word: &str) -> Option<&'static str> {
        let token = self.peek();
        let meant = suggest::keyword(word);
        let error = self.error(code::UNKNOWN_KEYWORD, format!("there is no type {}", quote(word)), token, "");
        let note = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "the names of user types begin with an upper-case letter".to_owned(),
        };
        error.note(note).push(self.findings);
        meant
    }

    /// Reports `Struct { … }`, `List<…>` and the like, and says which keyword was probably meant.
    #[cold]
    fn report_capitalised(&mut self, word: &str) -> Option<&'static str> {
        let token = self.peek();
        let meant = suggest::keyword(word);
        let opens = if self.peek_at(1).kind == Kind::OpenBrace { "body" } else { "parameter" };
        let message = format!("the user type {} takes no {opens}", quote(word));
        match meant {
            Some(meant) => self
                .error(code::UNKNOWN_KEYWORD, message, token, "")
                .note(format!("did you mean the keyword `{meant}`?"))
                .push(self.findings),
            None if opens == "parameter" => self
                .error(code::PARAMETER, message, token, "")
                .note("there are no generic types")
                .push(self.findings),
            None => self.error(code::PARAMETER, message, token, "").push(self.findings),
        }
        meant
    }

    /// Reads the word at the next token as if it were the keyword `meant`.
    fn read_as(&mut self, meant: Option<&str>) -> Parsed<TypeId> {
        let first = self.at;
        match meant {
            Some("list") => self.list(),
            Some("data") => self.data(),
            Some("struct") if self.peek_at(1).kind == Kind::OpenBrace => self.struct_type(),
            Some("enum") if self.peek_at(1).kind == Kind::OpenBrace => self.enum_type(),
            Some("union") if self.peek_at(1).kind == Kind::OpenBrace => self.union_type(),
            _ => {
                self.bump();
                while matches!(self.peek().kind, Kind::OpenAngle | Kind::OpenBrace) {
                    self.skip_bracketed();
                }
                if self.peek().kind == Kind::OpenBracket {
                    self.skip_bracketed();
                }
                Ok(self.push_from(first, TypeKind::Unreadable))
            }
        }
    }

    fn missing_parameter(&mut self, of: &str) -> Parsed<TypeId> {
        self.report_missing_parameter(of);
        match self.peek().kind {
            Kind::OpenBracket | Kind::OpenParen => self.skip_bracketed(),
            Kind::Word if !self.is_definition_start(0) && self.peek_at(1).kind != Kind::Colon => {
                return self.ty();
            }
            _ => {}
        }
        Ok(self.unreadable())
    }

    #[cold]
    fn report_missing_parameter(&mut self, of: &str) {
        let message = format!("expected `<` after `{of}`, found {}", self.found_next());
        let form = if of == "map" { "map<str><u8>".to_owned() } else { format!("{of}<u8>") };
        self.missing(code::PARAMETER, message).note(format!("write `{form}`")).push(self.findings);
    }

    #[cold]
    fn report_no_second_parameter(&mut self) {
        let message = format!("expected `<` and the value type of the map, found {}", self.found_next());
        self.missing(code::PARAMETER, message)
            .note("a map takes two types, each in brackets of its own: `map<str><u8>`")
            .push(self.findings);
    }

    #[cold]
    fn report_empty_parameter(&mut self, of: &str) -> TypeId {
        let message = format!("expected a type in the brackets of `{of}`, found `>`");
        self.error(code::EXPECTED_TYPE, message, self.peek(), "").push(self.findings);
        self.bump();
        self.unreadable()
    }

    #[cold]
    fn report_open_parameter(&mut self, of: &str) -> Parsed<()> {
        let token = self.peek();
        let message = format!("expected `>` after the type in `{of}<…`, found {}", self.found_next());
        let mut error = self.missing(code::PARAMETER, message);
        if of == "map" {
            error = error.note("a map takes two types, each in brackets of its own: `map<str><u8>`");
        }
        error.push(self.findings);
        if token.kind == Kind::End || self.is_definition_start(0) {
            return Err(Stop::Definition);
        }
        self.skip_past(Kind::CloseAngle);
        // Whatever follows belongs to the mistake only if the bracket was found.
        match self.previous().kind {
            Kind::CloseAngle => Ok(()),
            _ => Err(Stop::Item),
        }
    }

    #[cold]
    fn report_length(&mut self, expected: &str) {
        let token = self.peek();
        let mut error = self.missing(code::LENGTH_SYNTAX, format!("{expected}, found {}", self.found_next()));
        if token.kind == Kind::CloseBracket {
            error = error.note("without a length, leave the brackets out");
        } else if token.kind == Kind::Number {
            error = error.note("a number holds no white space");
        }
        error.push(self.findings);
        self.skip_past(Kind::CloseBracket);
    }

    #[cold]
    fn reject_parameter(&mut self, of: &str) {
        let message = format!("`{of}` takes no parameter");
        self.error(code::PARAMETER, message, self.peek(), "").push(self.findings);
        self.skip_bracketed();
    }

    /// Reports `[n]` behind a type that has no length, or `[]`, by which many languages make a list.
    #[cold]
    fn reject_length(&mut self) {
        let (before, open, len) = (self.previous(), self.peek(), self.peek_at(1));
        let (message, form, tail) = match len.kind {
            Kind::CloseBracket => ("a type does not end with `[]`", "a list", ""),
            _ => ("only `data` and `list<…>` take a length", "a list of fixed length", "[n]"),
        };
        let mut error = self.error(code::LENGTH_SYNTAX, message, open, "");
        if before.kind == Kind::Word {
            let meant = format!("list<{}>{tail}", self.element(before));
            error = error.note(format!("{form} is written {}", quote(&meant)));
        }
        error.push(self.findings);
        self.skip_bracketed();
    }
}
