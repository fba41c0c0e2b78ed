//! Finding and reading the files of a family.

use super::LoadError;
use crate::Source;
use crate::frozen::{FILE_NAME, Label};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// One version as it was read.
pub(super) struct VersionFile {
    pub(super) label: Label,
    pub(super) path: PathBuf,
    pub(super) source: Source,
}

/// Reads all versions in a directory, in ascending order, alternates among them.
pub(super) fn read(dir: &Path) -> Result<Vec<VersionFile>, LoadError> {
    let mut found = find(dir)?;
    found.sort();
    let numbers: Vec<u16> =
        found.iter().filter(|(label, _)| label.alternate.is_none()).map(|(label, _)| label.number).collect();
    if numbers.is_empty() {
        return Err(LoadError::NoVersions { dir: dir.to_owned() });
    }
    for pair in numbers.windows(2) {
        let (before, next) = (pair[0], pair[1]);
        // The numbers are distinct, because each has one spelling.
        if next - before > 1 {
            return Err(LoadError::MissingVersion { dir: dir.to_owned(), number: before + 1, next });
        }
    }
    found.into_iter().map(|(label, path)| read_version(label, path)).collect()
}

/// Reads what is frozen, if anything is.
pub(super) fn read_frozen(dir: &Path) -> Result<Option<(PathBuf, Source)>, LoadError> {
    let path = dir.join(FILE_NAME);
    match Source::load(&path) {
        Ok(source) => Ok(Some((path, source))),
        Err(LoadError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The name of a family: that of its directory.
pub(super) fn family_name(dir: &Path) -> String {
    let named = |dir: &Path| dir.file_name().map(|name| name.to_string_lossy().into_owned());
    // A path such as `.` has a name only once it is resolved.
    named(dir).or_else(|| named(&fs::canonicalize(dir).ok()?)).unwrap_or_else(|| "schema".to_owned())
}

/// The versions in a directory, in the order in which it lists them.
fn find(dir: &Path) -> Result<Vec<(Label, PathBuf)>, LoadError> {
    let entries = fs::read_dir(dir).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => LoadError::NoDirectory { dir: dir.to_owned() },
        _ => LoadError::Io { path: dir.to_owned(), source },
    })?;
    let mut found = Vec::new();
    let mut misnamed = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|source| LoadError::Io { path: dir.to_owned(), source })?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_schema =
            Path::new(name.as_ref()).extension().is_some_and(|it| it.eq_ignore_ascii_case("bare"));
        match name.strip_suffix(".bare").and_then(Label::parse) {
            Some(label) => found.push((label, entry.path())),
            None if is_schema => misnamed.push((entry.path(), suggestion(&name))),
            None => {}
        }
    }
    // The directory lists its files in no order; the report must not depend on it.
    match misnamed.into_iter().min() {
        Some((path, suggestion)) => Err(LoadError::Misnamed { path, suggestion }),
        None => Ok(found),
    }
}

/// The name that a misnamed file was probably meant to have.
fn suggestion(name: &str) -> Option<String> {
    let (stem, _) = name.rsplit_once('.')?;
    let digits = stem.trim_start_matches(|c: char| !c.is_ascii_digit());
    let number: u16 = digits.parse().ok()?;
    (number > 0).then(|| format!("v{number}.bare"))
}

fn read_version(label: Label, path: PathBuf) -> Result<VersionFile, LoadError> {
    let source = Source::load(&path)?;
    Ok(VersionFile { label, path, source })
}
