//! From tokens to the tree, by recursive descent.
//!
//! Every mistake is reported where it stands, and reading goes on at the next place that can be told for sure: the next field, value or member, or else the next definition.
//! A definition with a mistake in it stays in the tree by name only, so that one mistake gives one report.

mod body;
mod docs;
mod former;
mod resume;
mod stray;
mod ty;

use crate::ast::{Definition, Name, Number, Tree, Type, TypeId, TypeKind};
use crate::findings::{Findings, Pending};
use crate::lex::{Kind, Lexed, Token, lex};
use crate::quote::quote;
use crate::{Code, Diagnostic, MAX_TEXT_LEN, Report, Source, SourceId, Span, code};
use std::collections::HashSet;

/// How deep types may be written inside each other.
///
/// The parser calls itself once for each level; the limit is what keeps it within the stack.
const MAX_NESTING: u32 = 128;

/// Reads a schema without applying any rule beyond the grammar: what a formatter needs.
///
/// # Errors
///
/// Every place where the text does not follow the grammar.
pub fn parse(source: &Source) -> Result<Tree<'_>, Report> {
    let mut findings = Findings::new(SourceId::new(0));
    let Reading { tree, names_lost: _ } = read(source, &mut findings);
    if findings.error_count() == 0 {
        return Ok(tree);
    }
    let (diagnostics, hidden) = findings.into_diagnostics();
    Err(Report::new(vec![source.clone()], diagnostics).with_hidden(vec![hidden]))
}

/// What could be read of a schema.
#[derive(Default)]
pub(crate) struct Reading<'s> {
    pub(crate) tree: Tree<'s>,
    /// Whether text was skipped that may define a name, so that what seems undefined may be defined there.
    pub(crate) names_lost: bool,
}

/// Reads a schema, as far as it can be read.
///
/// The tree is complete if and only if no error was added to the findings.
pub(crate) fn read<'s>(source: &'s Source, findings: &mut Findings) -> Reading<'s> {
    let text = source.text.as_str();
    if text.len() > MAX_TEXT_LEN {
        findings.push(too_long(text.len(), findings.source));
        return Reading::default();
    }
    let lexed = lex(text, findings);
    let mut parser = Parser {
        text,
        lexed: &lexed,
        findings,
        tree: Tree::default(),
        at: 0,
        nesting: 0,
        malformed_names: HashSet::new(),
        names_lost: lexed.cut_short,
    };
    parser.schema();
    let Parser { mut tree, names_lost, .. } = parser;
    tree.comments = lexed.comments;
    Reading { tree, names_lost }
}

fn too_long(len: usize, source: SourceId) -> Diagnostic {
    let message = format!("the schema has {len} bytes, {MAX_TEXT_LEN} are the most that is read");
    Diagnostic::error(code::TEXT_TOO_LONG, message).primary(source, Span::new(0, 0), "")
}

/// A mistake was reported; how far up reading can go on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Stop {
    /// At the next field, value or member of the innermost body.
    Item,
    /// At the next definition.
    Definition,
}

type Parsed<T> = Result<T, Stop>;

struct Parser<'s, 'p> {
    text: &'s str,
    lexed: &'p Lexed<'s>,
    findings: &'p mut Findings,
    tree: Tree<'s>,
    /// The index of the next token.
    at: usize,
    /// How many types are open around the next token.
    nesting: u32,
    /// Names after `type` that were reported and are not names of user types, so that their uses are not reported too.
    malformed_names: HashSet<&'s str>,
    /// Set where text is skipped that may define a name; see [`Reading`].
    names_lost: bool,
}

