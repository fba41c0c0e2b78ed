//! What a schema may ask for that the generator refuses, each with a code of its own.
//!
//! The format has no such limits. Rust has: an array cannot be larger than the address space,
//! and rustc gives up on types nested more than 128 deep.

use barewire_syntax::code::Code;
use barewire_syntax::family::Family;
use barewire_syntax::ir::{DefId, Schema, Type, TypeId};
use barewire_syntax::{Diagnostic, Report, SourceId, Span};

/// A fixed size above [`FIXED_SIZE`].
const FIXED_SIZE_TOO_LARGE: Code = Code::new("B101");
/// Nesting above [`DEPTH`].
const NESTED_TOO_DEEP: Code = Code::new("B102");

/// The largest fixed size in octets, encoded.
const FIXED_SIZE: u64 = 1 << 31;
/// The deepest nesting, named types counted.
const DEPTH: u32 = 100;

/// Checks every version of `family`.
pub(crate) fn check(family: &Family) -> Result<(), Report> {
    let mut diagnostics = Vec::new();
    for (position, version) in family.versions().iter().enumerate() {
        let source = SourceId::new(u32::try_from(position).expect("at most 65535 versions"));
        for definition in version.schema.definitions() {
            diagnostics.extend(check_definition(
                &version.schema,
                definition.ty,
                &definition.name,
                definition.name_span,
                source,
            ));
        }
    }
    if diagnostics.is_empty() {
        return Ok(());
    }
    Err(Report::new(family.versions().iter().map(|version| version.source.clone()).collect(), diagnostics))
}

fn check_definition(
    schema: &Schema,
    id: TypeId,
    name: &str,
    span: Span,
    source: SourceId,
) -> Option<Diagnostic> {
    let mut largest = 0;
    for_each_part(schema, id, &mut |ty| {
        let len = match schema.ty(ty) {
            Type::Data { len: Some(len) } | Type::List { len: Some(len), .. } => *len,
            _ => 0,
        };
        largest = largest.max(len).max(schema.min_len(ty));
    });
    if largest > FIXED_SIZE {
        return Some(
            Diagnostic::error(
                FIXED_SIZE_TOO_LARGE,
                format!(
                    "`{name}` has a fixed size of {largest}, the generator's limit is {FIXED_SIZE} (2^31)"
                ),
            )
            .primary(source, span, "no value of it could be held in memory")
            .note("use `data` or `list<…>` without a length where the size may vary"),
        );
    }
    let depth = schema.depth(id);
    if depth > DEPTH {
        return Some(
            Diagnostic::error(
                NESTED_TOO_DEEP,
                format!("`{name}` is nested {depth} deep, the generator's limit is {DEPTH}"),
            )
            .primary(source, span, "named types are counted")
            .note("rustc gives up on types nested more than 128 deep"),
        );
    }
    None
}

/// Calls `visit` for `id` and all types written inside it; named types are definitions of their own.
fn for_each_part(schema: &Schema, id: TypeId, visit: &mut impl FnMut(TypeId)) {
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        visit(id);
        match schema.ty(id) {
            Type::Optional(inner) | Type::List { element: inner, .. } => open.push(*inner),
            Type::Map { key, value } => open.extend([*key, *value]),
            Type::Struct(body) => open.extend(body.fields.iter().map(|field| field.ty)),
            Type::Union(body) => open.extend(body.members.iter().map(|member| member.ty)),
            Type::Primitive(_) | Type::Data { .. } | Type::Enum(_) | Type::Named(_) => {}
        }
    }
}

/// Whether the definition `id` is a struct with a field of this name.
pub(crate) fn has_field(schema: &Schema, id: DefId, field: &str) -> bool {
    match schema.ty(schema.definition(id).ty) {
        Type::Struct(body) => body.fields.iter().any(|candidate| candidate.name == field),
        _ => false,
    }
}
