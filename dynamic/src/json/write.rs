//! From a tree of values to JSON.

use barewire_syntax::ir::TypeId;
use serde::ser::{Error as _, Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

use super::{INFINITY, NEG_INFINITY, SAFE_INTEGER, hex};
use crate::shape::{self, Shape};
use crate::{Leaf, MessageType, Value};

/// A value beside its type, for `serde_json` to write.
pub(crate) struct Written<'v> {
    pub(crate) message: &'v MessageType<'v>,
    pub(crate) ty: TypeId,
    pub(crate) value: &'v Value,
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let part = |value, ty| Written { message: self.message, ty, value };
        match shape::of(self.message.schema, self.ty, self.value).map_err(S::Error::custom)? {
            Shape::Void | Shape::Optional(None) => s.serialize_unit(),
            Shape::Uint(_, number) => unsigned(number, s),
            Shape::Int(_, number) => signed(number, s),
            Shape::F32(number) => f32(number, s),
            Shape::F64(number) => f64(number, s),
            Shape::Bool(truth) => s.serialize_bool(truth),
            Shape::Str(text) => s.serialize_str(text),
            Shape::Data { octets, .. } => s.serialize_str(&hex::digits(octets)),
            Shape::Octets { octets, .. } => s.collect_seq(octets),
            Shape::Enum(named) => s.serialize_str(&named.name),
            Shape::Optional(Some((value, ty))) => entry("some", &part(value, ty), s),
            Shape::List { elements, ty, .. } => s.collect_seq(elements.iter().map(|value| part(value, ty))),
            Shape::Map { pairs, key, value } => {
                let mut seq = s.serialize_seq(Some(pairs.len()))?;
                for (one, other) in pairs {
                    seq.serialize_element(&[part(one, key), part(other, value)])?;
                }
                seq.end()
            }
            Shape::Union { tag, ty, value, .. } => {
                let mut map = s.serialize_map(Some(2))?;
                map.serialize_entry("tag", &Unsigned(tag))?;
                map.serialize_entry("value", &part(value, ty))?;
                map.end()
            }
            Shape::Struct { fields, values } => {
                let mut map = s.serialize_map(Some(fields.len()))?;
                for (field, value) in fields.iter().zip(values) {
                    map.serialize_entry(&field.name, &part(value, field.ty))?;
                }
                map.end()
            }
        }
    }
}

/// A value without parts, as text.
pub(crate) fn leaf(leaf: &Leaf<'_>) -> String {
    struct Written<'l>(&'l Leaf<'l>);

    impl Serialize for Written<'_> {
        fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
            match self.0 {
                Leaf::Void => s.serialize_unit(),
                Leaf::Uint(number) => unsigned(*number, s),
                Leaf::Int(number) => signed(*number, s),
                Leaf::F32(number) => f32(*number, s),
                Leaf::F64(number) => f64(*number, s),
                Leaf::Bool(truth) => s.serialize_bool(*truth),
                Leaf::Str(text) => s.serialize_str(text),
                Leaf::Data(octets) => s.serialize_str(&hex::digits(octets)),
                Leaf::Enum { name, .. } => s.serialize_str(name),
            }
        }
    }

    serde_json::to_string(&Written(leaf)).expect("a string takes any text")
}

/// A tag, written as any other integer.
struct Unsigned(u64);

impl Serialize for Unsigned {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        unsigned(self.0, s)
    }
}

fn unsigned<S: Serializer>(number: u64, s: S) -> Result<S::Ok, S::Error> {
    if number > SAFE_INTEGER { s.collect_str(&number) } else { s.serialize_u64(number) }
}

fn signed<S: Serializer>(number: i64, s: S) -> Result<S::Ok, S::Error> {
    if number.unsigned_abs() > SAFE_INTEGER { s.collect_str(&number) } else { s.serialize_i64(number) }
}

fn f32<S: Serializer>(number: f32, s: S) -> Result<S::Ok, S::Error> {
    if has_number(number.into()) {
        s.serialize_f32(number)
    } else {
        float(number.into(), &number.to_be_bytes(), s)
    }
}

fn f64<S: Serializer>(number: f64, s: S) -> Result<S::Ok, S::Error> {
    if has_number(number) { s.serialize_f64(number) } else { float(number, &number.to_be_bytes(), s) }
}

/// Whether JSON has a number for this one: it has none for -0.0 to those that read it as an integer.
fn has_number(number: f64) -> bool {
    number.is_finite() && (number != 0.0 || number.is_sign_positive())
}

/// A float that JSON has no number for.
fn float<S: Serializer>(number: f64, bits: &[u8], s: S) -> Result<S::Ok, S::Error> {
    if number == f64::INFINITY {
        s.serialize_str(INFINITY)
    } else if number == f64::NEG_INFINITY {
        s.serialize_str(NEG_INFINITY)
    } else {
        entry("bits", &hex::digits(bits), s)
    }
}

/// An object of one entry.
fn entry<S: Serializer>(key: &str, value: &impl Serialize, s: S) -> Result<S::Ok, S::Error> {
    let mut map = s.serialize_map(Some(1))?;
    map.serialize_entry(key, value)?;
    map.end()
}
