//! Steps between versions do what the schemas say: see `steps/v1.bare`, and the answers beside it.

mod alternates;
mod carried;
mod limits;
mod refused;
mod spoken;
mod v1_to_v2;
mod v2_to_v1;

use barewire::{Losses, MigrateError, Migrated, Migrator};
use barewire_golden::steps as golden;
use golden::migrate::{V2OlderToV2, V2ToV3, V3NarrowToV3, V3ToV2};
use golden::{v1, v2, v2_older, v3, v3_narrow};

include!("steps/strategies.rs");

/// The answers of a program that refuses to lose anything, or says what it lost.
#[derive(Clone, Debug)]
struct Migrations {
    losses: Losses,
}

impl Migrations {
    fn strict() -> Self {
        Self { losses: Losses::refused() }
    }

    fn recording() -> Self {
        Self { losses: Losses::recorded() }
    }
}

impl Migrator for Migrations {
    fn losses(&mut self) -> &mut Losses {
        &mut self.losses
    }
}

impl V2ToV3 for Migrations {}

impl V3ToV2 for Migrations {}

impl V3NarrowToV3 for Migrations {}

impl V2OlderToV2 for Migrations {
    fn note(&mut self, from: v2_older::Note) -> Migrated<v2::Note> {
        let v2_older::Note { text, kind } = from;
        // The kind 9 was never meant to be sent.
        if kind == 9 {
            return Err(MigrateError::unrepresentable(2).within("kind"));
        }
        Ok(v2::Note { kind, text })
    }
}

/// A number in its shortest spelling.
fn number(text: &str) -> Migrated<u8> {
    let number: u8 = text.parse().map_err(MigrateError::refused)?;
    if number.to_string() == text { Ok(number) } else { Err(MigrateError::unrepresentable(1)) }
}
