//! Times of operations, taken in turns so that what else the machine does falls on all alike.

use std::hint::black_box;
use std::time::Duration;

use crate::operation::{Operation, Timed};
use crate::peers::MEMCPY;
use crate::section::Section;

/// How long one batch of an operation takes at least: short, so that most of them run without an interruption.
const BATCH: Duration = Duration::from_micros(250);

/// The largest block for which the usual allocator of Linux learns that it is worth keeping is a bit longer.
const LARGEST: usize = 31 << 20;

/// How many batches there are of each way, of which the quickest counts.
const BATCHES: usize = 31;

/// What one way took for an operation on a case.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The library, or the other way.
    pub of: &'static str,
    /// The nanoseconds that it took in each round.
    pub ns: Vec<f64>,
    /// Its time over that of the base of its section in the same round; empty where that is missing.
    pub ratios: Vec<f64>,
    /// Its time over that of a copy of the frame in the same round.
    pub copies: Vec<f64>,
}

/// An operation on a case, with what each way took for it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The operation.
    pub operation: Operation,
    /// The case.
    pub case: String,
    /// A figure for each way that has the operation.
    pub figures: Vec<Figure>,
}

impl Row {
    /// What `way` took.
    pub fn figure(&self, way: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.of == way)
    }
}

/// Measures a section in so many rounds.
///
/// Each round makes all values anew, so that they lie elsewhere in memory.
///
/// # Panics
///
/// If a case has no value, or a way does not get back what it encoded.
pub fn run(section: &Section, rounds: usize, mut progress: impl FnMut(usize, &str)) -> Vec<Row> {
    keep_memory();
    let mut rows: Vec<Row> = Vec::new();
    for round in 0..rounds {
        for case in &section.cases {
            progress(round, case);
            let mut timed = section.timed(case);
            for operation in &section.operations {
                let ns = in_turns(&mut timed, *operation);
                let at = rows.iter().position(|row| row.operation == *operation && row.case == *case);
                let at = at.unwrap_or_else(|| {
                    rows.push(Row { operation: *operation, case: case.clone(), figures: Vec::new() });
                    rows.len() - 1
                });
                add(&mut rows[at], section.base, &ns);
            }
        }
    }
    rows
}

/// Lets the allocator keep what large values were in: it gives blocks back to the kernel until one of their size was freed,
/// and some of the ways, by chance, would have to ask for each page again.
fn keep_memory() {
    drop(black_box(Vec::<u8>::with_capacity(LARGEST)));
}

/// The time of the operation for each way, and that of a copy, in nanoseconds.
///
/// It is that of the quickest batch: what else a machine does makes a batch slower, never quicker.
fn in_turns(timed: &mut [(&'static str, Timed)], operation: Operation) -> Vec<(&'static str, f64)> {
    let is_asked = |timed: &Timed| timed.operation == operation || timed.operation == Operation::Copy;
    let mut asked: Vec<_> = timed
        .iter_mut()
        .filter(|(_, timed)| is_asked(timed))
        .map(|(name, timed)| {
            let times = calibrate(timed);
            (*name, timed, times, f64::MAX)
        })
        .collect();
    for batch in 0..BATCHES {
        // Another one begins each time, since the first finds the caches as the last left them.
        let len = asked.len();
        for turn in 0..len {
            let (_, timed, times, least) = &mut asked[(batch + turn) % len];
            // It finds the caches and the branch predictor as it leaves them itself, and not the others before it.
            timed.repeat(*times);
            *least = least.min(timed.time(*times).as_nanos() as f64 / *times as f64);
        }
    }
    asked.into_iter().map(|(name, _, _, least)| (name, least)).collect()
}

/// How many repetitions take as long as a batch has to.
fn calibrate(timed: &mut Timed) -> u64 {
    let mut times = 1;
    loop {
        let took = timed.time(times);
        if took >= BATCH {
            return times;
        }
        let missing = BATCH.as_nanos() as f64 / took.as_nanos().max(1) as f64;
        times = (times as f64 * missing.clamp(1.2, 100.0)).ceil() as u64;
    }
}

fn add(row: &mut Row, base: &str, ns: &[(&'static str, f64)]) {
    let of = |wanted: &str| ns.iter().find(|(name, _)| *name == wanted).map(|(_, ns)| *ns);
    for (way, own) in ns {
        let at = row.figures.iter().position(|figure| figure.of == *way);
        let at = at.unwrap_or_else(|| {
            row.figures.push(Figure { of: way, ns: vec![], ratios: vec![], copies: vec![] });
            row.figures.len() - 1
        });
        let figure = &mut row.figures[at];
        figure.ns.push(*own);
        figure.ratios.extend(of(base).map(|base| own / base));
        figure.copies.extend(of(MEMCPY).map(|copy| own / copy));
    }
}

/// The value in the middle; 0 if there is none.
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Half of the way from the least to the greatest value.
pub fn spread(values: &[f64]) -> f64 {
    let most = values.iter().copied().fold(f64::MIN, f64::max);
    let least = values.iter().copied().fold(f64::MAX, f64::min);
    if values.is_empty() { 0.0 } else { (most - least) / 2.0 }
}
