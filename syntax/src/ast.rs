//! The schema as it was written: every name, number and comment with its place, nothing resolved.
//!
//! Types live in one arena and refer to each other by index, so that a tree is built, dropped and printed without recursion.
//! A type's parts stand before it, and the types of one definition stand together, in the order of the text.

use crate::Span;
pub use crate::primitive::Primitive;

/// A whole schema text.
#[derive(Clone, Debug, Default)]
pub struct Tree<'s> {
    /// In the order of the text.
    pub definitions: Vec<Definition<'s>>,
    /// Every comment, documentation or not, in the order of the text.
    pub comments: Vec<Comment<'s>>,
    /// The arena that a [`TypeId`] indexes.
    pub types: Vec<Type<'s>>,
}

impl<'s> Tree<'s> {
    /// The type with this id.
    ///
    /// # Panics
    ///
    /// If the id belongs to another tree with more types.
    pub fn ty(&self, id: TypeId) -> &Type<'s> {
        &self.types[id.index()]
    }
}

/// The place of a type in [`Tree::types`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TypeId(pub(crate) u32);

impl TypeId {
    /// The place in the arena.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// `# …`
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Comment<'s> {
    /// The text after the `#`, untrimmed, without the line feed.
    pub text: &'s str,
    /// From the `#` to the end of the line.
    pub span: Span,
}

/// A name as it was written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Name<'s> {
    /// The name.
    pub text: &'s str,
    /// Where it stands.
    pub span: Span,
}

/// A number as it was written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Number {
    /// The value, or nothing if it is above 2^64-1.
    pub value: Option<u64>,
    /// Where it stands.
    pub span: Span,
}

/// `type Name …`
#[derive(Clone, Debug)]
pub struct Definition<'s> {
    /// The name after `type`.
    pub name: Name<'s>,
    /// The comment above it or behind it.
    pub docs: String,
    /// The whole definition.
    pub span: Span,
    /// What the name stands for.
    pub ty: TypeId,
}

/// A type and its place.
#[derive(Clone, Debug)]
pub struct Type<'s> {
    /// What was written.
    pub kind: TypeKind<'s>,
    /// Where it stands.
    pub span: Span,
}

/// What was written where a type is wanted.
#[derive(Clone, Debug)]
pub enum TypeKind<'s> {
    /// `u8`, `str`, …
    Primitive(Primitive),
    /// `data` or `data[n]`.
    Data(Option<Number>),
    /// `optional<T>`.
    Optional(TypeId),
    /// `list<T>` or `list<T>[n]`.
    List {
        /// The type between the angle brackets.
        element: TypeId,
        /// The number between the square brackets.
        len: Option<Number>,
    },
    /// `map<K><V>`.
    Map {
        /// The first parameter.
        key: TypeId,
        /// The second parameter.
        value: TypeId,
    },
    /// `enum { … }`.
    Enum(Vec<Value<'s>>),
    /// `struct { … }`.
    Struct(Vec<Field<'s>>),
    /// `union { … }`.
    Union(Vec<Member>),
    /// The name of a user type.
    Named(Name<'s>),
    /// Stands for a definition that could not be read; a report comes with every such tree.
    Unreadable,
}

/// `NAME` or `NAME = n` in an enum.
#[derive(Clone, Debug)]
pub struct Value<'s> {
    /// The name.
    pub name: Name<'s>,
    /// The comment above it or behind it.
    pub docs: String,
    /// The number, if one was written.
    pub number: Option<Number>,
    /// The name and the number.
    pub span: Span,
}

/// `name: type` in a struct.
#[derive(Clone, Debug)]
pub struct Field<'s> {
    /// The name.
    pub name: Name<'s>,
    /// The comment above it or behind it.
    pub docs: String,
    /// The type.
    pub ty: TypeId,
    /// The name and the type.
    pub span: Span,
}

/// `type` or `type = n` in a union.
#[derive(Clone, Debug)]
pub struct Member {
    /// The type.
    pub ty: TypeId,
    /// The comment above it or behind it.
    pub docs: String,
    /// The tag, if one was written.
    pub number: Option<Number>,
    /// The type and the tag.
    pub span: Span,
}
