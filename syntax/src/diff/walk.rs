//! Going through two definitions of the same name and writing down what differs.

use super::Status;
use super::change::{Change, ChangeKind, FieldPart, Kind, MemberPart, Path, Step, ValuePart};
use super::number::{Fit, fit};
use super::pairing::{Loose, pair};
use super::shape::Shapes;
use crate::Span;
use crate::ir::{DefId, Enum, EnumValue, Field, Member, Primitive, Schema, Struct, Type, TypeId, Union};
use std::collections::HashMap;

/// How a definition of `new` relates to the one of the same name in `old`.
pub(super) fn definition(old: &Schema, new: &Schema, shapes: &Shapes, id: DefId) -> Status {
    let after = new.definition(id);
    let Some(found) = old.find(&after.name) else { return Status::Added };
    let before = old.definition(found);
    if shapes.same_in_depth(before.ty, after.ty) {
        return Status::Identical { old: found };
    }
    if shapes.same_line(before.ty, after.ty) {
        return Status::Inside { old: found };
    }
    let mut walk = Walk { old, new, shapes, changes: Vec::new() };
    let spans = (before.name_span, after.name_span);
    let kinds = (kind(old.ty(before.ty)), kind(new.ty(after.ty)));
    if kinds.0 == kinds.1 {
        walk.place(&Path::default(), (before.ty, after.ty), spans);
    } else {
        walk.both(&Path::default(), spans, ChangeKind::KindChanged { old: kinds.0, new: kinds.1 });
    }
    Status::Changed { old: found, changes: walk.changes }
}

fn kind(ty: &Type) -> Kind {
    match ty {
        Type::Primitive(Primitive::Void) => Kind::Void,
        Type::Enum(_) => Kind::Enum,
        Type::Struct(_) => Kind::Struct,
        Type::Union(_) => Kind::Union,
        Type::Primitive(_)
        | Type::Data { .. }
        | Type::Optional(_)
        | Type::List { .. }
        | Type::Map { .. }
        | Type::Named(_) => Kind::Alias,
    }
}

struct Walk<'a> {
    old: &'a Schema,
    new: &'a Schema,
    shapes: &'a Shapes,
    changes: Vec<Change>,
}

/// Places of one thing in the old text and in the new one.
type Spans = (Span, Span);

