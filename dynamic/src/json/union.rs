//! Unions, in either of their two forms.

use barewire_syntax::ir::{TypeId, Union};
use serde::de::{Error, MapAccess};
use serde_json::value::RawValue;

use super::JsonErrorKind;
use super::alternatives::alternatives;
use super::parts::{missing, no_more, repeated, unknown};
use super::read::Part;
use super::target::{Cx, Scalar, Target};
use crate::decode::boxed;
use crate::{PathSegment, Value};

/// A key of a union.
enum Key {
    Tag,
    Value,
    /// The name of the member at this place.
    Member(usize),
}

/// The union `id`: `{"tag": n, "value": v}` in either order, or `{"MemberName": v}`.
pub(super) fn union<'c, 'de, A: MapAccess<'de>>(
    cx: &'c Cx<'c>,
    mut object: A,
    id: TypeId,
    body: &'c Union,
) -> Result<Value, A::Error> {
    let part = |key, place: usize| cx.reading(Some(PathSegment::Name(key)), Part(body.members[place].ty));
    let members = || (0..body.members.len()).map(|place| cx.message.names.member(id, place));
    let take = |key: &str| match key {
        // No member has a name like these: type names begin with an upper-case letter.
        "tag" => Ok(Key::Tag),
        "value" => Ok(Key::Value),
        name => cx
            .message
            .names
            .find(id, name)
            .map(Key::Member)
            .ok_or_else(|| unknown(name, alternatives(["tag", "value"].into_iter().chain(members())))),
    };
    let mut tagged: Option<usize> = None;
    let mut value: Option<Value> = None;
    // A value that stands before its tag, so that its type is not known yet.
    let mut waiting: Option<&'de RawValue> = None;
    while let Some(key) = object.next_key_seed(cx.key(take))? {
        match key {
            Key::Tag if tagged.is_some() => return Err(cx.fail(repeated("tag"))),
            Key::Tag => {
                let step = PathSegment::Name("tag");
                tagged = Some(object.next_value_seed(cx.reading(Some(step), Tag(body)))?);
            }
            Key::Value if value.is_some() || waiting.is_some() => return Err(cx.fail(repeated("value"))),
            Key::Value => match tagged {
                Some(place) => value = Some(object.next_value_seed(part("value", place))?),
                None => waiting = Some(object.next_value()?),
            },
            Key::Member(place) if tagged.is_none() && waiting.is_none() => {
                let name = cx.message.names.member(id, place);
                let value = object.next_value_seed(part(name, place))?;
                no_more(cx, object, name)?;
                return member(cx, body, place, value);
            }
            Key::Member(place) => return Err(cx.fail(unknown(cx.message.names.member(id, place), None))),
        }
    }
    let Some(place) = tagged else { return Err(cx.fail(missing("tag"))) };
    let value = match (value, waiting) {
        (Some(value), _) => value,
        (None, Some(waiting)) => {
            let value = cx.passed(waiting, Part(body.members[place].ty));
            value.inspect_err(|_| cx.within(PathSegment::Name("value")))?
        }
        (None, None) => return Err(cx.fail(missing("value"))),
    };
    member(cx, body, place, value)
}

fn member<'c, E: Error>(cx: &'c Cx<'c>, body: &Union, place: usize, value: Value) -> Result<Value, E> {
    let value = cx.charged(|r| boxed(r, value)).map_err(|kind| cx.fail(kind))?;
    Ok(Value::Union { tag: body.members[place].tag, value })
}

/// The tag of a member of this union, of which the place is kept.
struct Tag<'c>(&'c Union);

impl<'c> Target<'c> for Tag<'c> {
    type Made = usize;

    fn expected(&self, _: &'c Cx<'c>) -> String {
        "the tag of a union member".to_owned()
    }

    fn may_be_number(&self, _: &'c Cx<'c>) -> bool {
        true
    }

    fn scalar(&self, _: &'c Cx<'c>, found: Scalar<'_>) -> Result<Option<usize>, JsonErrorKind> {
        let Some(tag) = found.integer().and_then(|tag| u64::try_from(tag).ok()) else { return Ok(None) };
        match self.0.members.binary_search_by_key(&tag, |member| member.tag) {
            Ok(place) => Ok(Some(place)),
            Err(_) => Err(JsonErrorKind::UnknownTag { found: tag }),
        }
    }
}
