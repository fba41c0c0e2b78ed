//! Types that did not change between versions are one Rust type, so that moving them costs nothing.

use std::collections::BTreeMap;

use barewire_syntax::diff;
use barewire_syntax::frozen::Label;
use barewire_syntax::ir::{self, DefId, Schema, TypeId};

use super::{Definition, Item, Kind, Module, Origin, Source, Type};

/// Marks the definitions that are identical in depth to those of the version before, and gives their first version
/// the documentation of the newest, and what is read and written in place there.
///
/// An alternate shares with the version whose number it has, or else with the one before.
pub(super) fn unchanged(sources: &[Source<'_>], modules: &mut [Module]) {
    for new in 1..modules.len() {
        for old in earlier(sources, new).into_iter().flatten() {
            share(sources, modules, old, new);
        }
    }
    take_from_newest(modules);
}

/// The sources that the one at `new` is compared with.
fn earlier(sources: &[Source<'_>], new: usize) -> [Option<usize>; 2] {
    let Some(label) = &sources[new].label else { return [None, None] };
    if label.alternate.is_none() {
        return [new.checked_sub(1), None];
    }
    let version = sources.iter().position(|source| source.label == Some(Label::version(label.number)));
    [version, version.and_then(|version| version.checked_sub(1))]
}

fn share(sources: &[Source<'_>], modules: &mut [Module], old: usize, new: usize) {
    let (old_schema, new_schema) = (sources[old].schema, sources[new].schema);
    let identical = diff::identical(old_schema, new_schema);
    for (id, identical) in new_schema.ids().zip(identical) {
        let definition = new_schema.definition(id);
        let Some(found) = old_schema.find(&definition.name).filter(|_| identical) else { continue };
        let (before, after) =
            (&modules[old].definitions[found.index()], &modules[new].definitions[id.index()]);
        // The Rust type of a part may differ although its schema does not, when it had to be renamed.
        let is_shared = |part: &DefId| {
            let name = &new_schema.definition(*part).name;
            old_schema
                .find(name)
                .is_some_and(|old_part| identity(&modules[old], old_part) == identity(&modules[new], *part))
        };
        if after.origin.is_some()
            || !same_items(before, after)
            || !uses(new_schema, definition.ty).iter().all(is_shared)
        {
            continue;
        }
        let Some(label) = modules[old].label.clone() else { continue };
        let strategies = before.items.iter().map(|item| item.strategy.clone()).collect();
        let origin = before.origin.clone().unwrap_or(Origin { label, strategies });
        modules[new].definitions[id.index()].origin = Some(origin);
    }
}

/// The Rust type of a definition: the version that first had it, and its name.
pub(super) fn identity(module: &Module, id: DefId) -> (Option<&Label>, &str) {
    let definition = &module.definitions[id.index()];
    let label = definition.origin.as_ref().map(|origin| &origin.label).or(module.label.as_ref());
    (label, &definition.item().name)
}

fn take_from_newest(modules: &mut [Module]) {
    let mut newest: BTreeMap<(Label, String), Vec<Item>> = BTreeMap::new();
    // What an alternate shares is documented by its version.
    for module in modules.iter_mut().rev().filter(|module| !module.is_alternate()) {
        for definition in &mut module.definitions {
            let name = definition.item().name.clone();
            match (&definition.origin, &module.label) {
                (Some(origin), _) => {
                    newest.entry((origin.label.clone(), name)).or_insert_with(|| definition.items.clone());
                }
                (None, Some(label)) => {
                    if let Some(items) = newest.remove(&(label.clone(), name)) {
                        take(&mut definition.items, items);
                    }
                }
                (None, None) => {}
            }
        }
    }
}

/// The user types that `id` refers to directly.
fn uses(schema: &Schema, id: TypeId) -> Vec<DefId> {
    let mut found = Vec::new();
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        match schema.ty(id) {
            ir::Type::Named(def) => found.push(*def),
            ir::Type::Optional(inner) | ir::Type::List { element: inner, .. } => open.push(*inner),
            ir::Type::Map { key, value } => open.extend([*key, *value]),
            ir::Type::Struct(body) => open.extend(body.fields.iter().map(|field| field.ty)),
            ir::Type::Union(body) => open.extend(body.members.iter().map(|member| member.ty)),
            ir::Type::Primitive(_) | ir::Type::Data { .. } | ir::Type::Enum(_) => {}
        }
    }
    found
}

fn same_items(old: &Definition, new: &Definition) -> bool {
    let essence = |items: &[Item]| items.iter().cloned().map(essence).collect::<Vec<_>>();
    essence(&old.items) == essence(&new.items)
}

/// The item without what may differ between versions of the same Rust type: docs, the names of strategies, and how reading
/// and writing are compiled.
fn essence(mut item: Item) -> Item {
    item.docs.clear();
    item.strategy.clear();
    // A message may be a part of another in a later version.
    item.read_in_place = false;
    item.written_in_place = false;
    match &mut item.kind {
        Kind::Struct(fields) => {
            for field in fields {
                field.docs.clear();
                field.written_apart = false;
                field.place.owned.forget_strategy();
            }
        }
        Kind::Enum { values, .. } => values.iter_mut().for_each(|value| value.docs.clear()),
        Kind::Union(members) => {
            for member in members {
                member.docs.clear();
                member.written_apart = false;
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

/// Gives `items` what may differ between them and `newest`, which are the same types.
///
/// The newest version is the one that most messages have.
fn take(items: &mut [Item], newest: Vec<Item>) {
    for (item, newest) in items.iter_mut().zip(newest) {
        item.docs = newest.docs;
        item.read_in_place = newest.read_in_place;
        item.written_in_place = newest.written_in_place;
        match (&mut item.kind, newest.kind) {
            (Kind::Struct(fields), Kind::Struct(newest)) => {
                for (field, newest) in fields.iter_mut().zip(newest) {
                    field.docs = newest.docs;
                    field.written_apart = newest.written_apart;
                }
            }
            (Kind::Enum { values, .. }, Kind::Enum { values: newest, .. }) => {
                values.iter_mut().zip(newest).for_each(|(value, newest)| value.docs = newest.docs);
            }
            (Kind::Union(members), Kind::Union(newest)) => {
                for (member, newest) in members.iter_mut().zip(newest) {
                    member.docs = newest.docs;
                    member.written_apart = newest.written_apart;
                }
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
