//! From JSON to a tree of values.
//!
//! The type says at each place what is expected, so that no tree of JSON is built, and recursion is bounded by the type
//! instead of by the text.

use std::str::FromStr;

use barewire::{Limits, Reader};
use barewire_syntax::ir::{Primitive, Type, TypeId};
use serde::de::{DeserializeSeed as _, MapAccess, SeqAccess};

use super::alternatives::alternatives;
use super::parts::{elements, only, pairs, structure};
use super::target::{Cx, Scalar, Target};
use super::union::union;
use super::{INFINITY, JsonError, JsonErrorKind, NEG_INFINITY, hex};
use crate::decode::{boxed, copy_str};
use crate::shape::{self, Integer};
use crate::{MAX_DEPTH, MessageType, Value};

/// The value of `message` whose JSON form is `text`.
pub(crate) fn read(message: &MessageType<'_>, text: &str, limits: &Limits) -> Result<Value, JsonError> {
    let cx = Cx::new(message, text.len(), limits);
    if let Err(kind) = cx.charged(|r| charge_parser(r, text).and_then(|()| message.charge_paths(r, 1))) {
        return Err(cx.refused(kind));
    }
    let mut json = serde_json::Deserializer::from_str(text);
    json.disable_recursion_limit();
    let result = cx.reading(None, Part(message.id)).deserialize(&mut json);
    result.and_then(|value| json.end().map(|()| value)).map_err(|error| cx.into_error(&error, text))
}

/// Charges what parsers of `text` and of its parts may hold at once.
fn charge_parser(r: &mut Reader<'_>, text: &str) -> Result<(), barewire::Failed> {
    // A string with escapes is copied into room for twice as much, and held twice while it moves there.
    // Each string is read by one parser.
    let strings = 3;
    // What is passed over takes an octet for each bracket around, likewise with room for more.
    // It is passed over again by the parser of each late union around it; these nest no deeper than types.
    let brackets = 4 * MAX_DEPTH as usize;
    r.charge::<u8>(text.len().saturating_mul(strings).saturating_add(nesting(text).saturating_mul(brackets)))
}

