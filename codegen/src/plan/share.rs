//! Types that did not change between versions are one Rust type, so that moving them costs nothing.

use std::collections::{BTreeMap, BTreeSet};

use barewire_syntax::diff;
use barewire_syntax::family::Family;
use barewire_syntax::ir::{self, Schema, TypeId};

use super::{Definition, Item, Kind, Module, Origin, Type};

/// Marks the definitions that are identical in depth to those of the version before, and gives their first version
/// the documentation of the newest.
pub(super) fn unchanged(family: &Family, modules: &mut [Module]) {
    let versions = family.versions();
    for new in 1..modules.len() {
        let (old_schema, new_schema) = (&versions[new - 1].schema, &versions[new].schema);
        let identical = diff::identical(old_schema, new_schema);
        let mut shared = BTreeSet::new();
        for (id, identical) in new_schema.ids().zip(identical) {
            let definition = new_schema.definition(id);
            let name = definition.name.as_str();
            let Some(old) = old_schema.find(name).filter(|_| identical) else { continue };
            let old = &modules[new - 1].definitions[old.index()];
            // The Rust type of a part may differ although its schema does not, when it had to be renamed.
            let is_same = same_items(old, &modules[new].definitions[id.index()])
                && uses(new_schema, definition.ty).iter().all(|part| shared.contains(part));
            let Some(version) = modules[new - 1].version.filter(|_| is_same) else { continue };
            let strategies = old.items.iter().map(|item| item.strategy.clone()).collect();
            let origin = old.origin.clone().unwrap_or(Origin { version, strategies });
            shared.insert(name);
            modules[new].definitions[id.index()].origin = Some(origin);
        }
    }
    document_as_newest(modules);
}

fn document_as_newest(modules: &mut [Module]) {
    let mut newest: BTreeMap<(u16, String), Vec<Item>> = BTreeMap::new();
    for module in modules.iter_mut().rev() {
        for definition in &mut module.definitions {
            let Some(name) = definition.items.last().map(|item| item.name.clone()) else { continue };
            match (&definition.origin, module.version) {
                (Some(origin), _) => {
                    newest.entry((origin.version, name)).or_insert_with(|| definition.items.clone());
                }
                (None, Some(version)) => {
                    if let Some(items) = newest.remove(&(version, name)) {
                        document(&mut definition.items, items);
                    }
                }
                (None, None) => {}
            }
        }
    }
}

/// The names of the user types that `id` refers to directly.
fn uses(schema: &Schema, id: TypeId) -> Vec<&str> {
    let mut names = Vec::new();
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        match schema.ty(id) {
            ir::Type::Named(def) => names.push(schema.definition(*def).name.as_str()),
            ir::Type::Optional(inner) | ir::Type::List { element: inner, .. } => open.push(*inner),
            ir::Type::Map { key, value } => open.extend([*key, *value]),
            ir::Type::Struct(body) => open.extend(body.fields.iter().map(|field| field.ty)),
            ir::Type::Union(body) => open.extend(body.members.iter().map(|member| member.ty)),
            ir::Type::Primitive(_) | ir::Type::Data { .. } | ir::Type::Enum(_) => {}
        }
    }
    names
}

fn same_items(old: &Definition, new: &Definition) -> bool {
    let essence = |items: &[Item]| items.iter().cloned().map(essence).collect::<Vec<_>>();
    essence(&old.items) == essence(&new.items)
}

/// The item without what may differ between versions of the same Rust type: docs, and the names of strategies.
fn essence(mut item: Item) -> Item {
    item.docs.clear();
    item.strategy.clear();
    match &mut item.kind {
        Kind::Struct(fields) => {
            for field in fields {
                field.docs.clear();
                field.place.owned.forget_strategy();
            }
        }
        Kind::Enum { values, .. } => values.iter_mut().for_each(|value| value.docs.clear()),
        Kind::Union(members) => {
            for member in members {
                member.docs.clear();
                if let Some(place) = &mut member.place {
                    place.owned.forget_strategy();
                }
            }
        }
        Kind::Unit => {}
        Kind::Alias(place) | Kind::Newtype(place) => place.owned.forget_strategy(),
    }
    item
}

/// Gives `items` the docs of `newest`, which are the same types.
fn document(items: &mut [Item], newest: Vec<Item>) {
    for (item, newest) in items.iter_mut().zip(newest) {
        item.docs = newest.docs;
        match (&mut item.kind, newest.kind) {
            (Kind::Struct(fields), Kind::Struct(newest)) => {
                fields.iter_mut().zip(newest).for_each(|(field, newest)| field.docs = newest.docs);
            }
            (Kind::Enum { values, .. }, Kind::Enum { values: newest, .. }) => {
                values.iter_mut().zip(newest).for_each(|(value, newest)| value.docs = newest.docs);
            }
            (Kind::Union(members), Kind::Union(newest)) => {
                members.iter_mut().zip(newest).for_each(|(member, newest)| member.docs = newest.docs);
            }
            // Void types and aliases have no parts with docs, and the same types are of the same kind.
            _ => {}
        }
    }
}

impl Type {
    fn forget_strategy(&mut self) {
        match self {
            Self::Named { strategy, .. } => strategy.clear(),
            Self::Vec(inner)
            | Self::Option(inner)
            | Self::Box(inner)
            | Self::Array(inner, _)
            | Self::FixedList(inner, _) => inner.forget_strategy(),
            Self::Map(key, value) => {
                key.forget_strategy();
                value.forget_strategy();
            }
            Self::Primitive(_)
            | Self::View(_)
            | Self::Str
            | Self::String
            | Self::Bytes
            | Self::ByteVec
            | Self::FixedData(_)
            | Self::RefStr
            | Self::RefBytes
            | Self::RefArray(_)
            | Self::ListView(..)
            | Self::FixedListView(..)
            | Self::MapView(..)
            | Self::LazyView(..) => {}
        }
    }
}
