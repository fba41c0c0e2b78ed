//! An answer that leaves a field of the newer version out.

mod family {
    include!("../golden/asked/expected.rs");
}

use barewire::{Losses, Migrated, Migrator};
use family::migrate::V3ToV4;
use family::{v3, v4};

struct Migrations(Losses);

impl Migrator for Migrations {
    fn losses(&mut self) -> &mut Losses {
        &mut self.0
    }
}

impl V3ToV4 for Migrations {
    fn close(&mut self, from: v3::Close) -> Migrated<v4::Close> {
        let v3::Close { code, reason } = from;
        Ok(v4::Close { code, reason })
    }
}

fn main() {}
