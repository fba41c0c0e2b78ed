//! Which bodies are written over several lines, and which definitions are set apart.

use super::pieces::{Piece, Start};
use super::{STEP, WIDTH, is_joined};
use crate::lex::Kind;
use std::ops::Range;

pub(super) struct Layout {
    /// For each piece that is a brace, the other brace of its body.
    other: Vec<Option<usize>>,
    /// Whether the body that a piece opens is written over several lines.
    broken: Vec<bool>,
    /// Whether a blank line comes before the piece, whatever the author wrote.
    set_apart: Vec<bool>,
}

impl Layout {
    pub(super) fn of(pieces: &[Piece<'_>]) -> Layout {
        let mut layout = Layout {
            other: braces(pieces),
            broken: vec![false; pieces.len()],
            set_apart: vec![false; pieces.len()],
        };
        layout.break_as_written(pieces);
        let definitions = definitions(pieces);
        for definition in &definitions {
            layout.fit(pieces, definition.clone(), 0);
        }
        layout.set_apart(pieces, &definitions);
        layout
    }

    /// Whether the body that the piece opens is written over several lines.
    pub(super) fn is_broken(&self, open: usize) -> bool {
        self.broken[open]
    }

    /// The brace that opens the body which the piece closes.
    pub(super) fn opening(&self, close: usize) -> Option<usize> {
        self.other[close].filter(|open| *open < close)
    }

    /// Whether a blank line comes before the piece in any case.
    pub(super) fn is_set_apart(&self, at: usize) -> bool {
        self.set_apart[at]
    }

    /// The brace that closes the body which the piece opens.
    fn closing(&self, open: usize) -> Option<usize> {
        self.other[open].filter(|close| open < *close)
    }

    /// Breaks what the author broke and what holds a comment, and everything around.
    fn break_as_written(&mut self, pieces: &[Piece<'_>]) {
        let mut around: Vec<usize> = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            let is_first = at > 0 && pieces[at - 1].is(Kind::OpenBrace);
            if piece.is_comment() || is_first && piece.begins_line {
                // Those further out are broken already where this one is.
                for open in around.iter().rev() {
                    if std::mem::replace(&mut self.broken[*open], true) {
                        break;
                    }
                }
            }
            if self.closing(at).is_some() {
                around.push(at);
            } else if self.opening(at).is_some() {
                around.pop();
            }
        }
    }

    /// Breaks the bodies of an item that does not fit its line; the recursion follows nesting, which the parser bounds.
    fn fit(&mut self, pieces: &[Piece<'_>], item: Range<usize>, indent: usize) {
        let bodies = self.bodies(item.clone());
        if bodies.iter().all(|open| !self.broken[*open]) && indent + width(pieces, item) > WIDTH {
            bodies.iter().for_each(|open| self.broken[*open] = true);
        }
        for open in bodies.into_iter().filter(|open| self.broken[*open]).collect::<Vec<_>>() {
            let Some(close) = self.closing(open) else { continue };
            for part in self.parts(pieces, open, close) {
                // A member comes behind a pipe.
                let is_member = matches!(pieces[part.start].starts, Start::Member { .. });
                self.fit(pieces, part, indent + STEP + if is_member { 2 } else { 0 });
            }
        }
    }

    /// The outermost bodies of an item.
    fn bodies(&self, item: Range<usize>) -> Vec<usize> {
        let mut bodies = Vec::new();
        let mut at = item.start;
        while at < item.end {
            match self.closing(at) {
                Some(close) => {
                    bodies.push(at);
                    at = close + 1;
                }
                None => at += 1,
            }
        }
        bodies
    }

    /// The parts of a body, each up to the next.
    fn parts(&self, pieces: &[Piece<'_>], open: usize, close: usize) -> Vec<Range<usize>> {
        let mut starts = Vec::new();
        let mut at = open + 1;
        while at < close {
            if pieces[at].starts != Start::Nothing {
                starts.push(at);
            }
            at = self.closing(at).unwrap_or(at) + 1;
        }
        let ends: Vec<usize> = starts.iter().skip(1).copied().chain([close]).collect();
        starts.into_iter().zip(ends).map(|(start, end)| start..end).collect()
    }

    /// Puts a blank line between definitions of which one takes several lines, comments counted.
    fn set_apart(&mut self, pieces: &[Piece<'_>], definitions: &[Range<usize>]) {
        let is_tall = |definition: &Range<usize>| definition.clone().any(|at| self.broken[at]);
        let mut apart = Vec::new();
        for pair in definitions.windows(2) {
            let (one, other) = (&pair[0], &pair[1]);
            // The first piece on a line of its own behind the definition: a comment, or the next definition.
            let end = last_token(pieces, one.clone()) + 1;
            let next = (end..other.start).find(|at| !pieces[*at].is_behind).unwrap_or(other.start);
            if next < other.start || is_tall(one) || is_tall(other) {
                apart.push(next);
            }
        }
        apart.into_iter().for_each(|at| self.set_apart[at] = true);
    }
}

fn last_token(pieces: &[Piece<'_>], item: Range<usize>) -> usize {
    item.clone().rev().find(|at| !pieces[*at].is_comment()).unwrap_or(item.start)
}

/// For each brace the other one of its body.
fn braces(pieces: &[Piece<'_>]) -> Vec<Option<usize>> {
    let mut other = vec![None; pieces.len()];
    let mut around = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        if piece.is(Kind::OpenBrace) {
            around.push(at);
        } else if piece.is(Kind::CloseBrace)
            && let Some(open) = around.pop()
        {
            other[open] = Some(at);
            other[at] = Some(open);
        }
    }
    other
}

/// Each definition with the comments up to the next.
fn definitions(pieces: &[Piece<'_>]) -> Vec<Range<usize>> {
    let starts: Vec<usize> = (0..pieces.len()).filter(|at| pieces[*at].starts == Start::Definition).collect();
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([pieces.len()]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| start..end).collect()
}

/// How many columns an item takes on one line, without comments.
fn width(pieces: &[Piece<'_>], item: Range<usize>) -> usize {
    let mut width = 0;
    let mut before: Option<&Piece<'_>> = None;
    for piece in pieces[item].iter().filter(|piece| !piece.is_comment()) {
        width += match before {
            None => 0,
            Some(_) if piece.starts == (Start::Member { is_first: false }) => 3,
            Some(before) if is_joined(before, piece) => 0,
            Some(_) => 1,
        };
        width += piece.text.len();
        before = Some(piece);
    }
    width
}
