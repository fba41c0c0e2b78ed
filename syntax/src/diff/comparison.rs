//! Two versions of a schema side by side, to be asked about single types and bodies.

use super::matching::{Matching, Side};
use super::number::{Fit, fit};
use super::shape::Shapes;
use crate::Checked;
use crate::ir::{DefId, Enum, Schema, Struct, Type, TypeId, Union};
use std::collections::BTreeMap;
use std::fmt;

/// Two checked schemas, and what is the same in both.
///
/// `old` and `new` are the two sides; a generator that goes down a version takes the newer schema as the old side.
pub struct Comparison<'a> {
    old: &'a Checked<Schema>,
    new: &'a Checked<Schema>,
    shapes: Shapes,
    /// The old definition for each new one.
    counterparts: Vec<Option<DefId>>,
}

impl<'a> Comparison<'a> {
    /// Compares by name: a definition is the one of the same name.
    pub fn new(old: &'a Checked<Schema>, new: &'a Checked<Schema>) -> Comparison<'a> {
        Comparison::with_renamed(old, new, &[])
    }

    /// Compares by name, where each pair of `renamed` is an old name and the new one of the same definition.
    ///
    /// [`is_renamed`] says which pairs count.
    pub fn with_renamed(
        old: &'a Checked<Schema>,
        new: &'a Checked<Schema>,
        renamed: &[(String, String)],
    ) -> Comparison<'a> {
        let renamed: BTreeMap<&str, &str> = renamed
            .iter()
            .map(|(before, after)| (before.as_str(), after.as_str()))
            .filter(|(before, after)| is_renamed(old, new, before, after))
            .collect();
        let shapes = Shapes::of(old, new, &renamed);
        let counterpart = |id| {
            let name = new.definition(id).name.as_str();
            let renamed = renamed.iter().find(|(_, after)| **after == name);
            old.find(renamed.map_or(name, |(before, _)| before))
        };
        Comparison { old, new, counterparts: new.ids().map(counterpart).collect(), shapes }
    }

    /// The old side.
    pub fn old_schema(&self) -> &'a Checked<Schema> {
        self.old
    }

    /// The new side.
    pub fn new_schema(&self) -> &'a Checked<Schema> {
        self.new
    }

    /// The old definition that a new one is, by name.
    ///
    /// # Panics
    ///
    /// This and the other questions panic if an id comes from another, larger schema.
    pub fn counterpart(&self, new: DefId) -> Option<DefId> {
        self.counterparts[new.index()]
    }

    /// Whether both types are written the same, and so is everything below.
    pub fn is_same(&self, old: TypeId, new: TypeId) -> bool {
        self.shapes.same_in_depth(old, new)
    }

    /// Whether both types are written the same, whatever the names in them stand for.
    pub fn is_same_line(&self, old: TypeId, new: TypeId) -> bool {
        self.shapes.same_line(old, new)
    }

    /// Whether both types are the same behind any names for them: their octets are the same.
    pub fn is_respelled(&self, old: TypeId, new: TypeId) -> bool {
        self.shapes.same_in_depth(self.old.resolve(old), self.new.resolve(new))
    }

    /// How the numbers of both types relate, behind any names for them; [`Fit::Other`] if not both are numbers.
    pub fn fit(&self, old: TypeId, new: TypeId) -> Fit {
        match (self.old.ty(self.old.resolve(old)), self.new.ty(self.new.resolve(new))) {
            (Type::Primitive(old), Type::Primitive(new)) => fit(*old, *new),
            _ => Fit::Other,
        }
    }

    /// Which old field each new one is.
    pub fn fields(&self, old: &Struct, new: &Struct) -> Matching {
        let names = old.fields.iter().enumerate().map(|(i, field)| (field.name.as_str(), i));
        Matching::new(
            Side { names: names.collect(), len: old.fields.len() },
            new.fields.iter().map(|field| field.name.as_str()),
            |i| (i as u64, self.shapes.old_line(old.fields[i].ty)),
            |i| (i as u64, self.shapes.new_line(new.fields[i].ty)),
        )
    }

    /// Which old value each new one is.
    pub fn values(&self, old: &Enum, new: &Enum) -> Matching {
        let names = old.values.iter().enumerate().map(|(i, value)| (value.name.as_str(), i));
        Matching::new(
            Side { names: names.collect(), len: old.values.len() },
            new.values.iter().map(|value| value.name.as_str()),
            |i| (old.values[i].value, 0),
            |i| (new.values[i].value, 0),
        )
    }

    /// Which old member each new one is: a member is named by its type.
    pub fn members(&self, old: &Union, new: &Union) -> Matching {
        let shapes = &self.shapes;
        let names = old.members.iter().enumerate().map(|(i, member)| (shapes.old_line(member.ty), i));
        // Only what the name of a type stands for can be the same under another name.
        Matching::new(
            Side { names: names.collect(), len: old.members.len() },
            new.members.iter().map(|member| shapes.new_line(member.ty)),
            |i| (old.members[i].tag, shapes.old_depth(behind_name(self.old, old.members[i].ty))),
            |i| (new.members[i].tag, shapes.new_depth(behind_name(self.new, new.members[i].ty))),
        )
    }
}

impl fmt::Debug for Comparison<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Comparison").field("counterparts", &self.counterparts).finish_non_exhaustive()
    }
}

/// Whether the old schema has the old name alone, and the new schema the new name alone.
///
/// Only then can both be names of one definition.
pub fn is_renamed(old: &Schema, new: &Schema, before: &str, after: &str) -> bool {
    let has = |schema: &Schema, name| schema.find(name).is_some();
    has(old, before) && !has(old, after) && has(new, after) && !has(new, before)
}

/// What a name stands for, or the type itself.
fn behind_name(schema: &Schema, id: TypeId) -> TypeId {
    match schema.ty(id) {
        Type::Named(target) => schema.definition(*target).ty,
        _ => id,
    }
}
