//! What the schemas leave open between the versions of the notebook: one step a file, one decision a step.
//!
//! All else is generated: revisions get more room, entries are carried one by one, links and notes that did not change
//! are moved, and a checklist is refused by the versions that have none.

mod v1_to_v2;
mod v2_to_v1;
mod v2_to_v3;
mod v3_to_v2;

use barewire::{Loss, Losses, Migrator};

/// Answers for all steps, and what to do about a value that an older version cannot hold.
#[derive(Clone, Debug)]
pub struct Migrations {
    losses: Losses,
}

impl Migrations {
    /// A value that an older version cannot hold is an error.
    #[must_use]
    pub const fn strict() -> Self {
        Self { losses: Losses::refused() }
    }

    /// A value that an older version cannot hold is left out or replaced, and [`Migrations::lost`] says which it was.
    ///
    /// An entry that would have to be left out as a whole is an error all the same.
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
