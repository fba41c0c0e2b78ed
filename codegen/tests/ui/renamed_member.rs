//! A step without an answer for a union member that the newer version lacks: it may have another name there.

mod family {
    include!("../golden/asked/expected.rs");
}

use barewire::{Losses, Migrator};
use family::migrate::V2ToV3;

struct Migrations(Losses);

impl Migrator for Migrations {
    fn losses(&mut self) -> &mut Losses {
        &mut self.0
    }
}

impl V2ToV3 for Migrations {}

fn main() {}
