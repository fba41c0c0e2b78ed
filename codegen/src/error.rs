//! Why no code was generated.

use std::fmt;
use std::path::{Path, PathBuf};

use barewire_syntax::Report;
use barewire_syntax::family::LoadError;

/// Why no code was generated.
///
/// `Debug` and `Display` are both the rendered report: a build script that returns this from `main`
/// shows the place in the schema.
pub struct Error(Cause);

enum Cause {
    Schema(Report),
    Load(LoadError),
    Config(String),
    Write { path: PathBuf, source: std::io::Error },
    Thread(std::io::Error),
}

impl Error {
    pub(crate) fn schema(report: Report) -> Self {
        Self(Cause::Schema(report))
    }

    pub(crate) fn load(error: LoadError) -> Self {
        Self(Cause::Load(error))
    }

    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self(Cause::Config(message.into()))
    }

    pub(crate) fn write(path: &Path, source: std::io::Error) -> Self {
        Self(Cause::Write { path: path.to_owned(), source })
    }

    pub(crate) fn thread(source: std::io::Error) -> Self {
        Self(Cause::Thread(source))
    }

    /// The findings in the schemas, if these are what is wrong.
    #[must_use]
    pub fn report(&self) -> Option<&Report> {
        match &self.0 {
            Cause::Schema(report) => Some(report),
            Cause::Load(_) | Cause::Config(_) | Cause::Write { .. } | Cause::Thread(_) => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cause::Schema(report) => report.fmt(f),
            Cause::Load(error) => error.fmt(f),
            Cause::Config(message) => f.write_str(message),
            Cause::Write { path, source } => write!(f, "cannot write `{}`: {source}", path.display()),
            Cause::Thread(source) => write!(f, "cannot start the thread that prints: {source}"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `main` prints `Error: ` before it. The report begins with a line of its own.
        match &self.0 {
            Cause::Schema(_) | Cause::Load(_) => write!(f, "the schema cannot be compiled\n\n{self}"),
            Cause::Config(_) | Cause::Write { .. } | Cause::Thread(_) => fmt::Display::fmt(self, f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Cause::Write { source, .. } | Cause::Thread(source) => Some(source),
            Cause::Schema(_) | Cause::Load(_) | Cause::Config(_) => None,
        }
    }
}
