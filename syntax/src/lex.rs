//! From text to tokens.
//!
//! Takes a schema text and gives every word, number and sign with its place, and the comments apart from them.
//! There are no keyword tokens: `type` and `struct` are words like any other, because they are also legal field names.
//! What can never stand in a schema is reported here, and replaced so that the parser need not complain again.

use crate::ast::Comment;
use crate::findings::Findings;
use crate::quote::quote;
use crate::{Diagnostic, Span, code};
use nom::Parser as _;
use nom::branch::alt;
use nom::bytes::complete::{tag, take, take_till, take_until, take_while, take_while1};
use nom::combinator::{map, map_opt, opt, recognize, rest, value};
use nom::sequence::{pair, preceded};

/// The tokens and comments of one text.
#[derive(Debug)]
pub(crate) struct Lexed<'s> {
    /// Ends with exactly one [`Kind::End`].
    pub(crate) tokens: Vec<Token>,
    pub(crate) comments: Vec<Comment<'s>>,
    /// For each comment where it stands among the tokens.
    pub(crate) gaps: Vec<Gap>,
    /// Whether a foreign comment that is never closed swallowed the rest of the text.
    pub(crate) cut_short: bool,
}

/// Where a comment stands among the tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gap {
    /// How many tokens come before the comment.
    pub(crate) token: u32,
    /// Counted from 0.
    pub(crate) line: u32,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) span: Span,
    /// Counted from 0.
    pub(crate) line: u32,
    /// How many comments come before it.
    pub(crate) comments: u32,
}

/// What a token is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// Letters, digits and underscores, not beginning with a digit.
    Word,
    /// A word with non-ASCII characters. It was reported, so the parser takes it for any name or type.
    Garbled,
    /// Digits.
    Number,
    /// A digit, then at least one letter or underscore: neither a number nor a name.
    DigitWord,
    OpenBrace,
    CloseBrace,
    OpenAngle,
    CloseAngle,
    OpenBracket,
    CloseBracket,
    OpenParen,
    CloseParen,
    Equals,
    Colon,
    Pipe,
    Comma,
    Semicolon,
    Minus,
    /// A double quote, up to the next one on the same line.
    Quoted,
    /// Any other printable ASCII character.
    Other,
    /// The end of the text. Its span is empty and stands behind the last token.
    End,
}

/// Cuts a text into tokens.
///
/// The text must be shorter than 4 GiB, which [`check`](crate::check()) makes sure of.
pub(crate) fn lex<'s>(text: &'s str, findings: &mut Findings) -> Lexed<'s> {
    let mut lexer = Lexer {
        text,
        // A byte order mark is a habit of some editors, not part of the schema.
        at: if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 },
        line: 0,
        out: Lexed { tokens: Vec::new(), comments: Vec::new(), gaps: Vec::new(), cut_short: false },
        findings,
    };
    lexer.run();
    lexer.out
}

const BYTE_ORDER_MARK: char = '\u{feff}';

struct Lexer<'s, 'f> {
    text: &'s str,
    at: usize,
    line: u32,
    out: Lexed<'s>,
    findings: &'f mut Findings,
}

impl<'s> Lexer<'s, '_> {
    fn run(&mut self) {
        while self.at < self.text.len() {
            match piece(&self.text.as_bytes()[self.at..]) {
                Ok((left, piece)) => self.take(piece, self.text.len() - left.len()),
                // No combinator takes a byte that is not printable ASCII.
                Err(_) => self.take_strange(),
            }
        }
        let end = self.out.tokens.last().map_or(0, |token| token.span.end);
        self.push(Kind::End, Span::new(end, end));
    }

    fn take(&mut self, piece: Piece, end: usize) {
        let span = Span::new(self.at as u32, end as u32);
        let text = self.text;
        match piece {
            Piece::Space => self.count_lines(span),
            Piece::Comment => {
                self.out.comments.push(Comment { text: &text[self.at + 1..end], span });
                self.out.gaps.push(Gap { token: self.out.tokens.len() as u32, line: self.line });
            }
            Piece::ForeignComment => {
                self.report_foreign_comment(span);
                self.count_lines(span);
                let comment = &text[span.range()];
                // The shortest closed comment is `/**/`; in `/*/` the star is that of the opening.
                let closed = comment.len() >= 4 && comment.ends_with("*/");
                self.out.cut_short |= comment.starts_with("/*") && !closed;
            }
            Piece::Token(kind) if is_wordlike(kind) && self.continues_beyond_ascii(end) => {
                return self.take_garbled();
            }
            Piece::Token(kind) => self.push(kind, span),
        }
        self.at = end;
    }

    fn push(&mut self, kind: Kind, span: Span) {
        let (line, comments) = (self.line, self.out.comments.len() as u32);
        self.out.tokens.push(Token { kind, span, line, comments });
    }

    fn count_lines(&mut self, span: Span) {
        let bytes = &self.text.as_bytes()[span.range()];
        self.line += bytes.iter().filter(|byte| **byte == b'\n').count() as u32;
    }

    fn continues_beyond_ascii(&self, at: usize) -> bool {
        self.text[at..].chars().next().is_some_and(is_foreign_letter)
    }

    /// Takes a character that no schema holds outside a comment.
    fn take_strange(&mut self) {
        let Some(c) = self.text[self.at..].chars().next() else {
            return;
        };
        if is_foreign_letter(c) {
            return self.take_garbled();
        }
        // A run of the same character is one mistake.
        let rest = &self.text[self.at..];
        let len = rest.len() - rest.trim_start_matches(c).len();
        let span = Span::new(self.at as u32, (self.at + len) as u32);
        let diagnostic = Diagnostic::error(
            code::STRANGE_SPACE,
            format!("the character U+{:04X} is not white space in a schema", u32::from(c)),
        )
        .primary(self.findings.source, span, "")
        .note("use spaces, tabs and line feeds");
        self.findings.push(diagnostic);
        self.at += len;
    }

    /// Takes a word that holds, or is, something beyond ASCII.
    fn take_garbled(&mut self) {
        let rest = &self.text[self.at..];
        let len = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || is_foreign_letter(c)))
            .unwrap_or(rest.len());
        let word = &rest[..len];
        let start = word.find(is_foreign_letter).unwrap_or(0);
        let c = word[start..].chars().next().unwrap_or_default();
        let from = self.at + start;
        let span = Span::new(from as u32, (from + c.len_utf8()) as u32);
        let diagnostic = Diagnostic::error(
            code::NON_ASCII,
            format!("{} is not ASCII and stands outside a comment", quote(c.encode_utf8(&mut [0; 4]))),
        )
        .primary(self.findings.source, span, "")
        .note(
            "names hold ASCII letters, digits and underscores; comments begin with `#` and may hold anything",
        );
        self.findings.push(diagnostic);
        self.push(Kind::Garbled, Span::new(self.at as u32, (self.at + len) as u32));
        self.at += len;
    }

    fn report_foreign_comment(&mut self, span: Span) {
        let opening = &self.text[self.at..self.at + 2];
        let diagnostic =
            Diagnostic::error(code::FOREIGN_COMMENT, format!("`{opening}` does not begin a comment"))
                .primary(self.findings.source, Span::new(span.start, span.start + 2), "")
                .note("a comment begins with `#` and runs to the end of the line");
        self.findings.push(diagnostic);
    }
}

