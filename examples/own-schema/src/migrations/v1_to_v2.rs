//! Version 2 has three states of a note where version 1 had two.

use barewire::Migrated;

use crate::migrations::Migrations;
use crate::notes::migrate::V1ToV2;
use crate::notes::{v1, v2};

impl V1ToV2 for Migrations {
    fn note(&mut self, from: v1::Note) -> Migrated<v2::Note> {
        let v1::Note { text, done } = from;
        // Nobody could drop a note in version 1.
        let state = if done { v2::State::Done } else { v2::State::Open };
        Ok(v2::Note { text, state })
    }
}
