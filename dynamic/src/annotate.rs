//! Which octets of a message are what.

use std::fmt;
use std::mem::size_of;
use std::ops::Range;

use barewire::{DecodeErrorKind, Limits, Reader};
use barewire_syntax::ir::TypeId;

use crate::error::Explained as _;
use crate::path::{self, PathSegment};
use crate::walk::{Head, Leaf, Parts, Place, Visitor, Walk};
use crate::{DecodeError, MessageType};

/// The values of a message in the order of their octets, each before its parts; also of a broken one, as far as it goes.
#[derive(Clone, Debug)]
pub struct Annotated<'a> {
    values: Vec<Annotation<'a>>,
    error: Option<DecodeError>,
}

/// One value of a message.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Annotation<'a> {
    /// Its octets; of a value that is broken, those up to the last part that could be read.
    pub span: Range<usize>,
    /// Its type as the schema writes it at this place.
    pub ty: TypeId,
    /// What it is.
    pub content: Content<'a>,
    /// The step to it from the value around, or `None` for what an optional holds: both have the same path.
    pub step: Option<PathSegment<'a>>,
    /// The position of the value around; `None` for the message.
    pub parent: Option<usize>,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Content<'a> {
    /// A value without parts.
    Leaf(Leaf<'a>),
    /// A value with parts, which follow.
    Head(Head<'a>),
}

impl<'a> Annotated<'a> {
    /// The values that could be read.
    #[must_use]
    pub fn values(&self) -> &[Annotation<'a>] {
        &self.values
    }

    /// Why reading stopped, if the input is not a message: the same error as that of decoding, but for the limits.
    #[must_use]
    pub fn error(&self) -> Option<&DecodeError> {
        self.error.as_ref()
    }

    /// The path of the value at `index`, as errors write it.
    ///
    /// # Panics
    ///
    /// If there are no more than `index` values.
    #[must_use]
    pub fn path(&self, index: usize) -> String {
        let mut steps = Vec::new();
        let mut at = Some(index);
        while let Some(index) = at {
            let value = &self.values[index];
            steps.extend(value.step);
            at = value.parent;
        }
        PathText(steps).to_string()
    }
}

/// Steps, innermost first.
struct PathText<'a>(Vec<PathSegment<'a>>);

impl fmt::Display for PathText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        path::write(f, self.0.iter().rev().copied())
    }
}

/// What the octets of `input` are as a message of this type.
///
/// The first time through, values are only counted and charged; that decides how far the message goes and what is wrong.
/// So the notes have the room they need, and never move.
pub(crate) fn annotate<'a>(message: &'a MessageType<'a>, input: &'a [u8], limits: &Limits) -> Annotated<'a> {
    let mut count = Count(0);
    let error = counted(message, input, limits, &mut count).err();
    match notes(message, input, count.0) {
        Ok(values) => Annotated { values, error },
        Err(error) => Annotated { values: Vec::new(), error: Some(error) },
    }
}

fn counted<'a>(
    message: &'a MessageType<'a>,
    input: &'a [u8],
    limits: &Limits,
    count: &mut Count,
) -> Result<(), DecodeError> {
    let mut r = Reader::new(input, limits);
    // One for what is wrong, and one for where the notes end.
    message.charge_paths(&mut r, 2).explained(&mut r)?;
    Walk::new(message, count).value(&mut r, Some(message.root()), message.id)?;
    message.finish(&mut r)
}

/// Counts the values, each of which is charged as an annotation.
struct Count(usize);

impl Count {
    fn one(&mut self, r: &mut Reader<'_>) -> Result<(), DecodeError> {
        r.charge::<Annotation<'_>>(1).explained(r)?;
        self.0 += 1;
        Ok(())
    }
}

impl<'a> Visitor<'a> for &mut Count {
    type Made = ();
    type Open = ();

    fn leaf(&mut self, r: &mut Reader<'a>, _: &Place<'a>, _: Leaf<'a>) -> Result<(), DecodeError> {
        self.one(r)
    }

    fn open(&mut self, r: &mut Reader<'a>, _: &Place<'a>, _: Head<'a>) -> Result<(), DecodeError> {
        self.one(r)
    }

    fn close(&mut self, _: &mut Reader<'a>, (): (), _: Parts<()>) -> Result<(), DecodeError> {
        Ok(())
    }
}

/// The first `count` values, which were charged.
fn notes<'a>(
    message: &'a MessageType<'a>,
    input: &'a [u8],
    count: usize,
) -> Result<Vec<Annotation<'a>>, DecodeError> {
    let mut r = Reader::new(input, &Limits::trusted());
    let values = r.scratch(count).explained(&mut r)?;
    let mut walk = Walk::new(message, Notes { values, around: None });
    // That it ends early, by what is wrong or by the room, is known.
    let _ = walk.value(&mut r, Some(message.root()), message.id);
    let Notes { mut values, mut around } = walk.visitor;
    let reached = values.last().map_or(0, |value| value.span.end);
    while let Some(value) = around.and_then(|around| values.get_mut(around)) {
        value.span.end = reached;
        around = value.parent;
    }
    Ok(values)
}

/// Notes down each value for which there is room.
struct Notes<'a> {
    values: Vec<Annotation<'a>>,
    /// The innermost value whose parts are not all read.
    around: Option<usize>,
}

impl<'a> Notes<'a> {
    fn note(
        &mut self,
        r: &mut Reader<'a>,
        place: &Place<'a>,
        content: Content<'a>,
    ) -> Result<(), DecodeError> {
        if self.values.len() == self.values.capacity() {
            let kind = DecodeErrorKind::OutOfMemory { wanted: size_of::<Annotation<'_>>() };
            return Err(r.fail(kind)).explained(r);
        }
        let Place { start, step, ty } = *place;
        let span = start..r.position();
        self.values.push(Annotation { span, ty, content, step, parent: self.around });
        Ok(())
    }
}

impl<'a> Visitor<'a> for Notes<'a> {
    type Made = ();
    type Open = usize;
    const CHECKS_KEYS: bool = false;

    fn leaf(&mut self, r: &mut Reader<'a>, place: &Place<'a>, leaf: Leaf<'a>) -> Result<(), DecodeError> {
        self.note(r, place, Content::Leaf(leaf))
    }

    fn open(&mut self, r: &mut Reader<'a>, place: &Place<'a>, head: Head<'a>) -> Result<usize, DecodeError> {
        let index = self.values.len();
        self.note(r, place, Content::Head(head))?;
        self.around = Some(index);
        Ok(index)
    }

    fn close(&mut self, r: &mut Reader<'a>, open: usize, _: Parts<()>) -> Result<(), DecodeError> {
        let value = &mut self.values[open];
        value.span.end = r.position();
        self.around = value.parent;
        Ok(())
    }
}
