//! A schema text, its name, and places within it.
//!
//! Places are byte offsets; lines and columns exist only in the rendered report.

use std::ops::Range;

/// The longest schema text that is read, in bytes: 16 MiB.
///
/// [`check`](crate::check) reports a longer text with [`TEXT_TOO_LONG`](crate::code::TEXT_TOO_LONG), and [`Source::load`] and [`Family::load`](crate::family::Family::load) refuse a longer file.
pub const MAX_TEXT_LEN: usize = 16 << 20;

/// A schema text and the name it goes by in reports.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Source {
    /// Usually the path of the file as the user wrote it.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// A source from its name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        Source { name: name.into(), text: text.into() }
    }
}

/// Which source of a [`Report`](crate::Report) a label points into: its position in the report's list.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SourceId(u32);

impl SourceId {
    /// The source at `index` of the report's list.
    pub const fn new(index: u32) -> SourceId {
        SourceId(index)
    }

    /// The position in the report's list.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A range of bytes in a source.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Span {
    /// The offset of the first byte.
    pub start: u32,
    /// The offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes from `start` up to, not including, `end`.
    pub const fn new(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    /// From the start of this span to the end of another.
    pub const fn to(self, other: Span) -> Span {
        Span::new(self.start, other.end)
    }

    /// The offsets as the standard library wants them for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}
