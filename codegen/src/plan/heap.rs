//! How much heap a value holds at most for each octet of its input.
//!
//! A price is put on every octet, and each type is asked for the value whose heap exceeds its price most.
//! The lowest price at which no value does is the answer; lists decide at once, since they are empty or worth repeating.

use std::collections::BTreeMap;

use super::memory::Memory;
use super::{Item, Kind, Layout, Module, Place, Primitive, Type};

/// The types of one version.
pub(crate) struct Heap<'p> {
    items: BTreeMap<&'p str, &'p Item>,
    memory: BTreeMap<&'p str, Memory>,
}

/// How much a value exceeds its price at most; `None` if there is no bound.
type Excess = Option<f64>;

/// No type is larger for an octet of it.
const HIGHEST: f64 = 1e12;

/// How often the range of prices is halved.
const STEPS: usize = 100;

impl<'p> Heap<'p> {
    pub(crate) fn of(module: &'p Module) -> Self {
        let items = module.definitions.iter().flat_map(|definition| &definition.items);
        let mut heap = Self { items: BTreeMap::new(), memory: BTreeMap::new() };
        // A type stands behind its parts.
        for item in items {
            heap.items.insert(&item.name, item);
            let memory = heap.item_memory(item);
            heap.memory.insert(&item.name, memory);
        }
        heap
    }

    /// The answer for the type of this Rust name, which is 0 if it holds no heap.
    pub(crate) fn per_octet(&self, name: &str) -> f64 {
        let Some(item) = self.items.get(name) else { return 0.0 };
        let is_paid = |price: f64| {
            let mut known = BTreeMap::new();
            // What floating-point numbers round off is no heap.
            self.item(item, price, &mut known).is_some_and(|excess| excess <= 1e-9)
        };
        if is_paid(0.0) {
            return 0.0;
        }
        let (mut low, mut high) = (0.0, HIGHEST);
        for _ in 0..STEPS {
            let middle = f64::midpoint(low, high);
            if is_paid(middle) { high = middle } else { low = middle }
        }
        high
    }

    fn item_memory(&self, item: &Item) -> Memory {
        match &item.kind {
            Kind::Struct(fields) => {
                Memory::record(fields.iter().map(|field| self.memory(&field.place.owned)).collect())
            }
            Kind::Enum { repr, .. } => Memory::tag(size(*repr)),
            Kind::Union(members) => Memory::choice(
                members
                    .iter()
                    .map(|member| {
                        member.place.as_ref().map_or(Memory::VOID, |place| self.memory(&place.owned))
                    })
                    .collect(),
            ),
            Kind::Unit => Memory::VOID,
            Kind::Alias(place) | Kind::Newtype(place) => self.memory(&place.owned),
        }
    }

    fn memory(&self, ty: &Type) -> Memory {
        match ty {
            Type::Primitive(Primitive::Bool) => Memory::tag(1),
            Type::Primitive(primitive) => Memory::number(size(*primitive)),
            Type::Named { name, .. } => self.memory.get(name.as_str()).copied().unwrap_or(Memory::VOID),
            Type::Str => Memory::STR,
            Type::Bytes | Type::FixedData(_) => Memory::BYTES,
            Type::String | Type::ByteVec | Type::Vec(_) | Type::FixedList(..) | Type::Map(..) => Memory::VEC,
            Type::Option(inner) => self.memory(inner).option(),
            Type::Box(_) => Memory::BOX,
            Type::Array(inner, len) => self.memory(inner).array(*len),
            // Views hold no heap, and stand in no owned type.
            Type::View(_)
            | Type::RefStr
            | Type::RefBytes
            | Type::RefArray(_)
            | Type::ListView(..)
            | Type::FixedListView(..)
            | Type::MapView(..)
            | Type::LazyView(..) => Memory::VOID,
        }
    }

