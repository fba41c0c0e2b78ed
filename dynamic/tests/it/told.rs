//! Families of several versions, and what is said about them beside their schemas.

use barewire_codegen::{Config, StrAs};
use barewire_dynamic::{Migration, MigrationError};
use barewire_syntax::Checked;
use barewire_syntax::family::Family;
use barewire_syntax::ir::Schema;

use crate::schemas::beside;

/// A family, with what its generated code was told.
pub(crate) struct Told {
    pub(crate) name: &'static str,
    pub(crate) folder: &'static str,
    pub(crate) renamed: &'static [(&'static str, &'static str)],
}

pub(crate) const STEPS: Told = Told {
    name: "steps",
    folder: "codegen/tests/golden/steps",
    renamed: &[("Formerly", "Nowadays"), ("Ancient", "Modern")],
};
pub(crate) const RUNNER: Told =
    Told { name: "runner", folder: "schema/runner", renamed: &[("TunnelAck", "DeprecatedTunnelAck")] };
pub(crate) const ACTOR: Told =
    Told { name: "actor", folder: "schema/actor", renamed: &[("PersistedActor", "Actor")] };

pub(crate) const NOTES: Told =
    Told { name: "notes", folder: "examples/own-schema/schema/notes", renamed: &[] };

impl Told {
    pub(crate) fn family(&self) -> Family {
        Family::load(&beside(self.folder)).expect("the schemas are right")
    }

    /// What the build script says.
    pub(crate) fn config(&self) -> Config {
        let renamed = self.renamed.iter();
        let config = renamed.fold(Config::new(), |config, (old, new)| config.renamed(*old, *new));
        // Text that one version holds otherwise.
        if self.name == STEPS.name { config.strings("Label", StrAs::String) } else { config }
    }

    pub(crate) fn renamed(&self) -> Vec<(String, String)> {
        self.renamed.iter().map(|(old, new)| ((*old).to_owned(), (*new).to_owned())).collect()
    }

    /// The migration of a message between two versions.
    ///
    /// # Errors
    ///
    /// If something is asked about it.
    pub(crate) fn migration<'f>(
        &self,
        (from, before): (&'f Checked<Schema>, &str),
        (to, after): (&'f Checked<Schema>, &str),
        is_up: bool,
    ) -> Result<Migration<'f>, MigrationError> {
        let migration = if is_up { Migration::up_with_renamed } else { Migration::down_with_renamed };
        migration((from, before), (to, after), &self.renamed())
    }
}
