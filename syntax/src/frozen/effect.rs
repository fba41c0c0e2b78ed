//! What a change of a released version does to the octets that were written with it.

use super::Label;
use crate::diff::{Change, ChangeKind, written};
use crate::ir::{Schema, TypeId};
use crate::quote::quote;

/// One sentence about values that were written before the change.
pub(super) fn effect(old: &Schema, new: &Schema, label: &Label, change: &Change) -> String {
    let values = format!("values written with {label}");
    match &change.kind {
        ChangeKind::FieldAdded(part) => format!("{values} have {} less here", octets(new, part.ty)),
        ChangeKind::FieldDropped(part) => format!("{values} have {} more here", octets(old, part.ty)),
        ChangeKind::FieldRenameCandidate { old: before, new: after } => {
            if before.index == after.index {
                format!("{values} keep their octets, but programs that use the name stop compiling")
            } else {
                format!("{values} have these octets at another place")
            }
        }
        ChangeKind::FieldsReordered { .. } => {
            format!("{values} have the fields in the old order, so that one is read as another")
        }
        ChangeKind::ValueAdded(part) => {
            format!("programs released with {label} refuse the number {}", part.value)
        }
        ChangeKind::ValueDropped(part) => read_number(&values, "number", part.value, None),
        ChangeKind::ValueRenameCandidate { old: before, new: after } => {
            let name = (before.value == after.value).then(|| quote(&after.name));
            read_number(&values, "number", before.value, name)
        }
        ChangeKind::ValueRenumbered { old: before, .. } => {
            format!(
                "{values} hold the number {}, which means something else or nothing after this",
                before.value
            )
        }
        ChangeKind::MemberAdded(part) => {
            format!("programs released with {label} refuse the tag {}", part.tag)
        }
        ChangeKind::MemberDropped(part) => read_number(&values, "tag", part.tag, None),
        ChangeKind::MemberRenameCandidate { old: before, new: after } => {
            let name = (before.tag == after.tag).then(|| written(new, after.ty));
            read_number(&values, "tag", before.tag, name)
        }
        ChangeKind::MemberRetagged { old: before, .. } => {
            format!("{values} hold the tag {}, which means something else or nothing after this", before.tag)
        }
        ChangeKind::Respelled { .. } => {
            format!("{values} keep their octets, but programs that use the type stop compiling")
        }
        ChangeKind::KindChanged { .. } => {
            format!("{values} hold the octets of the old type, which are read as those of the new one")
        }
        ChangeKind::AliasRetargeted { old: before, new: after }
        | ChangeKind::Retyped { old: before, new: after }
        | ChangeKind::Widened { old: before, new: after }
        | ChangeKind::Narrowed { old: before, new: after } => {
            match (fixed(old, *before), fixed(new, *after)) {
                (Some(had), Some(has)) if had != has => {
                    format!("{values} have {} here, where {} are read", count(had), count(has))
                }
                (Some(had), Some(_)) => {
                    format!("{values} have the same {} here, which are read as something else", count(had))
                }
                (Some(_), None) | (None, Some(_)) | (None, None) => {
                    let (before, after) = (written(old, *before), written(new, *after));
                    format!("{values} hold the octets of {before} here, which are read as {after}")
                }
            }
        }
    }
}

/// What becomes of a number or tag on the wire; `name` is what it means after the change, if it is known.
fn read_number(values: &str, what: &str, number: u64, name: Option<String>) -> String {
    match name {
        Some(name) => format!("{values} hold the {what} {number} for it, which is read as {name}"),
        None => {
            format!("{values} may hold the {what} {number}, which means something else or nothing after this")
        }
    }
}

/// How many octets each value takes, if all take the same.
fn fixed(schema: &Schema, ty: TypeId) -> Option<u64> {
    let len = schema.min_len(ty);
    (schema.max_len(ty) == Some(len)).then_some(len)
}

fn octets(schema: &Schema, ty: TypeId) -> String {
    match fixed(schema, ty) {
        Some(len) => count(len),
        None => format!("at least {}", count(schema.min_len(ty))),
    }
}

fn count(len: u64) -> String {
    let plural = if len == 1 { "" } else { "s" };
    format!("{len} octet{plural}")
}