impl Walk<'_> {
    /// Compares the types at a place; the recursion follows inline nesting, which the parser bounds.
    fn place(&mut self, path: &Path, (old, new): (TypeId, TypeId), spans: Spans) {
        if self.shapes.same_line(old, new) {
            return;
        }
        match (self.old.ty(old), self.new.ty(new)) {
            (Type::Optional(old), Type::Optional(new)) => {
                self.place(&path.then(Step::Inner), (*old, *new), spans);
            }
            (Type::List { element: old, len: before }, Type::List { element: new, len: after })
                if before == after =>
            {
                self.place(&path.then(Step::Element), (*old, *new), spans);
            }
            (Type::Map { key: old_key, value: old }, Type::Map { key: new_key, value: new }) => {
                self.place(&path.then(Step::Key), (*old_key, *new_key), spans);
                self.place(&path.then(Step::Value), (*old, *new), spans);
            }
            (Type::Struct(old), Type::Struct(new)) => self.fields(path, old, new),
            (Type::Enum(old), Type::Enum(new)) => self.values(path, old, new),
            (Type::Union(old), Type::Union(new)) => self.members(path, old, new),
            // A list of another length, types of different formers, primitives, data and names.
            _ => {
                let kind = self.leaf(path, old, new);
                self.both(path, spans, kind);
            }
        }
    }

    /// What happened between two types that are not compared part by part.
    fn leaf(&self, path: &Path, old: TypeId, new: TypeId) -> ChangeKind {
        let (old_base, new_base) = (self.old.resolve(old), self.new.resolve(new));
        if self.shapes.same_in_depth(old_base, new_base) {
            return ChangeKind::Respelled { old, new };
        }
        if let (Type::Primitive(before), Type::Primitive(after)) =
            (self.old.ty(old_base), self.new.ty(new_base))
        {
            match fit(*before, *after) {
                Fit::Widened => return ChangeKind::Widened { old, new },
                Fit::Narrowed => return ChangeKind::Narrowed { old, new },
                Fit::Other => {}
            }
        }
        if path.is_empty() {
            ChangeKind::AliasRetargeted { old, new }
        } else {
            ChangeKind::Retyped { old, new }
        }
    }

    fn fields(&mut self, path: &Path, old: &Struct, new: &Struct) {
        let names = old.fields.iter().enumerate().map(|(i, field)| (field.name.as_str(), i));
        let shapes = self.shapes;
        let matching = Matching::new(
            Side { names: names.collect(), len: old.fields.len() },
            new.fields.iter().map(|field| field.name.as_str()),
            |i| (i as u64, shapes.old_line(old.fields[i].ty)),
            |i| (i as u64, shapes.new_line(new.fields[i].ty)),
        );
        // The greatest old place so far; a field that comes after it but stood before it has moved.
        let (mut last, mut moved) = (0, None);
        for (i, field) in new.fields.iter().enumerate() {
            let (from, is_renamed) = match matching.new[i] {
                Match::Same(from) => (from, false),
                Match::Renamed(from) => (from, true),
                Match::None => {
                    self.added(path, field.span, ChangeKind::FieldAdded(field_part(i, field)));
                    continue;
                }
            };
            let before = &old.fields[from];
            let spans = (before.span, field.span);
            if is_renamed {
                let (old, new) = (field_part(from, before), field_part(i, field));
                self.both(path, spans, ChangeKind::FieldRenameCandidate { old, new });
            } else {
                let path = path.then(Step::Field(field.name.clone()));
                self.place(&path, (before.ty, field.ty), spans);
            }
            if from < last && moved.is_none() {
                moved = Some((spans, field_part(i, field)));
            }
            last = last.max(from);
        }
        for i in matching.dropped {
            let field = &old.fields[i];
            self.dropped(path, field.span, ChangeKind::FieldDropped(field_part(i, field)));
        }
        if let Some((spans, first)) = moved {
            self.both(path, spans, ChangeKind::FieldsReordered { first });
        }
    }

    fn values(&mut self, path: &Path, old: &Enum, new: &Enum) {
        let names = old.values.iter().enumerate().map(|(i, value)| (value.name.as_str(), i));
        let matching = Matching::new(
            Side { names: names.collect(), len: old.values.len() },
            new.values.iter().map(|value| value.name.as_str()),
            |i| (old.values[i].value, 0),
            |i| (new.values[i].value, 0),
        );
        for (value, found) in new.values.iter().zip(matching.new) {
            match found {
                Match::Same(from) if old.values[from].value == value.value => {}
                Match::Same(from) => {
                    let before = &old.values[from];
                    let (old, new) = (value_part(before), value_part(value));
                    self.both(path, (before.span, value.span), ChangeKind::ValueRenumbered { old, new });
                }
                Match::Renamed(from) => {
                    let before = &old.values[from];
                    let (old, new) = (value_part(before), value_part(value));
                    self.both(path, (before.span, value.span), ChangeKind::ValueRenameCandidate { old, new });
                }
                Match::None => self.added(path, value.span, ChangeKind::ValueAdded(value_part(value))),
            }
        }
        for i in matching.dropped {
            let value = &old.values[i];
            self.dropped(path, value.span, ChangeKind::ValueDropped(value_part(value)));
        }
    }

    fn members(&mut self, path: &Path, old: &Union, new: &Union) {
        let shapes = self.shapes;
        let names = old.members.iter().enumerate().map(|(i, member)| (shapes.old_line(member.ty), i));
        // A member is named by its type, so that only what the name stands for can be the same under another name.
        let (old_schema, new_schema) = (self.old, self.new);
        let matching = Matching::new(
            Side { names: names.collect(), len: old.members.len() },
            new.members.iter().map(|member| shapes.new_line(member.ty)),
            |i| (old.members[i].tag, shapes.old_depth(behind_name(old_schema, old.members[i].ty))),
            |i| (new.members[i].tag, shapes.new_depth(behind_name(new_schema, new.members[i].ty))),
        );
        for (member, found) in new.members.iter().zip(matching.new) {
            match found {
                Match::Same(from) if old.members[from].tag == member.tag => {}
                Match::Same(from) => {
                    let before = &old.members[from];
                    let (old, new) = (member_part(before), member_part(member));
                    self.both(path, (before.span, member.span), ChangeKind::MemberRetagged { old, new });
                }
                Match::Renamed(from) => {
                    let before = &old.members[from];
                    let (old, new) = (member_part(before), member_part(member));
                    self.both(
                        path,
                        (before.span, member.span),
                        ChangeKind::MemberRenameCandidate { old, new },
                    );
                }
                Match::None => self.added(path, member.span, ChangeKind::MemberAdded(member_part(member))),
            }
        }
        for i in matching.dropped {
            let member = &old.members[i];
            self.dropped(path, member.span, ChangeKind::MemberDropped(member_part(member)));
        }
    }

    fn both(&mut self, path: &Path, (old, new): Spans, kind: ChangeKind) {
        self.changes.push(Change { path: path.clone(), old: Some(old), new: Some(new), kind });
    }

    fn added(&mut self, path: &Path, new: Span, kind: ChangeKind) {
        self.changes.push(Change { path: path.clone(), old: None, new: Some(new), kind });
    }

    fn dropped(&mut self, path: &Path, old: Span, kind: ChangeKind) {
        self.changes.push(Change { path: path.clone(), old: Some(old), new: None, kind });
    }
}

