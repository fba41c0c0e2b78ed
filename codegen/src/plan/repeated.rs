//! Which types stand in lists and maps, where many values follow each other.

use barewire_syntax::ir::{Schema, Type, TypeId};

/// For each definition, whether its values may stand in a list or map, also as parts of what stands there.
pub(super) fn repeated(schema: &Schema) -> Vec<bool> {
    let mut repeated = vec![false; schema.definitions().len()];
    // A definition is referred to by later ones only.
    for (at, definition) in schema.definitions().iter().enumerate().rev() {
        let mut open: Vec<(TypeId, bool)> = vec![(definition.ty, repeated[at])];
        while let Some((ty, within)) = open.pop() {
            match schema.ty(ty) {
                Type::Named(id) => repeated[id.index()] |= within,
                Type::Optional(inner) => open.push((*inner, within)),
                Type::List { element, .. } => open.push((*element, true)),
                Type::Map { key, value } => open.extend([(*key, true), (*value, true)]),
                Type::Struct(body) => open.extend(body.fields.iter().map(|field| (field.ty, within))),
                Type::Union(body) => open.extend(body.members.iter().map(|member| (member.ty, within))),
                Type::Primitive(_) | Type::Data { .. } | Type::Enum(_) => {}
            }
        }
    }
    repeated
}
