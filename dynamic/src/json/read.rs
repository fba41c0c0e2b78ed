//! From JSON to a tree of values.
//!
//! The type says at each place what is expected, so that no tree of JSON is built, and recursion is bounded by the type
//! instead of by the text.

use barewire::Limits;
use barewire_syntax::ir::{Primitive, Type, TypeId};
use serde::de::{Deserialize as _, DeserializeSeed as _, Deserializer, MapAccess, SeqAccess};
use serde_json::value::RawValue;

use super::parts::{elements, only, pairs, structure};
use super::target::{Cx, Scalar, Target};
use super::union::union;
use super::{INFINITY, JsonError, JsonErrorKind, NEG_INFINITY, hex};
use crate::decode::{boxed, copy_str};
use crate::shape::{self, Integer};
use crate::{MessageType, Value, growth};

/// The value of `message` whose JSON form is `text`.
pub(crate) fn read(message: &MessageType<'_>, text: &str, limits: &Limits) -> Result<Value, JsonError> {
    let cx = Cx::new(message, text.len(), limits);
    let mut json = serde_json::Deserializer::from_str(text);
    json.disable_recursion_limit();
    let result = cx.reading(None, Part(message.id)).deserialize(&mut json);
    result.and_then(|value| json.end().map(|()| value)).map_err(|error| cx.into_error(&error, text))
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
            Type::Enum(_) => "the name of an enum value".to_owned(),
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

    fn value<'de, D: Deserializer<'de>>(self, cx: &'c Cx<'c>, json: D) -> Result<Value, D::Error> {
        if !matches!(self.resolved(cx).1, Type::Primitive(Primitive::F32)) {
            return cx.look(json, self);
        }
        // The parser makes a binary64 of a number. To round that again is wrong where it is halfway between two
        // binary32: `7.038531e-26` is one of these.
        let raw = <&RawValue>::deserialize(json)?;
        match raw.get().parse() {
            Ok(number) if f32::is_finite(number) => Ok(Value::F32(number)),
            Ok(_) | Err(_) => cx.passed(raw, self),
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
        (Primitive::F64, Scalar::Float(number)) => Some(Value::F64(number)),
        (Primitive::F64, Scalar::Unsigned(number)) => Some(Value::F64(number as f64)),
        (Primitive::F64, Scalar::Signed(number)) => Some(Value::F64(number as f64)),
        (_, _) => None,
    })
}

fn data(cx: &Cx<'_>, len: Option<u64>, digits: &str) -> Result<Option<Value>, JsonErrorKind> {
    match hex::octets(digits) {
        Some(octets) if len.is_none_or(|len| len == octets.len() as u64) => {
            let mut data = cx.charged(|r| growth::exact(r, octets.len()))?;
            data.extend(octets);
            Ok(Some(Value::Data(data.into_boxed_slice())))
        }
        Some(_) | None => Ok(None),
    }
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
