//! How long generation takes, unoptimised as in a build script.

use std::path::Path;
use std::time::{Duration, Instant};

use barewire_codegen::Config;
use barewire_syntax::family::Family;

/// The goal is 0.4 s; measured on two idle cores, three versions take 0.17 s, 0.14 of what `vbare-compiler` 0.2.0 takes
/// for the same schemas in the same program. Other tests run beside this one, on machines that others use too:
/// twice the goal, in the fastest of five rounds, is an error.
#[test]
fn generates_the_runner_protocol_quickly() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/runner");
    let fastest = (0..5)
        .map(|_| {
            let start = Instant::now();
            Config::new().generate(&Family::load(&dir).unwrap()).unwrap();
            start.elapsed()
        })
        .min()
        .unwrap();
    println!("runner protocol, three versions: {fastest:?}");
    assert!(fastest < Duration::from_millis(800), "{fastest:?}");
}
