//! Equal types of two schemas get equal numbers, so that comparing two types is comparing two integers.

use crate::ir::{Primitive, Schema, Type, TypeId};
use std::collections::{BTreeMap, HashMap};

/// The numbers of all types in both schemas.
pub(super) struct Shapes {
    old: Numbers,
    new: Numbers,
}

/// For each type of a schema, what it is equal to.
struct Numbers {
    /// As it is written: a user type is its name.
    line: Vec<u32>,
    /// In depth: a user type is its name and what that stands for.
    depth: Vec<u32>,
}

/// A type whose parts are numbered.
#[derive(Eq, Hash, PartialEq)]
enum Shape<'a> {
    Primitive(Primitive),
    Data(Option<u64>),
    Optional(u32),
    List(u32, Option<u64>),
    Map(u32, u32),
    Enum(Vec<(&'a str, u64)>),
    Struct(Vec<(&'a str, u32)>),
    Union(Vec<(u64, u32)>),
    Named(&'a str, Option<u32>),
}

/// The shapes met so far; only equality is read from it, so its order does not matter.
type Known<'a> = HashMap<Shape<'a>, u32>;

impl Shapes {
    /// An old definition that `renamed` has counts as one of its new name.
    pub(super) fn of<'a>(old: &'a Schema, new: &'a Schema, renamed: &BTreeMap<&'a str, &'a str>) -> Shapes {
        let (mut lines, mut depths) = (Known::new(), Known::new());
        let old = Numbers::of(old, renamed, &mut lines, &mut depths);
        let new = Numbers::of(new, &BTreeMap::new(), &mut lines, &mut depths);
        Shapes { old, new }
    }

    /// Whether both are written the same.
    pub(super) fn same_line(&self, old: TypeId, new: TypeId) -> bool {
        self.old.line[old.index()] == self.new.line[new.index()]
    }

    /// Whether both are written the same, and so is everything below.
    pub(super) fn same_in_depth(&self, old: TypeId, new: TypeId) -> bool {
        self.old.depth[old.index()] == self.new.depth[new.index()]
    }

    /// A number for how an old type is written; equal to [`Shapes::new_line`] where the types are.
    pub(super) fn old_line(&self, id: TypeId) -> u32 {
        self.old.line[id.index()]
    }

    /// A number for how a new type is written.
    pub(super) fn new_line(&self, id: TypeId) -> u32 {
        self.new.line[id.index()]
    }

    /// A number for an old type in depth; equal to [`Shapes::new_depth`] where the types are.
    pub(super) fn old_depth(&self, id: TypeId) -> u32 {
        self.old.depth[id.index()]
    }

    /// A number for a new type in depth.
    pub(super) fn new_depth(&self, id: TypeId) -> u32 {
        self.new.depth[id.index()]
    }
}

impl Numbers {
    fn of<'a>(
        schema: &'a Schema,
        renamed: &BTreeMap<&'a str, &'a str>,
        lines: &mut Known<'a>,
        depths: &mut Known<'a>,
    ) -> Numbers {
        let mut numbers = Numbers { line: Vec::new(), depth: Vec::new() };
        // A type stands after its parts and after the definitions that it names, so that their numbers are there.
        for ty in schema.types() {
            let line = number(lines, shape(schema, ty, renamed, &numbers.line, |_| None));
            let depth =
                shape(schema, ty, renamed, &numbers.depth, |target| Some(numbers.depth[target.index()]));
            let depth = number(depths, depth);
            numbers.line.push(line);
            numbers.depth.push(depth);
        }
        numbers
    }
}

fn number<'a>(known: &mut Known<'a>, shape: Shape<'a>) -> u32 {
    let next = known.len() as u32;
    *known.entry(shape).or_insert(next)
}

fn shape<'a>(
    schema: &'a Schema,
    ty: &'a Type,
    renamed: &BTreeMap<&'a str, &'a str>,
    numbers: &[u32],
    target: impl Fn(TypeId) -> Option<u32>,
) -> Shape<'a> {
    let of = |id: &TypeId| numbers[id.index()];
    match ty {
        Type::Primitive(primitive) => Shape::Primitive(*primitive),
        Type::Data { len } => Shape::Data(*len),
        Type::Optional(inner) => Shape::Optional(of(inner)),
        Type::List { element, len } => Shape::List(of(element), *len),
        Type::Map { key, value } => Shape::Map(of(key), of(value)),
        Type::Enum(body) => {
            Shape::Enum(body.values.iter().map(|value| (value.name.as_str(), value.value)).collect())
        }
        Type::Struct(body) => {
            Shape::Struct(body.fields.iter().map(|field| (field.name.as_str(), of(&field.ty))).collect())
        }
        Type::Union(body) => {
            Shape::Union(body.members.iter().map(|member| (member.tag, of(&member.ty))).collect())
        }
        Type::Named(id) => {
            let definition = schema.definition(*id);
            let name = definition.name.as_str();
            Shape::Named(renamed.get(name).copied().unwrap_or(name), target(definition.ty))
        }
    }
}
