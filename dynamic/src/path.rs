//! Where in a message something is, with names that are known only at run time.

use std::collections::TryReserveError;
use std::fmt;
use std::mem::size_of;

/// One step from a value to a part of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PathSegment<'n> {
    /// A struct field or a union member, by its name in the schema; as first segment, the message.
    ///
    /// A member that is an inline type is called what generated code calls it.
    Name(&'n str),
    /// A list element, or the value of a map pair, by its position from 0.
    Index(usize),
    /// The key of a map pair, by its position from 0.
    Key(usize),
}

/// Steps down into a message, collected on the way out of it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Path {
    /// Innermost first.
    steps: Vec<Step>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Step {
    Name(Box<str>),
    Index(usize),
    Key(usize),
}

/// What a step takes of the heap at most, its name besides: there is room for up to twice as many, and while they move into
/// it, for these; and for four at least.
pub(crate) const STEP: usize = 4 * size_of::<Step>();

impl Path {
    /// Appends the step that leads to what the path has so far.
    pub(crate) fn push(&mut self, segment: PathSegment<'_>) {
        // The path explains; where there is no memory for it, what it explains stands without.
        if self.steps.try_reserve(1).is_ok()
            && let Ok(step) = Step::of(segment)
        {
            self.steps.push(step);
        }
    }

    /// The steps, outermost first.
    pub(crate) fn segments(&self) -> impl DoubleEndedIterator<Item = PathSegment<'_>> {
        self.steps.iter().rev().map(|step| match step {
            Step::Name(name) => PathSegment::Name(name),
            Step::Index(index) => PathSegment::Index(*index),
            Step::Key(index) => PathSegment::Key(*index),
        })
    }
}

impl Step {
    fn of(segment: PathSegment<'_>) -> Result<Self, TryReserveError> {
        Ok(match segment {
            PathSegment::Name(name) => {
                let mut copy = String::new();
                copy.try_reserve_exact(name.len())?;
                copy.push_str(name);
                Self::Name(copy.into_boxed_str())
            }
            PathSegment::Index(index) => Self::Index(index),
            PathSegment::Key(index) => Self::Key(index),
        })
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(f, self.segments())
    }
}

/// Writes the path of `segments`, outermost first, as the errors of generated code do.
pub(crate) fn write<'n>(
    f: &mut fmt::Formatter<'_>,
    segments: impl Iterator<Item = PathSegment<'n>>,
) -> fmt::Result {
    for (position, segment) in segments.enumerate() {
        match segment {
            PathSegment::Name(name) if position == 0 => f.write_str(name)?,
            PathSegment::Name(name) => write!(f, ".{name}")?,
            PathSegment::Index(index) => write!(f, "[{index}]")?,
            PathSegment::Key(index) => write!(f, "[{index}].key")?,
        }
    }
    Ok(())
}
