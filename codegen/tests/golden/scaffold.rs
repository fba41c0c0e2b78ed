//! What a scaffold prints compiles once its holes are filled; here they are filled by what fits everywhere.

#![allow(unreachable_code, unused_variables, reason = "a hole is filled by what never returns")]

/// Stands for every decision.
macro_rules! decide {
    ($reason:literal $(, $value:expr)?) => {{
        $(let _ = $value;)?
        panic!("nobody decided: {}", $reason)
    }};
}

#[rustfmt::skip]
mod runner_v1_to_v2;
#[rustfmt::skip]
mod runner_v2_to_v1;
#[rustfmt::skip]
mod runner_v2_to_v3;
#[rustfmt::skip]
mod runner_v3_to_v2;
#[rustfmt::skip]
mod steps_v1_to_v2;
#[rustfmt::skip]
mod steps_v2_older_to_v2;
#[rustfmt::skip]
mod steps_v2_to_v1;
#[rustfmt::skip]
mod steps_v2_to_v3;
#[rustfmt::skip]
mod steps_v3_narrow_to_v3;
#[rustfmt::skip]
mod steps_v3_to_v2;

use barewire::{Losses, Migrator};

/// Whoever migrates.
#[derive(Debug)]
pub struct Migrations {
    losses: Losses,
}

impl Migrations {
    /// Refuses what would be lost.
    #[must_use]
    pub const fn strict() -> Self {
        Self { losses: Losses::refused() }
    }
}

impl Migrator for Migrations {
    fn losses(&mut self) -> &mut Losses {
        &mut self.losses
    }
}
