//! Runs schedules of sessions: `cargo run -p barewire-properties --example schedules -- SEED COUNT`.
//!
//! Prints how often each kind of event occurred, and fails where one never did. Of a single schedule it prints all that happens.

use barewire_properties::session::{Counts, Middle, schedule, story};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let mut number = |default: u64| args.next().map_or(Ok(default), |arg| arg.parse());
    let (first, count) = (number(0)?, number(5_000)?);

    let middle = Middle::new();
    if count == 1 {
        story(first, &middle).iter().for_each(|line| println!("{line}"));
    }
    let mut counts = Counts::default();
    for seed in first..first + count {
        match schedule(seed, &middle) {
            Ok(found) => counts.merge(&found),
            Err(failure) => {
                println!("{failure}");
                return Err("a schedule has failed".into());
            }
        }
    }
    print!("{counts}");
    println!("{count} schedules from {first} on");
    match counts.missing()[..] {
        // A few schedules need not meet everything.
        _ if count < 5_000 => Ok(()),
        [] => Ok(()),
        ref missing => Err(format!("never met: {missing:?}").into()),
    }
}
