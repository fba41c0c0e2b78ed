//! How long work takes on a core, whatever else the machine does meanwhile.

use std::fs;
use std::time::{Duration, Instant};

/// What is measured at least: the kernel counts in steps of some milliseconds.
const LEAST: Duration = Duration::from_millis(60);

/// The seconds that `work` takes, repeated until they can be told.
#[must_use]
pub fn seconds(work: impl Fn()) -> f64 {
    let clock = Instant::now();
    let now = || on_core().unwrap_or_else(|| clock.elapsed());
    let start = now();
    let mut runs = 0_u32;
    loop {
        work();
        runs += 1;
        let taken = now() - start;
        if taken >= LEAST {
            return taken.as_secs_f64() / f64::from(runs);
        }
    }
}

/// How long this thread has had a core, where the system says it.
fn on_core() -> Option<Duration> {
    let counts = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    counts.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}
