//! Types that did not change between versions are one Rust type, so that moving them costs nothing.

use std::collections::BTreeMap;

use barewire_syntax::diff;
use barewire_syntax::family::Family;
use barewire_syntax::ir::{Schema, Type, TypeId};

use super::{Definition, Item, Kind, Module};

/// Marks the definitions that are identical in depth to those of the version before, and gives their first version
/// the documentation of the newest.
pub(super) fn unchanged(family: &Family, modules: &mut [Module]) {
    let versions = family.versions();
    for new in 1..modules.len() {
        let (old_schema, new_schema) = (&versions[new - 1].schema, &versions[new].schema);
        let identical = diff::identical(old_schema, new_schema);
        let mut shared: BTreeMap<&str, bool> = BTreeMap::new();
        for (id, identical) in new_schema.ids().zip(identical) {
            let definition = new_schema.definition(id);
            let same = identical
                && old_schema.find(&definition.name).is_some_and(|old| {
                    same_items(
                        &modules[new - 1].definitions[old.index()],
                        &modules[new].definitions[id.index()],
                    )
                })
                // The Rust type of a part may differ although its schema does not, when it had to be renamed.
                && uses(new_schema, definition.ty).iter().all(|part| shared.get(part) == Some(&true));
            shared.insert(&definition.name, same);
            if same {
                let old = &modules[new - 1].definitions
                    [old_schema.find(&definition.name).expect("identical: both versions have it").index()];
                let first = old.shared_with.or(modules[new - 1].version);
                modules[new].definitions[id.index()].shared_with = first;
            }
        }
    }
    document_as_newest(modules);
}

fn document_as_newest(modules: &mut [Module]) {
    let mut newest: BTreeMap<(u16, String), Vec<Item>> = BTreeMap::new();
    for module in modules.iter_mut().rev() {
        for definition in &mut module.definitions {
            let Some(name) = definition.items.last().map(|item| item.name.clone()) else { continue };
            match (definition.shared_with, module.version) {
                (Some(first), _) => {
                    newest.entry((first, name)).or_insert_with(|| definition.items.clone());
                }
                (None, Some(version)) => {
                    if let Some(items) = newest.remove(&(version, name)) {
                        definition.items = items;
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
            Type::Named(def) => names.push(schema.definition(*def).name.as_str()),
            Type::Optional(inner) | Type::List { element: inner, .. } => open.push(*inner),
            Type::Map { key, value } => open.extend([*key, *value]),
            Type::Struct(body) => open.extend(body.fields.iter().map(|field| field.ty)),
            Type::Union(body) => open.extend(body.members.iter().map(|member| member.ty)),
            Type::Primitive(_) | Type::Data { .. } | Type::Enum(_) => {}
        }
    }
    names
}

fn same_items(old: &Definition, new: &Definition) -> bool {
    let undocumented = |items: &[Item]| items.iter().cloned().map(without_docs).collect::<Vec<_>>();
    undocumented(&old.items) == undocumented(&new.items)
}

fn without_docs(mut item: Item) -> Item {
    item.docs.clear();
    match &mut item.kind {
        Kind::Struct(fields) => fields.iter_mut().for_each(|field| field.docs.clear()),
        Kind::Enum { values, .. } => values.iter_mut().for_each(|value| value.docs.clear()),
        Kind::Union(members) => members.iter_mut().for_each(|member| member.docs.clear()),
        Kind::Unit | Kind::Alias(_) | Kind::Newtype(_) => {}
    }
    item
}
