//! Families that a command is about, whose mistakes are what it finds.

use std::path::Path;

use barewire_syntax::family::{Family, LoadError};
use barewire_syntax::frozen::Label;
use barewire_syntax::ir::Schema;

use crate::failure::{Outcome, Result};
use crate::report::{self, Format};
use crate::targets::unreadable;

/// The family in a directory, or what the command ends with after its mistakes were shown.
pub(crate) fn load(dir: &Path) -> Result<std::result::Result<Family, Outcome>> {
    std::fs::metadata(dir).map_err(|error| unreadable(dir, &error))?;
    match Family::load(dir) {
        Ok(family) => Ok(Ok(family)),
        Err(LoadError::Schema(found)) => {
            report::write(&[found], Format::Human)?;
            Ok(Err(Outcome::Findings))
        }
        Err(error) => Err(error.into()),
    }
}

/// The steps of a family, each from what is older to what is newer: between neighbours, and from alternates to their version.
pub(crate) fn steps(family: &Family) -> Vec<(&Schema, &Schema)> {
    let neighbours = family.versions().windows(2).map(|pair| (&*pair[0].schema, &*pair[1].schema));
    let alternates = family.alternates().iter().filter_map(|alternate| {
        let version = family.find(&Label::version(alternate.version.number))?;
        Some((&*alternate.version.schema, &*version.schema))
    });
    neighbours.chain(alternates).collect()
}
