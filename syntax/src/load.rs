//! Reading a schema file, with a bound on its length.

use crate::{MAX_TEXT_LEN, Report, Source, Span};
use std::error::Error;
use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

impl Source {
    /// Reads one file; the name of the source is the path as it was given.
    ///
    /// The text is not checked: that is for [`check`](crate::check()).
    ///
    /// # Errors
    ///
    /// [`LoadError::Io`] if the file cannot be read, [`LoadError::TooLong`] above [`MAX_TEXT_LEN`], of which hardly more is read, and [`LoadError::NotUtf8`].
    pub fn load(path: &Path) -> Result<Source, LoadError> {
        let bytes = read_bounded(path).map_err(|source| LoadError::Io { path: path.to_owned(), source })?;
        if bytes.len() > MAX_TEXT_LEN {
            return Err(LoadError::TooLong { path: path.to_owned() });
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Source::new(path.display().to_string(), text)),
            Err(error) => {
                let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
                Err(LoadError::NotUtf8 { path: path.to_owned(), line })
            }
        }
    }
}

/// A file whose text may be no schema for a reason that a checker does not see.
pub(crate) struct Lossy {
    pub(crate) source: Source,
    /// What stands for the first octets that are not UTF-8.
    pub(crate) not_utf8: Option<Span>,
}

/// Reads a file as far as it can be read, to say as much about it as possible.
///
/// A text that is too long is left to the check, and hardly more of it is read than is allowed.
pub(crate) fn load_lossy(path: &Path) -> Result<Lossy, LoadError> {
    let bytes = read_bounded(path).map_err(|source| LoadError::Io { path: path.to_owned(), source })?;
    let name = path.display().to_string();
    Ok(match String::from_utf8(bytes) {
        Ok(text) => Lossy { source: Source::new(name, text), not_utf8: None },
        Err(error) => {
            let at = error.utf8_error().valid_up_to() as u32;
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let span = Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8() as u32);
            Lossy { source: Source::new(name, text), not_utf8: Some(span) }
        }
    })
}

/// Reads a file, but hardly more than is allowed: the name may be that of anything.
fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_TEXT_LEN as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Why a schema or a family could not be loaded.
///
/// `Debug` gives the same text as `Display`, so that a build script may return it from `main`.
#[non_exhaustive]
pub enum LoadError {
    /// The directory does not exist.
    NoDirectory {
        /// The directory.
        dir: PathBuf,
    },
    /// The directory holds no `.bare` file.
    NoVersions {
        /// The directory.
        dir: PathBuf,
    },
    /// The directory or a file could not be read.
    Io {
        /// What was read.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A `.bare` file that is not named `v<number>.bare`.
    Misnamed {
        /// The file.
        path: PathBuf,
        /// The name that was probably meant.
        suggestion: Option<String>,
    },
    /// A version between two others has no file.
    MissingVersion {
        /// The directory.
        dir: PathBuf,
        /// The number without a file.
        number: u16,
        /// The number of the version that comes after the gap.
        next: u16,
    },
    /// A file is longer than [`MAX_TEXT_LEN`].
    TooLong {
        /// The file.
        path: PathBuf,
    },
    /// A file is not UTF-8.
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// The line of the first wrong byte, counted from 1.
        line: usize,
    },
    /// The files were read, but not all schemas are right.
    Schema(Report),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::NoDirectory { dir } => write!(
                f,
                "there is no schema directory `{}`; create it and put `v1.bare` into it",
                dir.display()
            ),
            LoadError::NoVersions { dir } => write!(
                f,
                "`{}` holds no schema; the first version goes into `{}`",
                dir.display(),
                dir.join("v1.bare").display()
            ),
            LoadError::Io { path, source } => write!(f, "cannot read `{}`: {source}", path.display()),
            LoadError::Misnamed { path, suggestion } => {
                write!(f, "`{}` is not named like a version; ", path.display())?;
                match suggestion {
                    Some(name) => write!(f, "rename it to `{name}`, or give it another extension"),
                    None => f.write_str(
                        "versions are `v1.bare` to `v65535.bare`, other files need another extension",
                    ),
                }
            }
            LoadError::MissingVersion { dir, number, next } => write!(
                f,
                "`{}` is missing although `v{next}.bare` exists; versions are numbered without gaps, and one that nobody speaks any more keeps its file",
                dir.join(format!("v{number}.bare")).display()
            ),
            LoadError::TooLong { path } => write!(
                f,
                "`{}` is longer than {} bytes, which is the most that is read as a schema",
                path.display(),
                MAX_TEXT_LEN
            ),
            LoadError::NotUtf8 { path, line } => {
                write!(f, "`{}` is not UTF-8 at line {line}; save it in that encoding", path.display())
            }
            LoadError::Schema(report) => fmt::Display::fmt(report, f),
        }
    }
}

impl fmt::Debug for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for LoadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            LoadError::Io { source, .. } => Some(source),
            LoadError::NoDirectory { .. }
            | LoadError::NoVersions { .. }
            | LoadError::Misnamed { .. }
            | LoadError::MissingVersion { .. }
            | LoadError::TooLong { .. }
            | LoadError::NotUtf8 { .. }
            | LoadError::Schema(_) => None,
        }
    }
}
