//! What a schema may ask for that the generator refuses, each with a code of its own.
//!
//! The format has no such limits. Rust has: an array cannot be larger than the address space,
//! and rustc gives up on types nested more than 128 deep.

use barewire_syntax::code::{Code, Example, Examples, Explanation, Rule};
use barewire_syntax::family::Family;
use barewire_syntax::ir::{Definition, Schema, Type, TypeId};
use barewire_syntax::{Diagnostic, Report, SourceId, Span};

/// A fixed size above [`FIXED_SIZE`].
const FIXED_SIZE_TOO_LARGE: Code = Code::new("B101");
/// Nesting above [`DEPTH`].
const NESTED_TOO_DEEP: Code = Code::new("B102");

/// The largest fixed size in octets, encoded.
const FIXED_SIZE: u64 = 1 << 31;
/// The deepest nesting, named types counted.
const DEPTH: u32 = 100;

/// Every code of the generator, in ascending order, with a mistake that gives it and what is right instead.
pub static CODES: &[(Explanation, Examples)] = &[
    (
        Explanation {
            code: FIXED_SIZE_TOO_LARGE,
            rule: Rule::Limit,
            title: "fixed size above 2^31 octets",
            text: "A value of a fixed size is allocated as a whole before any of it is read, and Rust has no larger arrays on \
                   every machine. Use `data` or `list<…>` without a length where the size may vary.",
        },
        Examples {
            wrong: Example::Schema("type Image data[4294967296]\n"),
            right: Example::Schema("type Image data\n"),
        },
    ),
    (
        Explanation {
            code: NESTED_TOO_DEEP,
            rule: Rule::Limit,
            title: "types nested more than 100 deep, named types counted",
            text: "Generated types nest as those of the schema do, and rustc gives up on types nested more than 128 deep. \
                   Keep the parts in a list and let them refer to each other by number.",
        },
        Examples {
            wrong: Example::Words("a chain of 101 definitions, each an optional of the one before"),
            right: Example::Words("one list of the parts, which refer to each other by their places in it"),
        },
    ),
];

/// Checks every version of `family`, and every alternate.
pub(crate) fn check(family: &Family) -> Result<(), Report> {
    let mut diagnostics = Vec::new();
    let alternates = family.alternates().iter().map(|alternate| &alternate.version);
    for version in family.versions().iter().chain(alternates) {
        for definition in version.schema.definitions() {
            let at = (version.source_id, definition.name_span);
            diagnostics.extend(too_large(&version.schema, definition, at));
            diagnostics.extend(too_deep(&version.schema, definition, at));
        }
    }
    if diagnostics.is_empty() { Ok(()) } else { Err(family.report(diagnostics)) }
}

fn too_large(schema: &Schema, definition: &Definition, at: (SourceId, Span)) -> Option<Diagnostic> {
    let size = |part| fixed_len(schema, part).max(schema.min_len(part));
    let largest = parts(schema, definition.ty).map(size).max().unwrap_or(0);
    (largest > FIXED_SIZE).then(|| {
        let name = &definition.name;
        let message =
            format!("`{name}` has a fixed size of {largest}, the generator's limit is {FIXED_SIZE} (2^31)");
        Diagnostic::error(FIXED_SIZE_TOO_LARGE, message)
            .primary(at.0, at.1, "each value takes as much at least")
            .note("use `data` or `list<…>` without a length where the size may vary")
    })
}

fn too_deep(schema: &Schema, definition: &Definition, at: (SourceId, Span)) -> Option<Diagnostic> {
    let depth = schema.depth(definition.ty);
    (depth > DEPTH).then(|| {
        let name = &definition.name;
        let message = format!("`{name}` is nested {depth} deep, the generator's limit is {DEPTH}");
        Diagnostic::error(NESTED_TOO_DEEP, message)
            .primary(at.0, at.1, "named types are counted")
            .note("rustc gives up on types nested more than 128 deep")
    })
}

/// The length that a type is written with, or 0.
fn fixed_len(schema: &Schema, id: TypeId) -> u64 {
    match schema.ty(id) {
        Type::Data { len } | Type::List { len, .. } => len.unwrap_or(0),
        Type::Primitive(_)
        | Type::Optional(_)
        | Type::Map { .. }
        | Type::Enum(_)
        | Type::Struct(_)
        | Type::Union(_)
        | Type::Named(_) => 0,
    }
}

/// `id` and all types written inside it; named types are definitions of their own.
pub(crate) fn parts(schema: &Schema, id: TypeId) -> impl Iterator<Item = TypeId> + '_ {
    let mut open = vec![id];
    std::iter::from_fn(move || {
        let id = open.pop()?;
        match schema.ty(id) {
            Type::Optional(inner) | Type::List { element: inner, .. } => open.push(*inner),
            Type::Map { key, value } => open.extend([*key, *value]),
            Type::Struct(body) => open.extend(body.fields.iter().map(|field| field.ty)),
            Type::Union(body) => open.extend(body.members.iter().map(|member| member.ty)),
            Type::Primitive(_) | Type::Data { .. } | Type::Enum(_) | Type::Named(_) => {}
        }
        Some(id)
    })
}
