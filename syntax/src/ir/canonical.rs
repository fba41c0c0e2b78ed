//! The one spelling of a type that versions are compared by.

use super::{Schema, Type, TypeId};
use std::fmt::Write as _;

/// Writes the type without a space more than it needs.
///
/// The recursion follows inline nesting, which the parser bounds; user types are written by name.
pub(super) fn write_type(schema: &Schema, id: TypeId, out: &mut String) {
    match schema.ty(id) {
        Type::Primitive(primitive) => out.push_str(primitive.name()),
        Type::Data { len } => {
            out.push_str("data");
            write_len(*len, out);
        }
        Type::Optional(inner) => {
            out.push_str("optional");
            write_parameter(schema, *inner, out);
        }
        Type::List { element, len } => {
            out.push_str("list");
            write_parameter(schema, *element, out);
            write_len(*len, out);
        }
        Type::Map { key, value } => {
            out.push_str("map");
            write_parameter(schema, *key, out);
            write_parameter(schema, *value, out);
        }
        Type::Enum(declared) => {
            out.push_str("enum{");
            for (i, value) in declared.values.iter().enumerate() {
                separate(i, ' ', out);
                out.push_str(&value.name);
                write_number(value.value, out);
            }
            out.push('}');
        }
        Type::Struct(declared) => {
            out.push_str("struct{");
            for (i, field) in declared.fields.iter().enumerate() {
                separate(i, ' ', out);
                out.push_str(&field.name);
                out.push(':');
                write_type(schema, field.ty, out);
            }
            out.push('}');
        }
        Type::Union(declared) => {
            out.push_str("union{");
            for (i, member) in declared.members.iter().enumerate() {
                separate(i, '|', out);
                write_type(schema, member.ty, out);
                write_number(member.tag, out);
            }
            out.push('}');
        }
        Type::Named(target) => out.push_str(&schema.definition(*target).name),
    }
}

fn write_parameter(schema: &Schema, id: TypeId, out: &mut String) {
    out.push('<');
    write_type(schema, id, out);
    out.push('>');
}

fn write_len(len: Option<u64>, out: &mut String) {
    if let Some(len) = len {
        write!(out, "[{len}]").expect("writing to a string does not fail");
    }
}

fn write_number(number: u64, out: &mut String) {
    write!(out, "={number}").expect("writing to a string does not fail");
}

fn separate(index: usize, separator: char, out: &mut String) {
    if index > 0 {
        out.push(separator);
    }
}
