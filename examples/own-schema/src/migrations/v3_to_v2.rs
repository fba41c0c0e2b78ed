//! Version 2 has no titles of links.

use barewire::Migrated;

use crate::migrations::Migrations;
use crate::notes::migrate::V3ToV2;
use crate::notes::{v2, v3};

impl V3ToV2 for Migrations {
    fn link(&mut self, from: v3::Link) -> Migrated<v2::Link> {
        let v3::Link { url, title } = from;
        // A title that is the address comes back by itself.
        if title != url {
            self.losses.dropped("title", 2)?;
        }
        Ok(v2::Link { url })
    }
}
