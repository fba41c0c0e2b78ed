//! What two schemas leave open.

use std::collections::BTreeSet;
use std::fmt;

use barewire_syntax::diff::{Fit, Match};
use barewire_syntax::ir::{Enum, Primitive, Schema, Struct, Type, TypeId, Union};

use super::Migration;

/// What the schemas leave open about one type.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Question {
    /// The type, by its name or, for one that is written in place, by its place.
    pub ty: String,
    /// Why nobody but the author of the schemas can answer.
    pub reasons: Vec<String>,
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.ty, self.reasons.join("; "))
    }
}

/// The walk over all pairs of types that a message reaches.
struct Asking<'m, 's> {
    migration: &'m Migration<'s>,
    seen: BTreeSet<(TypeId, TypeId)>,
    found: Vec<Question>,
}

impl Migration<'_> {
    /// Everything that is left open about the message.
    pub(super) fn questions(&self) -> Vec<Question> {
        let mut asking = Asking { migration: self, seen: BTreeSet::new(), found: Vec::new() };
        asking.bodies(self.from.id, self.to.id, self.from.name());
        asking.found
    }
}

impl Asking<'_, '_> {
    fn from(&self) -> &Schema {
        self.migration.from.schema
    }

    fn to(&self) -> &Schema {
        self.migration.to.schema
    }

    /// Asks about two bodies of the same name or place; the recursion follows the types, whose depth is bounded.
    fn bodies(&mut self, from: TypeId, to: TypeId, name: &str) {
        if self.migration.comparison.is_same(from, to) || !self.seen.insert((from, to)) {
            return;
        }
        let (old, new) = (self.migration.from.schema, self.migration.to.schema);
        let reasons = match (old.ty(from), new.ty(to)) {
            (Type::Struct(a), Type::Struct(b)) => self.fields(a, b, name),
            (Type::Enum(a), Type::Enum(b)) => self.values(a, b),
            (Type::Union(a), Type::Union(b)) => self.members(a, b, name),
            (a, b) if kind(a) != kind(b) => vec![format!("it is {} instead of {}", kind(b), kind(a))],
            _ => self.place(from, to, name).err().map(|reason| format!("it {reason}")).into_iter().collect(),
        };
        if !reasons.is_empty() {
            self.found.push(Question { ty: name.to_owned(), reasons });
        }
    }

    fn fields(&mut self, from: &Struct, to: &Struct, name: &str) -> Vec<String> {
        let matching = self.migration.comparison.fields(from, to);
        let mut reasons = Vec::new();
        let mut below = Vec::new();
        for (field, found) in to.fields.iter().zip(&matching.new) {
            match *found {
                Match::Same(at) => {
                    let name = format!("{name}.{}", field.name);
                    match self.compared(from.fields[at].ty, field.ty) {
                        Ok(()) => below.push((from.fields[at].ty, field.ty, name)),
                        Err(reason) => reasons.push(format!("`{}` {reason}", field.name)),
                    }
                }
                Match::Renamed(at) => {
                    reasons.push(format!("`{}` may be `{}`", field.name, from.fields[at].name))
                }
                Match::None if super::carry::empty(self.to(), field.ty).is_some() => {}
                Match::None => reasons.push(format!("`{}` is new", field.name)),
            }
        }
        reasons.extend(matching.dropped.iter().map(|at| format!("`{}` has no place", from.fields[*at].name)));
        self.below(reasons, below)
    }

    fn values(&self, from: &Enum, to: &Enum) -> Vec<String> {
        let matching = self.migration.comparison.values(from, to);
        let lost = unmatched(&matching.new, from.values.len());
        let names: Vec<&str> = lost.into_iter().map(|at| from.values[at].name.as_str()).collect();
        self.lost(&names, &matching.new)
    }

