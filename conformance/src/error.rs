//! Why a run could not be made; a row that fails is not an error but a result.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a run could not be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The directory has none of the data files.
    NoFiles(PathBuf),
    /// The directories have data files, and no row in any of them.
    NoRows,
    /// A file could not be used, or a program not be started.
    Io {
        /// What was to be done, as in `read`.
        action: &'static str,
        /// The file or program.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

impl Error {
    pub(crate) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io { action, path: path.to_owned(), source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFiles(dir) => write!(
                f,
                "expected `vectors.jsonl`, `bad-bytes.jsonl`, `good-schemas.jsonl` or `bad-schemas.jsonl` in `{}`, \
                 found none of them",
                dir.display()
            ),
            Self::NoRows => f.write_str("expected at least one row, found none"),
            Self::Io { action, path, source } => write!(f, "cannot {action} `{}`: {source}", path.display()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NoFiles(_) | Self::NoRows => None,
            Self::Io { source, .. } => Some(source),
        }
    }
}
