//! Where in a message something is, with names that are known only at run time.

use std::fmt;

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

impl Path {
    /// Appends the step that leads to what the path has so far.
    pub(crate) fn push(&mut self, segment: PathSegment<'_>) {
        self.steps.push(match segment {
            PathSegment::Name(name) => Step::Name(name.into()),
            PathSegment::Index(index) => Step::Index(index),
            PathSegment::Key(index) => Step::Key(index),
        });
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