    fn members(&mut self, from: &Union, to: &Union, name: &str) -> Vec<String> {
        let matching = self.migration.comparison.members(from, to);
        let mut reasons = Vec::new();
        let mut below = Vec::new();
        for (member, found) in to.members.iter().zip(&matching.new) {
            let Match::Same(at) = *found else { continue };
            let before = from.members[at].ty;
            let shown = self.to().canonical_type(member.ty);
            match self.compared(before, member.ty) {
                Ok(()) => below.push((before, member.ty, format!("{name}.{shown}"))),
                Err(reason) => reasons.push(format!("`{shown}` {reason}")),
            }
        }
        let lost = unmatched(&matching.new, from.members.len());
        let names: Vec<String> =
            lost.into_iter().map(|at| self.from().canonical_type(from.members[at].ty)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        reasons.extend(self.lost(&names, &matching.new));
        self.below(reasons, below)
    }

    /// What is asked about values and members that the target lacks.
    fn lost(&self, names: &[&str], new: &[Match]) -> Vec<String> {
        let has_unmatched = new.iter().any(|found| !matches!(found, Match::Same(_)));
        let names = names.iter();
        if self.migration.is_up {
            names.map(|name| format!("`{name}` is no more")).collect()
        } else if has_unmatched {
            names.map(|name| format!("`{name}` may have another name")).collect()
        } else {
            Vec::new()
        }
    }

    /// Goes on below a type about which nothing is asked: otherwise the answer decides about its parts, too.
    fn below(&mut self, reasons: Vec<String>, below: Vec<(TypeId, TypeId, String)>) -> Vec<String> {
        if reasons.is_empty() {
            for (from, to, name) in below {
                // What is open about the place itself was found before.
                let _ = self.place(from, to, &name);
            }
        }
        reasons
    }

    /// Whether there is a rule for the place itself.
    fn compared(&self, from: TypeId, to: TypeId) -> Result<(), String> {
        let mut dry = Asking { migration: self.migration, seen: BTreeSet::new(), found: Vec::new() };
        dry.rule(from, to, None)
    }

    /// Asks about the types at one place.
    fn place(&mut self, from: TypeId, to: TypeId, name: &str) -> Result<(), String> {
        self.rule(from, to, Some(name))
    }

    /// Finds the rule for two places; with a name, asks about the bodies below, too.
    fn rule(&mut self, from: TypeId, to: TypeId, name: Option<&str>) -> Result<(), String> {
        let migration = self.migration;
        let (old, new) = (migration.from.schema, migration.to.schema);
        if migration.comparison.is_same(from, to) {
            return Ok(());
        }
        let whole = (from, to);
        let Ok((from, to)) = migration.behind(from, to) else { return Err(self.retyped(whole)) };
        if let Some(definition) = name.and_then(|_| named(old, whole.0, from)) {
            self.bodies(from, to, &definition);
            return Ok(());
        }
        match (old.ty(from), new.ty(to)) {
            (Type::Struct(_), Type::Struct(_))
            | (Type::Enum(_), Type::Enum(_))
            | (Type::Union(_), Type::Union(_)) => {
                if let Some(name) = name {
                    self.bodies(from, to, name);
                }
                Ok(())
            }
            // Definitions of one name, of which each is asked about by itself.
            _ if migration.by_name(whole.0, whole.1).is_some() => Ok(()),
            (Type::Primitive(a), Type::Primitive(b)) if a == b => Ok(()),
            (Type::Primitive(_), Type::Primitive(_)) => match migration.comparison.fit(from, to) {
                Fit::Widened => Ok(()),
                Fit::Narrowed if !migration.is_up => Ok(()),
                Fit::Narrowed | Fit::Other => Err(self.retyped(whole)),
            },
            (Type::Data { len: a }, Type::Data { len: b }) if a == b => Ok(()),
            (Type::Optional(a), Type::Optional(b)) => self.rule(*a, *b, name),
            (Type::List { element: a, len: before }, Type::List { element: b, len: after })
                if before == after =>
            {
                self.rule(*a, *b, name)
            }
            (Type::Map { key: a, value: v }, Type::Map { key: b, value: w }) => {
                self.rule(*a, *b, name)?;
                self.rule(*v, *w, name)
            }
            _ => Err(self.retyped(whole)),
        }
    }

    fn retyped(&self, (from, to): (TypeId, TypeId)) -> String {
        let (old, new) = (self.from().canonical_type(from), self.to().canonical_type(to));
        if old == new {
            return format!("`{old}` stands for another type");
        }
        format!("is `{new}` instead of `{old}`")
    }
}

/// The name of the definition at a place, if `body` is what that stands for.
fn named(schema: &Schema, place: TypeId, body: TypeId) -> Option<String> {
    let mut id = place;
    while let Type::Named(def) = schema.ty(id) {
        let definition = schema.definition(*def);
        if definition.ty == body {
            return Some(definition.name.clone());
        }
        id = definition.ty;
    }
    None
}

/// The parts of the source that no part of the target is.
fn unmatched(new: &[Match], len: usize) -> Vec<usize> {
    let mut is_matched = vec![false; len];
    for found in new {
        if let Match::Same(from) = found {
            is_matched[*from] = true;
        }
    }
    (0..len).filter(|at| !is_matched[*at]).collect()
}

fn kind(ty: &Type) -> &'static str {
    match ty {
        Type::Struct(_) => "a struct",
        Type::Enum(_) => "an enum",
        Type::Union(_) => "a union",
        Type::Primitive(Primitive::Void) => "void",
        Type::Primitive(_)
        | Type::Data { .. }
        | Type::Optional(_)
        | Type::List { .. }
        | Type::Map { .. }
        | Type::Named(_) => "an alias",
    }
}
