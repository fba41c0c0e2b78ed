//! The time as the machines take it: milliseconds since the process began.

use std::future;
use std::time::Duration;

use barewire_protocol::session::Instant;
use tokio::time;

#[derive(Clone, Copy)]
pub(crate) struct Clock(time::Instant);

impl Clock {
    pub(crate) fn start() -> Self {
        Self(time::Instant::now())
    }

    pub(crate) fn now(self) -> Instant {
        Instant::default().after(self.0.elapsed())
    }

    /// Waits until then; for ever if there is nothing to wait for.
    pub(crate) async fn reach(self, then: Option<Instant>) {
        match then.and_then(|then| self.0.checked_add(Duration::from_millis(then.as_millis()))) {
            Some(then) => time::sleep_until(then).await,
            None => future::pending().await,
        }
    }
}
