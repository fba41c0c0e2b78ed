//! A notebook in a file, behind the number of the version that it is written in.

use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use barewire::{Bytes, CodecError, Loss, UnsupportedVersion};

use crate::migrations::Migrations;
use crate::notes::{self, latest::Notebook};

/// Reads and writes one file.
#[derive(Clone, Debug)]
pub struct Store {
    path: PathBuf,
    codec: notes::Codec<Migrations>,
}

/// What was in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// The version that the file is written in.
    pub version: u16,
    /// Its content, in the types of the newest version.
    pub notebook: Notebook,
}

/// Why a file was not read or written.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// The system refused.
    Io {
        /// The file.
        path: PathBuf,
        /// The reason of the system.
        error: io::Error,
    },
    /// The file holds no notebook, or the notebook has no place in the version to be written.
    Codec {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        error: CodecError,
    },
}

impl Store {
    /// The file at `path`: read in whatever version it has, and written in `version`.
    ///
    /// While some programs that read the file are older than this one, that is their version.
    ///
    /// # Errors
    ///
    /// [`UnsupportedVersion`] if there is no such version.
    pub fn new(
        path: impl Into<PathBuf>,
        version: u16,
        migrations: Migrations,
    ) -> Result<Self, UnsupportedVersion> {
        Ok(Self { path: path.into(), codec: notes::Codec::new(version, migrations)? })
    }

    /// The content of the file; `None` if there is no file.
    ///
    /// # Errors
    ///
    /// [`StoreError`]: the file cannot be read, or it holds no notebook.
    pub fn read(&mut self) -> Result<Option<Stored>, StoreError> {
        let octets = match fs::read(&self.path) {
            Ok(octets) => Bytes::from(octets),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(io_error(&self.path, error)),
        };
        let notebook = self.codec.decode_embedded(&octets).map_err(|error| codec_error(&self.path, error))?;
        let version = self.codec.read_as().expect("the notebook was just read").version;
        Ok(Some(Stored { version, notebook }))
    }

    /// Replaces the content of the file, and returns what the version of the store cannot hold of it.
    ///
    /// # Errors
    ///
    /// [`StoreError`]: the notebook has no place in the version, or the file cannot be written.
    /// The file is then as it was.
    pub fn write(&mut self, notebook: &Notebook) -> Result<&[Loss], StoreError> {
        let octets = self.codec.encode_embedded(notebook).map_err(|error| codec_error(&self.path, error))?;
        // In a file beside it first: whoever reads sees the old content or the new one, never a part.
        let mut partial = OsString::from(&self.path);
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        fs::write(&partial, &octets).map_err(|error| io_error(&partial, error))?;
        fs::rename(&partial, &self.path).map_err(|error| io_error(&self.path, error))?;
        Ok(self.codec.migrations().lost())
    }
}

fn io_error(path: &Path, error: io::Error) -> StoreError {
    StoreError::Io { path: path.to_owned(), error }
}

fn codec_error(path: &Path, error: CodecError) -> StoreError {
    StoreError::Codec { path: path.to_owned(), error }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, error } => write!(f, "`{}`: {error}", path.display()),
            Self::Codec { path, error } => write!(f, "`{}`: {error}", path.display()),
        }
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            // The messages of both are part of this one; what lies behind them is not.
            Self::Io { error, .. } => error.source(),
            Self::Codec { error, .. } => error.source(),
        }
    }
}
