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
    let Found { versions: mut found, misnamed } = find(dir)?;
    if let Some((path, suggestion)) = misnamed.into_iter().next() {
        return Err(LoadError::Misnamed { path, suggestion });
    }
    found.sort();
    let numbers: Vec<u16> =
        found.iter().filter(|(label, _)| label.alternate.is_none()).map(|(label, _)| label.number).collect();
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
    let Some(path) = frozen_path(dir) else { return Ok(None) };
    let source = Source::load(&path)?;
    Ok(Some((path, source)))
}

/// The file in which released versions stand, if there is one.
pub(crate) fn frozen_path(dir: &Path) -> Option<PathBuf> {
    let path = dir.join(FILE_NAME);
    // A file that may not be looked at is one that has to be read.
    path.try_exists().unwrap_or(true).then_some(path)
}

/// The name of a family: that of its directory.
pub(super) fn family_name(dir: &Path) -> String {
    let named = |dir: &Path| dir.file_name().map(|name| name.to_string_lossy().into_owned());
    // A path such as `.` has a name only once it is resolved.
    named(dir).or_else(|| named(&fs::canonicalize(dir).ok()?)).unwrap_or_else(|| "schema".to_owned())
}

/// What stands in the directory of a family.
pub(crate) struct Found {
    /// The versions in ascending order, then the alternates in that of their labels.
    pub(crate) versions: Vec<(Label, PathBuf)>,
    /// Files that look like versions, each with the name that was probably meant.
    pub(crate) misnamed: Vec<(PathBuf, Option<String>)>,
}

/// Finds the files of a family, of which there is one at least.
pub(crate) fn find(dir: &Path) -> Result<Found, LoadError> {
    let entries = fs::read_dir(dir).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => LoadError::NoDirectory { dir: dir.to_owned() },
        _ => LoadError::Io { path: dir.to_owned(), source },
    })?;
    let mut found = Found { versions: Vec::new(), misnamed: Vec::new() };
    for entry in entries {
        let entry = entry.map_err(|source| LoadError::Io { path: dir.to_owned(), source })?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_schema =
            Path::new(name.as_ref()).extension().is_some_and(|it| it.eq_ignore_ascii_case("bare"));
        match name.strip_suffix(".bare").and_then(Label::parse) {
            Some(label) => found.versions.push((label, entry.path())),
            None if is_schema => found.misnamed.push((entry.path(), suggestion(&name))),
            None => {}
        }
    }
    if found.versions.iter().all(|(label, _)| label.alternate.is_some()) && found.misnamed.is_empty() {
        return Err(LoadError::NoVersions { dir: dir.to_owned() });
    }
    // The directory lists its files in no order; the report must not depend on it.
    found.misnamed.sort();
    found.versions.sort_by(|(a, _), (b, _)| (a.alternate.is_some(), a).cmp(&(b.alternate.is_some(), b)));
    Ok(found)
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
