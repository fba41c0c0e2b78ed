//! Sessions: schedules of everything that can happen between clients, a gateway, a runner and its storage.
//!
//! One number makes a schedule: frames are delivered, lost, repeated and reordered, links break, actors sleep and wake, the
//! process of the runner ends between any two of its outputs, saves are slow, fail, or only seem to, clocks jump, indices wrap.
//! After each step plain lists of what was sent, handled and stored are compared with what the machines do: nothing is lost,
//! doubled in one life, out of order, or acknowledged before it is stored; every buffer is within its bound, each side is told
//! of the end once and never by an echo. At last the network heals, and every window becomes empty or its client was told.

mod actor;
mod answers;
mod choices;
mod clients;
mod counts;
mod engine;
mod healing;
mod link;
mod middle;
mod network;
mod operations;
mod oracle;
mod process;
mod world;

use std::fmt;

pub use choices::Choices;
pub use counts::{Class, Counts};
pub use middle::Middle;

use world::World;

/// A schedule that broke something.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Failure {
    /// The number of the schedule.
    pub seed: u64,
    /// What is wrong.
    pub finding: String,
    /// Behind how many steps.
    pub step: usize,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, finding, step } = self;
        writeln!(f, "schedule {seed}, step {step}: {finding}")?;
        write!(
            f,
            "again, and all that happens: \
             cargo run -q --no-default-features -p barewire-properties --example schedules -- {seed} 1"
        )
    }
}

impl std::error::Error for Failure {}

/// Runs the schedule that `seed` makes; returns how often each kind of event occurred.
///
/// # Errors
///
/// [`Failure`] with what is wrong.
pub fn schedule(seed: u64, middle: &Middle) -> Result<Counts, Failure> {
    let mut world = World::new(Choices::of_seed(seed), middle);
    match run(&mut world) {
        Ok(()) => Ok(world.counts),
        Err((finding, step)) => Err(Failure { seed, finding, step }),
    }
}

/// Everything that happens in a schedule, line by line.
#[must_use]
pub fn story(seed: u64, middle: &Middle) -> Vec<String> {
    let mut world = World::new(Choices::of_seed(seed), middle);
    world.trace = Some(Vec::new());
    // What is wrong is said by `schedule`.
    let _ = run(&mut world);
    world.trace.unwrap_or_default()
}

fn run(world: &mut World<'_>) -> Result<(), (String, usize)> {
    let steps = 80 + world.choices.below(256) as usize;
    let mut step = 0;
    while step < steps && !world.choices.is_exhausted() {
        world.note(|| format!("-- step {step}"));
        world.step().map_err(|finding| (finding, step))?;
        step += 1;
    }
    world.converge().map_err(|finding| (finding, step))
}

/// Any schedule of the world, or any operations on machines that nobody keeps to the rules: what the octets choose.
///
/// # Panics
///
/// If something is broken.
pub fn any(input: &[u8]) {
    match input.split_first() {
        Some((first, rest)) if first % 2 == 0 => {
            thread_local! {
                static MIDDLE: Middle = Middle::new();
            }
            let result = MIDDLE.with(|middle| run(&mut World::new(Choices::of_octets(rest), middle)));
            if let Err((finding, step)) = result {
                panic!("step {step}: {finding}");
            }
        }
        Some((_, rest)) => operations::any(Choices::of_octets(rest)),
        None => {}
    }
}
