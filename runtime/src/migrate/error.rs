//! Why a value cannot be carried to another version, and where in the message it is.

use alloc::boxed::Box;
use alloc::string::ToString as _;
use core::error::Error;
use core::fmt;

use crate::path::{Path, PathSegment};

/// Why a value has no counterpart in another version, and in which part of the message it is.
///
/// # Examples
///
/// ```
/// use barewire::{MigrateError, MigrateErrorKind};
///
/// let error = MigrateError::unrepresentable(1).within("hibernate").within("ToServerWebSocketClose");
/// assert_eq!(error.to_string(), "version 1 has no place for this value in ToServerWebSocketClose.hibernate");
/// assert!(matches!(error.kind(), MigrateErrorKind::Unrepresentable { version: 1 }));
/// ```
pub struct MigrateError(Box<Failure>);

#[derive(Debug)]
struct Failure {
    kind: MigrateErrorKind,
    path: Path,
}

/// Why a value has no counterpart in another version.
#[derive(Debug)]
#[non_exhaustive]
pub enum MigrateErrorKind {
    /// The version has no place for the value: to send it would be to lose it.
    Unrepresentable {
        /// The version that lacks a place.
        version: u16,
    },
    /// A step that was written by hand refuses the value, for the reason it gives.
    Refused(Box<dyn Error + Send + Sync>),
    /// Two keys of a map are one key in the other version.
    DuplicateKey {
        /// The position, from 0, of the pair that has the key first.
        first: usize,
    },
    /// The value would take more heap than [`Limits`](crate::Limits) allows.
    LimitExceeded {
        /// The heap budget of this message in octets.
        budget: usize,
        /// What this allocation would have needed in octets.
        wanted: usize,
    },
    /// The allocator refused.
    OutOfMemory {
        /// The octets asked for.
        wanted: usize,
    },
}

impl MigrateError {
    #[cold]
    pub(crate) fn new(kind: MigrateErrorKind) -> Self {
        Self(Box::new(Failure { kind, path: Path::default() }))
    }

    /// `version` has no place for the value.
    #[must_use]
    pub fn unrepresentable(version: u16) -> Self {
        Self::new(MigrateErrorKind::Unrepresentable { version })
    }

    /// The value is refused for a reason that only the program knows: a text, or an error that [`MigrateError::reason`]
    /// gives back.
    #[must_use]
    pub fn refused(reason: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(MigrateErrorKind::Refused(reason.into()))
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &MigrateErrorKind {
        &self.0.kind
    }

    /// The reason that was given to [`MigrateError::refused`], if it is an `E`.
    #[must_use]
    pub fn reason<E: Error + 'static>(&self) -> Option<&E> {
        match &self.0.kind {
            MigrateErrorKind::Refused(reason) => reason.downcast_ref(),
            MigrateErrorKind::Unrepresentable { .. }
            | MigrateErrorKind::DuplicateKey { .. }
            | MigrateErrorKind::LimitExceeded { .. }
            | MigrateErrorKind::OutOfMemory { .. } => None,
        }
    }

    /// The steps from the message to the value, outermost first, in the names of the version that it was to leave.
    pub fn path(&self) -> impl DoubleEndedIterator<Item = PathSegment> + '_ {
        self.0.path.segments()
    }

    /// The same error seen from a value that holds the failed one as the field or member `part`.
    #[cold]
    #[must_use]
    pub fn within(self, part: &'static str) -> Self {
        self.push(PathSegment::Name(part))
    }

    #[cold]
    pub(crate) fn push(mut self, segment: PathSegment) -> Self {
        self.0.path.push(segment);
        self
    }
}

impl fmt::Display for MigrateErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unrepresentable { version } => write!(f, "version {version} has no place for this value"),
            Self::Refused(reason) => reason.fmt(f),
            Self::DuplicateKey { first } => write!(f, "map key becomes that of pair {first}"),
            Self::LimitExceeded { budget, wanted } => write!(
                f,
                "value needs {wanted} more bytes of heap, above the limit of {budget} for this input"
            ),
            Self::OutOfMemory { wanted } => write!(f, "allocation of {wanted} bytes failed"),
        }
    }
}

impl fmt::Display for MigrateError {
    /// At most 200 characters, if the reason of a step written by hand leaves room: the middle of a long path is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.path.write(f, &self.0.kind.to_string())
    }
}

impl fmt::Debug for MigrateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MigrateError")
            .field("kind", &self.0.kind)
            .field("message", &format_args!("{self}"))
            .finish()
    }
}

impl Error for MigrateError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0.kind {
            MigrateErrorKind::Refused(reason) => Some(&**reason),
            MigrateErrorKind::Unrepresentable { .. }
            | MigrateErrorKind::DuplicateKey { .. }
            | MigrateErrorKind::LimitExceeded { .. }
            | MigrateErrorKind::OutOfMemory { .. } => None,
        }
    }
}