impl<'s> Parser<'s, '_> {
    fn schema(&mut self) {
        let errors = self.findings.error_count();
        while self.peek().kind != Kind::End {
            if self.is_word(self.peek(), "type") {
                self.definition();
            } else {
                self.stray();
            }
        }
        if self.tree.definitions.is_empty() && self.findings.error_count() == errors {
            self.error(code::EMPTY_SCHEMA, "the schema holds no definition", self.peek(), "")
                .note("a schema holds at least one definition, such as `type Ping struct { sequence: u32 }`")
                .push(self.findings);
        }
    }

    fn definition(&mut self) {
        let first = self.at;
        let errors = self.findings.error_count();
        let types = self.tree.types.len();
        self.bump();
        let Some(name) = self.type_name() else {
            self.names_lost = true;
            self.skip_to_definition();
            return;
        };
        self.reject_generics(name);
        self.reject_equals(name);
        let type_at = self.at;
        let ty = self.ty();
        let span = self.span_from(first);
        let docs = self.docs(first, Some(type_at));
        let clean = self.findings.error_count() == errors;
        // After a type with a mistake in it, what is left before the next definition belongs to the mistake.
        if ty.is_err() || (!clean && !self.is_word(self.peek(), "type")) {
            self.skip_to_definition();
        }
        let ty = match ty {
            Ok(ty) if clean => ty,
            Ok(_) | Err(_) => {
                self.tree.types.truncate(types);
                self.push(TypeKind::Unreadable, span)
            }
        };
        self.tree.definitions.push(Definition { name, docs, span, ty });
    }

    /// The name after `type`. A malformed one is reported and taken all the same.
    fn type_name(&mut self) -> Option<Name<'s>> {
        let token = self.peek();
        let text = self.text_of(token);
        match token.kind {
            Kind::Word | Kind::DigitWord | Kind::Number | Kind::Garbled => {}
            _ => {
                let message = format!("expected a type name after `type`, found {}", self.found(token));
                self.missing(code::TYPE_NAME, message).push(self.findings);
                return None;
            }
        }
        self.bump();
        if token.kind != Kind::Garbled && !self.reject_hyphen(code::TYPE_NAME, "type name") {
            self.check_type_name(token, text);
        }
        Some(Name { text, span: token.span })
    }

    fn check_type_name(&mut self, token: Token, text: &'s str) {
        if is_type_name(text) {
            return;
        }
        let upper = text.starts_with(|c: char| c.is_ascii_uppercase());
        self.malformed_names.insert(text);
        let message = if upper {
            format!("the type name {} holds an underscore", quote(text))
        } else {
            format!("the type name {} does not begin with an upper-case letter", quote(text))
        };
        let mut diagnostic = self.error(code::TYPE_NAME, message, token, "");
        let better = camel_case(text);
        if !better.is_empty() {
            diagnostic = diagnostic.note(format!("call it {}", quote(&better)));
        }
        diagnostic.push(self.findings);
    }

    /// Reports and skips the `<T>` of `type A<T> …`.
    fn reject_generics(&mut self, name: Name<'s>) {
        if self.peek().kind != Kind::OpenAngle {
            return;
        }
        let message = format!("the user type {} takes no parameter", quote(name.text));
        self.error(code::PARAMETER, message, self.peek(), "")
            .note("there are no generic types; define one for each type that the parameter stands for")
            .push(self.findings);
        self.skip_bracketed();
    }

    fn reject_equals(&mut self, name: Name<'s>) {
        if self.peek().kind != Kind::Equals && self.peek().kind != Kind::Colon {
            return;
        }
        let message =
            format!("expected a type after the name {}, found {}", quote(name.text), self.found(self.peek()));
        self.error(code::EXPECTED_TYPE, message, self.peek(), "")
            .note("only white space stands between the name and the type: `type Id u32`")
            .push(self.findings);
        self.bump();
    }

    /// Reports a hyphen that continues the name just read, and skips it with what it joins.
    fn reject_hyphen(&mut self, code: Code, what: &str) -> bool {
        let hyphen = self.peek();
        if hyphen.kind != Kind::Minus || self.previous().span.end != hyphen.span.start {
            return false;
        }
        self.error(code, format!("a {what} holds no hyphen"), hyphen, "").push(self.findings);
        while self.peek().kind == Kind::Minus || self.previous().kind == Kind::Minus {
            let joined = self.peek().span.start == self.previous().span.end;
            if !joined || self.peek().kind == Kind::End {
                break;
            }
            self.bump();
        }
        true
    }

    fn push(&mut self, kind: TypeKind<'s>, span: Span) -> TypeId {
        let id = TypeId(self.tree.types.len() as u32);
        self.tree.types.push(Type { kind, span });
        id
    }

    fn peek(&self) -> Token {
        self.peek_at(0)
    }

    /// A later token; beyond the end there is nothing but the end.
    fn peek_at(&self, distance: usize) -> Token {
        let last = self.lexed.tokens.len() - 1;
        self.lexed.tokens[(self.at + distance).min(last)]
    }

    fn previous(&self) -> Token {
        self.lexed.tokens[self.at.saturating_sub(1)]
    }

    /// Takes the next token; the end is never passed.
    fn bump(&mut self) -> Token {
        let token = self.peek();
        if token.kind != Kind::End {
            self.at += 1;
        }
        token
    }

    fn eat(&mut self, kind: Kind) -> bool {
        let found = self.peek().kind == kind;
        if found {
            self.bump();
        }
        found
    }

    fn text_of(&self, token: Token) -> &'s str {
        &self.text[token.span.range()]
    }

    fn is_word(&self, token: Token, word: &str) -> bool {
        token.kind == Kind::Word && self.text_of(token) == word
    }

    /// Whether a definition begins at a token, in a place where a field called `type` might also stand.
    fn is_definition_start(&self, distance: usize) -> bool {
        self.is_word(self.peek_at(distance), "type")
            && matches!(self.peek_at(distance + 1).kind, Kind::Word | Kind::Garbled | Kind::DigitWord)
            && self.peek_at(distance + 2).kind != Kind::Colon
    }

    /// From the token at `first` to the last one taken.
    fn span_from(&self, first: usize) -> Span {
        self.lexed.tokens[first].span.to(self.previous().span)
    }

    /// A token as messages name it.
    fn found(&self, token: Token) -> String {
        match token.kind {
            Kind::End => "the end of the text".to_owned(),
            _ => quote(self.text_of(token)),
        }
    }

    /// The next token as messages name it where something else should be.
    fn found_next(&self) -> String {
        if self.is_definition_start(0) { "the next definition".to_owned() } else { self.found(self.peek()) }
    }

    /// An error where something is missing: at the next token, or, if that is on another line, behind the last one,
    /// with a second primary label at the next: which of the two is the mistake, only the writer knows.
    fn missing(&self, code: Code, message: impl Into<String>) -> Pending {
        let (before, token) = (self.previous(), self.peek());
        if self.at == 0 || before.line == token.line {
            return self.error(code, message, token, "");
        }
        let end = before.span.end;
        let error = self.error(code, message, Token { span: Span::new(end, end), ..token }, "");
        if token.kind == Kind::End {
            return error;
        }
        Pending(error.0.primary(self.findings.source, token.span, "found here"))
    }

    /// An error at a token, to be completed and pushed.
    fn error(&self, code: Code, message: impl Into<String>, token: Token, label: &str) -> Pending {
        Pending(Diagnostic::error(code, message).primary(self.findings.source, token.span, label))
    }

    fn number(&self, token: Token) -> Number {
        let digits = self.text_of(token);
        Number { value: digits.parse().ok(), span: token.span }
    }
}

/// Whether a word is the name of a user type.
pub(crate) fn is_type_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase()) && !word.contains('_')
}

/// The name with every word begun in upper case and the underscores dropped.
fn camel_case(name: &str) -> String {
    let mut out = String::new();
    for word in name.split('_') {
        let word = if out.is_empty() { word.trim_start_matches(|c: char| c.is_ascii_digit()) } else { word };
        let mut letters = word.chars();
        out.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}
