//! A step without an answer that the schemas leave open.

mod family {
    include!("../golden/asked/expected.rs");
}

use barewire::{Losses, Migrator};
use family::migrate::V1ToV2;

struct Migrations(Losses);

impl Migrator for Migrations {
    fn losses(&mut self) -> &mut Losses {
        &mut self.0
    }
}

impl V1ToV2 for Migrations {}

fn main() {}
