//! Where in a message something is: the steps from the message down to it.

use alloc::string::ToString as _;
use alloc::vec::Vec;
use core::fmt::{self, Write as _};

/// One step from a value to a part of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PathSegment {
    /// A struct field or a union member, by its name in the schema; as first segment, the message.
    Name(&'static str),
    /// A list element, or the value of a map pair, by its position from 0.
    Index(usize),
    /// The key of a map pair, by its position from 0.
    Key(usize),
}

/// Steps down into a message, collected on the way out of it: reading or migrating good values costs nothing for it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Path {
    /// Innermost first: each value on the way out appends its own step.
    segments: Vec<PathSegment>,
}

/// The longest text of an error, in characters.
const SHOWN: usize = 200;

impl Path {
    /// How many steps there is room for, and how many there will be room for with one more.
    pub(crate) fn room(&self) -> (usize, usize) {
        let (len, held) = (self.segments.len(), self.segments.capacity());
        (held, if len < held { held } else { len.saturating_mul(2).max(4) })
    }

    /// Appends the step that leads to what the path has so far.
    pub(crate) fn push(&mut self, segment: PathSegment) {
        let (_, wanted) = self.room();
        // The path explains; where there is no memory for it, what it explains stands without.
        if self.segments.try_reserve_exact(wanted - self.segments.len()).is_ok() {
            self.segments.push(segment);
        }
    }

    /// The steps, outermost first.
    pub(crate) fn segments(&self) -> impl DoubleEndedIterator<Item = PathSegment> + '_ {
        self.segments.iter().rev().copied()
    }

    /// Writes `what` and behind it where, in 200 characters.
    pub(crate) fn write(&self, f: &mut fmt::Formatter<'_>, what: &str) -> fmt::Result {
        if self.segments.is_empty() {
            return f.write_str(what);
        }
        write_within(f, what, self)
    }
}

/// Writes `what` and behind it `path`, in 200 characters: of a path that is longer, the ends say most.
#[doc(hidden)]
pub fn write_within(f: &mut fmt::Formatter<'_>, what: &str, path: &dyn fmt::Display) -> fmt::Result {
    let path = path.to_string();
    write!(f, "{what} in ")?;
    let room = SHOWN.saturating_sub(what.chars().count() + " in ".len());
    let len = path.chars().count();
    if len <= room {
        return f.write_str(&path);
    }
    let half = room.saturating_sub(1) / 2;
    path.chars().take(half).try_for_each(|letter| f.write_char(letter))?;
    f.write_char('…')?;
    path.chars().skip(len - half).try_for_each(|letter| f.write_char(letter))
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.segments().enumerate() {
            match segment {
                PathSegment::Name(name) if position == 0 => f.write_str(name)?,
                PathSegment::Name(name) => write!(f, ".{name}")?,
                PathSegment::Index(index) => write!(f, "[{index}]")?,
                PathSegment::Key(index) => write!(f, "[{index}].key")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Path, PathSegment};
    use alloc::string::ToString as _;
    use alloc::vec::Vec;

    /// Who charges for a path relies on it to the octet.
    #[test]
    fn room_doubles_where_it_is_used_up() {
        let mut path = Path::default();
        let mut rooms = Vec::new();
        for index in 0..9 {
            rooms.push(path.room());
            path.push(PathSegment::Index(index));
        }
        let expected = [(0, 4), (4, 4), (4, 4), (4, 4), (4, 8), (8, 8), (8, 8), (8, 8), (8, 16)];
        assert_eq!(rooms, expected);
        assert_eq!(path.to_string(), "[8][7][6][5][4][3][2][1][0]");
    }
}
