//! Version 1 has two states of a note where version 2 has three.

use barewire::Migrated;

use crate::migrations::Migrations;
use crate::notes::migrate::V2ToV1;
use crate::notes::{v1, v2};

impl V2ToV1 for Migrations {
    fn note(&mut self, from: v2::Note) -> Migrated<v1::Note> {
        let v2::Note { text, state } = from;
        let done = match state {
            v2::State::Open => false,
            v2::State::Done => true,
            // Nobody has to do it any more, which is what matters to those who read the list.
            v2::State::Dropped => {
                self.losses.altered("state", "version 1 knows only open and done")?;
                true
            }
        };
        Ok(v1::Note { text, done })
    }
}
