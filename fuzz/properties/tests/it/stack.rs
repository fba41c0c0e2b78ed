//! What is done with a message takes 64 KiB of stack at most, whatever stands in it; without optimisation, too.

use arbitrary::Unstructured;
use barewire_properties::migrate::COURSES;
use barewire_properties::random::{Size, entropy, octets};
use barewire_properties::subject::{Subject, subjects};
use std::thread;

/// The stack of the smallest threads that are made in earnest.
const STACK: usize = 64 << 10;

/// How many values are drawn of each type.
const VALUES: u64 = 6;

#[track_caller]
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread");
    thread.join().expect("no law is broken");
}

fn drawn(subject: &Subject, seed: u64) -> Vec<u8> {
    let entropy = entropy(seed, 1024);
    octets(subject.schema(), subject.ty(), &mut Unstructured::new(&entropy), Size::SMALL)
        .expect("some octets")
}

/// Decoding, reading views, encoding, cloning, comparing, printing and dropping.
#[test]
fn values_of_every_type() {
    for subject in subjects() {
        for seed in 0..VALUES {
            let octets = drawn(subject, seed);
            on_a_small_stack(move || {
                subject.codec.judge(&octets).expect("drawn as a value of the type");
            });
        }
    }
}

#[test]
fn migrations_of_every_message() {
    for course in COURSES {
        for (layout, (version, ..)) in course.layouts.iter().enumerate() {
            for seed in 0..VALUES * 4 {
                let octets = drawn(course.subject(layout), seed);
                on_a_small_stack(move || course.migrations.judge(*version, &octets));
            }
        }
    }
}
