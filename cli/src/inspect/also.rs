//! Under what else octets decode.

use barewire_dynamic::MessageType;
use barewire_syntax::family::Version;
use barewire_syntax::frozen::Label;

use super::LIMITS;
use crate::choice::{Chosen, embedded};
use crate::schema::Schemas;

/// A type of a version under which the octets are a message.
pub(super) struct Reading {
    pub(super) label: Label,
    pub(super) ty: String,
    /// Whether the version stands in front.
    pub(super) is_embedded: bool,
}

/// The other versions in which the octets are a message of the same type, also with a version in front.
pub(super) fn versions(schemas: &Schemas, chosen: &Chosen<'_>, octets: &[u8]) -> Vec<Reading> {
    let name = chosen.message.name();
    let others = schemas.all().filter(|(label, _)| *label != chosen.label);
    let mut readings: Vec<Reading> = others
        .filter(|(_, version)| decodes(version, name, octets))
        .map(|(label, _)| Reading { label, ty: name.to_owned(), is_embedded: false })
        .collect();
    readings.extend(with_version(schemas, chosen, octets, |_| vec![name.to_owned()]));
    readings
}

/// All types of all versions under which the octets are a message.
pub(super) fn types(schemas: &Schemas, chosen: &Chosen<'_>, octets: &[u8]) -> Vec<Reading> {
    let names = |version: &Version| -> Vec<String> {
        version.schema.definitions().iter().map(|definition| definition.name.clone()).collect()
    };
    let mut readings = Vec::new();
    for (label, version) in schemas.all() {
        for ty in names(version) {
            let is_chosen = label == chosen.label && ty == chosen.message.name();
            if !is_chosen && decodes(version, &ty, octets) {
                readings.push(Reading { label: label.clone(), ty, is_embedded: false });
            }
        }
    }
    readings.extend(with_version(schemas, chosen, octets, names));
    readings
}

/// What the octets are if their first two are a version.
fn with_version(
    schemas: &Schemas,
    chosen: &Chosen<'_>,
    octets: &[u8],
    names: impl Fn(&Version) -> Vec<String>,
) -> Vec<Reading> {
    if !schemas.has_versions() || chosen.prefix > 0 {
        return Vec::new();
    }
    let Some(label) = embedded(octets).map(Label::version) else { return Vec::new() };
    let Some(version) = schemas.family().find(&label) else { return Vec::new() };
    let fitting = names(version).into_iter().filter(|name| decodes(version, name, &octets[2..]));
    fitting.map(|ty| Reading { label: label.clone(), ty, is_embedded: true }).collect()
}

fn decodes(version: &Version, name: &str, octets: &[u8]) -> bool {
    let message = MessageType::new(&version.schema, name);
    message.is_ok_and(|message| message.decode_with(octets, &LIMITS).is_ok())
}
