//! The items of one version: which there are, what they and their parts are called, what they derive.

use barewire_syntax::ir::{self, DefId, Schema, TypeId};

use super::memory::Memory;
use super::names::{self, Scope};
use super::part::{BOXED_FIELD, Facts, Part, Walk, boxed_above};
use super::repeated::repeated;
use super::{
    Definition, Derives, Field, Item, Kind, Layout, Member, Place, Primitive, Type, Value, Width, docs,
};
use crate::config::Config;

/// A union member above this size is boxed, so that the other members do not pay for it.
const BOXED_MEMBER: u64 = 128;
/// Types with up to this much work are read in place, wherever they stand: larger ones by a call, so that the code of
/// a message grows with its schema, however deep that is nested.
const IN_PLACE: u32 = 12;
/// Types are read in place, too, if the work at all places where they stand is at most this much.
const IN_ALL_PLACES: u32 = 200;
/// Types of which this much work is done for every value are read by a call, unless they stand in lists: beside that work
/// the call takes no time, and code that is there once takes less time to compile.
const BY_CALL: u32 = 4;
/// Types up to this size that borrow nothing are `Copy`.
const COPY_SIZE: u64 = 16;

/// The definitions of `schema`, in its order.
pub(super) fn definitions(schema: &Schema, config: &Config) -> Vec<Definition> {
    let mut types = Scope::default();
    let declared =
        types.claim_all(schema.definitions().iter().map(|def| def.name.as_str()), names::type_name);
    let mut builder = Builder {
        schema,
        config,
        types,
        strategies: Scope::default(),
        declared,
        repeated: repeated(schema),
        parts: Vec::new(),
        items: Vec::new(),
    };
    schema.ids().map(|id| builder.definition(id)).collect()
}

pub(super) struct Builder<'s> {
    pub(super) schema: &'s Schema,
    pub(super) config: &'s Config,
    /// The names of types and views.
    pub(super) types: Scope,
    pub(super) strategies: Scope,
    /// The Rust name of each definition.
    pub(super) declared: Vec<String>,
    /// Whether the values of each definition may stand in lists.
    repeated: Vec<bool>,
    /// What a place of each definition's type holds, in their order.
    pub(super) parts: Vec<Part>,
    /// The items of the definition at work.
    pub(super) items: Vec<Item>,
}

/// Where in the schema a type stands.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    /// The definition and, in a struct, the field: what paths of the configuration name.
    pub(super) definition: &'a str,
    pub(super) field: Option<&'a str>,
    /// What an inline type here is called.
    pub(super) inline: &'a str,
    /// Whether values here may stand in lists.
    pub(super) repeated: bool,
}

/// A type that gets a name of its own.
pub(super) struct Head<'a> {
    pub(super) name: String,
    /// The name of its view, claimed before its parts are looked at: an inline type may want the same.
    pub(super) view: Option<String>,
    /// What errors call it.
    pub(super) schema_name: &'a str,
    pub(super) docs: &'a str,
}

