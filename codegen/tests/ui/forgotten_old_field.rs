//! An answer that leaves a field of the older version out.

mod family {
    include!("../golden/asked/expected.rs");
}

use barewire::{Losses, Migrated, Migrator, Str};
use family::migrate::V1ToV2;
use family::{v1, v2};

struct Migrations(Losses);

impl Migrator for Migrations {
    fn losses(&mut self) -> &mut Losses {
        &mut self.0
    }
}

impl V1ToV2 for Migrations {
    fn close(&mut self, from: v1::Close) -> Migrated<v2::Close> {
        let v1::Close { code } = from;
        Ok(v2::Close { code, reason: Str::default() })
    }
}

fn main() {}
