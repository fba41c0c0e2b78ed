//! Generates both families from `schema/`, with strategies for the tests of this package.

use barewire_codegen::{Config, Error};

fn main() -> Result<(), Error> {
    let config = Config::new().strategies();
    // Version 3 keeps the tag of the acknowledgement and says in its name that nobody needs it.
    config.clone().renamed("TunnelAck", "DeprecatedTunnelAck").compile("schema/runner")?;
    config.renamed("PersistedActor", "Actor").compile("schema/actor")
}
