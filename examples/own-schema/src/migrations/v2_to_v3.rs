//! Version 3 has titles of links.

use barewire::Migrated;

use crate::migrations::Migrations;
use crate::notes::migrate::V2ToV3;
use crate::notes::{v2, v3};

impl V2ToV3 for Migrations {
    fn link(&mut self, from: v2::Link) -> Migrated<v3::Link> {
        let v2::Link { url } = from;
        // The address is what version 2 showed.
        Ok(v3::Link { title: url.clone(), url })
    }
}
