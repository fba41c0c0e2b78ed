//! How the value at one place of a version becomes that at the same place of another.

use std::collections::BTreeMap;

use barewire_syntax::Checked;
use barewire_syntax::diff::{Comparison, Fit};
use barewire_syntax::frozen::Label;
use barewire_syntax::ir::{self, DefId, Schema, TypeId};

use super::method_names::MethodNames;
use super::share::identity;
use super::{Conversion, Item, Kind, Module, Type};

/// One of the two versions of a step.
pub(super) struct Side<'p> {
    pub(super) label: Label,
    pub(super) schema: &'p Checked<Schema>,
    pub(super) module: &'p Module,
    items: BTreeMap<&'p str, &'p Item>,
}

impl<'p> Side<'p> {
    pub(super) fn new(label: Label, schema: &'p Checked<Schema>, module: &'p Module) -> Self {
        let items = module.definitions.iter().flat_map(|definition| &definition.items);
        Self { label, schema, module, items: items.map(|item| (item.name.as_str(), item)).collect() }
    }

    /// The item of this Rust name.
    pub(super) fn item(&self, name: &str) -> &'p Item {
        self.items[name]
    }

    /// The item that the definition itself became.
    pub(super) fn definition(&self, id: DefId) -> &'p Item {
        self.module.definitions[id.index()].item()
    }

    /// The definition as a type that a method may carry.
    pub(super) fn spot(&self, id: DefId) -> Spot {
        Spot { id: self.schema.definition(id).ty, name: self.definition(id).name.clone() }
    }
}

/// A definition or an inline type with a Rust type of its own.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Spot {
    pub(super) id: TypeId,
    pub(super) name: String,
}

/// What a method carries.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Pair {
    pub(super) from: Spot,
    pub(super) to: Spot,
}

/// A place of a schema, with the Rust type that is there.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) id: TypeId,
    pub(super) ty: &'a Type,
}

/// Both versions of a step, and what is the same in them.
pub(super) struct Sides<'p> {
    pub(super) from: Side<'p>,
    pub(super) to: Side<'p>,
    pub(super) comparison: Comparison<'p>,
    /// Whether the target is the newer version.
    pub(super) is_up: bool,
    pub(super) names: MethodNames,
}

