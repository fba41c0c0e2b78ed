//! The items of one version: names, types, sizes.

use barewire_syntax::ir::{self, DefId, Schema, TypeId};

use super::memory::Memory;
use super::names::{self, Scope};
use super::{
    Definition, Derives, Field, Item, Kind, Layout, Member, Place, Primitive, Type, Value, Width, docs,
};
use crate::config::{Config, DataAs, StrAs};

/// A union member above this size is boxed, so that the other members do not pay for it.
const BOXED_MEMBER: u64 = 128;
/// A field above this size is boxed. Without it a struct that holds the one before twice doubles at each step.
const BOXED_FIELD: u64 = 256;
/// Longer fixed data is shared with the frame, longer fixed lists are on the heap. Up to it, arrays have serde impls.
const ARRAY_LEN: u64 = 32;
/// A fixed list above this size in memory is on the heap, however few elements it has.
const ARRAY_SIZE: u64 = 256;
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
        parts: Vec::new(),
        items: Vec::new(),
    };
    schema.ids().map(|id| builder.definition(id)).collect()
}

/// What a place holds, and what follows from it for the type around.
#[derive(Clone, Debug)]
struct Part {
    place: Place,
    facts: Facts,
}

#[derive(Clone, Copy, Debug)]
struct Facts {
    memory: Memory,
    view_memory: Memory,
    width: Width,
    /// All values have an equality and a total order.
    total: bool,
    copy: bool,
    copy_view: bool,
    /// The view is another type than the owned one.
    borrows: bool,
}

impl Facts {
    /// A type without parts that is its own view.
    fn own(memory: Memory, width: Width, total: bool) -> Self {
        Self { memory, view_memory: memory, width, total, copy: true, copy_view: true, borrows: false }
    }

    /// A type whose values own memory, and whose view only borrows.
    fn borrowing(memory: Memory, view_memory: Memory, total: bool) -> Self {
        Self { memory, view_memory, width: Width::Varies, total, copy: false, copy_view: true, borrows: true }
    }

    /// What is made of `parts`.
    fn combined(parts: &[Self], combine: fn(Vec<Memory>) -> Memory, width: Width) -> Self {
        Self {
            memory: combine(parts.iter().map(|part| part.memory).collect()),
            view_memory: combine(parts.iter().map(|part| part.view_memory).collect()),
            width,
            total: parts.iter().all(|part| part.total),
            copy: parts.iter().all(|part| part.copy),
            copy_view: parts.iter().all(|part| part.copy_view),
            borrows: parts.iter().any(|part| part.borrows),
        }
    }
}

struct Builder<'s> {
    schema: &'s Schema,
    config: &'s Config,
    /// The names of types and views.
    types: Scope,
    strategies: Scope,
    /// The Rust name of each definition.
    declared: Vec<String>,
    /// What a place of each definition's type holds, in their order.
    parts: Vec<Part>,
    /// The items of the definition at work.
    items: Vec<Item>,
}

/// Where in the schema a type stands.
#[derive(Clone, Copy)]
struct At<'a> {
    /// The definition and, in a struct, the field: what paths of the configuration name.
    definition: &'a str,
    field: Option<&'a str>,
    /// What an inline type here is called.
    inline: &'a str,
}

/// A type that gets a name of its own.
struct Head<'a> {
    name: String,
    /// The name of its view, claimed before its parts are looked at: an inline type may want the same.
    view: Option<String>,
    /// What errors call it.
    schema_name: &'a str,
    docs: &'a str,
}

