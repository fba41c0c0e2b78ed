//! Replays what the fuzzer begins with and what it once found, as a program without unwinding sees it.
//!
//! `cargo run --profile hardened -p barewire-properties --example replay`: optimised, arithmetic checked, and any panic or
//! overflow of the stack ends it.

use barewire_properties::{TARGETS, seeds, stack};
use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    stack::values_of_every_type();
    stack::migrations_of_every_message();

    let mut inputs = seeds::seeds()?;
    let regressions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../regressions");
    for (target, _) in TARGETS {
        for input in fs::read_dir(regressions.join(target))? {
            inputs.push((target, fs::read(input?.path())?));
        }
    }
    let count = inputs.len();
    for (target, input) in inputs {
        let (_, property) = TARGETS.iter().find(|(name, _)| *name == target).ok_or("no such target")?;
        stack::on_a_stack(stack::TOOLS, move || property(&input));
    }
    println!("{count} inputs replayed");
    Ok(())
}
