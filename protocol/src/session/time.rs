//! Time, as the caller tells it.

use core::time::Duration;

/// A moment in milliseconds on a clock that the caller chooses and keeps to, such as that since the Unix epoch.
///
/// The machines never ask for the time. A machine whose clock goes back stands still until the clock has caught up; one
/// whose clock jumps ahead sees its timeouts come early. Neither loses a message. All arithmetic saturates.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Instant(u64);

impl Instant {
    /// The moment `millis` milliseconds after the beginning of the clock.
    #[must_use]
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the beginning of the clock.
    #[must_use]
    pub const fn as_millis(self) -> u64 {
        self.0
    }

    /// How long ago `earlier` was; nothing if it lies ahead.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// The moment `duration` later, in whole milliseconds.
    #[must_use]
    pub fn after(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(millis(duration)))
    }

    /// The first moment at which more than `duration` has passed: every timeout here is strictly greater (rows 9 and 20).
    pub(crate) fn past(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(millis(duration)).saturating_add(1))
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
