//! A step for a type that is no `Migrator`.

mod family {
    include!("../golden/asked/expected.rs");
}

use family::migrate::V4ToV3;
use family::{v3, v4};

struct Migrations;

impl V4ToV3 for Migrations {
    fn close(&mut self, from: v4::Close) -> barewire::Migrated<v3::Close> {
        let v4::Close { code, reason, hibernate: _ } = from;
        Ok(v3::Close { code, reason })
    }
}

fn main() {}
