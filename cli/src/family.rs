//! Families and schemas that a command is about, whose mistakes are what it finds.

use std::path::Path;

use barewire_syntax::family::{Alternate, Family, LoadError, Version};
use barewire_syntax::frozen::Label;
use barewire_syntax::ir::Schema;
use barewire_syntax::{Report, Severity, Source, examine, examine_file};

use crate::failure::{Failure, Outcome, Result};
use crate::output::listed;
use crate::report::{self, Format};
use crate::targets::unreadable;

/// What a command needs, or what it ends with after the mistakes in it were shown.
pub(crate) type Found<T> = std::result::Result<T, Outcome>;

/// The family in a directory.
pub(crate) fn load(dir: &Path) -> Result<Found<Family>> {
    let metadata = std::fs::metadata(dir).map_err(|error| unreadable(dir, &error))?;
    if !metadata.is_dir() {
        return Err(Failure::new(format_args!(
            "`{}` is no directory: expected that of a family",
            dir.display()
        )));
    }
    match Family::load(dir) {
        Ok(family) => Ok(Ok(family)),
        Err(LoadError::Schema(found)) => found_in(found),
        Err(error) => found_in(examined(error, examine(dir))?),
    }
}

/// A schema by itself.
pub(crate) fn source(path: &Path) -> Result<Found<Source>> {
    match readable(path)? {
        Ok(source) => Ok(Ok(source)),
        Err(found) => found_in(found),
    }
}

/// A schema by itself, or what keeps it from being read as one.
pub(crate) fn readable(path: &Path) -> Result<std::result::Result<Source, Report>> {
    match Source::load(path) {
        Ok(source) => Ok(Ok(source)),
        Err(error) => Ok(Err(examined(error, examine_file(path))?)),
    }
}

/// The mistake because of which files cannot be used, unless they cannot be read at all.
fn examined(error: LoadError, report: std::result::Result<Report, LoadError>) -> Result<Report> {
    match report {
        Ok(found) if found.diagnostics().iter().any(|one| one.severity == Severity::Error) => Ok(found),
        Ok(_) | Err(_) => Err(error.into()),
    }
}

fn found_in<T>(found: Report) -> Result<Found<T>> {
    report::write(&[found], Format::Human)?;
    Ok(Err(Outcome::Findings))
}

/// What is said of a version that a family does not have.
pub(crate) fn no_version(path: &Path, family: &Family, label: &Label) -> Failure {
    let there: Vec<String> = all(family).map(|(label, _)| label.to_string()).collect();
    Failure::new(format_args!("`{}` has no version `{label}`", path.display()))
        .note(format_args!("there are {}", listed(&there)))
}

/// All versions and alternates.
pub(crate) fn all(family: &Family) -> impl Iterator<Item = (Label, &Version)> {
    let versions = family.versions().iter().map(|version| (Label::version(version.number), version));
    let alternates = family.alternates().iter().map(|Alternate { name, version }| {
        (Label { number: version.number, alternate: Some(name.clone()) }, version)
    });
    versions.chain(alternates)
}

/// The steps of a family, each from the older version to the newer one.
pub(crate) fn steps(family: &Family) -> Vec<(&Schema, &Schema)> {
    let pairs = family.versions().windows(2).map(|pair| (&*pair[0].schema, &*pair[1].schema));
    pairs.collect()
}
