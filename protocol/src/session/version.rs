//! What a peer can do in the version that it speaks.

use core::fmt;

/// A version of the runner protocol that both sides have agreed on.
///
/// The machines speak the types of the newest version; [`runner::Codec`](crate::runner::Codec) carries these to the peer's
/// version. What does not survive that is refused when a socket is opened, not found out when it wakes.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Version {
    /// No message has an index and nothing is acknowledged: a socket cannot hibernate.
    V1,
    /// Messages are acknowledged, but the list of hibernating requests does not reach the runner: a socket that had
    /// hibernated could not be restored.
    V2,
    /// All of it.
    V3,
}

impl Version {
    /// Whether a socket may hibernate with such a peer.
    ///
    /// # Errors
    ///
    /// [`CannotHibernate`], which says what the version lacks.
    pub const fn can_hibernate(self) -> Result<(), CannotHibernate> {
        match self {
            Self::V3 => Ok(()),
            Self::V2 | Self::V1 => Err(CannotHibernate { version: self }),
        }
    }

    /// Whether the peer waits for an acknowledgement of each tunnel message (row 15).
    #[must_use]
    pub const fn has_tunnel_acks(self) -> bool {
        match self {
            Self::V1 | Self::V2 => true,
            Self::V3 => false,
        }
    }
}

impl TryFrom<u16> for Version {
    type Error = UnknownVersion;

    fn try_from(version: u16) -> Result<Self, UnknownVersion> {
        match version {
            1 => Ok(Self::V1),
            2 => Ok(Self::V2),
            3 => Ok(Self::V3),
            _ => Err(UnknownVersion(version)),
        }
    }
}

impl From<Version> for u16 {
    fn from(version: Version) -> Self {
        match version {
            Version::V1 => 1,
            Version::V2 => 2,
            Version::V3 => 3,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        u16::from(*self).fmt(f)
    }
}

/// A version that there is not.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct UnknownVersion(
    /// Its number.
    pub u16,
);

impl fmt::Display for UnknownVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected a version from 1 to 3, found {}", self.0)
    }
}

impl core::error::Error for UnknownVersion {}

/// A socket was to hibernate with a peer whose version is too old for that.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct CannotHibernate {
    /// What the peer speaks.
    pub version: Version,
}

impl fmt::Display for CannotHibernate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lack = match self.version {
            Version::V1 => "has no acknowledgements",
            Version::V2 => "does not tell a runner which sockets wait for it",
            Version::V3 => "can do it",
        };
        write!(f, "no socket can hibernate in version {}, which {lack}", self.version)
    }
}

impl core::error::Error for CannotHibernate {}
