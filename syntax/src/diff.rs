//! What "the same" means between two versions of a schema.

use crate::Checked;
use crate::ir::{DefId, Schema, Type};

/// For each definition of `new`, whether it is identical in depth to the definition of the same name in `old`.
///
/// That is: both have the same canonical line, and every user type in it is itself identical in depth.
/// Comments, layout and the order of definitions do not count; names of fields and values do.
pub fn identical(old: &Checked<Schema>, new: &Checked<Schema>) -> Vec<bool> {
    let references = references(new);
    let mut identical: Vec<bool> = Vec::with_capacity(references.len());
    // A definition refers only to those before it, whose answers are there already.
    for (id, references) in new.ids().zip(references) {
        let same_line = old
            .find(&new.definition(id).name)
            .is_some_and(|before| old.canonical(before) == new.canonical(id));
        let same_parts = references.iter().all(|target| identical[target.index()]);
        identical.push(same_line && same_parts);
    }
    identical
}

/// For each definition those that it names.
fn references(schema: &Schema) -> Vec<Vec<DefId>> {
    let mut types = schema.types().iter().enumerate().peekable();
    let mut all = Vec::with_capacity(schema.definitions().len());
    for definition in schema.definitions() {
        // The types of a definition stand together, its own type last.
        let mut found = Vec::new();
        while let Some((_, ty)) = types.next_if(|(at, _)| *at <= definition.ty.index()) {
            if let Type::Named(target) = ty {
                found.push(*target);
            }
        }
        all.push(found);
    }
    all
}
