//! The bodies in braces: structs, enums and unions.

use super::{Parsed, Parser, Stop};
use crate::ast::{Field, Member, Name, Number, TypeId, TypeKind, Value};
use crate::lex::{Kind, Token};
use crate::quote::quote;
use crate::{Span, code};

impl<'s> Parser<'s, '_> {
    pub(super) fn struct_type(&mut self) -> Parsed<TypeId> {
        self.bump();
        self.struct_body()
    }

    /// Reads the fields, from the opening brace on.
    pub(super) fn struct_body(&mut self) -> Parsed<TypeId> {
        let first = self.at.saturating_sub(1);
        let open = self.open_body("struct")?;
        let mut fields = Vec::new();
        let mut separators = Separators::default();
        while !self.close_body(open, "struct")? {
            if self.skip_separator(&mut separators, "fields") {
                continue;
            }
            let start = self.at;
            match self.field(&mut fields) {
                Ok(()) => {}
                Err(Stop::Item) => self.skip_to_field(start),
                Err(Stop::Definition) => return Err(Stop::Definition),
            }
        }
        Ok(self.push_from(first, TypeKind::Struct(fields)))
    }

    fn field(&mut self, fields: &mut Vec<Field<'s>>) -> Parsed<()> {
        let first = self.at;
        let name = self.field_name_and_colon()?;
        let type_at = self.at;
        let ty = self.ty()?;
        self.end_field(fields, name, ty, [first, type_at]);
        Ok(())
    }

    fn end_field(&mut self, fields: &mut Vec<Field<'s>>, name: Name<'s>, ty: TypeId, starts: [usize; 2]) {
        let [first, type_at] = starts;
        let docs = self.docs(first, Some(type_at));
        fields.push(Field { name, docs, ty, span: self.span_from(first) });
    }

    fn field_name_and_colon(&mut self) -> Parsed<Name<'s>> {
        let name = self.field_name()?;
        if !self.eat(Kind::Colon) {
            self.missing_colon(name)?;
        }
        Ok(name)
    }

    fn field_name(&mut self) -> Parsed<Name<'s>> {
        let token = self.peek();
        let text = self.text_of(token);
        match token.kind {
            Kind::Word if text.starts_with('_') => self.report_field_name(token, "begins with an underscore"),
            Kind::DigitWord | Kind::Number => self.report_field_name(token, "begins with a digit"),
            Kind::Word | Kind::Garbled => {}
            _ => return Err(self.report_no_field()),
        }
        self.bump();
        if self.peek().kind == Kind::Minus {
            self.reject_hyphen(code::FIELD_NAME, "field name");
        }
        Ok(Name { text, span: token.span })
    }

    #[cold]
    fn report_field_name(&mut self, token: Token, what: &str) {
        let message = format!("the field name {} {what}", quote(self.text_of(token)));
        self.error(code::FIELD_NAME, message, token, "")
            .note("a field name begins with a letter and holds only letters, digits and underscores")
            .push(self.findings);
    }

    #[cold]
    fn report_no_field(&mut self) -> Stop {
        let token = self.peek();
        let message = format!("expected a field name or `}}`, found {}", self.found(token));
        let mut error = self.error(code::FIELD_NAME, message, token, "");
        match token.kind {
            Kind::Equals => error = error.note("fields have no numbers and no default values"),
            Kind::Quoted => error = error.note("names are written without quotes"),
            Kind::Pipe => error = error.note("a union is written `union { A | B }`"),
            Kind::CloseAngle => error = error.note("there is one `>` too many"),
            _ => {}
        }
        error.push(self.findings);
        Stop::Item
    }

    /// Reports what stands between a field name and its type, and gets past it if the type follows.
    #[cold]
    fn missing_colon(&mut self, name: Name<'s>) -> Parsed<()> {
        let token = self.peek();
        let next_field = token.kind == Kind::Word && self.peek_at(1).kind == Kind::Colon;
        let message = format!(
            "expected `:` after the field name {}, found {}",
            quote(name.text),
            if next_field { format!("the field {}", self.found(token)) } else { self.found_next() }
        );
        let mut error = self.missing(code::EXPECTED_COLON, message);
        let optional = token.kind == Kind::Other && self.text_of(token) == "?";
        if optional {
            error = error.note("a field that may be absent has the type `optional<…>`");
        }
        error.push(self.findings);
        if optional && self.peek_at(1).kind == Kind::Colon {
            self.bump();
            self.bump();
            return Ok(());
        }
        // Not a field, but the next definition, after a body that was not closed.
        let definition = matches!(name.text, "type" | "enum" | "struct" | "union");
        self.names_lost |= definition && token.kind == Kind::Word;
        match token.kind {
            Kind::Equals => {
                self.bump();
                Ok(())
            }
            Kind::Word if !next_field && !self.is_definition_start(0) => Ok(()),
            _ => Err(Stop::Item),
        }
    }

    pub(super) fn enum_type(&mut self) -> Parsed<TypeId> {
        let first = self.at;
        self.bump();
        let open = self.open_body("enum")?;
        let mut values = Vec::new();
        let mut separators = Separators::default();
        while !self.close_body(open, "enum")? {
            if self.skip_separator(&mut separators, "values") {
                continue;
            }
            let start = self.at;
            match self.value() {
                Ok(value) => values.push(value),
                Err(Stop::Item) => self.skip_to_value(start),
                Err(Stop::Definition) => return Err(Stop::Definition),
            }
        }
        Ok(self.push_from(first, TypeKind::Enum(values)))
    }

    fn value(&mut self) -> Parsed<Value<'s>> {
        let first = self.at;
        let token = self.peek();
        let text = self.text_of(token);
        match token.kind {
            Kind::Word | Kind::Garbled => {}
            Kind::DigitWord => self.report_value_name(token),
            _ => return Err(self.report_no_value()),
        }
        self.bump();
        let hyphen = self.peek().kind == Kind::Minus && self.reject_hyphen(code::VALUE_NAME, "value name");
        if token.kind == Kind::Word && !hyphen && !is_value_name(text) {
            self.report_value_name(token);
        }
        let number = self.assigned_number()?;
        let docs = self.docs(first, None);
        Ok(Value { name: Name { text, span: token.span }, docs, number, span: self.span_from(first) })
    }

    #[cold]
    fn report_value_name(&mut self, token: Token) {
        let text = self.text_of(token);
        let message = format!("the enum value name {} is not in upper case", quote(text));
        let better = upper_case(text);
        let error = if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.error(code::VALUE_NAME, message, token, "").note(format!("call it {}", quote(&better)))
        } else {
            let message = format!("the enum value name {} does not begin with a letter", quote(text));
            self.error(code::VALUE_NAME, message, token, "")
        };
        error.push(self.findings);
    }

    #[cold]
    fn report_no_value(&mut self) -> Stop {
        let token = self.peek();
        let message = format!("expected the name of an enum value or `}}`, found {}", self.found(token));
        let mut error = self.error(code::VALUE_NAME, message, token, "");
        match token.kind {
            Kind::Number if self.previous().kind == Kind::Number => {
                error = error.note("a number holds no white space");
            }
            Kind::Colon => error = error.note("the number of a value follows `=`: `A = 1`"),
            Kind::Pipe => error = error.note("only white space separates the values of an enum"),
            _ => {}
        }
        error.push(self.findings);
        Stop::Item
    }

    pub(super) fn union_type(&mut self) -> Parsed<TypeId> {
        let first = self.at;
        self.bump();
        let open = self.open_body("union")?;
        let mut members = Vec::new();
        self.eat(Kind::Pipe);
        while !self.close_body(open, "union")? {
            match self.member(&mut members) {
                Ok(()) => {}
                Err(Stop::Item) => self.skip_to_pipe(),
                Err(Stop::Definition) => return Err(Stop::Definition),
            }
            self.pipe();
        }
        Ok(self.push_from(first, TypeKind::Union(members)))
    }

    fn member(&mut self, members: &mut Vec<Member>) -> Parsed<()> {
        if self.peek().kind == Kind::Pipe {
            return Err(self.report_second_pipe());
        }
        let first = self.at;
        let ty = self.ty()?;
        self.end_member(members, ty, first)
    }

    fn end_member(&mut self, members: &mut Vec<Member>, ty: TypeId, first: usize) -> Parsed<()> {
        let number = self.assigned_number()?;
        let docs = self.docs(first, Some(first));
        members.push(Member { ty, docs, number, span: self.span_from(first) });
        Ok(())
    }

    /// Takes what separates two members.
    fn pipe(&mut self) {
        let kind = self.peek().kind;
        if kind == Kind::Pipe {
            self.bump();
        } else if kind != Kind::CloseBrace && kind != Kind::End && !self.is_definition_start(0) {
            self.missing_pipe();
        }
    }

    #[cold]
    fn missing_pipe(&mut self) {
        let token = self.peek();
        let message = format!("expected `|` or `}}` after a union member, found {}", self.found(token));
        let note = match token.kind {
            Kind::CloseAngle => "there is one `>` too many",
            _ => "the members of a union are separated by `|`",
        };
        self.error(code::EXPECTED_PIPE, message, token, "").note(note).push(self.findings);
        match token.kind {
            // The next member stands right here.
            Kind::Word | Kind::Garbled => {}
            Kind::Comma | Kind::Semicolon => {
                self.bump();
            }
            _ => {
                self.skip_to_pipe();
                self.eat(Kind::Pipe);
            }
        }
    }

    #[cold]
    fn report_second_pipe(&mut self) -> Stop {
        let token = self.peek();
        self.error(code::EXPECTED_PIPE, "expected a type between two pipes, found `|`", token, "")
            .note("one `|` stands between two members")
            .push(self.findings);
        while self.peek_at(1).kind == Kind::Pipe {
            self.bump();
        }
        Stop::Item
    }

    /// Reads `= n`, if there is one.
    fn assigned_number(&mut self) -> Parsed<Option<Number>> {
        if !self.eat(Kind::Equals) {
            return Ok(None);
        }
        let token = self.peek();
        if token.kind == Kind::Number {
            self.bump();
            return Ok(Some(self.number(token)));
        }
        self.report_number();
        Ok(None)
    }

    #[cold]
    fn report_number(&mut self) {
        let token = self.peek();
        let message = format!("expected a number in decimal digits after `=`, found {}", self.found_next());
        let mut error = self.missing(code::NUMBER, message);
        if token.kind == Kind::Minus {
            error = error.note("numbers are not negative");
        }
        error.push(self.findings);
        // Skips what was meant as the number, but not the value on the next line.
        if token.kind == Kind::Minus {
            self.bump();
        }
        let meant = matches!(self.peek().kind, Kind::Number | Kind::DigitWord | Kind::Quoted | Kind::Word);
        if meant && self.peek().line == self.previous().line {
            self.bump();
        }
    }

    /// Takes the brace that opens a body.
    fn open_body(&mut self, of: &'static str) -> Parsed<Span> {
        if self.peek().kind == Kind::OpenBrace {
            return Ok(self.bump().span);
        }
        Err(self.report_no_body(of))
    }

    #[cold]
    fn report_no_body(&mut self, of: &str) -> Stop {
        let message = format!("expected `{{` after `{of}`, found {}", self.found_next());
        self.missing(code::EXPECTED_BODY, message).push(self.findings);
        Stop::Item
    }

    /// Takes the brace that closes a body, if it is next.
    fn close_body(&mut self, open: Span, of: &'static str) -> Parsed<bool> {
        if self.eat(Kind::CloseBrace) {
            return Ok(true);
        }
        if self.peek().kind == Kind::End || self.is_definition_start(0) {
            return Err(self.report_unclosed(open, of));
        }
        Ok(false)
    }

    #[cold]
    fn report_unclosed(&mut self, open: Span, of: &str) -> Stop {
        let message = format!("expected `}}` to close the {of}, found {}", self.found_next());
        self.missing(code::UNCLOSED, message).and(self.findings, open, "opened here").push(self.findings);
        Stop::Definition
    }

    /// Takes a comma or semicolon between items; only the first of a body is reported.
    fn skip_separator(&mut self, seen: &mut Separators, items: &str) -> bool {
        let token = self.peek();
        if token.kind != Kind::Comma && token.kind != Kind::Semicolon {
            return false;
        }
        if !std::mem::replace(&mut seen.reported, true) {
            self.report_separator(token, items);
        }
        self.bump();
        true
    }

    #[cold]
    fn report_separator(&mut self, token: Token, items: &str) {
        let message = format!("{} does not separate {items}", self.found(token));
        self.error(code::SEPARATOR, message, token, "")
            .note(format!("only white space separates {items}, such as a line end"))
            .push(self.findings);
    }
}

/// Whether a comma or semicolon was already reported in this body.
#[derive(Default)]
struct Separators {
    reported: bool,
}

fn is_value_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase()) && !name.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// The name in upper case, with underscores where a hump was.
fn upper_case(name: &str) -> String {
    let mut out = String::new();
    let mut after_lower = false;
    for c in name.chars() {
        if after_lower && c.is_ascii_uppercase() {
            out.push('_');
        }
        after_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
        out.push(c.to_ascii_uppercase());
    }
    out
}
