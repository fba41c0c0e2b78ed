//! What a change means for programs and octets of the other version, without a migration between them.

use super::{Change, ChangeKind, Path, Step, written};
use crate::ir::{DefId, Schema, Type, TypeId};
use crate::quote::quote;

/// What a change means to both sides.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Consequence {
    /// What programs that know the old schema alone make of new octets.
    pub old_readers: String,
    /// What programs that know the new schema alone make of old octets.
    pub old_octets: String,
}

const SAME: &str = "the octets are the same";

impl Change {
    /// What the change means, for the definition that it is a change of: in the old schema and in the new one.
    pub fn consequence(&self, (old, was): (&Schema, DefId), (new, is): (&Schema, DefId)) -> Consequence {
        let value_before = |number| value(old, was, &self.path, number);
        let value_after = |number| value(new, is, &self.path, number);
        let member_before = |tag| member(old, was, &self.path, tag);
        let member_after = |tag| member(new, is, &self.path, tag);
        let both = |text: &str| Consequence { old_readers: text.to_owned(), old_octets: text.to_owned() };
        let pair = |old_readers: String, old_octets: String| Consequence { old_readers, old_octets };
        match &self.kind {
            ChangeKind::FieldAdded(part) => {
                let len = octets(new, part.ty);
                pair(format!("take its {len} for what follows"), format!("have its {len} less"))
            }
            ChangeKind::FieldDropped(part) => {
                let len = octets(old, part.ty);
                pair(
                    format!("miss its {len}, and take what follows for it"),
                    format!("hold its {len}, taken for what follows"),
                )
            }
            ChangeKind::FieldRenameCandidate { old, new } if old.index == new.index => both(SAME),
            ChangeKind::FieldRenameCandidate { .. } | ChangeKind::FieldsReordered { .. } => {
                both("one field is read as another")
            }
            ChangeKind::ValueAdded(part) => added(&format!("number {}", part.value)),
            ChangeKind::MemberAdded(part) => added(&format!("tag {}", part.tag)),
            ChangeKind::ValueDropped(part) => {
                dropped(&format!("number {}", part.value), value_after(part.value))
            }
            ChangeKind::MemberDropped(part) => dropped(&format!("tag {}", part.tag), member_after(part.tag)),
            ChangeKind::ValueRenameCandidate { old, new } if old.value == new.value => both(SAME),
            ChangeKind::MemberRenameCandidate { old, new } if old.tag == new.tag => both(SAME),
            ChangeKind::ValueRenameCandidate { old: before, new: after }
            | ChangeKind::ValueRenumbered { old: before, new: after } => pair(
                take(&format!("number {}", after.value), value_before(after.value)),
                read(&format!("number {}", before.value), value_after(before.value)),
            ),
            ChangeKind::MemberRenameCandidate { old: before, new: after }
            | ChangeKind::MemberRetagged { old: before, new: after } => pair(
                take(&format!("tag {}", after.tag), member_before(after.tag)),
                read(&format!("tag {}", before.tag), member_after(before.tag)),
            ),
            ChangeKind::Respelled { .. } => both(SAME),
            ChangeKind::KindChanged { .. } => both("the octets of one are read as those of the other"),
            ChangeKind::AliasRetargeted { old: before, new: after }
            | ChangeKind::Retyped { old: before, new: after }
            | ChangeKind::Widened { old: before, new: after }
            | ChangeKind::Narrowed { old: before, new: after } => {
                let (had, has) = (octets(old, *before), octets(new, *after));
                let (one, other) = (written(old, *before), written(new, *after));
                pair(
                    format!("find {has} of {other} where they read {had} of {one}"),
                    format!("hold {had} of {one} where {has} of {other} are read"),
                )
            }
        }
    }
}

fn added(what: &str) -> Consequence {
    Consequence { old_readers: format!("refuse the {what}"), old_octets: "decode as before".to_owned() }
}

fn dropped(what: &str, name: Option<String>) -> Consequence {
    Consequence { old_readers: "decode what is left as before".to_owned(), old_octets: read(what, name) }
}

/// What becomes of a number on the wire that means `name` to its reader, or nothing.
fn read(what: &str, name: Option<String>) -> String {
    match name {
        Some(name) => format!("with the {what} are read as {name}"),
        None => format!("with the {what} are refused"),
    }
}

/// What old readers make of a number on the wire that means `name` to them, or nothing.
fn take(what: &str, name: Option<String>) -> String {
    match name {
        Some(name) => format!("take the {what} for {name}"),
        None => format!("refuse the {what}"),
    }
}

/// What a number of the enum at a place means.
fn value(schema: &Schema, definition: DefId, path: &Path, number: u64) -> Option<String> {
    let Type::Enum(body) = schema.ty(at(schema, definition, path)?) else { return None };
    body.values.iter().find(|value| value.value == number).map(|value| quote(&value.name))
}

/// What a tag of the union at a place means.
fn member(schema: &Schema, definition: DefId, path: &Path, tag: u64) -> Option<String> {
    let Type::Union(body) = schema.ty(at(schema, definition, path)?) else { return None };
    body.members.iter().find(|member| member.tag == tag).map(|member| written(schema, member.ty))
}

/// The type at a place of a definition.
fn at(schema: &Schema, definition: DefId, path: &Path) -> Option<TypeId> {
    let mut id = schema.definition(definition).ty;
    for step in path.steps() {
        id = match (schema.ty(id), step) {
            (Type::Struct(body), Step::Field(name)) => {
                body.fields.iter().find(|field| field.name == *name)?.ty
            }
            (Type::Optional(inner), Step::Inner) => *inner,
            (Type::List { element, .. }, Step::Element) => *element,
            (Type::Map { key, .. }, Step::Key) => *key,
            (Type::Map { value, .. }, Step::Value) => *value,
            _ => return None,
        };
    }
    Some(id)
}

/// How many octets each value takes.
fn octets(schema: &Schema, ty: TypeId) -> String {
    let least = schema.min_len(ty);
    let plural = if least == 1 { "" } else { "s" };
    match schema.max_len(ty) == Some(least) {
        true => format!("{least} octet{plural}"),
        false => format!("{least} octet{plural} or more"),
    }
}
