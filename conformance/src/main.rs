//! The command: judges the rows of the directories it is given, or those of this crate.

use std::env;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use barewire_conformance::{Error, Outcome, Workshop, run};

fn main() -> ExitCode {
    let dirs: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    match judge(&dirs) {
        Ok(outcome) => {
            for failure in &outcome.failures {
                println!("{failure}");
            }
            for (place, note) in &outcome.other_rules {
                println!("{place}: holds, but {note}");
            }
            for (place, limit) in &outcome.beyond_generator {
                println!("{place}: holds, but no code is generated: {limit}");
            }
            if !outcome.beyond_generator.is_empty() {
                println!(
                    "{} good schemas are beyond a limit of the generator",
                    outcome.beyond_generator.len()
                );
            }
            println!("{outcome}");
            ExitCode::from(u8::from(!outcome.failures.is_empty()))
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn judge(dirs: &[PathBuf]) -> Result<Outcome, Error> {
    if dirs.is_empty() {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        return run(&[own.join("vectors"), own.join("more")], &Workshop::new("own")?);
    }
    // Rows of other directories get a package of their own, and do not undo the work of the run before.
    let mut hasher = DefaultHasher::new();
    for dir in dirs {
        dir.canonicalize().unwrap_or_else(|_| dir.clone()).hash(&mut hasher);
    }
    run(dirs, &Workshop::new(&format!("{:016x}", hasher.finish()))?)
}
