//! Which octets of a message are what.

use std::fmt;
use std::ops::Range;

use barewire::{Limits, Reader};
use barewire_syntax::ir::TypeId;

use crate::path::{self, PathSegment};
use crate::walk::{Head, Leaf, Parts, Place, Visitor, Walk};
use crate::{DecodeError, MessageType, growth};

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

    /// The path of one of the values, as errors write it.
    #[must_use]
    pub fn path(&self, value: &Annotation<'a>) -> String {
        let mut steps = Vec::new();
        let mut at = Some(value);
        while let Some(value) = at {
            steps.extend(value.step);
            at = value.parent.and_then(|parent| self.values.get(parent));
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
pub(crate) fn annotate<'a>(message: &'a MessageType<'a>, input: &'a [u8], limits: &Limits) -> Annotated<'a> {
    let mut r = Reader::new(input, limits);
    let mut walk = Walk::new(message, Notes::default());
    let result = walk.value(&mut r, Some(message.root()), message.id).and_then(|()| message.finish(&r));
    let Notes { mut values, mut around } = walk.visitor;
    let reached = values.last().map_or(0, |value| value.span.end);
    while let Some(value) = around.and_then(|around| values.get_mut(around)) {
        value.span.end = reached;
        around = value.parent;
    }
    Annotated { values, error: result.err() }
}

/// Notes down each value.
#[derive(Default)]
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
        let Place { start, step, ty } = *place;
        let span = start..r.position();
        let value = Annotation { span, ty, content, step, parent: self.around };
        Ok(growth::push(r, &mut self.values, value)?)
    }
}

impl<'a> Visitor<'a> for Notes<'a> {
    type Made = ();
    type Open = usize;

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
