//! A difference as text: a line for each definition that is not identical, and below it a line for each change.

use super::{Change, ChangeKind, Consequence, Diff, FieldPart, Kind, Path, Status, Step};
use crate::ir::{DefId, Schema, TypeId};
use crate::quote::{clip, quote};
use std::fmt::{self, Formatter};

/// A [`Diff`] with the schemas whose names it shows.
#[derive(Clone, Copy, Debug)]
pub struct Display<'a> {
    diff: &'a Diff,
    old: &'a Schema,
    new: &'a Schema,
    has_consequences: bool,
}

impl<'a> Display<'a> {
    pub(super) fn new(diff: &'a Diff, old: &'a Schema, new: &'a Schema) -> Display<'a> {
        Display { diff, old, new, has_consequences: false }
    }

    /// With two lines below each change: what it means to old readers and to old octets.
    #[must_use]
    pub fn with_consequences(self) -> Display<'a> {
        Display { has_consequences: true, ..self }
    }

    fn consequence(&self, f: &mut Formatter<'_>, change: &Change, old: DefId, new: DefId) -> fmt::Result {
        if !self.has_consequences {
            return Ok(());
        }
        let Consequence { old_readers, old_octets } = change.consequence((self.old, old), (self.new, new));
        writeln!(f, "    old readers: {old_readers}")?;
        writeln!(f, "    old octets:  {old_octets}")
    }
}

impl fmt::Display for Display<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Display { diff, old, new, has_consequences: _ } = self;
        for (id, status) in new.ids().zip(&diff.definitions) {
            let definition = new.definition(id);
            let name = quote(&definition.name);
            let former = diff.renamed.iter().find(|(_, after)| *after == id);
            let former = former.map(|(before, _)| quote(&old.definition(*before).name));
            let head = match &former {
                None => name.clone(),
                Some(former) => format!("{name}, renamed from {former},"),
            };
            match status {
                Status::Identical { .. } => match former {
                    None => {}
                    Some(former) => writeln!(f, "{name} renamed from {former}")?,
                },
                Status::Inside { .. } => writeln!(f, "{head} differs inside")?,
                Status::Added => writeln!(f, "{name} added")?,
                Status::Changed { changes, old: before } => {
                    writeln!(f, "{head} changed")?;
                    for change in changes {
                        writeln!(f, "  {}", sentence(old, new, &definition.name, change))?;
                        self.consequence(f, change, *before, id)?;
                    }
                }
            }
        }
        for id in &diff.dropped {
            writeln!(f, "{} dropped", quote(&old.definition(*id).name))?;
        }
        Ok(())
    }
}

/// What a change is, in one line.
pub(crate) fn sentence(old: &Schema, new: &Schema, definition: &str, change: &Change) -> String {
    let place = place(definition, &change.path);
    let before = |id: &TypeId| written(old, *id);
    let after = |id: &TypeId| written(new, *id);
    let from_to = |old: &TypeId, new: &TypeId| format!("from {} to {}", before(old), after(new));
    match &change.kind {
        ChangeKind::KindChanged { old, new } => {
            format!("{place} changed from {} to {}", kind(*old), kind(*new))
        }
        ChangeKind::AliasRetargeted { old, new } => format!("{place} retargeted {}", from_to(old, new)),
        ChangeKind::Respelled { old, new } => {
            format!("{place} respelled {}, the same type", from_to(old, new))
        }
        ChangeKind::Retyped { old, new } => format!("{place} retyped {}", from_to(old, new)),
        ChangeKind::Widened { old, new } => format!("{place} widened {}", from_to(old, new)),
        ChangeKind::Narrowed { old, new } => format!("{place} narrowed {}", from_to(old, new)),
        ChangeKind::FieldAdded(part) => {
            format!("field {} of type {} added to {place}", quote(&part.name), after(&part.ty))
        }
        ChangeKind::FieldDropped(part) => {
            format!("field {} of type {} dropped from {place}", quote(&part.name), before(&part.ty))
        }
        ChangeKind::FieldRenameCandidate { old, new } => {
            let FieldPart { name, ty, .. } = old;
            let (from, to) = (quote(name), quote(&new.name));
            format!("field {from} of type {} perhaps renamed to {to} in {place}", before(ty))
        }
        ChangeKind::FieldsReordered { first } => {
            format!("fields of {place} reordered, {} is the first that moved down", quote(&first.name))
        }
        ChangeKind::ValueAdded(part) => {
            format!("value {} = {} added to {place}", quote(&part.name), part.value)
        }
        ChangeKind::ValueDropped(part) => {
            format!("value {} = {} dropped from {place}", quote(&part.name), part.value)
        }
        ChangeKind::ValueRenameCandidate { old, new } => {
            let (from, to) = (quote(&old.name), quote(&new.name));
            format!("value {from} = {} perhaps renamed to {to} = {} in {place}", old.value, new.value)
        }
        ChangeKind::ValueRenumbered { old, new } => {
            format!("value {} renumbered from {} to {} in {place}", quote(&new.name), old.value, new.value)
        }
        ChangeKind::MemberAdded(part) => {
            format!("member {} = {} added to {place}", after(&part.ty), part.tag)
        }
        ChangeKind::MemberDropped(part) => {
            format!("member {} = {} dropped from {place}", before(&part.ty), part.tag)
        }
        ChangeKind::MemberRenameCandidate { old, new } => {
            let (from, to) = (before(&old.ty), after(&new.ty));
            format!("member {from} = {} perhaps renamed to {to} = {} in {place}", old.tag, new.tag)
        }
        ChangeKind::MemberRetagged { old, new } => {
            format!("member {} retagged from {} to {} in {place}", after(&new.ty), old.tag, new.tag)
        }
    }
}

/// A type as it is written, clipped.
pub(crate) fn written(schema: &Schema, id: TypeId) -> String {
    quote(&schema.canonical_type(id))
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Alias => "an alias",
        Kind::Enum => "an enum",
        Kind::Struct => "a struct",
        Kind::Union => "a union",
        Kind::Void => "void",
    }
}

/// `Order.lines[].price`, each name clipped.
fn place(definition: &str, path: &Path) -> String {
    let mut out = format!("`{}", clip(definition));
    for step in path.steps() {
        match step {
            Step::Field(name) => {
                out.push('.');
                out.push_str(&clip(name));
            }
            Step::Inner => out.push('?'),
            Step::Element => out.push_str("[]"),
            Step::Key => out.push_str("[key]"),
            Step::Value => out.push_str("[value]"),
        }
    }
    out.push('`');
    out
}
