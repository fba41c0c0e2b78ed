//! What is known about a type once its parts are known.

use super::{Primitive, Schema, Type, TypeId};

/// The answers to every question about a type that would otherwise need a walk.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    pub(super) resolved: TypeId,
    pub(super) void: bool,
    pub(super) min_len: u64,
    pub(super) max_len: Option<u64>,
    pub(super) depth: u32,
}

impl Facts {
    /// The facts about a type that is about to get the id `id`.
    pub(super) fn of(schema: &Schema, ty: &Type, id: TypeId) -> Facts {
        let part = |id: TypeId| schema.facts[id.index()];
        let leaf = |min_len, max_len| Facts { resolved: id, void: false, min_len, max_len, depth: 1 };
        match ty {
            Type::Primitive(primitive) => {
                let (min_len, max_len) = primitive_len(*primitive);
                Facts { void: *primitive == Primitive::Void, ..leaf(min_len, max_len) }
            }
            Type::Data { len: None } => leaf(1, None),
            Type::Data { len: Some(len) } => leaf(*len, Some(*len)),
            Type::Enum(declared) => {
                let lens = || declared.values.iter().map(|value| varint_len(value.value));
                leaf(lens().min().unwrap_or(1), Some(lens().max().unwrap_or(1)))
            }
            Type::Optional(inner) => {
                let inner = part(*inner);
                Facts {
                    depth: inner.depth.saturating_add(1),
                    ..leaf(1, inner.max_len.and_then(|len| len.checked_add(1)))
                }
            }
            Type::List { element, len } => {
                let element = part(*element);
                let (min_len, max_len) = match len {
                    None => (1, None),
                    Some(n) => (
                        n.saturating_mul(element.min_len),
                        element.max_len.and_then(|len| len.checked_mul(*n)),
                    ),
                };
                Facts { depth: element.depth.saturating_add(1), ..leaf(min_len, max_len) }
            }
            Type::Map { key, value } => {
                Facts { depth: part(*key).depth.max(part(*value).depth).saturating_add(1), ..leaf(1, None) }
            }
            Type::Struct(declared) => {
                let mut facts = leaf(0, Some(0));
                for field in &declared.fields {
                    let field = part(field.ty);
                    facts.min_len = facts.min_len.saturating_add(field.min_len);
                    facts.max_len = add(facts.max_len, field.max_len);
                    facts.depth = facts.depth.max(field.depth.saturating_add(1));
                }
                facts
            }
            Type::Union(declared) => {
                let mut facts = leaf(u64::MAX, Some(0));
                for member in &declared.members {
                    let tag_len = varint_len(member.tag);
                    let member = part(member.ty);
                    let max_len = add(member.max_len, Some(tag_len));
                    facts.min_len = facts.min_len.min(member.min_len.saturating_add(tag_len));
                    facts.max_len = facts.max_len.zip(max_len).map(|(a, b)| a.max(b));
                    facts.depth = facts.depth.max(member.depth.saturating_add(1));
                }
                facts
            }
            Type::Named(target) => {
                let target = schema.definition(*target).ty;
                // A chain of aliases nests in generated code although it holds nothing more.
                let alias = matches!(schema.ty(target), Type::Named(_));
                let facts = part(target);
                Facts { depth: facts.depth.saturating_add(u32::from(alias)), ..facts }
            }
        }
    }
}

fn primitive_len(primitive: Primitive) -> (u64, Option<u64>) {
    let fixed = |len| (len, Some(len));
    match primitive {
        Primitive::Void => fixed(0),
        Primitive::Bool | Primitive::U8 | Primitive::I8 => fixed(1),
        Primitive::U16 | Primitive::I16 => fixed(2),
        Primitive::U32 | Primitive::I32 | Primitive::F32 => fixed(4),
        Primitive::U64 | Primitive::I64 | Primitive::F64 => fixed(8),
        Primitive::Uint | Primitive::Int => (1, Some(10)),
        Primitive::Str => (1, None),
    }
}

/// How many octets a number takes as `uint`.
fn varint_len(value: u64) -> u64 {
    let bits = u64::from(u64::BITS - value.leading_zeros());
    bits.div_ceil(7).max(1)
}

fn add(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    a?.checked_add(b?)
}
