//! Schemas of the tests: written in place, those of the protocol, and those of the golden cases.

use std::fs;
use std::path::{Path, PathBuf};

use barewire_dynamic::{MessageType, Value};
use barewire_syntax::family::{Alternate, Family};
use barewire_syntax::ir::Schema;
use barewire_syntax::{Checked, Source, check};

/// The schema that `text` is.
#[track_caller]
pub(crate) fn schema(text: &str) -> Checked<Schema> {
    check(&Source::new("test.bare", text)).expect("a schema")
}

/// What `use_it` makes of the last type of the schema `text`.
#[track_caller]
pub(crate) fn with<T>(text: &str, use_it: impl FnOnce(&MessageType<'_>) -> T) -> T {
    let schema = schema(text);
    let last = schema.definitions().last().expect("a schema has a definition");
    use_it(&MessageType::new(&schema, &last.name).expect("nested no deeper than 100"))
}

/// The schema of the golden case `name`.
pub(crate) fn golden(name: &str) -> Checked<Schema> {
    let file = beside("codegen/tests/golden").join(name).join("schema.bare");
    schema(&fs::read_to_string(file).expect("the case has a schema"))
}

/// The versions of the protocol family `name`, with the names of their modules.
pub(crate) fn family(name: &str) -> Vec<(String, Checked<Schema>)> {
    let family = Family::load(&beside("schema").join(name)).expect("the schemas are right");
    let versions = family.versions().iter().map(|version| (format!("v{}", version.number), version));
    let alternates = family
        .alternates()
        .iter()
        .map(|Alternate { name, version }| (format!("v{}_{name}", version.number), version));
    versions.chain(alternates).map(|(name, version)| (name, version.schema.clone())).collect()
}

/// A folder beside the one of this package.
pub(crate) fn beside(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder)
}

/// A struct of `fields`.
pub(crate) fn structure(fields: impl Into<Box<[Value]>>) -> Value {
    Value::Struct(fields.into())
}