impl Sides<'_> {
    /// Whether both definitions became the same Rust type.
    pub(super) fn is_shared(&self, from: DefId, to: DefId) -> bool {
        identity(self.from.module, from) == identity(self.to.module, to)
    }

    /// How a value at `from` becomes one at `to`; `calls` receives the pairs for which that takes a method.
    ///
    /// # Errors
    ///
    /// What the schemas leave open.
    pub(super) fn convert(
        &self,
        from: At<'_>,
        to: At<'_>,
        calls: &mut Vec<Pair>,
    ) -> Result<Conversion, String> {
        let (from, unbox) = unboxed(from);
        let (to, rebox) = unboxed(to);
        let inner = self.convert_unboxed(from, to, calls)?;
        if unbox == rebox && (!unbox || inner == Conversion::Move) {
            return Ok(inner);
        }
        Ok(Conversion::Boxed { unbox, rebox, inner: Box::new(inner) })
    }

    fn convert_unboxed(&self, from: At<'_>, to: At<'_>, calls: &mut Vec<Pair>) -> Result<Conversion, String> {
        if let Some(conversion) = self.by_name(from, to, calls) {
            return Ok(conversion);
        }
        let whole = (from.id, to.id);
        let (from, to) = (behind_aliases(&self.from, from), behind_aliases(&self.to, to));
        if let Some(conversion) = self.by_name(from, to, calls) {
            return Ok(conversion);
        }
        match (self.from.schema.ty(from.id), self.to.schema.ty(to.id)) {
            (ir::Type::Primitive(_), ir::Type::Primitive(_)) => {
                self.numbers(from, to).ok_or_else(|| self.retyped(whole))
            }
            (ir::Type::Data { len: a }, ir::Type::Data { len: b }) if a == b => Ok(by_from(from.ty, to.ty)),
            (ir::Type::Optional(a), ir::Type::Optional(b)) => {
                let inner = self.element((*a, from.ty), (*b, to.ty), calls)?;
                Ok(container(inner, Conversion::Option))
            }
            (ir::Type::List { element: a, len: None }, ir::Type::List { element: b, len: None }) => {
                let inner = self.element((*a, from.ty), (*b, to.ty), calls)?;
                Ok(container(inner, Conversion::List))
            }
            (ir::Type::List { element: a, len: before }, ir::Type::List { element: b, len: after })
                if before == after =>
            {
                let inner = self.element((*a, from.ty), (*b, to.ty), calls)?;
                let is_heap = |ty: &Type| matches!(ty, Type::FixedList(..));
                Ok(match (is_heap(from.ty), is_heap(to.ty)) {
                    (true, true) => container(inner, Conversion::FixedList),
                    (false, true) => container(inner, Conversion::ArrayToHeap),
                    (_, false) => container(inner, Conversion::Array),
                })
            }
            (ir::Type::Map { key: a, value: v }, ir::Type::Map { key: b, value: w }) => {
                let (Type::Map(from_key, from_value), Type::Map(to_key, to_value)) = (from.ty, to.ty) else {
                    unreachable!("a map of the schema is a map in Rust")
                };
                let key = self.convert(At { id: *a, ty: from_key }, At { id: *b, ty: to_key }, calls)?;
                let value =
                    self.convert(At { id: *v, ty: from_value }, At { id: *w, ty: to_value }, calls)?;
                if key == Conversion::Move && value == Conversion::Move {
                    return Ok(Conversion::Move);
                }
                Ok(Conversion::Map(Box::new(key), Box::new(value)))
            }
            // Inline types: each has a Rust type of its own, even where nothing differs but the type around it.
            (ir::Type::Struct(_), ir::Type::Struct(_))
            | (ir::Type::Enum(_), ir::Type::Enum(_))
            | (ir::Type::Union(_), ir::Type::Union(_)) => {
                let spot = |at: At<'_>| match at.ty {
                    Type::Named { name, .. } => Spot { id: at.id, name: name.clone() },
                    _ => unreachable!("an inline type has a name in Rust"),
                };
                Ok(self.call(Pair { from: spot(from), to: spot(to) }, calls))
            }
            // Among others, names of different definitions.
            _ => Err(self.retyped(whole)),
        }
    }

    /// The conversion between places that name the same definition.
    fn by_name(&self, from: At<'_>, to: At<'_>, calls: &mut Vec<Pair>) -> Option<Conversion> {
        let (from, to) = (named(self.from.schema, from)?, named(self.to.schema, to)?);
        if self.comparison.counterpart(to) != Some(from) {
            return None;
        }
        if self.is_shared(from, to) {
            return Some(Conversion::Move);
        }
        Some(self.call(Pair { from: self.from.spot(from), to: self.to.spot(to) }, calls))
    }

    fn call(&self, pair: Pair, calls: &mut Vec<Pair>) -> Conversion {
        let name = self.names.of(&pair);
        calls.push(pair);
        Conversion::Call(name)
    }

    fn element(
        &self,
        from: (TypeId, &Type),
        to: (TypeId, &Type),
        calls: &mut Vec<Pair>,
    ) -> Result<Conversion, String> {
        self.convert(At { id: from.0, ty: inner(from.1) }, At { id: to.0, ty: inner(to.1) }, calls)
    }

    fn numbers(&self, from: At<'_>, to: At<'_>) -> Option<Conversion> {
        if self.from.schema.ty(from.id) == self.to.schema.ty(to.id) {
            // Strings may be held by another type of Rust.
            return Some(by_from(from.ty, to.ty));
        }
        let is_float = matches!(to.ty, Type::Primitive(super::Primitive::F32 | super::Primitive::F64));
        match self.comparison.fit(from.id, to.id) {
            Fit::Widened if is_float => Some(Conversion::WidenFloat),
            Fit::Widened => Some(by_from(from.ty, to.ty)),
            Fit::Narrowed if self.is_up => None,
            Fit::Narrowed if is_float => Some(Conversion::NarrowFloat),
            Fit::Narrowed => Some(Conversion::Narrow),
            Fit::Other => None,
        }
    }

    fn retyped(&self, (from, to): (TypeId, TypeId)) -> String {
        let old = clipped(self.from.schema.canonical_type(from));
        let new = clipped(self.to.schema.canonical_type(to));
        if old == new {
            return format!("`{old}` stands for another type");
        }
        format!("is `{new}` instead of `{old}`")
    }
}

/// The text, or its beginning.
fn clipped(text: String) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// What is in the box.
fn unboxed(at: At<'_>) -> (At<'_>, bool) {
    match at.ty {
        Type::Box(ty) => (At { ty, ..at }, true),
        _ => (at, false),
    }
}

/// The type of the elements.
fn inner(ty: &Type) -> &Type {
    match ty {
        Type::Option(inner) | Type::Vec(inner) | Type::Array(inner, _) | Type::FixedList(inner, _) => inner,
        _ => unreachable!("an optional or a list of the schema is one in Rust"),
    }
}

/// The definition that is named at this place, if it is one in Rust, too: a field may have chosen another string.
fn named(schema: &Schema, at: At<'_>) -> Option<DefId> {
    match (schema.ty(at.id), at.ty) {
        (ir::Type::Named(def), Type::Named { .. }) => Some(*def),
        _ => None,
    }
}

/// The first type on the way that is no other name for a type.
fn behind_aliases<'a>(side: &Side<'a>, mut at: At<'a>) -> At<'a> {
    while let ir::Type::Named(def) = side.schema.ty(at.id) {
        let Kind::Alias(place) = &side.definition(*def).kind else { return at };
        // Otherwise the field chose the type that it holds.
        if let Type::Named { .. } = at.ty {
            at.ty = &place.owned;
        }
        at.id = side.schema.definition(*def).ty;
    }
    at
}

/// How a value gets into a container of the other version: not at all if it is of the same type.
fn container(inner: Conversion, wrap: fn(Box<Conversion>) -> Conversion) -> Conversion {
    if inner == Conversion::Move { Conversion::Move } else { wrap(Box::new(inner)) }
}

/// Numbers of more room, and the same text or data in another type of Rust.
fn by_from(from: &Type, to: &Type) -> Conversion {
    if from == to { Conversion::Move } else { Conversion::From }
}
