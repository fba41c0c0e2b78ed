//! What the schemas define, read from their text: the measure of what the tests and the example cover.

use barewire_syntax::family::Family;
use barewire_syntax::ir::{DefId, Schema, Type};
use std::path::Path;

/// A type of one version, such as `v3 ToServer`.
pub(crate) type Name = (String, String);

pub(crate) const FAMILIES: [&str; 2] = ["runner", "actor"];

/// The types that no other refers to: the messages of a family.
pub(crate) fn roots(family: &str) -> Vec<Name> {
    definitions(family, |schema, id| !schema.is_used(id))
}

/// The types that have a Rust type of their own.
pub(crate) fn messages(family: &str) -> Vec<Name> {
    definitions(family, |schema, id| {
        let ty = schema.definition(id).ty;
        let alias = match schema.ty(ty) {
            Type::Struct(_) | Type::Enum(_) | Type::Union(_) => false,
            Type::Primitive(_) => !schema.is_void(ty),
            Type::Data { .. } | Type::Optional(_) | Type::List { .. } | Type::Map { .. } | Type::Named(_) => {
                true
            }
        };
        !alias || !schema.is_used(id)
    })
}

fn definitions(family: &str, wanted: impl Fn(&Schema, DefId) -> bool) -> Vec<Name> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema").join(family);
    let family = Family::load(&dir).expect("the build script has compiled it");
    let mut names = Vec::new();
    for version in family.versions() {
        let schema = &version.schema;
        let wanted = schema.ids().filter(|id| wanted(schema, *id));
        let name = |id| (format!("v{}", version.number), schema.definition(id).name.clone());
        names.extend(wanted.map(name));
    }
    names
}
