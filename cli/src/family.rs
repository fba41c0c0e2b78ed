//! Families that a command is about, whose mistakes are what it finds.

use std::path::Path;

use barewire_syntax::family::{Family, LoadError};

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
