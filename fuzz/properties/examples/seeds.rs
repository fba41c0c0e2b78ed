//! Writes what the fuzzer begins with: `cargo run -p barewire-properties --example seeds` fills `fuzz/corpus`.

use barewire_properties::seeds::seeds;
use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus");
    let seeds = seeds()?;
    for (number, (target, input)) in seeds.iter().enumerate() {
        let dir = corpus.join(target);
        fs::create_dir_all(&dir)?;
        fs::write(dir.join(format!("seed-{number:05}")), input)?;
    }
    println!("{} seeds", seeds.len());
    Ok(())
}