    /// The recursion follows the types, whose depth the generator bounds.
    fn item(&self, item: &'p Item, price: f64, known: &mut BTreeMap<&'p str, Excess>) -> Excess {
        if let Some(excess) = known.get(item.name.as_str()) {
            return *excess;
        }
        let excess = match &item.kind {
            Kind::Struct(fields) => {
                fields.iter().try_fold(0.0, |sum, field| Some(sum + self.place(&field.place, price, known)?))
            }
            Kind::Enum { .. } => Some(-price * item.min_len as f64),
            Kind::Union(members) => members.iter().try_fold(f64::NEG_INFINITY, |most: f64, member| {
                let held = match &member.place {
                    Some(place) => self.place(place, price, known)?,
                    None => 0.0,
                };
                Some(most.max(held - price * varint_len(member.tag)))
            }),
            Kind::Unit => Some(0.0),
            Kind::Alias(place) | Kind::Newtype(place) => self.place(place, price, known),
        };
        known.insert(&item.name, excess);
        excess
    }

    fn place(&self, place: &'p Place, price: f64, known: &mut BTreeMap<&'p str, Excess>) -> Excess {
        self.ty(&place.owned, &place.layout, price, known)
    }

    fn ty(&self, ty: &'p Type, layout: &Layout, price: f64, known: &mut BTreeMap<&'p str, Excess>) -> Excess {
        let octets = |count: u64| Some(-price * count as f64);
        // A list is empty, or as long as its elements exceed their price.
        let repeated = |element: f64| (element <= 1e-9).then_some(-price);
        match ty {
            Type::Primitive(_) if *layout == Layout::Varint => octets(1),
            Type::Primitive(primitive) => octets(size(*primitive)),
            Type::Named { name, .. } => self.item(self.items.get(name.as_str())?, price, known),
            // They share the input, or are short enough to be held in place.
            Type::Str | Type::Bytes => octets(1),
            Type::FixedData(len) => octets(*len),
            Type::String | Type::ByteVec => repeated(1.0 - price),
            Type::Vec(inner) => repeated(self.element(inner, layout, price, known)?),
            Type::FixedList(inner, len) => Some(self.element(inner, layout, price, known)? * *len as f64),
            Type::Array(inner, len) => Some(self.ty(inner, layout, price, known)? * *len as f64),
            Type::Map(key, value) => {
                let (one, other) = match layout {
                    Layout::Pair(one, other) => (&**one, &**other),
                    both => (both, both),
                };
                let size = Memory::record(vec![self.memory(key), self.memory(value)]).size as f64;
                let parts = self.ty(key, one, price, known)? + self.ty(value, other, price, known)?;
                repeated(size + parts)
            }
            Type::Option(inner) => Some(self.ty(inner, layout, price, known)?.max(0.0) - price),
            Type::Box(inner) => self.element(inner, layout, price, known),
            Type::View(_)
            | Type::RefStr
            | Type::RefBytes
            | Type::RefArray(_)
            | Type::ListView(..)
            | Type::FixedListView(..)
            | Type::MapView(..)
            | Type::LazyView(..) => Some(0.0),
        }
    }

    /// A value on the heap.
    fn element(
        &self,
        ty: &'p Type,
        layout: &Layout,
        price: f64,
        known: &mut BTreeMap<&'p str, Excess>,
    ) -> Excess {
        Some(self.memory(ty).size as f64 + self.ty(ty, layout, price, known)?)
    }
}

fn size(primitive: Primitive) -> u64 {
    match primitive {
        Primitive::U8 | Primitive::I8 | Primitive::Bool => 1,
        Primitive::U16 | Primitive::I16 => 2,
        Primitive::U32 | Primitive::I32 | Primitive::F32 => 4,
        Primitive::U64 | Primitive::I64 | Primitive::F64 => 8,
    }
}

fn varint_len(number: u64) -> f64 {
    let bits = 64 - number.leading_zeros();
    f64::from(bits.div_ceil(7).max(1))
}
