//! That every message of the schemas is compared.

use barewire_peers::messages;
use barewire_syntax::family::Family;
use std::path::Path;

#[test]
fn no_message_is_forgotten() {
    let mut of_schemas = Vec::new();
    for name in ["runner", "actor"] {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema").join(name);
        let family = Family::load(&dir).expect("the build script has compiled it");
        for version in family.versions() {
            let schema = &version.schema;
            let messages = schema.ids().filter(|id| !schema.is_used(*id));
            let messages = messages.map(|id| &schema.definition(id).name);
            of_schemas.extend(messages.map(|message| format!("{name} v{} {message}", version.number)));
        }
    }
    // The second layout of a version is not among the versions of a family.
    of_schemas.push("actor v2_older PersistedActor".to_owned());
    let mut compared = messages::NAMES.to_vec();
    of_schemas.sort();
    compared.sort();
    assert_eq!(of_schemas, compared);
}
