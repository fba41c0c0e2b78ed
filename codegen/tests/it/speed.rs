//! How long generation takes, unoptimised as in a build script.

use std::path::Path;
use std::time::{Duration, Instant};

use barewire_codegen::Config;
use barewire_syntax::family::Family;

/// The limit is generous, since tests share a machine: it catches what is quadratic, not what is slow.
#[test]
fn generates_the_runner_protocol_quickly() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/runner");
    let fastest = (0..3)
        .map(|_| {
            let start = Instant::now();
            Config::new().generate(&Family::load(&dir).unwrap()).unwrap();
            start.elapsed()
        })
        .min()
        .unwrap();
    println!("runner protocol, three versions: {fastest:?}");
    assert!(fastest < Duration::from_secs(2));
}
