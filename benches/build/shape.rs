//! What the types of a schema look like in Rust, whichever library encodes them.

use barewire_syntax::ir::{DefId, Primitive, Schema, Type, TypeId};
use proc_macro2::{Ident, Span};

/// The types that the measured messages reach, those before which they are used by.
#[derive(Default)]
pub struct Shapes(pub Vec<Shape>);

/// A type with a name.
pub struct Shape {
    pub name: String,
    pub kind: Kind,
    /// Whether it holds text or data, which some libraries borrow.
    pub borrows: bool,
    /// Whether its values differ in length, so that ours has a view of it.
    pub varies: bool,
    /// Whether it is a struct of numbers and of such structs, which some libraries copy at once.
    pub plain: bool,
}

/// What a type is made of.
pub enum Kind {
    /// Fields with their names in Rust.
    Struct(Vec<(String, Ty)>),
    /// Members with their types, if they have one.
    Union(Vec<(String, Option<Ty>)>),
    /// Values with their names in Rust.
    Enum(Vec<String>),
}

/// The type of a field or member, with all names for it resolved.
#[derive(PartialEq)]
pub enum Ty {
    Number(&'static str),
    Bool,
    Str,
    Data,
    Octets(usize),
    Optional(Box<Ty>),
    List(Box<Ty>),
    Map(Box<Ty>, Box<Ty>),
    Named { name: String, borrows: bool },
}

impl Ty {
    /// Whether it has a part with a name of its own.
    pub fn is_named(&self) -> bool {
        match self {
            Self::Number(_) | Self::Bool | Self::Str | Self::Data | Self::Octets(_) => false,
            Self::Optional(inner) | Self::List(inner) => inner.is_named(),
            Self::Map(key, value) => key.is_named() || value.is_named(),
            Self::Named { .. } => true,
        }
    }
}

impl Shapes {
    /// Adds what `roots` reach in `schema`.
    pub fn add(&mut self, schema: &Schema, roots: &[&str]) {
        let mut reached = vec![false; schema.definitions().len()];
        // Definitions come after those that they use, so that users are seen first this way.
        for id in schema.ids().collect::<Vec<_>>().into_iter().rev() {
            let definition = schema.definition(id);
            reached[id.index()] |= roots.contains(&definition.name.as_str());
            if reached[id.index()] {
                reach(schema, definition.ty, &mut reached);
            }
        }
        for id in schema.ids().filter(|id| reached[id.index()]) {
            self.0.extend(shape(schema, id));
        }
    }
}

fn reach(schema: &Schema, id: TypeId, reached: &mut [bool]) {
    match schema.ty(id) {
        Type::Primitive(_) | Type::Data { .. } | Type::Enum(_) => {}
        Type::Optional(inner) | Type::List { element: inner, .. } => reach(schema, *inner, reached),
        Type::Map { key, value } => {
            reach(schema, *key, reached);
            reach(schema, *value, reached);
        }
        Type::Struct(declared) => declared.fields.iter().for_each(|field| reach(schema, field.ty, reached)),
        Type::Union(declared) => declared.members.iter().for_each(|member| reach(schema, member.ty, reached)),
        Type::Named(target) => reached[target.index()] = true,
    }
}

/// The shape of a definition, unless it is only another name.
fn shape(schema: &Schema, id: DefId) -> Option<Shape> {
    let definition = schema.definition(id);
    let kind = match schema.ty(definition.ty) {
        Type::Struct(declared) => {
            let field = |field: &barewire_syntax::ir::Field| (snake(&field.name), ty(schema, field.ty));
            Kind::Struct(declared.fields.iter().map(field).collect())
        }
        Type::Union(declared) => {
            let member = |member: &barewire_syntax::ir::Member| {
                let held = (!schema.is_void(member.ty)).then(|| ty(schema, member.ty));
                (member_name(schema, member.ty), held)
            };
            Kind::Union(declared.members.iter().map(member).collect())
        }
        Type::Enum(declared) => Kind::Enum(declared.values.iter().map(|value| camel(&value.name)).collect()),
        Type::Primitive(_)
        | Type::Data { .. }
        | Type::Optional(_)
        | Type::List { .. }
        | Type::Map { .. }
        | Type::Named(_) => return None,
    };
    let holds = |wanted: fn(&Type) -> bool| holds(schema, definition.ty, wanted);
    Some(Shape {
        name: definition.name.clone(),
        kind,
        borrows: holds(borrows),
        plain: !holds(|ty| !matches!(ty, Type::Primitive(number) if is_number(*number)) && !is_struct(ty)),
        varies: holds(|ty| borrows(ty) || matches!(ty, Type::List { .. } | Type::Map { .. })),
    })
}

fn member_name(schema: &Schema, id: TypeId) -> String {
    match schema.ty(id) {
        Type::Named(target) => schema.definition(*target).name.clone(),
        other => panic!("a member without a name: {other:?}"),
    }
}

fn ty(schema: &Schema, id: TypeId) -> Ty {
    match schema.ty(id) {
        Type::Primitive(Primitive::Bool) => Ty::Bool,
        Type::Primitive(Primitive::Str) => Ty::Str,
        Type::Primitive(number) => Ty::Number(number.name()),
        Type::Data { len: None } => Ty::Data,
        Type::Data { len: Some(len) } => Ty::Octets(usize::try_from(*len).expect("short")),
        Type::Optional(inner) => Ty::Optional(Box::new(ty(schema, *inner))),
        Type::List { element, .. } => Ty::List(Box::new(ty(schema, *element))),
        Type::Map { key, value } => Ty::Map(Box::new(ty(schema, *key)), Box::new(ty(schema, *value))),
        Type::Named(target) => {
            let definition = schema.definition(*target);
            match schema.ty(definition.ty) {
                Type::Struct(_) | Type::Union(_) | Type::Enum(_) => Ty::Named {
                    name: definition.name.clone(),
                    borrows: holds(schema, definition.ty, borrows),
                },
                _ => ty(schema, definition.ty),
            }
        }
        other => panic!("a type without a name: {other:?}"),
    }
}

fn is_number(primitive: Primitive) -> bool {
    !matches!(primitive, Primitive::Bool | Primitive::Str | Primitive::Void)
}

/// A struct, or a name, whose type is looked at, too.
fn is_struct(ty: &Type) -> bool {
    matches!(ty, Type::Struct(_) | Type::Named(_))
}

/// Text and data.
fn borrows(ty: &Type) -> bool {
    matches!(ty, Type::Primitive(Primitive::Str) | Type::Data { len: None })
}

/// Whether the type or one that it is made of is as `wanted`.
fn holds(schema: &Schema, id: TypeId, wanted: fn(&Type) -> bool) -> bool {
    let part = |id| holds(schema, id, wanted);
    let ty = schema.ty(id);
    let in_parts = match ty {
        Type::Primitive(_) | Type::Data { .. } | Type::Enum(_) => false,
        Type::Optional(inner) | Type::List { element: inner, .. } => part(*inner),
        Type::Map { key, value } => part(*key) || part(*value),
        Type::Struct(declared) => declared.fields.iter().any(|field| part(field.ty)),
        Type::Union(declared) => declared.members.iter().any(|member| part(member.ty)),
        Type::Named(target) => part(schema.definition(*target).ty),
    };
    wanted(ty) || in_parts
}

/// `messageIndex` as `message_index`.
pub fn snake(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

/// `ERROR` as `Error`.
fn camel(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    format!("{first}{}", rest.to_ascii_lowercase())
}

/// A name as code has it.
pub fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
