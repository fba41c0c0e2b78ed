//! Between `serde` and what is read from JSON: one place that knows the calls of a visitor.

use std::cell::RefCell;
use std::fmt;

use barewire::{DecodeErrorKind, Limits, Reader};
use serde::de::{Deserialize as _, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{JsonError, JsonErrorKind};
use crate::path::{Path, PathSegment};
use crate::{MessageType, growth};

/// The longest part of a text that is quoted in an error, in characters once it is escaped.
const QUOTED: usize = 40;

/// What belongs to the whole text: the heap it may take, and what is wrong with it.
///
/// `serde` carries only texts as errors, so that ours is put aside until its error has come out.
pub(super) struct Cx<'t> {
    pub(super) message: &'t MessageType<'t>,
    /// Reads nothing: it keeps the budget.
    budget: RefCell<Reader<'static>>,
    failure: RefCell<Option<JsonErrorKind>>,
    path: RefCell<Path>,
}

impl<'t> Cx<'t> {
    /// For a text of `len` octets.
    pub(super) fn new(message: &'t MessageType<'t>, len: usize, limits: &Limits) -> Self {
        let budget = Reader::new(&[][..], &Limits::with_heap(limits.heap(len)));
        Self { message, budget: RefCell::new(budget), failure: RefCell::default(), path: RefCell::default() }
    }

    /// How `target` is read, which is reached by the key or position `step`.
    pub(super) fn reading<T>(&'t self, step: Option<PathSegment<'t>>, target: T) -> Reading<'t, T> {
        Reading { cx: self, step, target }
    }

    /// How a key of an object is read, of which `take` makes something.
    pub(super) fn key<F>(&'t self, take: F) -> Reading<'t, Key<F>> {
        self.reading(None, Key(take))
    }

    /// Calls `take` with the reader that keeps the budget.
    pub(super) fn charged<T>(
        &self,
        take: impl FnOnce(&mut Reader<'static>) -> Result<T, barewire::Failed>,
    ) -> Result<T, JsonErrorKind> {
        let mut budget = self.budget.borrow_mut();
        take(&mut budget).map_err(|failed| match budget.error(failed).kind() {
            DecodeErrorKind::LimitExceeded { budget, wanted } => {
                JsonErrorKind::LimitExceeded { budget, wanted }
            }
            DecodeErrorKind::OutOfMemory { wanted } => JsonErrorKind::OutOfMemory { wanted },
            other => unreachable!("no octet is read from a text, and still: {other}"),
        })
    }

    /// Puts `kind` aside, and returns the error that brings it out.
    #[cold]
    pub(super) fn fail<E: Error>(&self, kind: JsonErrorKind) -> E {
        *self.failure.borrow_mut() = Some(kind);
        E::custom("")
    }

    /// Reads `target` from whatever `json` is.
    pub(super) fn look<'c, 'de, T: Target<'c>, D: Deserializer<'de>>(
        &'c self,
        json: D,
        target: T,
    ) -> Result<T::Made, D::Error> {
        json.deserialize_any(Looking { cx: self, target })
    }

    /// Reads `target` from a part of the text that was passed over.
    ///
    /// A number is taken as it is written: the parser would make a binary64 of it, which is wrong for an `f32` where it is
    /// halfway between two of these (`7.038531e-26`), and is an object where some other crate of the program enables
    /// `serde_json/arbitrary_precision`.
    pub(super) fn passed<'c, T: Target<'c>, E: Error>(
        &'c self,
        raw: &RawValue,
        target: T,
    ) -> Result<T::Made, E> {
        let text = raw.get();
        if text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
            return Looking { cx: self, target }.scalar(Scalar::Number(text));
        }
        let mut json = serde_json::Deserializer::from_str(text);
        json.disable_recursion_limit();
        self.look(&mut json, target).map_err(|error| {
            self.failure.borrow_mut().get_or_insert_with(|| syntax(&error));
            E::custom("")
        })
    }

    /// What is wrong is seen from a value that holds it by `step`.
    pub(super) fn within(&self, step: PathSegment<'_>) {
        self.path.borrow_mut().push(step);
    }

    /// Adds `value` to `values`.
    pub(super) fn push<T, E: Error>(&self, values: &mut Vec<T>, value: T) -> Result<(), E> {
        self.charged(|r| growth::push(r, values, value)).map_err(|kind| self.fail(kind))
    }

    /// `values` without the room that was left for more.
    pub(super) fn boxed<T, E: Error>(&self, values: Vec<T>) -> Result<Box<[T]>, E> {
        self.charged(|r| growth::boxed(r, values)).map_err(|kind| self.fail(kind))
    }

    /// The error that `kind` is before anything is read.
    pub(super) fn refused(self, kind: JsonErrorKind) -> JsonError {
        let mut path = self.path.into_inner();
        path.push(PathSegment::Name("$"));
        JsonError::new(kind, (1, 0), path)
    }

    /// What came out as `error` of the whole `text`.
    pub(super) fn into_error(self, error: &serde_json::Error, text: &str) -> JsonError {
        let place = match (error.line(), error.column()) {
            // Found when the parser had taken all of the text.
            (0, _) => {
                (1 + text.matches('\n').count(), text.len() - text.rfind('\n').map_or(0, |end| end + 1))
            }
            place => place,
        };
        let kind = self.failure.into_inner().unwrap_or_else(|| syntax(error));
        let mut path = self.path.into_inner();
        path.push(PathSegment::Name("$"));
        JsonError::new(kind, place, path)
    }
}

/// What the parser found wrong, without the place.
fn syntax(error: &serde_json::Error) -> JsonErrorKind {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    JsonErrorKind::Syntax { message: text.strip_suffix(&place).unwrap_or(&text).into() }
}

