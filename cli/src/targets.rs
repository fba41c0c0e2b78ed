//! What a path on the command line stands for.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use barewire_syntax::family::LoadError;

use crate::failure::{Failure, Failures, Result};

/// A schema, or a directory that holds the versions of one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Target {
    Schema(PathBuf),
    Family(PathBuf),
}

/// A file is a schema, a directory with schemas a family; of any other directory, all families below it.
///
/// What cannot be read does not hide what can.
pub(crate) fn find(path: &Path, failures: &mut Failures) -> Vec<Target> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return vec![Target::Schema(path.to_owned())],
        Err(error) => {
            failures.add(unreadable(path, &error));
            return Vec::new();
        }
    }
    let mut found = Vec::new();
    let mut is_whole = true;
    let mut open = vec![path.to_owned()];
    while let Some(dir) = open.pop() {
        match failures.keep(list(&dir)) {
            Some(listing) if listing.schemas.is_empty() => open.extend(listing.dirs.into_iter().rev()),
            Some(_) => found.push(Target::Family(dir)),
            None => is_whole = false,
        }
    }
    if found.is_empty() && is_whole {
        failures.add(LoadError::NoVersions { dir: path.to_owned() }.into());
    }
    found
}

/// All schemas at or below a path.
pub(crate) fn schemas(path: &Path, failures: &mut Failures) -> Vec<PathBuf> {
    let mut schemas = Vec::new();
    for target in find(path, failures) {
        match target {
            Target::Schema(path) => schemas.push(path),
            Target::Family(dir) => schemas.extend(failures.keep(list(&dir)).unwrap_or_default().schemas),
        }
    }
    schemas
}

/// The schemas in the directory of a family.
pub(crate) fn versions(dir: &Path) -> Result<Vec<PathBuf>> {
    let schemas = list(dir)?.schemas;
    match schemas.is_empty() {
        true => Err(LoadError::NoVersions { dir: dir.to_owned() }.into()),
        false => Ok(schemas),
    }
}

#[derive(Debug, Default)]
struct Listing {
    schemas: Vec<PathBuf>,
    dirs: Vec<PathBuf>,
}

/// What stands in a directory, by name; neither what is hidden nor what a link leads to.
fn list(dir: &Path) -> Result<Listing> {
    let mut listing = Listing::default();
    for entry in fs::read_dir(dir).map_err(|error| unreadable(dir, &error))? {
        let entry = entry.map_err(|error| unreadable(dir, &error))?;
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if path.extension().is_some_and(|it| it.eq_ignore_ascii_case("bare")) {
            listing.schemas.push(path);
        } else if entry.file_type().is_ok_and(|it| it.is_dir()) {
            listing.dirs.push(path);
        }
    }
    listing.schemas.sort();
    listing.dirs.sort();
    Ok(listing)
}

pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let path = path.display();
    match error.kind() {
        io::ErrorKind::NotFound => Failure::new(format_args!("there is no `{path}`")),
        _ => Failure::new(format_args!("cannot read `{path}`: {error}")),
    }
}
