//! Going through two definitions of the same name and writing down what differs.

use super::change::{Change, ChangeKind, FieldPart, Kind, MemberPart, Path, Step, ValuePart};
use super::{Comparison, Fit, Match, Status};
use crate::Span;
use crate::ir::{DefId, Enum, EnumValue, Field, Member, Primitive, Struct, Type, TypeId, Union};

/// How a definition of the new schema relates to its counterpart in the old one.
pub(super) fn definition(comparison: &Comparison<'_>, id: DefId) -> Status {
    let (old, new) = (comparison.old_schema(), comparison.new_schema());
    let after = new.definition(id);
    let Some(found) = comparison.counterpart(id) else { return Status::Added };
    let before = old.definition(found);
    if comparison.is_same(before.ty, after.ty) {
        return Status::Identical { old: found };
    }
    if comparison.is_same_line(before.ty, after.ty) {
        return Status::Inside { old: found };
    }
    let mut walk = Walk { comparison, changes: Vec::new() };
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
    comparison: &'a Comparison<'a>,
    changes: Vec<Change>,
}

/// Places of one thing in the old text and in the new one.
type Spans = (Span, Span);

impl Walk<'_> {
    /// Compares the types at a place; the recursion follows inline nesting, which the parser bounds.
    fn place(&mut self, path: &Path, (old, new): (TypeId, TypeId), spans: Spans) {
        if self.comparison.is_same_line(old, new) {
            return;
        }
        match (self.comparison.old_schema().ty(old), self.comparison.new_schema().ty(new)) {
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
        if self.comparison.is_respelled(old, new) {
            return ChangeKind::Respelled { old, new };
        }
        match self.comparison.fit(old, new) {
            Fit::Widened => return ChangeKind::Widened { old, new },
            Fit::Narrowed => return ChangeKind::Narrowed { old, new },
            Fit::Other => {}
        }
        if path.is_empty() {
            ChangeKind::AliasRetargeted { old, new }
        } else {
            ChangeKind::Retyped { old, new }
        }
    }

    fn fields(&mut self, path: &Path, old: &Struct, new: &Struct) {
        let matching = self.comparison.fields(old, new);
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
        let matching = self.comparison.values(old, new);
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
        let matching = self.comparison.members(old, new);
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

fn field_part(index: usize, field: &Field) -> FieldPart {
    FieldPart { name: field.name.clone(), index, ty: field.ty }
}

fn value_part(value: &EnumValue) -> ValuePart {
    ValuePart { name: value.name.clone(), value: value.value }
}

fn member_part(member: &Member) -> MemberPart {
    MemberPart { tag: member.tag, ty: member.ty }
}
