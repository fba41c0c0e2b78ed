//! Carrying a value over, where every question was found to be answered by the schemas.

use barewire::migrate::{narrow_f64, widen_f32};
use barewire_syntax::diff::Match;
use barewire_syntax::ir::{Enum, Primitive, Schema, Struct, Type, TypeId, Union};

use super::{Carried, Migration, within};
use crate::Value;
use crate::path::{Path, PathSegment};

impl Migration<'_> {
    /// The value of the type `from` as one of the type `to`; the recursion follows the types, whose depth is bounded.
    pub(super) fn carry(&self, from: TypeId, to: TypeId, value: &Value) -> Carried {
        if self.comparison.is_same(from, to) {
            return Ok(value.clone());
        }
        let Ok((from, to)) = self.behind(from, to) else { return Err(Path::default()) };
        match (self.from().ty(from), self.to().ty(to), value) {
            // Behind a name that both versions have there may be names that differ.
            (Type::Named(_), _, value) | (_, Type::Named(_), value) => self.carry(from, to, value),
            (Type::Primitive(_), Type::Primitive(to), value) => number(*to, value),
            (Type::Data { .. }, Type::Data { .. }, value) => Ok(value.clone()),
            (Type::Optional(_), Type::Optional(_), Value::Optional(None)) => Ok(Value::Optional(None)),
            (Type::Optional(a), Type::Optional(b), Value::Optional(Some(inner))) => {
                Ok(Value::Optional(Some(Box::new(self.carry(*a, *b, inner)?))))
            }
            (Type::List { element: a, .. }, Type::List { element: b, .. }, value) => self.list(*a, *b, value),
            (Type::Map { key: a, value: v }, Type::Map { key: b, value: w }, Value::Map(pairs)) => {
                let pair = |(i, (key, value)): (usize, &(Value, Value))| {
                    let key = self.carry(*a, *b, key).map_err(within(PathSegment::Key(i)))?;
                    let value = self.carry(*v, *w, value).map_err(within(PathSegment::Index(i)))?;
                    Ok((key, value))
                };
                Ok(Value::Map(pairs.iter().enumerate().map(pair).collect::<Result<_, Path>>()?))
            }
            (Type::Struct(a), Type::Struct(b), Value::Struct(values)) => self.fields(a, b, values),
            (Type::Enum(a), Type::Enum(b), Value::Enum(number)) => self.value(a, b, *number),
            (Type::Union(a), Type::Union(b), Value::Union { tag, value }) => {
                self.member(from, a, b, *tag, value)
            }
            // There was a question about everything else.
            _ => Err(Path::default()),
        }
    }

    fn list(&self, from: TypeId, to: TypeId, value: &Value) -> Carried {
        let one = |i, value: &Value| self.carry(from, to, value).map_err(within(PathSegment::Index(i)));
        let mut elements = Vec::new();
        match value {
            // Octets are held as such.
            Value::Data(octets) => {
                for (i, octet) in octets.iter().enumerate() {
                    elements.push(one(i, &Value::Uint((*octet).into()))?);
                }
            }
            Value::List(list) => {
                for (i, value) in list.iter().enumerate() {
                    elements.push(one(i, value)?);
                }
            }
            _ => return Err(Path::default()),
        }
        if !crate::shape::is_octet(self.to(), to) {
            return Ok(Value::List(elements.into()));
        }
        let octet = |value: &Value| match value {
            Value::Uint(number) => u8::try_from(*number).map_err(|_| Path::default()),
            _ => Err(Path::default()),
        };
        Ok(Value::Data(elements.iter().map(octet).collect::<Result<_, Path>>()?))
    }

    fn fields(&self, from: &Struct, to: &Struct, values: &[Value]) -> Carried {
        let matching = self.comparison.fields(from, to);
        let mut carried = Vec::with_capacity(to.fields.len());
        for (field, found) in to.fields.iter().zip(matching.new) {
            carried.push(match found {
                Match::Same(at) => {
                    let name = &from.fields[at].name;
                    let value = values.get(at).ok_or_else(Path::default)?;
                    self.carry(from.fields[at].ty, field.ty, value)
                        .map_err(within(PathSegment::Name(name)))?
                }
                Match::Renamed(_) | Match::None => empty(self.to(), field.ty).ok_or_else(Path::default)?,
            });
        }
        Ok(Value::Struct(carried.into()))
    }

    fn value(&self, from: &Enum, to: &Enum, number: u64) -> Carried {
        let name = from.values.iter().find(|value| value.value == number).map(|value| &value.name);
        let found = to.values.iter().find(|value| Some(&value.name) == name);
        match (found, name) {
            (Some(found), _) => Ok(Value::Enum(found.value)),
            (None, Some(name)) => Err(within(PathSegment::Name(name))(Path::default())),
            (None, None) => Err(Path::default()),
        }
    }

    fn member(&self, id: TypeId, from: &Union, to: &Union, tag: u64, value: &Value) -> Carried {
        let Some(at) = from.members.iter().position(|member| member.tag == tag) else {
            return Err(Path::default());
        };
        let segment = PathSegment::Name(self.from.names.member(id, at));
        let matching = self.comparison.members(from, to);
        let found = matching.new.iter().position(|found| *found == Match::Same(at));
        let Some(found) = found.map(|at| &to.members[at]) else {
            return Err(within(segment)(Path::default()));
        };
        let value = self.carry(from.members[at].ty, found.ty, value).map_err(within(segment))?;
        Ok(Value::Union { tag: found.tag, value: Box::new(value) })
    }
}

