//! What is done with messages takes little stack, whatever stands in them.

use std::thread;

use arbitrary::Unstructured;

use crate::migrate::COURSES;
use crate::random::{Size, entropy, octets};
use crate::subject::{Subject, subjects};

/// The stack of the smallest threads that are made in earnest: 64 KiB.
pub const SMALL: usize = 64 << 10;

/// What the schema tools ask for: 256 KiB.
pub const TOOLS: usize = 256 << 10;

/// How many values are drawn of each type.
const VALUES: u64 = 6;

/// Does `work` on a stack of `size` octets.
///
/// # Panics
///
/// If `work` does, or there is no thread to be had.
pub fn on_a_stack(size: usize, work: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(size).spawn(work).expect("a thread");
    thread.join().expect("no law is broken");
}

/// Decodes, reads, encodes, clones, compares, prints and drops values of every type on the smallest stack.
///
/// # Panics
///
/// If a law is broken; a stack that is too small ends the program.
pub fn values_of_every_type() {
    for subject in subjects() {
        for seed in 0..VALUES {
            let octets = drawn(subject, seed);
            on_a_stack(SMALL, move || subject.codec.judge(&octets).expect("drawn as a value of the type"));
        }
    }
}

/// Migrates messages of every version, up and down, on the smallest stack.
///
/// # Panics
///
/// As [`values_of_every_type`].
pub fn migrations_of_every_message() {
    for course in COURSES {
        for (layout, (version, ..)) in course.layouts.iter().enumerate() {
            for seed in 0..VALUES * 4 {
                let octets = drawn(course.subject(layout), seed);
                on_a_stack(SMALL, move || course.migrations.judge(*version, &octets));
            }
        }
    }
}

fn drawn(subject: &Subject, seed: u64) -> Vec<u8> {
    let entropy = entropy(seed, 1024);
    let size = Size { room: 2048, fill: 0 };
    octets(subject.schema(), subject.ty(), &mut Unstructured::new(&entropy), size).expect("some octets")
}