fn is_wordlike(kind: Kind) -> bool {
    matches!(kind, Kind::Word | Kind::Number | Kind::DigitWord)
}

/// Whether a character beyond ASCII is meant as part of a word, rather than as space that cannot be seen.
fn is_foreign_letter(c: char) -> bool {
    !c.is_ascii()
        && !c.is_whitespace()
        && !c.is_control()
        && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// What one combinator recognised.
#[derive(Clone, Copy)]
enum Piece {
    Space,
    Comment,
    ForeignComment,
    Token(Kind),
}

type Result<'b, T> = nom::IResult<&'b [u8], T>;

/// Recognises one piece by its first byte.
///
/// The grammar works on bytes, and tries no alternatives where one byte decides: build scripts run this without optimisation, where either costs several times as much.
fn piece(input: &[u8]) -> Result<'_, Piece> {
    match input.first() {
        Some(b' ' | b'\t' | b'\n' | b'\r') => space(input),
        Some(b'a'..=b'z' | b'A'..=b'Z' | b'_') => word(input),
        Some(b'0'..=b'9') => number(input),
        Some(b'#') => comment(input),
        Some(b'"') => quoted(input),
        Some(b'/') => alt((foreign_comment, sign)).parse(input),
        _ => sign(input),
    }
}

fn space(input: &[u8]) -> Result<'_, Piece> {
    let run = take_while1(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    value(Piece::Space, run).parse(input)
}

fn word(input: &[u8]) -> Result<'_, Piece> {
    value(Piece::Token(Kind::Word), take_while1(is_word_byte)).parse(input)
}

fn number(input: &[u8]) -> Result<'_, Piece> {
    let digits = take_while1(|byte: u8| byte.is_ascii_digit());
    let kind = |(_, tail): (&[u8], &[u8])| match tail {
        [] => Piece::Token(Kind::Number),
        _ => Piece::Token(Kind::DigitWord),
    };
    map(pair(digits, take_while(is_word_byte)), kind).parse(input)
}

fn comment(input: &[u8]) -> Result<'_, Piece> {
    value(Piece::Comment, to_line_end).parse(input)
}

fn foreign_comment(input: &[u8]) -> Result<'_, Piece> {
    let line = preceded(tag("//"), to_line_end);
    let closed = recognize(pair(take_until("*/"), tag("*/")));
    let block = preceded(tag("/*"), alt((closed, rest)));
    value(Piece::ForeignComment, alt((line, block))).parse(input)
}

fn quoted(input: &[u8]) -> Result<'_, Piece> {
    let inside = take_till(|byte| matches!(byte, b'"' | b'\n' | b'\r'));
    value(Piece::Token(Kind::Quoted), (tag("\""), inside, opt(tag("\"")))).parse(input)
}

/// A token of one byte; anything that is not printable ASCII is an error.
fn sign(input: &[u8]) -> Result<'_, Piece> {
    map_opt(take(1_usize), |sign: &[u8]| sign.first().copied().and_then(sign_kind).map(Piece::Token))
        .parse(input)
}

fn sign_kind(byte: u8) -> Option<Kind> {
    Some(match byte {
        b'{' => Kind::OpenBrace,
        b'}' => Kind::CloseBrace,
        b'<' => Kind::OpenAngle,
        b'>' => Kind::CloseAngle,
        b'[' => Kind::OpenBracket,
        b']' => Kind::CloseBracket,
        b'(' => Kind::OpenParen,
        b')' => Kind::CloseParen,
        b'=' => Kind::Equals,
        b':' => Kind::Colon,
        b'|' => Kind::Pipe,
        b',' => Kind::Comma,
        b';' => Kind::Semicolon,
        b'-' => Kind::Minus,
        _ if byte.is_ascii_graphic() => Kind::Other,
        _ => return None,
    })
}

fn to_line_end(input: &[u8]) -> Result<'_, &[u8]> {
    take_till(|byte| byte == b'\n').parse(input)
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