impl Builder<'_> {
    fn definition(&mut self, id: DefId) -> Definition {
        let definition = self.schema.definition(id);
        let name = self.declared[id.index()].clone();
        let inline = name.clone();
        let at = At { definition: &definition.name, field: None, inline: &inline };
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
        let is_nominal = matches!(
            self.schema.ty(self.schema.resolve(ty)),
            ir::Type::Struct(_)
                | ir::Type::Enum(_)
                | ir::Type::Union(_)
                | ir::Type::Primitive(ir::Primitive::Void)
        );
        if !self.schema.is_used(id) && !is_nominal {
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

    fn enumeration(&mut self, id: TypeId, body: &ir::Enum, head: Head<'_>, at: At<'_>) -> Part {
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

    fn structure(&mut self, id: TypeId, body: &ir::Struct, head: Head<'_>, at: At<'_>) -> Part {
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
            });
            parts.push(part.facts);
        }
        let width = parts.iter().map(|part| part.width).min().unwrap_or(Width::Varies);
        let whole = Facts::combined(&parts, Memory::record, width);
        self.item(id, head, at, whole, Kind::Struct(fields))
    }

    fn union(&mut self, id: TypeId, body: &ir::Union, head: Head<'_>, at: At<'_>) -> Part {
        let head = Head { view: Some(self.view_name(&head.name)), ..head };
        let idents = self.member_names(body);
        let mut members = Vec::with_capacity(body.members.len());
        let mut parts = Vec::with_capacity(body.members.len());
        for (member, ident) in body.members.iter().zip(idents) {
            let place = (!self.schema.is_void(member.ty)).then(|| {
                let inline = names::derived(&head.name, &ident);
                let part = boxed_above(BOXED_MEMBER, self.part(member.ty, At { inline: &inline, ..at }));
                parts.push(part.facts);
                part.place
            });
            members.push(Member {
                schema_name: self.declared_name(member.ty).unwrap_or(&ident).to_owned(),
                name: ident,
                docs: docs::lines(&member.docs),
                tag: member.tag,
                place,
            });
        }
        let whole = Facts::combined(&parts, Memory::choice, Width::Varies);
        self.item(id, head, at, whole, Kind::Union(members))
    }

    /// Adds an item made of `whole`, and returns what a place of its type holds.
    fn item(&mut self, id: TypeId, head: Head<'_>, at: At<'_>, whole: Facts, kind: Kind) -> Part {
        let Head { name, view, schema_name, docs } = head;
        let view = whole.borrows.then(|| view.unwrap_or_else(|| self.view_name(&name)));
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
            width: whole.width,
            derives: Derives {
                copy,
                copy_view,
                total: whole.total,
                extra: extra_derives(self.config, at.definition, copy, whole.total),
            },
            kind,
        });
        Part { place, facts: Facts { copy, copy_view, ..whole } }
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

    /// What holds a value of the type `id` at the place `at`.
    fn part(&mut self, id: TypeId, at: At<'_>) -> Part {
        match self.schema.ty(id) {
            ir::Type::Primitive(primitive) => self.primitive(*primitive, at),
            ir::Type::Data { len: None } => self.data(at),
            ir::Type::Data { len: Some(len) } => fixed_data(*len),
            ir::Type::Enum(body) => {
                let name = self.types.claim(at.inline);
                self.enumeration(id, body, inline_head(&name), at)
            }
            ir::Type::Struct(body) => {
                let name = self.types.claim(at.inline);
                self.structure(id, body, inline_head(&name), at)
            }
            ir::Type::Union(body) => {
                let name = self.types.claim(at.inline);
                self.union(id, body, inline_head(&name), at)
            }
            ir::Type::Named(def) => self.named(*def, at),
            ir::Type::Optional(inner) => {
                let Part { place, facts } = boxed_above(BOXED_FIELD, self.part(*inner, at));
                Part {
                    place: place.map(|ty, _| Type::Option(Box::new(ty))),
                    facts: Facts {
                        memory: facts.memory.option(),
                        view_memory: facts.view_memory.option(),
                        width: Width::Varies,
                        ..facts
                    },
                }
            }
            ir::Type::List { element, len: None } => {
                let Part { place, facts } = self.part(*element, at);
                Part {
                    place: Place {
                        owned: Type::Vec(Box::new(place.owned)),
                        view: Type::ListView(Box::new(place.view), place.layout.clone()),
                        layout: place.layout,
                    },
                    facts: Facts::borrowing(Memory::VEC, Memory::LIST_VIEW, facts.total),
                }
            }
            ir::Type::List { element, len: Some(len) } => {
                let part = self.part(*element, at);
                self.fixed_list(part, *element, *len)
            }
            ir::Type::Map { key, value } => {
                let key_name = names::derived(at.inline, "Key");
                let key = self.part(*key, At { inline: &key_name, ..at });
                let value = self.part(*value, at);
                let layout = match (key.place.layout, value.place.layout) {
                    (Layout::Plain, Layout::Plain) => Layout::Plain,
                    (key, value) => Layout::Pair(Box::new(key), Box::new(value)),
                };
                Part {
                    place: Place {
                        owned: Type::Map(Box::new(key.place.owned), Box::new(value.place.owned)),
                        view: Type::MapView(
                            Box::new(key.place.view),
                            Box::new(value.place.view),
                            layout.clone(),
                        ),
                        layout,
                    },
                    facts: Facts::borrowing(Memory::VEC, Memory::MAP_VIEW, value.facts.total),
                }
            }
        }
    }

    fn named(&mut self, def: DefId, at: At<'_>) -> Part {
        let definition = self.schema.definition(def);
        // A field may ask for another string or data type than the alias that it is written with.
        if let Some(field) = at.field {
            let target = self.schema.resolve(definition.ty);
            let is_chosen = match self.schema.ty(target) {
                ir::Type::Primitive(ir::Primitive::Str) => {
                    self.config.field_strings(at.definition, field).is_some()
                }
                ir::Type::Data { len: None } => self.config.field_data(at.definition, field).is_some(),
                ir::Type::Primitive(_)
                | ir::Type::Data { len: Some(_) }
                | ir::Type::Optional(_)
                | ir::Type::List { .. }
                | ir::Type::Map { .. }
                | ir::Type::Enum(_)
                | ir::Type::Struct(_)
                | ir::Type::Union(_)
                | ir::Type::Named(_) => false,
            };
            if is_chosen {
                return self.part(target, at);
            }
        }
        self.parts[def.index()].clone()
    }

    fn primitive(&self, primitive: ir::Primitive, at: At<'_>) -> Part {
        let number = |primitive, size, total| {
            scalar(primitive, Memory::number(size), Layout::Plain, Width::Raw, total)
        };
        match primitive {
            ir::Primitive::Uint => {
                scalar(Primitive::U64, Memory::number(8), Layout::Varint, Width::Varies, true)
            }
            ir::Primitive::Int => {
                scalar(Primitive::I64, Memory::number(8), Layout::Varint, Width::Varies, true)
            }
            ir::Primitive::U8 => number(Primitive::U8, 1, true),
            ir::Primitive::U16 => number(Primitive::U16, 2, true),
            ir::Primitive::U32 => number(Primitive::U32, 4, true),
            ir::Primitive::U64 => number(Primitive::U64, 8, true),
            ir::Primitive::I8 => number(Primitive::I8, 1, true),
            ir::Primitive::I16 => number(Primitive::I16, 2, true),
            ir::Primitive::I32 => number(Primitive::I32, 4, true),
            ir::Primitive::I64 => number(Primitive::I64, 8, true),
            ir::Primitive::F32 => number(Primitive::F32, 4, false),
            ir::Primitive::F64 => number(Primitive::F64, 8, false),
            ir::Primitive::Bool => scalar(Primitive::Bool, Memory::tag(1), Layout::Plain, Width::Fixed, true),
            ir::Primitive::Str => {
                let (owned, memory) = match self.config.strings_at(at.definition, at.field) {
                    StrAs::Str => (Type::Str, Memory::STR),
                    StrAs::String => (Type::String, Memory::VEC),
                };
                slice(owned, Type::RefStr, memory)
            }
            ir::Primitive::Void => {
                unreachable!("checked: void stands only as a definition or a union member")
            }
        }
    }

    fn data(&self, at: At<'_>) -> Part {
        let (owned, memory) = match self.config.data_at(at.definition, at.field) {
            DataAs::Bytes => (Type::Bytes, Memory::BYTES),
            DataAs::Vec => (Type::ByteVec, Memory::VEC),
        };
        slice(owned, Type::RefBytes, memory)
    }

    fn fixed_list(&self, part: Part, element: TypeId, len: u64) -> Part {
        let Part { place, facts } = part;
        let on_heap = len > ARRAY_LEN || facts.memory.array(len).size > ARRAY_SIZE;
        // `[u8; n]` is usually a `data[n]`.
        let element = self.schema.ty(self.schema.resolve(element));
        let is_octets = matches!(element, ir::Type::Primitive(ir::Primitive::U8));
        let layout = if is_octets && !on_heap { Layout::Elements } else { place.layout };
        let owned = Box::new(place.owned);
        let view = Type::FixedListView(Box::new(place.view), len, layout.clone());
        if on_heap {
            return Part {
                place: Place { owned: Type::FixedList(owned, len), view, layout },
                facts: Facts {
                    width: facts.width,
                    ..Facts::borrowing(Memory::VEC, Memory::FIXED_LIST_VIEW, facts.total)
                },
            };
        }
        let owned = Type::Array(owned, len);
        let memory = facts.memory.array(len);
        if facts.borrows {
            let facts = Facts { memory, view_memory: Memory::FIXED_LIST_VIEW, copy_view: true, ..facts };
            Part { place: Place { owned, view, layout }, facts }
        } else {
            let facts = Facts { memory, view_memory: memory, ..facts };
            Part { place: Place { view: owned.clone(), owned, layout }, facts }
        }
    }
}