/// A text in quotes, escaped, and shortened if it is long.
pub(super) fn quoted(text: &str) -> Box<str> {
    let mut shown = String::new();
    let mut len = 0;
    for letter in text.chars() {
        let escaped = match letter {
            '\'' => letter.to_string(),
            _ => letter.escape_debug().to_string(),
        };
        len += escaped.chars().count();
        if len > QUOTED {
            return format!("\"{shown}\"…").into();
        }
        shown += &escaped;
    }
    format!("\"{shown}\"").into()
}

/// A JSON value without parts.
#[derive(Clone, Copy)]
pub(super) enum Scalar<'x> {
    Null,
    Bool(bool),
    /// As it is written.
    Number(&'x str),
    Text(&'x str),
}

impl Scalar<'_> {
    /// The integer that is written in digits as JSON has them, as a number or as a string.
    pub(super) fn integer(self) -> Option<i128> {
        match self {
            Scalar::Number(digits) | Scalar::Text(digits) => {
                let number: i128 = digits.parse().ok()?;
                // One way for each: no sign of a zero, no zeros before.
                (number.to_string() == digits).then_some(number)
            }
            Scalar::Null | Scalar::Bool(_) => None,
        }
    }

    fn describe(self) -> Box<str> {
        match self {
            Scalar::Null => "null".into(),
            Scalar::Bool(truth) => truth.to_string().into(),
            // All of it is ASCII.
            Scalar::Number(digits) => match digits.get(..QUOTED) {
                Some(start) if start.len() < digits.len() => {
                    format!("{start}… of {} characters", digits.len()).into()
                }
                Some(_) | None => digits.into(),
            },
            Scalar::Text(text) => quoted(text),
        }
    }
}

/// Something that is read from one JSON value.
pub(super) trait Target<'c>: Sized {
    /// What the JSON value becomes.
    type Made;

    /// What stands for one, for errors.
    fn expected(&self, cx: &'c Cx<'c>) -> String;

    /// Whether a number stands for one, which then has to be taken as it is written.
    fn may_be_number(&self, _: &'c Cx<'c>) -> bool {
        false
    }

    /// Reads it from `found`, or returns `None` if that stands for none.
    fn scalar(&self, cx: &'c Cx<'c>, found: Scalar<'_>) -> Result<Option<Self::Made>, JsonErrorKind>;

    fn array<'de, A: SeqAccess<'de>>(self, cx: &'c Cx<'c>, _: A) -> Result<Self::Made, A::Error> {
        Err(self.unexpected(cx, "an array"))
    }

    fn object<'de, A: MapAccess<'de>>(self, cx: &'c Cx<'c>, _: A) -> Result<Self::Made, A::Error> {
        Err(self.unexpected(cx, "an object"))
    }

    #[cold]
    fn unexpected<E: Error>(&self, cx: &'c Cx<'c>, found: &str) -> E {
        cx.fail(JsonErrorKind::Unexpected { expected: self.expected(cx).into(), found: found.into() })
    }
}

/// A target that is reached by `step`, in the hands of `serde`.
pub(super) struct Reading<'c, T> {
    cx: &'c Cx<'c>,
    step: Option<PathSegment<'c>>,
    target: T,
}

impl<'c, 'de, T: Target<'c>> DeserializeSeed<'de> for Reading<'c, T> {
    type Value = T::Made;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<T::Made, D::Error> {
        let Self { cx, step, target } = self;
        let result = match target.may_be_number(cx) {
            true => <&RawValue>::deserialize(json).and_then(|raw| cx.passed(raw, target)),
            false => cx.look(json, target),
        };
        result.inspect_err(|_| {
            if let Some(step) = step {
                cx.within(step);
            }
        })
    }
}

/// A target that takes whatever the JSON value is.
struct Looking<'c, T> {
    cx: &'c Cx<'c>,
    target: T,
}

impl<'c, T: Target<'c>> Looking<'c, T> {
    fn scalar<E: Error>(self, found: Scalar<'_>) -> Result<T::Made, E> {
        let Self { cx, target } = self;
        match target.scalar(cx, found) {
            Ok(Some(made)) => Ok(made),
            Ok(None) => Err(target.unexpected(cx, &found.describe())),
            Err(kind) => Err(cx.fail(kind)),
        }
    }
}

impl<'c, 'de, T: Target<'c>> Visitor<'de> for Looking<'c, T> {
    type Value = T::Made;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.target.expected(self.cx))
    }

    fn visit_unit<E: Error>(self) -> Result<T::Made, E> {
        self.scalar(Scalar::Null)
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<T::Made, E> {
        self.scalar(Scalar::Bool(truth))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T::Made, E> {
        self.scalar(Scalar::Number(&number.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T::Made, E> {
        self.scalar(Scalar::Number(&number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T::Made, E> {
        self.scalar(Scalar::Number(&format!("{number:?}")))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T::Made, E> {
        self.scalar(Scalar::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, array: A) -> Result<T::Made, A::Error> {
        self.target.array(self.cx, array)
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<T::Made, A::Error> {
        self.target.object(self.cx, object)
    }
}

/// A key of an object, or what the function makes of it.
pub(super) struct Key<F>(F);

impl<'c, M, F: Fn(&str) -> Result<M, JsonErrorKind>> Target<'c> for Key<F> {
    type Made = M;

    fn expected(&self, _: &'c Cx<'c>) -> String {
        "a key".to_owned()
    }

    fn scalar(&self, _: &'c Cx<'c>, found: Scalar<'_>) -> Result<Option<M>, JsonErrorKind> {
        match found {
            Scalar::Text(key) => (self.0)(key).map(Some),
            Scalar::Null | Scalar::Bool(_) | Scalar::Number(_) => Ok(None),
        }
    }
}
