//! What a path on the command line stands for.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use barewire_syntax::family::LoadError;

use crate::failure::{Failure, Result};

/// A schema, or a directory that holds the versions of one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Target {
    Schema(PathBuf),
    Family(PathBuf),
}

/// A file is a schema, a directory with schemas a family; of any other directory, all families below it.
pub(crate) fn find(path: &Path) -> Result<Vec<Target>> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !metadata.is_dir() {
        return Ok(vec![Target::Schema(path.to_owned())]);
    }
    let mut found = Vec::new();
    let mut open = vec![path.to_owned()];
    while let Some(dir) = open.pop() {
        let listing = list(&dir)?;
        if !listing.schemas.is_empty() {
            found.push(Target::Family(dir));
        } else {
            open.extend(listing.dirs.into_iter().rev());
        }
    }
    if found.is_empty() {
        return Err(LoadError::NoVersions { dir: path.to_owned() }.into());
    }
    Ok(found)
}

/// All schemas at or below a path.
pub(crate) fn schemas(path: &Path) -> Result<Vec<PathBuf>> {
    let mut schemas = Vec::new();
    for target in find(path)? {
        match target {
            Target::Schema(path) => schemas.push(path),
            Target::Family(dir) => schemas.extend(list(&dir)?.schemas),
        }
    }
    Ok(schemas)
}

struct Listing {
    schemas: Vec<PathBuf>,
    dirs: Vec<PathBuf>,
}

/// What stands in a directory, by name; neither what is hidden nor what a link leads to.
fn list(dir: &Path) -> Result<Listing> {
    let mut listing = Listing { schemas: Vec::new(), dirs: Vec::new() };
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
