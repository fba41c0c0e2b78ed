//! Arrays and objects, read part by part.

use barewire_syntax::ir::{Struct, TypeId};
use serde::de::{IgnoredAny, MapAccess, SeqAccess};

use super::JsonErrorKind;
use super::alternatives::alternatives;
use super::read::Part;
use super::target::{Cx, Scalar, Target, quoted};
use crate::{PathSegment, Value, unique};

/// The elements of `list`, whose length is `len` if that is fixed.
pub(super) fn elements<'c, 'de, A: SeqAccess<'de>, T: Target<'c> + Copy>(
    cx: &'c Cx<'c>,
    mut array: A,
    list: Part,
    element: T,
    len: Option<u64>,
) -> Result<Box<[T::Made]>, A::Error> {
    let mut elements = Vec::new();
    loop {
        let step = PathSegment::Index(elements.len());
        let Some(made) = array.next_element_seed(cx.reading(Some(step), element))? else { break };
        if len == Some(elements.len() as u64) {
            return Err(list.unexpected(cx, "a longer array"));
        }
        cx.push(&mut elements, made)?;
    }
    match len {
        Some(len) if len != elements.len() as u64 => {
            Err(list.unexpected(cx, &format!("an array of {}", elements.len())))
        }
        Some(_) | None => cx.boxed(elements),
    }
}

/// The pairs of a map.
pub(super) fn pairs<'c, 'de, A: SeqAccess<'de>>(
    cx: &'c Cx<'c>,
    mut array: A,
    key: Part,
    value: Part,
) -> Result<Value, A::Error> {
    let mut pairs = Vec::new();
    loop {
        let step = PathSegment::Index(pairs.len());
        let Some(pair) = array.next_element_seed(cx.reading(Some(step), Pair { key, value }))? else { break };
        cx.push(&mut pairs, pair)?;
    }
    match cx.charged(|r| unique::repeated_key(r, &pairs)) {
        Ok(None) => cx.boxed(pairs).map(Value::Map),
        Ok(Some((first, second))) => {
            let error = cx.fail(JsonErrorKind::DuplicateKey { first });
            cx.within(PathSegment::Index(0));
            cx.within(PathSegment::Index(second));
            Err(error)
        }
        Err(kind) => Err(cx.fail(kind)),
    }
}

/// A pair of a map.
struct Pair {
    key: Part,
    value: Part,
}

impl<'c> Target<'c> for Pair {
    type Made = (Value, Value);

    fn expected(&self, _: &'c Cx<'c>) -> String {
        "a pair of a key and a value".to_owned()
    }

    fn scalar(&self, _: &'c Cx<'c>, _: Scalar<'_>) -> Result<Option<(Value, Value)>, JsonErrorKind> {
        Ok(None)
    }

    fn array<'de, A: SeqAccess<'de>>(self, cx: &'c Cx<'c>, mut array: A) -> Result<(Value, Value), A::Error> {
        let part = |index, part| cx.reading(Some(PathSegment::Index(index)), part);
        let Some(key) = array.next_element_seed(part(0, self.key))? else {
            return Err(self.unexpected(cx, "an array of 0"));
        };
        let Some(value) = array.next_element_seed(part(1, self.value))? else {
            return Err(self.unexpected(cx, "an array of 1"));
        };
        match array.next_element::<IgnoredAny>()? {
            None => Ok((key, value)),
            Some(_) => Err(self.unexpected(cx, "a longer array")),
        }
    }
}

/// The value of the only key, `name`, of an object.
pub(super) fn only<'c, 'de, A: MapAccess<'de>, T: Target<'c>>(
    cx: &'c Cx<'c>,
    mut object: A,
    name: &'static str,
    value: T,
) -> Result<T::Made, A::Error> {
    let first =
        |key: &str| if key == name { Ok(()) } else { Err(unknown(key, alternatives([name].into_iter()))) };
    if object.next_key_seed(cx.key(first))?.is_none() {
        return Err(cx.fail(missing(name)));
    }
    let made = object.next_value_seed(cx.reading(Some(PathSegment::Name(name)), value))?;
    no_more(cx, object, name)?;
    Ok(made)
}

/// Checks that no key follows `name`.
pub(super) fn no_more<'c, 'de, A: MapAccess<'de>>(
    cx: &'c Cx<'c>,
    mut object: A,
    name: &str,
) -> Result<(), A::Error> {
    let refuse = |key: &str| Err::<(), _>(if key == name { repeated(key) } else { unknown(key, None) });
    object.next_key_seed(cx.key(refuse)).map(|_| ())
}

/// The fields of the struct `id`, in any order.
pub(super) fn structure<'c, 'de, A: MapAccess<'de>>(
    cx: &'c Cx<'c>,
    mut object: A,
    id: TypeId,
    body: &'c Struct,
) -> Result<Value, A::Error> {
    let room = cx.charged(|r| r.scratch(body.fields.len()));
    let mut values = room.map_err(|kind| cx.fail::<A::Error>(kind))?;
    // No field is void, so that nothing stands for a value that has not come yet.
    values.resize(body.fields.len(), Value::Void);
    let names = || body.fields.iter().map(|field| field.name.as_str());
    let place = |key: &str| cx.message.names.find(id, key).ok_or_else(|| unknown(key, alternatives(names())));
    while let Some(place) = object.next_key_seed(cx.key(place))? {
        let field = &body.fields[place];
        if values[place] != Value::Void {
            return Err(cx.fail(repeated(&field.name)));
        }
        let step = PathSegment::Name(&field.name);
        values[place] = object.next_value_seed(cx.reading(Some(step), Part(field.ty)))?;
    }
    match body.fields.iter().zip(&values).find(|(_, value)| **value == Value::Void) {
        None => Ok(Value::Struct(values.into_boxed_slice())),
        Some((field, _)) => Err(cx.fail(missing(&field.name))),
    }
}

#[cold]
pub(super) fn unknown(key: &str, expected: Option<String>) -> JsonErrorKind {
    JsonErrorKind::UnknownKey { key: quoted(key), expected: expected.map(Into::into) }
}

#[cold]
pub(super) fn missing(key: &str) -> JsonErrorKind {
    JsonErrorKind::MissingKey { key: quoted(key) }
}

#[cold]
pub(super) fn repeated(key: &str) -> JsonErrorKind {
    JsonErrorKind::RepeatedKey { key: quoted(key) }
}
