//! What a place of the schema holds in Rust, owned and borrowed, and what follows from it for the type around.

use barewire_syntax::ir::{self, DefId, TypeId};

use super::build::{At, Builder, Head};
use super::memory::Memory;
use super::{Layout, Place, Primitive, Type, Width, names};
use crate::config::{DataAs, StrAs};

/// A field above this size is boxed. Without it a struct that holds the one before twice doubles at each step.
pub(super) const BOXED_FIELD: u64 = 256;
/// Longer fixed data is shared with the frame, longer fixed lists are on the heap. Up to it, arrays have serde impls.
const ARRAY_LEN: u64 = 32;
/// A fixed list above this size in memory is on the heap, however few elements it has.
const ARRAY_SIZE: u64 = 256;

/// What a place holds, and what follows from it for the type around.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) place: Place,
    pub(super) facts: Facts,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    pub(super) memory: Memory,
    pub(super) view_memory: Memory,
    pub(super) width: Width,
    /// All values have an equality and a total order.
    pub(super) total: bool,
    pub(super) copy: bool,
    pub(super) copy_view: bool,
    /// The view is another type than the owned one.
    pub(super) borrows: bool,
    pub(super) walk: Walk,
    /// Much less may be read for a value than there is code for: there is a union.
    pub(super) chooses: bool,
    /// About how many primitive values are read where a value is read, loops and calls counted as one.
    pub(super) work: u32,
}

/// How there is code for a value where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Walk {
    /// For each of its parts.
    Straight,
    /// As a loop: a list or map, or an optional one.
    Loop,
    /// As a call of what reads or writes it.
    Call,
}

impl Facts {
    /// Whether the owned value is written by a call, in a type whose values are `repeated` in lists or not.
    ///
    /// What is called has the writer in registers, which it cannot be beside other calls; but in the loop of a list the
    /// calls for small lists would take longer than that saves. What has a known length is nothing but stores.
    pub(super) fn is_written_apart(&self, repeated: bool) -> bool {
        let by_call = match self.walk {
            Walk::Straight => false,
            Walk::Loop => !repeated,
            Walk::Call => true,
        };
        by_call && self.width == Width::Varies
    }

    /// A type without parts that is its own view.
    pub(super) fn own(memory: Memory, width: Width, total: bool) -> Self {
        Self {
            memory,
            view_memory: memory,
            width,
            total,
            copy: true,
            copy_view: true,
            borrows: false,
            walk: Walk::Straight,
            chooses: false,
            work: 1,
        }
    }

    /// A type whose values own memory, and whose view only borrows.
    fn borrowing(memory: Memory, view_memory: Memory, total: bool) -> Self {
        Self {
            memory,
            view_memory,
            width: Width::Varies,
            total,
            copy: false,
            copy_view: true,
            borrows: true,
            walk: Walk::Straight,
            chooses: false,
            work: 1,
        }
    }

    /// A list or map, whose view is read element by element.
    fn repeating(view_memory: Memory, total: bool) -> Self {
        Self { walk: Walk::Loop, ..Self::borrowing(Memory::VEC, view_memory, total) }
    }

    /// What is made of `parts`.
    pub(super) fn combined(parts: &[Self], combine: fn(Vec<Memory>) -> Memory, width: Width) -> Self {
        Self {
            memory: combine(parts.iter().map(|part| part.memory).collect()),
            view_memory: combine(parts.iter().map(|part| part.view_memory).collect()),
            width,
            total: parts.iter().all(|part| part.total),
            copy: parts.iter().all(|part| part.copy),
            copy_view: parts.iter().all(|part| part.copy_view),
            borrows: parts.iter().any(|part| part.borrows),
            walk: Walk::Straight,
            chooses: parts.iter().any(|part| part.chooses),
            work: parts.iter().fold(0, |sum, part| sum.saturating_add(part.work)),
        }
    }
}

impl Builder<'_> {
    /// What holds a value of the type `id` at the place `at`.
    pub(super) fn part(&mut self, id: TypeId, at: At<'_>) -> Part {
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
                let Part { place, facts } = self.part(*element, At { repeated: true, ..at });
                Part {
                    place: Place {
                        owned: Type::Vec(Box::new(place.owned)),
                        view: Type::ListView(Box::new(place.view), place.layout.clone()),
                        layout: place.layout,
                    },
                    facts: Facts::repeating(Memory::LIST_VIEW, facts.total),
                }
            }
            ir::Type::List { element, len: Some(len) } => {
                let part = self.part(*element, At { repeated: true, ..at });
                self.fixed_list(part, *element, *len)
            }
            ir::Type::Map { key, value } => {
                let at = At { repeated: true, ..at };
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
                    facts: Facts::repeating(Memory::MAP_VIEW, value.facts.total),
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
                facts: Facts { width: facts.width, ..Facts::repeating(Memory::FIXED_LIST_VIEW, facts.total) },
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
pub(super) fn boxed_above(limit: u64, part: Part) -> Part {
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
