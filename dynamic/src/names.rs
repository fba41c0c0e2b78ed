//! The names of fields, enum values and union members, found in both directions.
//!
//! A union member that is an inline type has no name in the schema.
//! It is called what generated code calls it, in paths and in JSON: a description of the type (`ListU8`), with the
//! first suffix that makes it free.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use barewire_syntax::ir::{Primitive, Schema, Type, TypeId, Union};

use crate::path::STEP;

/// The names in the types that a message reaches.
#[derive(Clone, Debug)]
pub(crate) struct Names<'s> {
    /// For each union the names of its members, in the order of the schema.
    members: BTreeMap<TypeId, Vec<Cow<'s, str>>>,
    /// For each struct, enum and union its names in alphabetical order, each with its place in the schema.
    sorted: BTreeMap<TypeId, Vec<(Cow<'s, str>, usize)>>,
    /// The most heap that a path takes, in paths of bytes and of JSON.
    pub(crate) longest_path: usize,
}

impl<'s> Names<'s> {
    /// The names in `root` and all that it is made of.
    pub(crate) fn of(schema: &'s Schema, root: TypeId) -> Self {
        let mut names = Self { members: BTreeMap::new(), sorted: BTreeMap::new(), longest_path: 0 };
        // A type comes after its parts.
        let mut seen = vec![false; root.index() + 1];
        let mut found = Vec::new();
        let mut open = vec![root];
        while let Some(id) = open.pop() {
            let id = schema.resolve(id);
            if std::mem::replace(&mut seen[id.index()], true) {
                continue;
            }
            found.push(id);
            match schema.ty(id) {
                Type::Optional(inner) | Type::List { element: inner, .. } => open.push(*inner),
                Type::Map { key, value } => open.extend([*key, *value]),
                Type::Struct(body) => {
                    names.sort(id, body.fields.iter().map(|field| Cow::Borrowed(field.name.as_str())));
                    open.extend(body.fields.iter().map(|field| field.ty));
                }
                Type::Enum(body) => {
                    names.sort(id, body.values.iter().map(|value| Cow::Borrowed(value.name.as_str())));
                }
                Type::Union(body) => {
                    let members = member_names(schema, body);
                    names.sort(id, members.iter().cloned());
                    names.members.insert(id, members);
                    open.extend(body.members.iter().map(|member| member.ty));
                }
                Type::Primitive(_) | Type::Data { .. } | Type::Named(_) => {}
            }
        }
        names.longest_path = names.longest_path(schema, found);
        names
    }

    /// The most heap that a path takes from a type down that is made of `found`, and is one of these.
    fn longest_path(&self, schema: &'s Schema, mut found: Vec<TypeId>) -> usize {
        // A type comes after its parts.
        found.sort_unstable();
        let mut longest: BTreeMap<TypeId, usize> = BTreeMap::new();
        for id in found {
            let below = |part: TypeId| longest[&schema.resolve(part)];
            let here = match schema.ty(id) {
                // The steps that JSON alone has are `bits`, `some`, `value` and, in a pair, the place.
                Type::Primitive(_) => STEP + "bits".len(),
                Type::Optional(inner) => STEP + "some".len() + below(*inner),
                Type::List { element, .. } => STEP + below(*element),
                Type::Map { key, value } => 2 * STEP + below(*key).max(below(*value)),
                Type::Struct(body) => {
                    let fields = body.fields.iter().map(|field| field.name.len() + below(field.ty));
                    STEP + fields.max().unwrap_or(0)
                }
                Type::Union(body) => {
                    let members = body.members.iter().zip(&self.members[&id]);
                    let members =
                        members.map(|(member, name)| name.len().max("value".len()) + below(member.ty));
                    STEP + members.max().unwrap_or(0)
                }
                Type::Data { .. } | Type::Enum(_) | Type::Named(_) => 0,
            };
            longest.insert(id, here);
        }
        longest.into_values().next_back().unwrap_or(0)
    }

    fn sort(&mut self, id: TypeId, names: impl Iterator<Item = Cow<'s, str>>) {
        let mut sorted: Vec<_> = names.enumerate().map(|(place, name)| (name, place)).collect();
        sorted.sort_unstable();
        self.sorted.insert(id, sorted);
    }

