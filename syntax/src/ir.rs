//! The schema as the later stages read it: names resolved, everything numbered, sizes known.
//!
//! A [`Schema`] comes only out of [`check`](crate::check()), so every rule of the language holds for it.
//! In particular a definition refers only to definitions before it, which makes every fact about a type a sum over facts that are already known; all of them are computed once, and asking is a look-up.

mod canonical;
mod facts;

pub use crate::primitive::Primitive;
use crate::{Span, suggest};
pub(crate) use facts::Facts;

/// A schema: its definitions in the order of the text, and the arena of their types.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    definitions: Vec<Definition>,
    types: Vec<Type>,
    /// One for each type.
    facts: Vec<Facts>,
    /// One for each definition.
    uses: Vec<u32>,
    /// All definitions in the order of their names.
    by_name: Vec<DefId>,
}

impl Schema {
    /// The definitions in the order of the text; a [`DefId`] is an index into them.
    pub fn definitions(&self) -> &[Definition] {
        &self.definitions
    }

    /// The definition with this id.
    ///
    /// # Panics
    ///
    /// This and the other look-ups by id panic if the id comes from another, larger schema.
    pub fn definition(&self, id: DefId) -> &Definition {
        &self.definitions[id.index()]
    }

    /// The ids of all definitions, in the order of the text.
    pub fn ids(&self) -> impl Iterator<Item = DefId> + use<> {
        (0..self.definitions.len() as u32).map(DefId)
    }

    /// The definition with this name.
    pub fn find(&self, name: &str) -> Option<DefId> {
        let found = self.by_name.binary_search_by(|id| self.definition(*id).name.as_str().cmp(name));
        found.ok().map(|at| self.by_name[at])
    }

    /// The name of a definition that `name` was probably meant to be.
    pub fn near_name(&self, name: &str) -> Option<&str> {
        suggest::nearest(name, self.definitions.iter().map(|definition| definition.name.as_str()))
    }

    /// The type with this id.
    pub fn ty(&self, id: TypeId) -> &Type {
        &self.types[id.index()]
    }

    /// The type behind any user types: the first on the way that is not [`Type::Named`].
    pub fn resolve(&self, id: TypeId) -> TypeId {
        self.facts[id.index()].resolved
    }

    /// Whether the type is void, directly or through user types.
    pub fn is_void(&self, id: TypeId) -> bool {
        self.facts[id.index()].void
    }

    /// The fewest octets that a value takes; `u64::MAX` stands for more than fits.
    pub fn min_len(&self, id: TypeId) -> u64 {
        self.facts[id.index()].min_len
    }

    /// The most octets that a value takes, or `None` if there is no bound or it is above `u64::MAX`.
    pub fn max_len(&self, id: TypeId) -> Option<u64> {
        self.facts[id.index()].max_len
    }

    /// How deep the type nests, through user types.
    ///
    /// A primitive, `data` and an enum count one.
    /// An optional, list, map, struct or union counts one more than its deepest part.
    /// A user type counts what it stands for, and one more if that is itself only the name of a user type.
    pub fn depth(&self, id: TypeId) -> u32 {
        self.facts[id.index()].depth
    }

    /// Whether another definition refers to this one.
    pub fn is_used(&self, id: DefId) -> bool {
        self.uses(id) > 0
    }

    /// At how many places other definitions refer to this one.
    pub fn uses(&self, id: DefId) -> u32 {
        self.uses[id.index()]
    }

    /// The definition on one line, without comments, with every number written out.
    ///
    /// Two definitions with the same line, whose user types are also the same, have the same octets.
    /// The form is stable: frozen versions are compared by it.
    pub fn canonical(&self, id: DefId) -> String {
        let definition = self.definition(id);
        let mut line = format!("{} ", definition.name);
        canonical::write_type(self, definition.ty, &mut line);
        line
    }