/// Which old part each new part of a body is.
struct Matching {
    /// One for each new part.
    new: Vec<Match>,
    /// The old parts that no new one is, in their order.
    dropped: Vec<usize>,
}

enum Match {
    /// The old part of this index has the same name.
    Same(usize),
    /// The old part of this index may be the same under another name.
    Renamed(usize),
    None,
}

/// The old parts of a body.
struct Side<N> {
    names: HashMap<N, usize>,
    len: usize,
}

impl Matching {
    /// `old_loose` and `new_loose` give the position and the number of the type of a part.
    fn new<N: Eq + std::hash::Hash>(
        old: Side<N>,
        new: impl Iterator<Item = N>,
        old_loose: impl Fn(usize) -> (u64, u32),
        new_loose: impl Fn(usize) -> (u64, u32),
    ) -> Matching {
        let mut is_matched = vec![false; old.len];
        let mut found = Vec::new();
        for name in new {
            match old.names.get(&name) {
                Some(from) => {
                    is_matched[*from] = true;
                    found.push(Match::Same(*from));
                }
                None => found.push(Match::None),
            }
        }
        let loose = |index, (position, ty)| Loose { index, position, ty };
        let dropped: Vec<Loose> =
            (0..old.len).filter(|i| !is_matched[*i]).map(|i| loose(i, old_loose(i))).collect();
        let is_added = |i: &usize| matches!(found[*i], Match::None);
        let added: Vec<Loose> = (0..found.len()).filter(is_added).map(|i| loose(i, new_loose(i))).collect();
        for (new, old) in pair(&dropped, &added) {
            is_matched[old] = true;
            found[new] = Match::Renamed(old);
        }
        let dropped = (0..old.len).filter(|i| !is_matched[*i]).collect();
        Matching { new: found, dropped }
    }
}

/// What a name stands for, or the type itself.
fn behind_name(schema: &Schema, id: TypeId) -> TypeId {
    match schema.ty(id) {
        Type::Named(target) => schema.definition(*target).ty,
        _ => id,
    }
}

fn field_part(index: usize, field: &Field) -> FieldPart {
    FieldPart { name: field.name.clone(), index, ty: field.ty }
}

fn value_part(value: &EnumValue) -> ValuePart {
    ValuePart { name: value.name.clone(), value: value.value }
}

fn member_part(member: &Member) -> MemberPart {
    MemberPart { tag: member.tag, ty: member.ty }
}