    /// The name of the member at `place` of the union `id`.
    pub(crate) fn member(&self, id: TypeId, place: usize) -> &str {
        &self.members[&id][place]
    }

    /// The place of `name` in the struct, enum or union `id`.
    pub(crate) fn find(&self, id: TypeId, name: &str) -> Option<usize> {
        let sorted = &self.sorted[&id];
        let found = sorted.binary_search_by(|(own, _)| own.as_ref().cmp(name));
        found.ok().map(|at| sorted[at].1)
    }
}

/// The names of the members: those that were declared come first, so that a description never takes one.
fn member_names<'s>(schema: &'s Schema, body: &Union) -> Vec<Cow<'s, str>> {
    let mut scope = Scope::default();
    let declared: Vec<Option<&str>> =
        body.members.iter().map(|member| declared_name(schema, member.ty)).collect();
    for name in declared.iter().flatten() {
        scope.claim(&escape(name));
    }
    let members = body.members.iter().zip(declared);
    members
        .map(|(member, declared)| match declared {
            Some(name) => Cow::Borrowed(name),
            None => Cow::Owned(scope.claim(&description(schema, member.ty))),
        })
        .collect()
}

fn declared_name(schema: &Schema, id: TypeId) -> Option<&str> {
    match schema.ty(id) {
        Type::Named(def) => Some(&schema.definition(*def).name),
        Type::Primitive(_)
        | Type::Data { .. }
        | Type::Optional(_)
        | Type::List { .. }
        | Type::Map { .. }
        | Type::Enum(_)
        | Type::Struct(_)
        | Type::Union(_) => None,
    }
}

/// What an inline type is called.
///
/// The recursion follows inline nesting, which the parser bounds.
fn description(schema: &Schema, id: TypeId) -> String {
    match schema.ty(id) {
        Type::Named(def) => escape(&schema.definition(*def).name).into_owned(),
        Type::Primitive(primitive) => match primitive {
            Primitive::Uint => "Uint",
            Primitive::Int => "Int",
            Primitive::U8 => "U8",
            Primitive::U16 => "U16",
            Primitive::U32 => "U32",
            Primitive::U64 => "U64",
            Primitive::I8 => "I8",
            Primitive::I16 => "I16",
            Primitive::I32 => "I32",
            Primitive::I64 => "I64",
            Primitive::F32 => "F32",
            Primitive::F64 => "F64",
            Primitive::Bool => "Bool",
            Primitive::Str => "Str",
            Primitive::Void => "Void",
        }
        .to_owned(),
        Type::Data { len: None } => "Data".to_owned(),
        Type::Data { len: Some(len) } => format!("Data{len}"),
        Type::Optional(inner) => format!("Optional{}", description(schema, *inner)),
        Type::List { element, len: None } => format!("List{}", description(schema, *element)),
        Type::List { element, len: Some(len) } => format!("List{len}{}", description(schema, *element)),
        Type::Map { key, value } => {
            format!("Map{}{}", description(schema, *key), description(schema, *value))
        }
        Type::Enum(_) => "Enum".to_owned(),
        Type::Struct(_) => "Struct".to_owned(),
        Type::Union(_) => "Union".to_owned(),
    }
}

/// `Self` is the one name of a type that Rust cannot write.
fn escape(name: &str) -> Cow<'_, str> {
    if name == "Self" { Cow::Borrowed("Self_") } else { Cow::Borrowed(name) }
}

/// The names taken in one union.
#[derive(Default)]
struct Scope {
    taken: BTreeSet<String>,
    /// The next suffix to try for a name that was asked for before.
    suffixes: BTreeMap<String, u32>,
}

impl Scope {
    /// `wanted`, or with the first suffix that makes it free.
    fn claim(&mut self, wanted: &str) -> String {
        if self.taken.insert(wanted.to_owned()) {
            return wanted.to_owned();
        }
        // `Data4` and 2 would read as `Data42`.
        let joint = if wanted.ends_with(|last: char| last.is_ascii_digit()) { "_" } else { "" };
        let suffix = self.suffixes.entry(wanted.to_owned()).or_insert(2);
        loop {
            let name = format!("{wanted}{joint}{suffix}");
            *suffix += 1;
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}
