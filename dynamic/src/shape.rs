//! One level of a value beside its type: the one place that decides whether they fit.

use barewire_syntax::ir::{EnumValue, Field, Primitive, Schema, Type, TypeId};

use crate::{EncodeErrorKind, Value};

/// A value that fits its type, as far as one sees without looking into its parts.
pub(crate) enum Shape<'v> {
    Void,
    /// With its octets on the wire, or `None` for a varint.
    Uint(Option<usize>, u64),
    /// As `Uint`.
    Int(Option<usize>, i64),
    F32(f32),
    F64(f64),
    Bool(bool),
    Str(&'v str),
    /// `is_counted` says whether the length is on the wire.
    Data {
        octets: &'v [u8],
        is_counted: bool,
    },
    /// A list of `u8`.
    Octets {
        octets: &'v [u8],
        is_counted: bool,
    },
    Enum(&'v EnumValue),
    Optional(Option<(&'v Value, TypeId)>),
    List {
        elements: &'v [Value],
        ty: TypeId,
        is_counted: bool,
    },
    Map {
        pairs: &'v [(Value, Value)],
        key: TypeId,
        value: TypeId,
    },
    Union {
        /// The union, behind any user types.
        union: TypeId,
        /// The place of the member in the schema.
        place: usize,
        tag: u64,
        ty: TypeId,
        value: &'v Value,
    },
    Struct {
        fields: &'v [Field],
        values: &'v [Value],
    },
}

/// How `value` fits the type `id`.
pub(crate) fn of<'v>(schema: &'v Schema, id: TypeId, value: &'v Value) -> Result<Shape<'v>, EncodeErrorKind> {
    let id = schema.resolve(id);
    let other = |expected| Err(EncodeErrorKind::Kind { expected, found: value.kind() });
    match schema.ty(id) {
        Type::Primitive(primitive) => of_primitive(*primitive, value),
        Type::Data { len } => {
            let Value::Data(octets) = value else { return other("data") };
            fixed_len(*len, octets.len())?;
            Ok(Shape::Data { octets, is_counted: len.is_none() })
        }
        Type::Enum(body) => {
            let Value::Enum(number) = value else { return other("an enum value") };
            // Numbers ascend.
            match body.values.binary_search_by_key(number, |value| value.value) {
                Ok(at) => Ok(Shape::Enum(&body.values[at])),
                Err(_) => Err(EncodeErrorKind::UnknownEnumValue { found: *number }),
            }
        }
        Type::Optional(inner) => {
            let Value::Optional(value) = value else { return other("an optional") };
            Ok(Shape::Optional(value.as_deref().map(|value| (value, *inner))))
        }
        Type::List { element, len } if is_octet(schema, *element) => {
            let Value::Data(octets) = value else { return other("data") };
            fixed_len(*len, octets.len())?;
            Ok(Shape::Octets { octets, is_counted: len.is_none() })
        }
        Type::List { element, len } => {
            let Value::List(elements) = value else { return other("a list") };
            fixed_len(*len, elements.len())?;
            Ok(Shape::List { elements, ty: *element, is_counted: len.is_none() })
        }
        Type::Map { key, value: held } => {
            let Value::Map(pairs) = value else { return other("a map") };
            Ok(Shape::Map { pairs, key: *key, value: *held })
        }
        Type::Union(body) => {
            let Value::Union { tag, value } = value else { return other("a union") };
            // Tags ascend.
            match body.members.binary_search_by_key(tag, |member| member.tag) {
                Ok(place) => {
                    Ok(Shape::Union { union: id, place, tag: *tag, ty: body.members[place].ty, value })
                }
                Err(_) => Err(EncodeErrorKind::UnknownTag { found: *tag }),
            }
        }
        Type::Struct(body) => {
            let Value::Struct(values) = value else { return other("a struct") };
            let (expected, found) = (body.fields.len(), values.len());
            if expected != found {
                return Err(EncodeErrorKind::Fields { expected, found });
            }
            Ok(Shape::Struct { fields: &body.fields, values })
        }
        Type::Named(_) => unreachable!("resolved above"),
    }
}

fn of_primitive(primitive: Primitive, value: &Value) -> Result<Shape<'_>, EncodeErrorKind> {
    let other = |expected| Err(EncodeErrorKind::Kind { expected, found: value.kind() });
    if let Some(integer) = Integer::of(primitive) {
        return match (integer.is_signed(), value) {
            (false, Value::Uint(number)) if integer.holds((*number).into()) => {
                Ok(Shape::Uint(integer.width, *number))
            }
            (true, Value::Int(number)) if integer.holds((*number).into()) => {
                Ok(Shape::Int(integer.width, *number))
            }
            (false, Value::Uint(number)) => {
                Err(EncodeErrorKind::Range { expected: primitive, found: (*number).into() })
            }
            (true, Value::Int(number)) => {
                Err(EncodeErrorKind::Range { expected: primitive, found: (*number).into() })
            }
            (false, _) => other("an unsigned integer"),
            (true, _) => other("a signed integer"),
        };
    }
    match (primitive, value) {
        (Primitive::F32, Value::F32(number)) => Ok(Shape::F32(*number)),
        (Primitive::F64, Value::F64(number)) => Ok(Shape::F64(*number)),
        (Primitive::Bool, Value::Bool(truth)) => Ok(Shape::Bool(*truth)),
        (Primitive::Str, Value::Str(text)) => Ok(Shape::Str(text)),
        (Primitive::Void, Value::Void) => Ok(Shape::Void),
        (Primitive::F32, _) => other("an f32"),
        (Primitive::F64, _) => other("an f64"),
        (Primitive::Bool, _) => other("a bool"),
        (Primitive::Str, _) => other("a string"),
        (_, _) => other("nothing"),
    }
}

fn fixed_len(expected: Option<u64>, found: usize) -> Result<(), EncodeErrorKind> {
    match expected {
        Some(expected) if expected != found as u64 => Err(EncodeErrorKind::Length { expected, found }),
        Some(_) | None => Ok(()),
    }
}

/// Whether the type is `u8`: lists of it are held as octets.
pub(crate) fn is_octet(schema: &Schema, id: TypeId) -> bool {
    *schema.ty(schema.resolve(id)) == Type::Primitive(Primitive::U8)
}

/// What an integer type can hold.
#[derive(Clone, Copy)]
pub(crate) struct Integer {
    /// The octets on the wire, or `None` for a varint.
    pub(crate) width: Option<usize>,
    pub(crate) least: i128,
    pub(crate) greatest: i128,
}

impl Integer {
    /// `None` if `primitive` is no integer.
    pub(crate) fn of(primitive: Primitive) -> Option<Self> {
        let unsigned = |width, greatest: i128| Self { width, least: 0, greatest };
        let signed = |width, greatest: i128| Self { width, least: -greatest - 1, greatest };
        Some(match primitive {
            Primitive::Uint => unsigned(None, u64::MAX.into()),
            Primitive::U8 => unsigned(Some(1), u8::MAX.into()),
            Primitive::U16 => unsigned(Some(2), u16::MAX.into()),
            Primitive::U32 => unsigned(Some(4), u32::MAX.into()),
            Primitive::U64 => unsigned(Some(8), u64::MAX.into()),
            Primitive::Int => signed(None, i64::MAX.into()),
            Primitive::I8 => signed(Some(1), i8::MAX.into()),
            Primitive::I16 => signed(Some(2), i16::MAX.into()),
            Primitive::I32 => signed(Some(4), i32::MAX.into()),
            Primitive::I64 => signed(Some(8), i64::MAX.into()),
            Primitive::F32 | Primitive::F64 | Primitive::Bool | Primitive::Str | Primitive::Void => {
                return None;
            }
        })
    }

    pub(crate) fn is_signed(self) -> bool {
        self.least < 0
    }

    pub(crate) fn holds(self, number: i128) -> bool {
        (self.least..=self.greatest).contains(&number)
    }
}
