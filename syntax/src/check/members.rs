//! Rules R2, R5 and R6, apart from the numbers: what enums, unions and structs are made of.

use super::{Check, id, numbers};
use crate::ast::{self, Field, Member, Value};
use crate::code;
use crate::ir::{self, TypeId};
use crate::quote::quote;
use std::collections::HashMap;

impl<'s> Check<'_, 's> {
    pub(super) fn enum_type(&mut self, ty: &ast::Type<'s>, values: &[Value<'s>]) -> ir::Enum {
        if values.is_empty() {
            self.error(code::EMPTY_ENUM, "the enum has no values", ty.span, "")
                .note("an enum has at least one value")
                .push(self.findings);
        }
        for (first, again) in repeated(values.iter().map(|value| value.name.text)) {
            let (first, again) = (values[first].name, values[again].name);
            let message = format!("the enum has two values {}", quote(again.text));
            self.error(code::DUPLICATE_VALUE_NAME, message, again.span, "the same name again")
                .and(self.findings, first.span, "first defined here")
                .push(self.findings);
        }
        let numbers = self.number(&numbers::ENUM, values);
        let lower = |(value, number): (&Value<'_>, u64)| ir::EnumValue {
            name: value.name.text.to_owned(),
            docs: value.docs.clone(),
            value: number,
            span: value.span,
        };
        ir::Enum { values: values.iter().zip(numbers).map(lower).collect() }
    }

    pub(super) fn struct_type(&mut self, ty: &ast::Type<'s>, fields: &[Field<'s>]) -> ir::Struct {
        if fields.is_empty() {
            self.error(code::EMPTY_STRUCT, "the struct has no fields", ty.span, "")
                .note("a struct has at least one field; a type without content is `void`")
                .push(self.findings);
        }
        for (first, again) in repeated(fields.iter().map(|field| field.name.text)) {
            let (first, again) = (fields[first].name, fields[again].name);
            let message = format!("the struct has two fields {}", quote(again.text));
            self.error(code::DUPLICATE_FIELD, message, again.span, "the same name again")
                .and(self.findings, first.span, "first defined here")
                .push(self.findings);
        }
        for field in fields {
            self.reject_void(
                field.ty,
                "a field",
                "a field that is always the same can be left out; a flag is a `bool`",
            );
            if field.name.text.starts_with(|c: char| c.is_ascii_uppercase()) {
                self.warn_upper_case(field);
            }
        }
        let lower = |field: &Field<'_>| ir::Field {
            name: field.name.text.to_owned(),
            docs: field.docs.clone(),
            ty: id(field.ty),
            span: field.span,
        };
        ir::Struct { fields: fields.iter().map(lower).collect() }
    }

    fn warn_upper_case(&mut self, field: &Field<'_>) {
        let name = field.name;
        let mut lower = name.text.to_owned();
        if let Some(first) = lower.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        let message = format!("the field name {} begins with an upper-case letter", quote(name.text));
        self.warning(code::FIELD_NAME_STYLE, message, name.span, "")
            .note("since draft -14 field names begin with a lower-case letter, and other tools may refuse this one")
            .note(format!("the name is not on the wire; {} would do", quote(&lower)))
            .push(self.findings);
    }

    pub(super) fn union_type(&mut self, ty: &ast::Type<'s>, members: &[Member]) -> ir::Union {
        if members.is_empty() {
            self.error(code::EMPTY_UNION, "the union has no members", ty.span, "")
                .note("a union has at least one member")
                .push(self.findings);
        }
        for (first, again) in repeated(members.iter().map(|member| self.shapes.of(member.ty))) {
            self.report_same_type(members[first].ty, members[again].ty);
        }
        let tags = self.number(&numbers::UNION, members);
        let lower = |(member, tag): (&Member, u64)| ir::Member {
            docs: member.docs.clone(),
            tag,
            ty: TypeId(member.ty.0),
            span: member.span,
        };
        ir::Union { members: members.iter().zip(tags).map(lower).collect() }
    }

    #[cold]
    fn report_same_type(&mut self, first: ast::TypeId, again: ast::TypeId) {
        let message = format!("the union has two members of the type {}", self.describe(again));
        let (first, again) = (self.tree.ty(first).span, self.tree.ty(again).span);
        let mut error = self.error(code::DUPLICATE_MEMBER, message, again, "the same type again").and(
            self.findings,
            first,
            "first member here",
        );
        if self.text[first.range()] != self.text[again.range()] {
            error = error.note("types written in place are compared by their structure");
        }
        error.note("to tell them apart, define a type of its own name for one of them").push(self.findings);
    }
}

/// The positions of each item that occurred before, with the first occurrence.
fn repeated<T: Eq + std::hash::Hash>(items: impl ExactSizeIterator<Item = T>) -> Vec<(usize, usize)> {
    let mut first = HashMap::with_capacity(items.len());
    let mut found = Vec::new();
    for (i, item) in items.enumerate() {
        let at = *first.entry(item).or_insert(i);
        if at != i {
            found.push((at, i));
        }
    }
    found
}
