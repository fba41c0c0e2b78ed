//! Which types are the same type.
//!
//! Every type gets a number for its structure, built from the numbers of its parts: two types have the same number if and only if they are the same.
//! User types are told apart by name alone.

use crate::ast::{self, TypeKind};
use crate::ir::{DefId, Primitive, Type};
use std::collections::HashMap;

/// The structure of a type.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) struct ShapeId(u32);

#[derive(Eq, Hash, PartialEq)]
enum Shape<'s> {
    Primitive(Primitive),
    Data(Option<u64>),
    Optional(ShapeId),
    List(ShapeId, Option<u64>),
    Map(ShapeId, ShapeId),
    Enum(Vec<(&'s str, u64)>),
    Struct(Vec<(&'s str, ShapeId)>),
    Union(Vec<(u64, ShapeId)>),
    Named(DefId),
}

/// The structures of all types so far.
#[derive(Default)]
pub(super) struct Shapes<'s> {
    known: HashMap<Shape<'s>, ShapeId>,
    /// One for each type.
    of_type: Vec<ShapeId>,
    next: u32,
}

impl<'s> Shapes<'s> {
    /// The structure of a type that was pushed.
    pub(super) fn of(&self, id: ast::TypeId) -> ShapeId {
        self.of_type[id.index()]
    }

    /// Adds the next type; the names come from what was written.
    pub(super) fn push(&mut self, ty: &Type, written: &TypeKind<'s>) {
        let part = |id: crate::ir::TypeId| self.of_type[id.index()];
        let shape = match (ty, written) {
            (Type::Primitive(primitive), _) => Shape::Primitive(*primitive),
            (Type::Data { len }, _) => Shape::Data(*len),
            (Type::Optional(inner), _) => Shape::Optional(part(*inner)),
            (Type::List { element, len }, _) => Shape::List(part(*element), *len),
            (Type::Map { key, value }, _) => Shape::Map(part(*key), part(*value)),
            (Type::Enum(lowered), TypeKind::Enum(values)) => {
                let pairs = values.iter().zip(&lowered.values);
                Shape::Enum(pairs.map(|(value, lowered)| (value.name.text, lowered.value)).collect())
            }
            (Type::Struct(_), TypeKind::Struct(fields)) => {
                Shape::Struct(fields.iter().map(|field| (field.name.text, self.of(field.ty))).collect())
            }
            (Type::Union(lowered), _) => {
                Shape::Union(lowered.members.iter().map(|member| (member.tag, part(member.ty))).collect())
            }
            (Type::Named(target), _) => Shape::Named(*target),
            // Something else was written than what it was read as: it equals nothing.
            (Type::Enum(_) | Type::Struct(_), _) => return self.push_unknown(),
        };
        let fresh = ShapeId(self.next);
        let id = *self.known.entry(shape).or_insert(fresh);
        self.next += u32::from(id == fresh);
        self.of_type.push(id);
    }

    /// Adds a type that is the same as no other.
    pub(super) fn push_unknown(&mut self) {
        self.of_type.push(ShapeId(self.next));
        self.next += 1;
    }
}
