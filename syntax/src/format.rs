//! One layout for every schema text: the same words, numbers and comments in the same order, with other white space.
//!
//! `pieces` lists what has to be written, `layout` decides which bodies take several lines, and this file writes.
//! A body is written over several lines if it was before, if a comment is in it, or if it would not fit its line;
//! so the author decides between `type Ping struct { sequence: u32 }` and a field a line.
//! Comments keep their places: behind what they stand behind, or above what they stand above, so that they document the same.

mod layout;
mod pieces;

use crate::lex::Kind;
use crate::{Report, Source, parse};
use layout::Layout;
use pieces::{Piece, What};

/// How many columns a line takes at most, if it can be broken.
const WIDTH: usize = 100;

/// How far the parts of a body are indented.
const STEP: usize = 2;

/// The text of a schema in the one layout.
///
/// What it means does not change, nor what its comments document; formatting it again changes nothing.
///
/// ```
/// use barewire_syntax::{Source, format};
///
/// let source = Source::new("id.bare", "type  Id union{u8|str}#the id\r\n\r\n\r\ntype Ids list < Id >");
/// assert_eq!(format(&source)?, "type Id union { u8 | str } # the id\n\ntype Ids list<Id>\n".replace("# the", "#the"));
/// # Ok::<(), barewire_syntax::Report>(())
/// ```
///
/// # Errors
///
/// Every place where the text does not follow the grammar.
pub fn format(source: &Source) -> Result<String, Report> {
    let tree = parse(source)?;
    let pieces = pieces::of(&source.text, &tree);
    let layout = Layout::of(&pieces);
    let mut writer =
        Writer { out: String::new(), pieces: &pieces, layout: &layout, indent: 0, bodies: Vec::new() };
    for at in 0..pieces.len() {
        writer.piece(at);
    }
    writer.out.push('\n');
    Ok(writer.out)
}

/// What comes between two pieces.
enum Gap {
    None,
    Space,
    Pipe,
    /// With this many line feeds, and this indentation.
    Line(usize, usize),
}

struct Writer<'p, 's> {
    out: String,
    pieces: &'p [Piece<'s>],
    layout: &'p Layout,
    indent: usize,
    /// The opening braces of the bodies around.
    bodies: Vec<usize>,
}

impl Writer<'_, '_> {
    fn piece(&mut self, at: usize) {
        let piece = &self.pieces[at];
        let is_close = matches!(piece.what, What::Token(Kind::CloseBrace));
        if is_close && self.bodies.pop().is_some_and(|open| self.layout.is_broken(open)) {
            self.indent -= STEP;
        }
        match self.gap(at) {
            Gap::None => {}
            Gap::Space => self.out.push(' '),
            Gap::Pipe => self.out.push_str(" | "),
            Gap::Line(feeds, indent) => {
                self.out.extend(std::iter::repeat_n('\n', feeds));
                self.out.extend(std::iter::repeat_n(' ', indent));
            }
        }
        let is_listed = self.bodies.last().is_some_and(|open| self.layout.is_broken(*open));
        if matches!(piece.starts, pieces::Start::Member { .. }) && is_listed {
            self.out.push_str("| ");
        }
        self.out.push_str(piece.text);
        if matches!(piece.what, What::Token(Kind::OpenBrace)) {
            self.bodies.push(at);
            if self.layout.is_broken(at) {
                self.indent += STEP;
            }
        }
    }

    fn gap(&self, at: usize) -> Gap {
        let piece = &self.pieces[at];
        let Some(before) = at.checked_sub(1).map(|before| &self.pieces[before]) else { return Gap::None };
        let is_broken = self.bodies.last().is_some_and(|open| self.layout.is_broken(*open));
        if piece.is_comment() && piece.is_behind {
            return Gap::Space;
        }
        let slot = self.slot(at);
        let begins_line = match piece.starts {
            pieces::Start::Definition => true,
            pieces::Start::Part | pieces::Start::Member { .. } => is_broken,
            pieces::Start::Nothing => piece.is_comment() || self.closes_broken(at),
        };
        if !begins_line && !before.is_comment() {
            return match piece.starts {
                pieces::Start::Member { is_first: false } => Gap::Pipe,
                _ if is_joined(before, piece) => Gap::None,
                _ => Gap::Space,
            };
        }
        let is_first = matches!(before.what, What::Token(Kind::OpenBrace));
        let is_kept = (piece.has_blank_before || before.is_detached) && slot == Slot::Item && !is_first;
        let feeds = if is_kept || self.layout.is_set_apart(at) { 2 } else { 1 };
        let indent = match slot {
            Slot::Item | Slot::End => self.indent,
            Slot::Middle => self.indent + STEP,
        };
        Gap::Line(feeds, indent)
    }

    /// Where a piece that begins a line stands; a comment stands where that which it is above of does.
    fn slot(&self, at: usize) -> Slot {
        let Some(next) = self.pieces[at..].iter().position(|piece| !piece.is_comment()) else {
            return Slot::Item;
        };
        match self.pieces[at + next].starts {
            pieces::Start::Definition | pieces::Start::Part | pieces::Start::Member { .. } => Slot::Item,
            pieces::Start::Nothing if next > 0 && self.closes_broken(at + next) => Slot::Item,
            pieces::Start::Nothing if self.closes_broken(at) => Slot::End,
            pieces::Start::Nothing => Slot::Middle,
        }
    }

    /// Whether the piece is the closing brace of a body over several lines.
    fn closes_broken(&self, at: usize) -> bool {
        self.layout.opening(at).is_some_and(|open| self.layout.is_broken(open))
    }
}

/// A place at the beginning of a line.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Slot {
    /// Of a definition, a part, or a comment above one.
    Item,
    /// Of the brace that closes a body.
    End,
    /// Inside something that a comment interrupts.
    Middle,
}

/// Whether nothing stands between two pieces on one line.
fn is_joined(before: &Piece<'_>, piece: &Piece<'_>) -> bool {
    let (What::Token(before), What::Token(kind)) = (&before.what, &piece.what) else { return false };
    matches!(before, Kind::OpenAngle | Kind::OpenBracket)
        || matches!(
            kind,
            Kind::OpenAngle | Kind::CloseAngle | Kind::OpenBracket | Kind::CloseBracket | Kind::Colon
        )
}
