//! What can go wrong between the octets of one version and the types of another.

use core::error::Error;
use core::fmt;
use core::ops::RangeInclusive;

use crate::{DecodeError, MigrateError};

/// Why a [`Codec`](super::Codec) did not decode or encode a message.
#[derive(Debug)]
#[non_exhaustive]
pub enum CodecError {
    /// There is no such version, it was given up, or there is no such message in it.
    UnsupportedVersion(UnsupportedVersion),
    /// The octets are no message of their version.
    Decode(DecodeError),
    /// A value has no counterpart in the other version.
    Migrate(MigrateError),
}

/// A version that the family does not have or gave up, or in which there is no such message.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct UnsupportedVersion {
    /// The version asked for.
    pub version: u16,
    /// The versions that there are: of the family, or of the message.
    pub supported: RangeInclusive<u16>,
    /// Why this is none of them, or not one to be spoken.
    pub reason: Unsupported,
}

/// Why a version is not supported.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Unsupported {
    /// The family does not have it, or this program was generated without it.
    Unknown,
    /// It was given up: what was stored in it is still read, and nothing new is written.
    Retired,
    /// It has no message of this name.
    NoMessage(&'static str),
}

/// Two programs have no version in common.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct NoCommonVersion {
    /// The versions of the peer.
    pub peer: RangeInclusive<u16>,
    /// The versions of this program.
    pub supported: RangeInclusive<u16>,
    /// Those of them that are not spoken any more.
    pub retired: &'static [u16],
}

/// `version 3`, or `versions 1 to 3`.
struct Versions<'a>(&'a RangeInclusive<u16>);

impl fmt::Display for Versions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.start(), self.0.end()) {
            (first, last) if first == last => write!(f, "version {first}"),
            (first, last) => write!(f, "versions {first} to {last}"),
        }
    }
}

impl fmt::Display for UnsupportedVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let supported = Versions(&self.supported);
        let version = self.version;
        match self.reason {
            Unsupported::Unknown => write!(f, "version {version} is not supported: expected {supported}"),
            Unsupported::Retired => {
                write!(
                    f,
                    "version {version} is retired: what was stored in it is read, nothing is written in it"
                )
            }
            Unsupported::NoMessage(message) => {
                write!(f, "`{message}` is no message in version {version}: it is one in {supported}")
            }
        }
    }
}

impl fmt::Display for NoCommonVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (peer, supported) = (Versions(&self.peer), Versions(&self.supported));
        write!(f, "no version in common: the peer speaks {peer}, this program {supported}")?;
        for version in self.retired {
            write!(f, ", of which {version} is retired")?;
        }
        Ok(())
    }
}

impl fmt::Display for CodecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnsupportedVersion(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Migrate(error) => error.fmt(f),
        }
    }
}

impl Error for UnsupportedVersion {}

impl Error for NoCommonVersion {}

impl Error for CodecError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::UnsupportedVersion(_) | Self::Decode(_) => None,
            // The message of the refusal is already part of this one; what lies behind it is not.
            Self::Migrate(error) => error.source(),
        }
    }
}

impl From<UnsupportedVersion> for CodecError {
    fn from(error: UnsupportedVersion) -> Self {
        Self::UnsupportedVersion(error)
    }
}

impl From<DecodeError> for CodecError {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl From<MigrateError> for CodecError {
    fn from(error: MigrateError) -> Self {
        Self::Migrate(error)
    }
}