/// How deep brackets nest in `text`, as far as it is JSON.
fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest, mut in_string) = (0_usize, 0, false);
    let mut octets = text.bytes();
    while let Some(octet) = octets.next() {
        match octet {
            b'"' => in_string = !in_string,
            // Escapes stand in strings only; the next may be a quote.
            b'\\' => drop(octets.next()),
            b'[' | b'{' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// A value of this type.
#[derive(Clone, Copy)]
pub(super) struct Part(pub(super) TypeId);

impl Part {
    fn resolved<'c>(self, cx: &'c Cx<'c>) -> (TypeId, &'c Type) {
        let id = cx.message.schema.resolve(self.0);
        (id, cx.message.schema.ty(id))
    }
}

impl<'c> Target<'c> for Part {
    type Made = Value;

    fn expected(&self, cx: &'c Cx<'c>) -> String {
        match self.resolved(cx).1 {
            Type::Primitive(primitive) => match (primitive, Integer::of(*primitive)) {
                (_, Some(Integer { least, greatest, .. })) => {
                    format!("an integer from {least} to {greatest}")
                }
                (Primitive::F32 | Primitive::F64, _) => {
                    "a number, \"Infinity\", \"-Infinity\" or {\"bits\": …}".to_owned()
                }
                (Primitive::Bool, _) => "true or false".to_owned(),
                (Primitive::Str, _) => "a string".to_owned(),
                (_, None) => "null".to_owned(),
            },
            Type::Data { len: None } => "a string of hexadecimal digits, two an octet".to_owned(),
            Type::Data { len: Some(len) } => {
                format!("a string of {} hexadecimal digits", 2 * u128::from(*len))
            }
            Type::Enum(body) => alternatives(body.values.iter().map(|value| value.name.as_str()))
                .unwrap_or_else(|| "the name of an enum value".to_owned()),
            Type::Optional(_) => "null or {\"some\": …}".to_owned(),
            Type::List { len: None, .. } => "an array".to_owned(),
            Type::List { len: Some(1), .. } => "an array of 1 element".to_owned(),
            Type::List { len: Some(len), .. } => format!("an array of {len} elements"),
            Type::Map { .. } => "an array of pairs".to_owned(),
            Type::Union(_) => "{\"tag\": …, \"value\": …}".to_owned(),
            Type::Struct(_) => "an object".to_owned(),
            Type::Named(_) => unreachable!("resolved above"),
        }
    }

    fn may_be_number(&self, cx: &'c Cx<'c>) -> bool {
        match self.resolved(cx).1 {
            Type::Primitive(primitive) => {
                Integer::of(*primitive).is_some() || matches!(primitive, Primitive::F32 | Primitive::F64)
            }
            Type::Data { .. }
            | Type::Enum(_)
            | Type::Optional(_)
            | Type::List { .. }
            | Type::Map { .. }
            | Type::Union(_)
            | Type::Struct(_)
            | Type::Named(_) => false,
        }
    }

    fn scalar(&self, cx: &'c Cx<'c>, found: Scalar<'_>) -> Result<Option<Value>, JsonErrorKind> {
        let (id, ty) = self.resolved(cx);
        match (ty, found) {
            (Type::Primitive(primitive), found) => primitive_value(cx, *primitive, found),
            (Type::Data { len }, Scalar::Text(digits)) => data(cx, *len, digits),
            (Type::Enum(body), Scalar::Text(name)) => {
                let place = cx.message.names.find(id, name);
                Ok(place.map(|place| Value::Enum(body.values[place].value)))
            }
            (Type::Optional(_), Scalar::Null) => Ok(Some(Value::Optional(None))),
            (
                Type::Data { .. }
                | Type::Enum(_)
                | Type::Optional(_)
                | Type::List { .. }
                | Type::Map { .. }
                | Type::Union(_)
                | Type::Struct(_)
                | Type::Named(_),
                _,
            ) => Ok(None),
        }
    }

    fn array<'de, A: SeqAccess<'de>>(self, cx: &'c Cx<'c>, array: A) -> Result<Value, A::Error> {
        match self.resolved(cx).1 {
            Type::List { element, len } if shape::is_octet(cx.message.schema, *element) => {
                elements(cx, array, self, Octet, *len).map(Value::Data)
            }
            Type::List { element, len } => elements(cx, array, self, Part(*element), *len).map(Value::List),
            Type::Map { key, value } => pairs(cx, array, Part(*key), Part(*value)),
            Type::Primitive(_)
            | Type::Data { .. }
            | Type::Enum(_)
            | Type::Optional(_)
            | Type::Union(_)
            | Type::Struct(_)
            | Type::Named(_) => Err(self.unexpected(cx, "an array")),
        }
    }

    fn object<'de, A: MapAccess<'de>>(self, cx: &'c Cx<'c>, object: A) -> Result<Value, A::Error> {
        let (id, ty) = self.resolved(cx);
        match ty {
            Type::Optional(inner) => {
                let value = only(cx, object, "some", Part(*inner))?;
                let value = cx.charged(|r| boxed(r, value)).map_err(|kind| cx.fail(kind))?;
                Ok(Value::Optional(Some(value)))
            }
            Type::Union(body) => union(cx, object, id, body),
            Type::Struct(body) => structure(cx, object, id, body),
            Type::Primitive(Primitive::F32) => {
                only(cx, object, "bits", Bits::<4>).map(|bits| Value::F32(f32::from_be_bytes(bits)))
            }
            Type::Primitive(Primitive::F64) => {
                only(cx, object, "bits", Bits::<8>).map(|bits| Value::F64(f64::from_be_bytes(bits)))
            }
            Type::Primitive(_)
            | Type::Data { .. }
            | Type::Enum(_)
            | Type::List { .. }
            | Type::Map { .. }
            | Type::Named(_) => Err(self.unexpected(cx, "an object")),
        }
    }
}

fn primitive_value(
    cx: &Cx<'_>,
    primitive: Primitive,
    found: Scalar<'_>,
) -> Result<Option<Value>, JsonErrorKind> {
    if let Some(integer) = Integer::of(primitive) {
        let number = found.integer().filter(|number| integer.holds(*number));
        // Lossless: every integer type fits one of the two.
        return Ok(match integer.is_signed() {
            true => number.map(|number| Value::Int(number as i64)),
            false => number.map(|number| Value::Uint(number as u64)),
        });
    }
    Ok(match (primitive, found) {
        (Primitive::Bool, Scalar::Bool(truth)) => Some(Value::Bool(truth)),
        (Primitive::Str, Scalar::Text(text)) => Some(Value::Str(cx.charged(|r| copy_str(r, text))?)),
        (Primitive::Void, Scalar::Null) => Some(Value::Void),
        (Primitive::F32, Scalar::Text(name)) => named_float(name).map(|number| Value::F32(number as f32)),
        (Primitive::F64, Scalar::Text(name)) => named_float(name).map(Value::F64),
        (Primitive::F32, Scalar::Number(digits)) => float(digits, f32::is_finite).map(Value::F32),
        (Primitive::F64, Scalar::Number(digits)) => float(digits, f64::is_finite).map(Value::F64),
        (_, _) => None,
    })
}

fn data(cx: &Cx<'_>, len: Option<u64>, digits: &str) -> Result<Option<Value>, JsonErrorKind> {
    match hex::octets(digits) {
        Some(octets) if len.is_none_or(|len| len == octets.len() as u64) => {
            let mut data = cx.charged(|r| r.scratch(octets.len()))?;
            data.extend(octets);
            Ok(Some(Value::Data(data.into_boxed_slice())))
        }
        Some(_) | None => Ok(None),
    }
}

/// The longest number that is read as a float, in characters.
///
/// No binary64 needs more than 1,385 where all its digits are written out, 309 before and 1,074 behind the point.
/// The standard library caps exponents at some ten thousands, so that it misreads those that as many zeros make up for.
const LONGEST_FLOAT: usize = 2048;

/// The float nearest to what is written, if that is not beyond all of them.
fn float<F: Copy + FromStr>(digits: &str, is_finite: fn(F) -> bool) -> Option<F> {
    let digits = Some(digits).filter(|digits| digits.len() <= LONGEST_FLOAT)?;
    digits.parse().ok().filter(|number| is_finite(*number))
}

/// The float that `name` stands for.
fn named_float(name: &str) -> Option<f64> {
    match name {
        INFINITY => Some(f64::INFINITY),
        NEG_INFINITY => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

/// An element of a `list<u8>`.
#[derive(Clone, Copy)]
struct Octet;

impl<'c> Target<'c> for Octet {
    type Made = u8;

    fn expected(&self, _: &'c Cx<'c>) -> String {
        "an integer from 0 to 255".to_owned()
    }

    fn may_be_number(&self, _: &'c Cx<'c>) -> bool {
        true
    }

    fn scalar(&self, _: &'c Cx<'c>, found: Scalar<'_>) -> Result<Option<u8>, JsonErrorKind> {
        Ok(found.integer().and_then(|number| u8::try_from(number).ok()))
    }
}

/// The bits of a float of `N` octets, most significant first.
#[derive(Clone, Copy)]
struct Bits<const N: usize>;

impl<'c, const N: usize> Target<'c> for Bits<N> {
    type Made = [u8; N];

    fn expected(&self, _: &'c Cx<'c>) -> String {
        format!("a string of {} hexadecimal digits", 2 * N)
    }

    fn scalar(&self, _: &'c Cx<'c>, found: Scalar<'_>) -> Result<Option<[u8; N]>, JsonErrorKind> {
        let Scalar::Text(digits) = found else { return Ok(None) };
        let Some(octets) = hex::octets(digits) else { return Ok(None) };
        if octets.len() != N {
            return Ok(None);
        }
        let mut bits = [0; N];
        bits.iter_mut().zip(octets).for_each(|(held, octet)| *held = octet);
        Ok(Some(bits))
    }
}
