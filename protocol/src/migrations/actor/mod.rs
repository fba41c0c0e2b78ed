//! The persisted actor: connections left it in version 3, and times are signed since version 2.

mod v1_to_v2;
mod v2_older_to_v2;
mod v2_to_v1;
mod v2_to_v3;
mod v3_to_v2;

use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

use barewire::{Bytes, Migrated};

use crate::Migrations;
use crate::actor::v2;

/// What a stored actor of version 1 or 2 had that one of version 3 has no place for.
///
/// Nothing of it can be restored: whoever loads the actor closes these connections and sockets.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct LeftBehind {
    /// The connections.
    pub connections: Vec<v2::PersistedConnection>,
    /// The WebSockets that had stayed open while the actor slept.
    pub web_sockets: Vec<HibernatableWebSocket>,
}

/// A WebSocket that had stayed open while the actor slept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HibernatableWebSocket {
    /// The request id that it was opened with: opaque, in practice 16 octets.
    pub request_id: Bytes,
    /// When it was opened or last brought a message, in milliseconds since the Unix epoch.
    pub last_seen_timestamp: i64,
    /// The index of the last message that the actor has seen; `None` if it has seen none.
    pub index: Option<u16>,
}

/// A number that has no meaning in the other version.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum OutOfRange {
    /// A `msgIndex` that is neither -1, which stands for none, nor an index.
    Index(i128),
    /// A time in milliseconds before the epoch, or beyond what 63 bits hold.
    Time(i128),
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Index(found) => write!(f, "expected -1 or an index up to 65535, found {found}"),
            Self::Time(found) => write!(f, "expected milliseconds from 0 to {}, found {found}", i64::MAX),
        }
    }
}

impl Error for OutOfRange {}

impl Migrations {
    /// A number of another type, or `instead` where it does not fit.
    fn fit<T: Copy + Into<i128>, U: TryFrom<T>>(
        &mut self,
        part: &'static str,
        number: T,
        instead: U,
        reason: fn(i128) -> OutOfRange,
    ) -> Migrated<U> {
        if let Ok(number) = number.try_into() {
            return Ok(number);
        }
        self.losses.altered(part, reason(number.into()))?;
        Ok(instead)
    }
}