    /// The type as [`Schema::canonical`] writes it.
    pub fn canonical_type(&self, id: TypeId) -> String {
        let mut text = String::new();
        canonical::write_type(self, id, &mut text);
        text
    }

    /// The arena: the types of a definition stand together, its own type last.
    pub(crate) fn types(&self) -> &[Type] {
        &self.types
    }

    /// Adds a type, whose parts are already there.
    pub(crate) fn push_type(&mut self, ty: Type) -> TypeId {
        let id = TypeId(self.types.len() as u32);
        if let Type::Named(target) = ty {
            self.uses[target.index()] += 1;
        }
        self.facts.push(Facts::of(self, &ty, id));
        self.types.push(ty);
        id
    }

    /// Adds a definition, whose type is already there.
    pub(crate) fn push_definition(&mut self, definition: Definition) -> DefId {
        let id = DefId(self.definitions.len() as u32);
        self.definitions.push(definition);
        self.uses.push(0);
        id
    }

    /// Prepares [`Schema::find`], after the last definition.
    pub(crate) fn index_names(&mut self) {
        let mut by_name: Vec<DefId> = self.ids().collect();
        by_name.sort_by(|a, b| self.definition(*a).name.cmp(&self.definition(*b).name));
        self.by_name = by_name;
    }
}

/// The place of a definition in the text: the first one is 0.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct DefId(pub(crate) u32);

impl DefId {
    /// The index into [`Schema::definitions`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One occurrence of a type in a schema.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TypeId(pub(crate) u32);

impl TypeId {
    /// The place among all types of the schema; a type comes after its parts.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// `type Name …`
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Definition {
    /// The name; unique in the schema.
    pub name: String,
    /// The comment above it or behind it, or nothing.
    pub docs: String,
    /// What the name stands for.
    pub ty: TypeId,
    /// The whole definition.
    pub span: Span,
    /// The name alone.
    pub name_span: Span,
}

/// A type.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Type {
    /// A type without parts.
    Primitive(Primitive),
    /// `data`, or `data[n]` with a length.
    Data {
        /// At least 1.
        len: Option<u64>,
    },
    /// `optional<T>`.
    Optional(TypeId),
    /// `list<T>`, or `list<T>[n]` with a length.
    List {
        /// Never void.
        element: TypeId,
        /// At least 1.
        len: Option<u64>,
    },
    /// `map<K><V>`.
    Map {
        /// A primitive other than `f32`, `f64` and `void`, or an enum, or data, perhaps through user types.
        key: TypeId,
        /// Never void.
        value: TypeId,
    },
    /// `enum { … }`.
    Enum(Enum),
    /// `struct { … }`.
    Struct(Struct),
    /// `union { … }`.
    Union(Union),
    /// A user type, defined before.
    Named(DefId),
}

/// An enum: at least one value, names unique, numbers ascending.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Enum {
    /// In the order of the text.
    pub values: Vec<EnumValue>,
}

/// One value of an enum.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EnumValue {
    /// The name.
    pub name: String,
    /// The comment above it or behind it, or nothing.
    pub docs: String,
    /// The number on the wire, written or counted.
    pub value: u64,
    /// The name and the number.
    pub span: Span,
}

/// A struct: at least one field, names unique, no field void.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Struct {
    /// In the order of the text, which is the order on the wire.
    pub fields: Vec<Field>,
}

/// One field of a struct.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Field {
    /// The name.
    pub name: String,
    /// The comment above it or behind it, or nothing.
    pub docs: String,
    /// The type.
    pub ty: TypeId,
    /// The name and the type.
    pub span: Span,
}

/// A union: at least one member, types unique, tags ascending.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Union {
    /// In the order of the text.
    pub members: Vec<Member>,
}

/// One member of a union.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Member {
    /// The comment above it or behind it, or nothing.
    pub docs: String,
    /// The tag on the wire, written or counted.
    pub tag: u64,
    /// The type; may be void.
    pub ty: TypeId,
    /// The type and the tag.
    pub span: Span,
}
