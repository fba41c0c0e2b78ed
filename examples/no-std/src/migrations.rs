//! What the schemas leave open between the two versions.

mod v1_to_v2;
mod v2_to_v1;

use barewire::{Loss, Losses, Migrator};

/// Answers for both steps.
#[derive(Clone, Debug)]
pub struct Migrations {
    losses: Losses,
}

impl Migrations {
    /// A value that version 1 cannot hold is an error.
    #[must_use]
    pub const fn strict() -> Self {
        Self { losses: Losses::refused() }
    }

    /// A value that version 1 cannot hold is left out, and [`Migrations::lost`] says so.
    #[must_use]
    pub const fn lenient() -> Self {
        Self { losses: Losses::recorded() }
    }

    /// What the last message lost.
    #[must_use]
    pub fn lost(&self) -> &[Loss] {
        self.losses.as_slice()
    }
}

impl Migrator for Migrations {
    fn losses(&mut self) -> &mut Losses {
        &mut self.losses
    }
}