impl Builder<'_> {
    fn definition(&mut self, id: DefId) -> Definition {
        let definition = self.schema.definition(id);
        let name = self.declared[id.index()].clone();
        let inline = name.clone();
        let repeated = self.repeated[id.index()];
        let at = At { definition: &definition.name, field: None, inline: &inline, repeated };
        let head = Head { name, view: None, schema_name: &definition.name, docs: &definition.docs };
        let part = match self.schema.ty(definition.ty) {
            ir::Type::Enum(body) => self.enumeration(definition.ty, body, head, at),
            ir::Type::Struct(body) => self.structure(definition.ty, body, head, at),
            ir::Type::Union(body) => self.union(definition.ty, body, head, at),
            ir::Type::Primitive(ir::Primitive::Void) => self.unit(definition.ty, head, at),
            ir::Type::Primitive(_)
            | ir::Type::Data { .. }
            | ir::Type::Optional(_)
            | ir::Type::List { .. }
            | ir::Type::Map { .. }
            | ir::Type::Named(_) => self.alias(id, head, at),
        };
        self.parts.push(part);
        Definition { origin: None, items: std::mem::take(&mut self.items) }
    }

    fn alias(&mut self, id: DefId, head: Head<'_>, at: At<'_>) -> Part {
        let ty = self.schema.definition(id).ty;
        let suffix = match self.schema.ty(ty) {
            ir::Type::List { .. } => "Item",
            ir::Type::Optional(_) | ir::Type::Map { .. } => "Value",
            ir::Type::Primitive(_)
            | ir::Type::Data { .. }
            | ir::Type::Enum(_)
            | ir::Type::Struct(_)
            | ir::Type::Union(_)
            | ir::Type::Named(_) => "",
        };
        let inline = names::derived(&head.name, suffix);
        let target = self.part(ty, At { inline: &inline, ..at });
        if !self.schema.is_used(id) && !super::has_own_type(self.schema, id) {
            return self.item(ty, head, at, target.facts, Kind::Newtype(target.place));
        }
        let place = target.place.clone();
        // The view of an alias is that of its target: `&str` says more than a second name for it.
        let facts = Facts { borrows: false, ..target.facts };
        let alias = self.item(ty, head, at, facts, Kind::Alias(place));
        Part { place: Place { owned: alias.place.owned, ..target.place }, ..target }
    }

    fn unit(&mut self, id: TypeId, head: Head<'_>, at: At<'_>) -> Part {
        self.item(id, head, at, Facts::own(Memory::VOID, Width::Varies, true), Kind::Unit)
    }

    pub(super) fn enumeration(&mut self, id: TypeId, body: &ir::Enum, head: Head<'_>, at: At<'_>) -> Part {
        let largest = body.values.iter().map(|value| value.value).max().unwrap_or(0);
        let (repr, size) = match largest {
            0..=0xff => (Primitive::U8, 1),
            0x100..=0xffff => (Primitive::U16, 2),
            0x1_0000..=0xffff_ffff => (Primitive::U32, 4),
            0x1_0000_0000.. => (Primitive::U64, 8),
        };
        let variants =
            Scope::default().claim_all(body.values.iter().map(|value| value.name.as_str()), names::variant);
        let values = body.values.iter().zip(variants).map(|(value, name)| Value {
            name,
            schema_name: value.name.clone(),
            docs: docs::lines(&value.docs),
            number: value.value,
        });
        let width = if largest < 0x80 { Width::Fixed } else { Width::Varies };
        let values = values.collect();
        self.item(id, head, at, Facts::own(Memory::tag(size), width, true), Kind::Enum { repr, values })
    }

    pub(super) fn structure(&mut self, id: TypeId, body: &ir::Struct, head: Head<'_>, at: At<'_>) -> Part {
        let head = Head { view: Some(self.view_name(&head.name)), ..head };
        let idents =
            Scope::default().claim_all(body.fields.iter().map(|field| field.name.as_str()), names::snake);
        let mut fields = Vec::with_capacity(body.fields.len());
        let mut parts = Vec::with_capacity(body.fields.len());
        for (field, ident) in body.fields.iter().zip(idents) {
            let inline = names::derived(&head.name, &names::camel(&field.name));
            // The fields of an inline struct stand under the field that it is written in.
            let at = At { field: at.field.or(Some(&field.name)), inline: &inline, ..at };
            let part = boxed_above(BOXED_FIELD, self.part(field.ty, at));
            fields.push(Field {
                name: ident,
                schema_name: field.name.clone(),
                docs: docs::lines(&field.docs),
                place: part.place.clone(),
                written_apart: part.facts.is_written_apart(at.repeated),
            });
            parts.push(part.facts);
        }
        let width = parts.iter().map(|part| part.width).min().unwrap_or(Width::Varies);
        let whole = Facts::combined(&parts, Memory::record, width);
        self.item(id, head, at, whole, Kind::Struct(fields))
    }

    pub(super) fn union(&mut self, id: TypeId, body: &ir::Union, head: Head<'_>, at: At<'_>) -> Part {
        let head = Head { view: Some(self.view_name(&head.name)), ..head };
        let idents = self.member_names(body);
        let mut members = Vec::with_capacity(body.members.len());
        let mut parts = Vec::with_capacity(body.members.len());
        for (member, ident) in body.members.iter().zip(idents) {
            let part = (!self.schema.is_void(member.ty)).then(|| {
                let inline = names::derived(&head.name, &ident);
                boxed_above(BOXED_MEMBER, self.part(member.ty, At { inline: &inline, ..at }))
            });
            let facts = part.as_ref().map(|part| part.facts);
            parts.extend(facts);
            members.push(Member {
                schema_name: self.declared_name(member.ty).unwrap_or(&ident).to_owned(),
                name: ident,
                docs: docs::lines(&member.docs),
                tag: member.tag,
                place: part.map(|part| part.place),
                written_apart: facts.is_some_and(|facts| facts.is_written_apart(at.repeated)),
            });
        }
        let whole = Facts::combined(&parts, Memory::choice, Width::Varies);
        self.item(id, head, at, Facts { chooses: true, ..whole }, Kind::Union(members))
    }

    /// Adds an item made of `whole`, and returns what a place of its type holds.
    fn item(&mut self, id: TypeId, head: Head<'_>, at: At<'_>, whole: Facts, kind: Kind) -> Part {
        let Head { name, view, schema_name, docs } = head;
        let view = whole.borrows.then(|| view.unwrap_or_else(|| self.view_name(&name)));
        let places = self.schema.find(schema_name).map_or(1, |id| self.schema.uses(id).max(1));
        let outweighs_a_call = whole.work >= BY_CALL && !whole.chooses && !at.repeated;
        let is_small = whole.work <= IN_PLACE || whole.work.saturating_mul(places) <= IN_ALL_PLACES;
        let in_place = is_small && !outweighs_a_call;
        // A type that is written once is faster by a call: there are fewer values to keep in registers.
        let written_in_place = in_place && at.repeated && !matches!(kind, Kind::Enum { .. });
        let strategy = self.strategies.claim(&names::snake(&name));
        let copy = whole.copy && !whole.borrows && whole.memory.size <= COPY_SIZE;
        let copy_view = if whole.borrows { whole.copy_view } else { copy };
        let owned = Type::Named { name: name.clone(), strategy: strategy.clone() };
        let place = Place {
            view: view.clone().map_or_else(|| owned.clone(), Type::View),
            owned,
            layout: Layout::Plain,
        };
        self.items.push(Item {
            name,
            schema_name: schema_name.to_owned(),
            view,
            strategy,
            docs: docs::lines(docs),
            min_len: self.schema.min_len(id),
            read_in_place: in_place,
            written_in_place,
            width: whole.width,
            derives: Derives {
                copy,
                copy_view,
                total: whole.total,
                extra: extra_derives(self.config, at.definition, copy, whole.total),
            },
            kind,
        });
        let (walk, work) = if in_place { (whole.walk, whole.work) } else { (Walk::Call, 1) };
        Part { place, facts: Facts { copy, copy_view, walk, work, ..whole } }
    }

    fn declared_name(&self, id: TypeId) -> Option<&str> {
        match self.schema.ty(id) {
            ir::Type::Named(def) => Some(&self.schema.definition(*def).name),
            ir::Type::Primitive(_)
            | ir::Type::Data { .. }
            | ir::Type::Optional(_)
            | ir::Type::List { .. }
            | ir::Type::Map { .. }
            | ir::Type::Enum(_)
            | ir::Type::Struct(_)
            | ir::Type::Union(_) => None,
        }
    }

    /// The variants: names that were declared first, so that a description of an inline type never takes one.
    fn member_names(&self, body: &ir::Union) -> Vec<String> {
        let mut scope = Scope::default();
        let mut claim = |id| scope.claim(&self.member_name(id));
        let declared: Vec<Option<String>> = body
            .members
            .iter()
            .map(|member| self.declared_name(member.ty).map(|_| claim(member.ty)))
            .collect();
        let members = body.members.iter().zip(declared);
        members.map(|(member, declared)| declared.unwrap_or_else(|| claim(member.ty))).collect()
    }

    /// The variant for a member: the name of its type, or a description of an inline one.
    fn member_name(&self, id: TypeId) -> String {
        match self.schema.ty(id) {
            ir::Type::Named(def) => self.declared[def.index()].clone(),
            ir::Type::Primitive(primitive) => match primitive {
                ir::Primitive::Uint => "Uint",
                ir::Primitive::Int => "Int",
                ir::Primitive::U8 => "U8",
                ir::Primitive::U16 => "U16",
                ir::Primitive::U32 => "U32",
                ir::Primitive::U64 => "U64",
                ir::Primitive::I8 => "I8",
                ir::Primitive::I16 => "I16",
                ir::Primitive::I32 => "I32",
                ir::Primitive::I64 => "I64",
                ir::Primitive::F32 => "F32",
                ir::Primitive::F64 => "F64",
                ir::Primitive::Bool => "Bool",
                ir::Primitive::Str => "Str",
                ir::Primitive::Void => "Void",
            }
            .to_owned(),
            ir::Type::Data { len: None } => "Data".to_owned(),
            ir::Type::Data { len: Some(len) } => format!("Data{len}"),
            ir::Type::Optional(inner) => format!("Optional{}", self.member_name(*inner)),
            ir::Type::List { element, len: None } => format!("List{}", self.member_name(*element)),
            ir::Type::List { element, len: Some(len) } => format!("List{len}{}", self.member_name(*element)),
            ir::Type::Map { key, value } => {
                format!("Map{}{}", self.member_name(*key), self.member_name(*value))
            }
            ir::Type::Enum(_) => "Enum".to_owned(),
            ir::Type::Struct(_) => "Struct".to_owned(),
            ir::Type::Union(_) => "Union".to_owned(),
        }
    }

    fn view_name(&mut self, name: &str) -> String {
        self.types.claim(&names::derived(name, "View"))
    }
}

/// The derives that the user asked for, but for those that the type has already, and each once.
fn extra_derives(config: &Config, definition: &str, copy: bool, total: bool) -> Vec<String> {
    let mut own = vec!["Clone", "Debug", "PartialEq"];
    own.extend(copy.then_some("Copy"));
    own.extend(total.then_some(["Eq", "Hash", "Ord", "PartialOrd"]).into_iter().flatten());
    let mut extra: Vec<String> = Vec::new();
    for derive in config.derives(definition) {
        // The last segment is the macro: `core::hash::Hash` and `Hash` are the same.
        let name = |path: &str| path.rsplit("::").next().unwrap_or_default().trim().to_owned();
        let is_known = own.contains(&name(&derive).as_str());
        if !is_known && extra.iter().all(|known| name(known) != name(&derive)) {
            extra.push(derive);
        }
    }
    extra
}
