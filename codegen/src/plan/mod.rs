//! Decisions: what Rust a family of schemas becomes, without a word on how it is printed.
//!
//! `plan` takes checked schemas and the user's choices and says which items each version has, what they are called,
//! which types hold their parts, what is boxed, what is `Copy`, and which types did not change since the version before.
//! `emit` prints the result and decides nothing.

mod build;
mod docs;
mod memory;
pub(crate) mod names;
mod part;
mod share;

use barewire_syntax::family::Family;

use crate::config::Config;

/// What a family of schemas becomes.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The modules `v1`, `v2`, …, or one without a number for a schema that has no versions.
    pub modules: Vec<Module>,
}

/// One version of the family.
#[derive(Clone, Debug)]
pub struct Module {
    /// `None` for a schema without versions: its items stand at the top.
    pub version: Option<u16>,
    pub definitions: Vec<Definition>,
}

/// What one definition of the schema becomes.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The earlier version whose types these are, if nothing changed since.
    pub origin: Option<Origin>,
    /// The type itself last, the inline types in it before.
    pub items: Vec<Item>,
}

/// Where a type that did not change was first.
#[derive(Clone, Debug)]
pub struct Origin {
    pub version: u16,
    /// What the strategies of the items are called there: another name may have been free.
    pub strategies: Vec<String>,
}

/// One Rust type, with its view if that is another type.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub name: String,
    /// What errors call the type: the name in the schema, or the Rust name of an inline type.
    pub schema_name: String,
    /// `None` if the type borrows nothing and is its own view.
    pub view: Option<String>,
    /// The function that makes values for property tests.
    pub strategy: String,
    pub docs: Vec<String>,
    pub min_len: u64,
    pub width: Width,
    pub derives: Derives,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Struct(Vec<Field>),
    Enum {
        repr: Primitive,
        values: Vec<Value>,
    },
    Union(Vec<Member>),
    /// `type N void`.
    Unit,
    /// Another name for a type.
    Alias(Place),
    /// An alias that no other type uses: a message, and so a type of its own.
    Newtype(Place),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub name: String,
    pub schema_name: String,
    pub docs: Vec<String>,
    pub place: Place,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    pub name: String,
    pub schema_name: String,
    pub docs: Vec<String>,
    pub number: u64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    pub name: String,
    pub schema_name: String,
    pub docs: Vec<String>,
    pub tag: u64,
    /// `None` for a void member, a unit variant.
    pub place: Option<Place>,
}

/// What holds a value at one place of the schema, owned and borrowed.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub owned: Type,
    pub view: Type,
    pub layout: Layout,
}

/// A Rust type.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    Primitive(Primitive),
    /// A generated type or alias, by name; of `strategy` only for property tests.
    Named {
        name: String,
        strategy: String,
    },
    /// A generated view, by name.
    View(String),
    Str,
    String,
    Bytes,
    ByteVec,
    Vec(Box<Type>),
    Option(Box<Type>),
    Box(Box<Type>),
    Array(Box<Type>, u64),
    FixedList(Box<Type>, u64),
    FixedData(u64),
    Map(Box<Type>, Box<Type>),
    RefStr,
    RefBytes,
    RefArray(u64),
    ListView(Box<Type>, Layout),
    FixedListView(Box<Type>, u64, Layout),
    MapView(Box<Type>, Box<Type>, Layout),
    LazyView(Box<Type>, Layout),
}

/// The layout of a type where Rust's type does not tell it.
#[derive(Clone, Debug, PartialEq)]
pub enum Layout {
    Plain,
    Varint,
    Elements,
    Pair(Box<Layout>, Box<Layout>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Primitive {
    U8,
    U16,
    U32,
    U64,
    I8,
    I16,
    I32,
    I64,
    F32,
    F64,
    Bool,
}

/// What is known of the encoded length: see `barewire::Width`.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Width {
    Varies,
    Fixed,
    Raw,
}

/// The traits to derive beyond `Clone`, `Debug` and `PartialEq`.
#[derive(Clone, Debug, PartialEq)]
pub struct Derives {
    pub copy: bool,
    /// Whether the view is `Copy`.
    pub copy_view: bool,
    /// `Eq`, `Hash`, `Ord` and `PartialOrd`: all parts have a total order.
    pub total: bool,
    /// What the user asked for, as paths.
    pub extra: Vec<String>,
}

/// Decides what `family` becomes.
pub(crate) fn plan(family: &Family, config: &Config, has_versions: bool) -> Plan {
    let mut modules: Vec<Module> = family
        .versions()
        .iter()
        .map(|version| Module {
            version: has_versions.then_some(version.number),
            definitions: build::definitions(&version.schema, config),
        })
        .collect();
    share::unchanged(family, &mut modules);
    Plan { modules }
}
