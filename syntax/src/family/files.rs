//! Finding and reading the files of a family.

use super::LoadError;
use crate::Source;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// One version as it was read.
pub(super) struct VersionFile {
    pub(super) number: u16,
    pub(super) path: PathBuf,
    pub(super) source: Source,
}

/// Reads all versions in a directory, in ascending order.
pub(super) fn read(dir: &Path) -> Result<Vec<VersionFile>, LoadError> {
    let mut found = find(dir)?;
    found.sort();
    if found.is_empty() {
        return Err(LoadError::NoVersions { dir: dir.to_owned() });
    }
    for pair in found.windows(2) {
        let (before, next) = (pair[0].0, pair[1].0);
        // The numbers are distinct, because each has one spelling.
        if next - before > 1 {
            return Err(LoadError::MissingVersion { dir: dir.to_owned(), number: before + 1, next });
        }
    }
    found.into_iter().map(|(number, path)| read_version(number, path)).collect()
}

/// The name of a family: that of its directory.
pub(super) fn family_name(dir: &Path) -> String {
    let named = |dir: &Path| dir.file_name().map(|name| name.to_string_lossy().into_owned());
    // A path such as `.` has a name only once it is resolved.
    named(dir).or_else(|| named(&fs::canonicalize(dir).ok()?)).unwrap_or_else(|| "schema".to_owned())
}

/// The versions in a directory, in the order in which it lists them.
fn find(dir: &Path) -> Result<Vec<(u16, PathBuf)>, LoadError> {
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
        match version_number(&name) {
            Some(number) => found.push((number, entry.path())),
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

/// The number in `v<number>.bare`, which is spelled in one way only.
fn version_number(name: &str) -> Option<u16> {
    let digits = name.strip_prefix('v')?.strip_suffix(".bare")?;
    let canonical = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    if canonical { digits.parse().ok() } else { None }
}

/// The name that a misnamed file was probably meant to have.
fn suggestion(name: &str) -> Option<String> {
    let (stem, _) = name.rsplit_once('.')?;
    let digits = stem.trim_start_matches(|c: char| !c.is_ascii_digit());
    let number: u16 = digits.parse().ok()?;
    (number > 0).then(|| format!("v{number}.bare"))
}

fn read_version(number: u16, path: PathBuf) -> Result<VersionFile, LoadError> {
    let source = Source::load(&path)?;
    Ok(VersionFile { number, path, source })
}
