//! Generates both families from `schema/`, with strategies for the tests of this package.

use barewire_codegen::{Config, Error};

fn main() -> Result<(), Error> {
    let config = Config::new().strategies(true);
    config.compile("schema/runner")?;
    config.compile("schema/actor")
}