impl Place {
    fn map(self, wrap: impl Fn(Type, Side) -> Type) -> Self {
        Self { owned: wrap(self.owned, Side::Owned), view: wrap(self.view, Side::View), layout: self.layout }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Owned,
    View,
}

/// `part`, in a box if it is larger than `limit`; its view then is read when asked for.
fn boxed_above(limit: u64, part: Part) -> Part {
    let Part { place, facts } = part;
    let is_boxed = facts.memory.size > limit;
    // A view allocates nothing, so that what is its own view is read when asked for, too.
    let is_lazy = if facts.borrows { facts.view_memory.size > limit } else { is_boxed };
    let layout = place.layout.clone();
    Part {
        place: place.map(|ty, side| match side {
            Side::Owned if is_boxed => Type::Box(Box::new(ty)),
            Side::View if is_lazy => Type::LazyView(Box::new(ty), layout.clone()),
            Side::Owned | Side::View => ty,
        }),
        facts: Facts {
            memory: if is_boxed { Memory::BOX } else { facts.memory },
            view_memory: if is_lazy { Memory::LAZY_VIEW } else { facts.view_memory },
            copy: facts.copy && !is_boxed,
            copy_view: facts.copy_view || is_lazy,
            borrows: facts.borrows || is_boxed || is_lazy,
            ..facts
        },
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

/// An inline type has no other name than the one of its place.
fn inline_head(name: &str) -> Head<'_> {
    Head { name: name.to_owned(), view: None, schema_name: name, docs: "" }
}

fn scalar(primitive: Primitive, memory: Memory, layout: Layout, width: Width, total: bool) -> Part {
    let ty = Type::Primitive(primitive);
    Part { place: Place { owned: ty.clone(), view: ty, layout }, facts: Facts::own(memory, width, total) }
}

/// A string or data: its view borrows a slice.
fn slice(owned: Type, view: Type, memory: Memory) -> Part {
    Part {
        place: Place { owned, view, layout: Layout::Plain },
        facts: Facts::borrowing(memory, Memory::SLICE, true),
    }
}

fn fixed_data(len: u64) -> Part {
    if len > ARRAY_LEN {
        let place = Place { owned: Type::FixedData(len), view: Type::RefArray(len), layout: Layout::Plain };
        let facts = Facts::borrowing(Memory::BYTES, Memory::BOX, true);
        return Part { place, facts: Facts { width: Width::Raw, ..facts } };
    }
    let ty = Type::Array(Box::new(Type::Primitive(Primitive::U8)), len);
    Part {
        place: Place { owned: ty.clone(), view: ty, layout: Layout::Plain },
        facts: Facts::own(Memory::number(1).array(len), Width::Raw, true),
    }
}
