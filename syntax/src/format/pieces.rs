//! What has to be written of a schema text: its tokens but for the pipes, and its comments, in order.

use crate::SourceId;
use crate::ast::{Tree, TypeKind};
use crate::findings::Findings;
use crate::lex::{Kind, lex};
use std::collections::HashMap;

/// A token or a comment.
pub(super) struct Piece<'s> {
    pub(super) what: What,
    /// Numbers are without leading zeros, comments without space at the end.
    pub(super) text: &'s str,
    pub(super) starts: Start,
    /// Whether blank lines come before it.
    pub(super) has_blank_before: bool,
    /// Whether it stands on the line of the piece before it, for a comment that is about that piece.
    pub(super) is_behind: bool,
    /// Whether the piece before it stands on another line.
    pub(super) begins_line: bool,
    /// A comment that documents nothing and has to go on doing so.
    pub(super) is_detached: bool,
}

pub(super) enum What {
    Token(Kind),
    Comment,
}

/// What begins with a piece.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Start {
    Nothing,
    Definition,
    /// A field or an enum value.
    Part,
    Member {
        is_first: bool,
    },
}

impl Piece<'_> {
    pub(super) fn is_comment(&self) -> bool {
        matches!(self.what, What::Comment)
    }

    pub(super) fn is(&self, kind: Kind) -> bool {
        matches!(self.what, What::Token(own) if own == kind)
    }
}

/// The pieces of a text that follows the grammar.
pub(super) fn of<'s>(text: &'s str, tree: &Tree<'s>) -> Vec<Piece<'s>> {
    let starts = starts(tree);
    let lexed = lex(text, &mut Findings::new(SourceId::new(0)));
    let mut pieces: Vec<Piece<'s>> = Vec::new();
    // The line of the last piece or pipe, and whether it was a pipe.
    let mut last: Option<(u32, bool)> = None;
    let mut line_of_piece = None;
    let mut has_blank_before = false;
    let mut comments = lexed.comments.iter().zip(&lexed.gaps).peekable();
    for (at, token) in lexed.tokens.iter().enumerate() {
        while let Some((comment, gap)) = comments.next_if(|(_, gap)| gap.token as usize <= at) {
            has_blank_before |= last.is_some_and(|(line, _)| gap.line > line + 1);
            let behind_pipe = matches!(last, Some((line, true)) if line == gap.line);
            let on_line = line_of_piece == Some(gap.line);
            // `A | # about A` is about A, but a comment behind a pipe that begins a line is about nothing.
            let is_detached =
                behind_pipe && (!on_line || pieces.last().is_some_and(|it| it.is(Kind::OpenBrace)));
            pieces.push(Piece {
                what: What::Comment,
                text: text[comment.span.range()].trim_end(),
                starts: Start::Nothing,
                has_blank_before,
                is_behind: on_line && !is_detached,
                begins_line: !on_line,
                is_detached,
            });
            (last, line_of_piece, has_blank_before) = (Some((gap.line, false)), Some(gap.line), false);
        }
        has_blank_before |= last.is_some_and(|(line, _)| token.line > line + 1);
        match token.kind {
            Kind::End => break,
            Kind::Pipe => {
                last = Some((token.line, true));
                // Comments above a pipe are about the member only if that stands on the line of the pipe.
                let is_alone = lexed.tokens.get(at + 1).is_some_and(|next| next.line != token.line);
                if let Some(above) = pieces.last_mut()
                    && above.is_comment()
                    && !above.is_behind
                {
                    above.is_detached |= is_alone;
                }
            }
            kind => {
                let word = &text[token.span.range()];
                let text = if kind == Kind::Number { plain_number(word) } else { word };
                pieces.push(Piece {
                    what: What::Token(kind),
                    text,
                    starts: starts.get(&token.span.start).copied().unwrap_or(Start::Nothing),
                    has_blank_before,
                    is_behind: false,
                    begins_line: line_of_piece.is_none_or(|line| line != token.line),
                    is_detached: false,
                });
                (last, line_of_piece, has_blank_before) =
                    (Some((token.line, false)), Some(token.line), false);
            }
        }
    }
    pieces
}

/// What begins at which offset.
fn starts(tree: &Tree<'_>) -> HashMap<u32, Start> {
    let mut starts = HashMap::new();
    for ty in &tree.types {
        match &ty.kind {
            TypeKind::Enum(values) => {
                starts.extend(values.iter().map(|value| (value.span.start, Start::Part)));
            }
            TypeKind::Struct(fields) => {
                starts.extend(fields.iter().map(|field| (field.span.start, Start::Part)));
            }
            TypeKind::Union(members) => {
                let start = |(i, at)| (at, Start::Member { is_first: i == 0 });
                starts.extend(members.iter().map(|member| member.span.start).enumerate().map(start));
            }
            TypeKind::Primitive(_)
            | TypeKind::Data(_)
            | TypeKind::Optional(_)
            | TypeKind::List { .. }
            | TypeKind::Map { .. }
            | TypeKind::Named(_)
            | TypeKind::Unreadable => {}
        }
    }
    starts.extend(tree.definitions.iter().map(|definition| (definition.span.start, Start::Definition)));
    starts
}

fn plain_number(digits: &str) -> &str {
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() { "0" } else { digits }
}