/// The empty value of a type that has one.
pub(super) fn empty(schema: &Schema, id: TypeId) -> Option<Value> {
    match schema.ty(schema.resolve(id)) {
        Type::Optional(_) => Some(Value::Optional(None)),
        Type::List { element, len: None } if crate::shape::is_octet(schema, *element) => {
            Some(Value::Data(Box::default()))
        }
        Type::List { len: None, .. } => Some(Value::List(Box::default())),
        Type::Map { .. } => Some(Value::Map(Box::default())),
        Type::Primitive(_)
        | Type::Data { .. }
        | Type::List { len: Some(_), .. }
        | Type::Enum(_)
        | Type::Struct(_)
        | Type::Union(_)
        | Type::Named(_) => None,
    }
}

/// A number in another type of numbers, if that holds it.
fn number(to: Primitive, value: &Value) -> Carried {
    let whole = match value {
        Value::F32(number) if to == Primitive::F64 => return Ok(Value::F64(widen_f32(*number))),
        Value::F64(number) if to == Primitive::F32 => {
            return narrow_f64(*number, 0).map(Value::F32).map_err(|_| Path::default());
        }
        Value::Uint(number) => i128::from(*number),
        Value::Int(number) => i128::from(*number),
        same => return Ok(same.clone()),
    };
    let held = match to {
        Primitive::U8 => u8::try_from(whole).ok().map(|number| Value::Uint(number.into())),
        Primitive::U16 => u16::try_from(whole).ok().map(|number| Value::Uint(number.into())),
        Primitive::U32 => u32::try_from(whole).ok().map(|number| Value::Uint(number.into())),
        Primitive::U64 | Primitive::Uint => u64::try_from(whole).ok().map(Value::Uint),
        Primitive::I8 => i8::try_from(whole).ok().map(|number| Value::Int(number.into())),
        Primitive::I16 => i16::try_from(whole).ok().map(|number| Value::Int(number.into())),
        Primitive::I32 => i32::try_from(whole).ok().map(|number| Value::Int(number.into())),
        Primitive::I64 | Primitive::Int => i64::try_from(whole).ok().map(Value::Int),
        Primitive::F32 | Primitive::F64 | Primitive::Bool | Primitive::Str | Primitive::Void => None,
    };
    held.ok_or_else(Path::default)
}
