//! Decisions: what Rust a family of schemas becomes, without a word on how it is printed.
//!
//! `plan` takes checked schemas and the user's choices and says which items each version has, what they are called,
//! which types hold their parts, what is boxed, what is `Copy`, and which types did not change since the version before.
//! `emit` prints the result and decides nothing.

mod build;
mod convert;
mod docs;
mod draft;
pub(crate) mod heap;
mod memory;
mod messages;
mod method_names;
mod migration;
pub(crate) mod names;
mod part;
mod repeated;
mod share;
mod step;

use barewire_syntax::family::Family;
use barewire_syntax::frozen::{Label, State};
use barewire_syntax::ir::{self, DefId, Schema};

use barewire_syntax::Checked;

use crate::config::Config;

pub use migration::{
    Arm, ArmOutcome, Body, Content, Conversion, Draft, DraftArm, DraftField, Drafted, Filled, Message,
    MessageLayout, MessageStep, Method, Outcome, Step, Unchanged, Void,
};

/// What a family of schemas becomes.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The name of the family.
    pub family: String,
    /// The versions that were given up.
    pub retired: Vec<u16>,
    /// The modules `v1`, `v2`, …, and behind them those of alternates; or one without a label for a schema that has no
    /// versions.
    pub modules: Vec<Module>,
    /// The steps between neighbouring versions, up and down, and those from alternates to their versions.
    pub steps: Vec<Step>,
    /// What the codec of the family decodes and encodes.
    pub messages: Vec<Message>,
}

/// One version of the family.
#[derive(Clone, Debug)]
pub struct Module {
    /// `None` for a schema without versions: its items stand at the top.
    pub label: Option<Label>,
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
    pub label: Label,
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
    /// Whether reading is small enough to stand in place, wherever a value is read.
    pub read_in_place: bool,
    /// The same for writing, where values follow each other.
    pub written_in_place: bool,
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
    /// Whether the owned value is written by a call.
    pub written_apart: bool,
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
    /// Whether the owned value is written by a call.
    pub written_apart: bool,
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
    let mut sources = Vec::new();
    for version in config.selected(family) {
        let label = has_versions.then(|| Label::version(version.number));
        sources.push(Source { label, schema: &version.schema });
    }
    let has_version = |number| config.selected(family).any(|version| version.number == number);
    for alternate in family.alternates() {
        let number = alternate.version.number;
        if has_version(number) {
            let label = Label { number, alternate: Some(alternate.name.clone()) };
            sources.push(Source { label: Some(label), schema: &alternate.version.schema });
        }
    }
    let mut modules: Vec<Module> = sources
        .iter()
        .map(|source| Module {
            label: source.label.clone(),
            definitions: build::definitions(source.schema, config),
        })
        .collect();
    share::unchanged(&sources, &mut modules);
    let (steps, messages) =
        if has_versions { messages::plan(&sources, &modules, config) } else { (Vec::new(), Vec::new()) };
    Plan { family: family.name().to_owned(), retired: retired(family, config), modules, steps, messages }
}

impl Definition {
    /// The type itself, behind the inline types in it.
    pub fn item(&self) -> &Item {
        self.items.last().expect("checked: a definition becomes an item")
    }
}

impl Module {
    /// Whether this is a second layout of a version.
    pub fn is_alternate(&self) -> bool {
        self.label.as_ref().is_some_and(|label| label.alternate.is_some())
    }
}

/// The versions that are generated although they were given up.
pub(crate) fn retired(family: &Family, config: &Config) -> Vec<u16> {
    let is_retired = |number: &u16| {
        let entry = family.frozen().and_then(|frozen| frozen.find(&Label::version(*number)));
        entry.is_some_and(|entry| entry.state == State::Retired)
    };
    config.selected(family).map(|version| version.number).filter(is_retired).collect()
}

/// A schema that becomes a module.
#[derive(Clone)]
struct Source<'f> {
    label: Option<Label>,
    schema: &'f Checked<Schema>,
}

/// Whether the definition has a Rust type of its own, which can be decoded by itself, or is another name for one.
pub(crate) fn is_message(schema: &Schema, id: DefId) -> bool {
    !schema.is_used(id) || has_own_type(schema, id)
}

/// Whether there is a struct, enum, union or void type behind the name.
fn has_own_type(schema: &Schema, id: DefId) -> bool {
    matches!(
        schema.ty(schema.resolve(schema.definition(id).ty)),
        ir::Type::Struct(_)
            | ir::Type::Enum(_)
            | ir::Type::Union(_)
            | ir::Type::Primitive(ir::Primitive::Void)
    )
}
