//! Printing the modules of a family side by side: an unoptimised build script spends its time in `syn`.

use std::io;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, available_parallelism, scope};

/// Enough for types nested as deep as the generator's limit: `syn` and `prettyplease` recurse into each level.
const STACK: usize = 64 << 20;

/// The texts of `jobs`, in their order, whatever order they are done in.
///
/// # Errors
///
/// If no thread can be started.
pub(super) fn run(jobs: &[Box<dyn Fn() -> String + Sync + '_>]) -> io::Result<Vec<String>> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let position = next.fetch_add(1, Ordering::Relaxed)
            && let Some(job) = jobs.get(position)
        {
            done.push((position, job()));
        }
        done
    };
    let workers = available_parallelism().map_or(1, NonZero::get).min(jobs.len());
    let mut texts = scope(|scope| {
        let start = |_| Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        let threads = (0..workers).map(start).collect::<io::Result<Vec<_>>>()?;
        let done =
            threads.into_iter().flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        io::Result::Ok(done.collect::<Vec<_>>())
    })?;
    texts.sort_unstable_by_key(|(position, _)| *position);
    Ok(texts.into_iter().map(|(_, text)| text).collect())
}
