//! What a build script tells cargo, and files that are written only when they change.

use std::path::Path;

use crate::error::Error;

/// Asks cargo to run the build script again when `path` changes.
pub(crate) fn rerun_if_changed(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

/// Has cargo show a warning.
pub(crate) fn warning(text: &str) {
    println!("cargo::warning={text}");
}

/// Writes `text` to `path` unless that is what stands there: a file that is written again is compiled again.
pub(crate) fn write_if_changed(path: &Path, text: &str) -> Result<(), Error> {
    if std::fs::read(path).is_ok_and(|found| found == text.as_bytes()) {
        return Ok(());
    }
    std::fs::write(path, text).map_err(|error| Error::write(path, error))
}
