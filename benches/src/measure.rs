//! Times of operations, taken in turns so that what else the machine does falls on all libraries alike.

use std::time::Duration;

use crate::case::Case;
use crate::operation::{Operation, Timed};
use crate::peers::{BASE, Library, MEMCPY};

/// How long one batch of an operation takes at least: short, so that most of them run without an interruption.
const BATCH: Duration = Duration::from_micros(400);

/// How many batches of each library the median is taken of.
const BATCHES: usize = 41;

/// What is measured.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How often everything is measured.
    pub rounds: usize,
    /// The names of the cases.
    pub cases: Vec<String>,
    /// The operations.
    pub operations: Vec<Operation>,
}

/// What one library took for an operation on a case.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The library.
    pub of: &'static str,
    /// The nanoseconds that it took in each round.
    pub ns: Vec<f64>,
    /// Its time over that of [`BASE`] in the same round; empty where that is missing.
    pub ratios: Vec<f64>,
    /// Its time over that of a copy of the frame in the same round.
    pub copies: Vec<f64>,
}

/// An operation on a case, with what each library took for it.
#[derive(Clone, Debug)]
pub struct Row {
    /// The operation.
    pub operation: Operation,
    /// The case.
    pub case: String,
    /// A figure for each library that has the operation.
    pub figures: Vec<Figure>,
}

impl Row {
    /// What `library` took.
    pub fn figure(&self, library: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.of == library)
    }
}

/// Measures all that `plan` asks for.
///
/// Each round makes all values anew, so that they lie elsewhere in memory.
///
/// # Panics
///
/// If a case has no value, or a library does not get back what it encoded.
pub fn run(plan: &Plan, libraries: &[Library], mut progress: impl FnMut(usize, &str)) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for round in 0..plan.rounds {
        for name in &plan.cases {
            progress(round, name);
            let case = Case::named(name).expect("names are checked by who makes the plan");
            let mut timed = of_all(libraries, &case);
            for operation in &plan.operations {
                let ns = in_turns(&mut timed, *operation);
                let at = rows.iter().position(|row| row.operation == *operation && row.case == *name);
                let at = at.unwrap_or_else(|| {
                    rows.push(Row { operation: *operation, case: name.clone(), figures: Vec::new() });
                    rows.len() - 1
                });
                add(&mut rows[at], &ns);
            }
        }
    }
    rows
}

fn of_all(libraries: &[Library], case: &Case) -> Vec<(&'static str, Timed)> {
    let of = |library: &Library| {
        let (name, operations) = (library.name, (library.operations)(&case.value));
        operations.0.into_iter().map(move |timed| (name, timed))
    };
    libraries.iter().flat_map(of).collect()
}

/// The median time of the operation for each library, and that of a copy, in nanoseconds.
fn in_turns(timed: &mut [(&'static str, Timed)], operation: Operation) -> Vec<(&'static str, f64)> {
    let is_asked = |timed: &Timed| timed.operation == operation || timed.operation == Operation::Copy;
    let mut asked: Vec<_> = timed
        .iter_mut()
        .filter(|(_, timed)| is_asked(timed))
        .map(|(name, timed)| {
            let times = calibrate(timed);
            (*name, timed, times, Vec::with_capacity(BATCHES))
        })
        .collect();
    for batch in 0..BATCHES {
        // Another one begins each time, since the first finds the caches as the last left them.
        let len = asked.len();
        for turn in 0..len {
            let (_, timed, times, ns) = &mut asked[(batch + turn) % len];
            ns.push(timed.time(*times).as_nanos() as f64 / *times as f64);
        }
    }
    asked.into_iter().map(|(name, _, _, mut ns)| (name, median(&mut ns))).collect()
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

fn add(row: &mut Row, ns: &[(&'static str, f64)]) {
    let of = |wanted: &str| ns.iter().find(|(name, _)| *name == wanted).map(|(_, ns)| *ns);
    for (library, own) in ns {
        let at = row.figures.iter().position(|figure| figure.of == *library);
        let at = at.unwrap_or_else(|| {
            row.figures.push(Figure { of: library, ns: vec![], ratios: vec![], copies: vec![] });
            row.figures.len() - 1
        });
        let figure = &mut row.figures[at];
        figure.ns.push(*own);
        figure.ratios.extend(of(BASE).map(|base| own / base));
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
