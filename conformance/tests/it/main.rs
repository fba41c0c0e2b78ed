//! The rows of this crate hold, and a row that is wrong is found out.

mod alias;
mod own_rows;
mod pages;
mod readme;
mod wrong_rows;

use std::fs;

use barewire_conformance::{Outcome, Workshop, run};

/// Judges data files with these names and contents in a package of their own.
#[track_caller]
fn judge(name: &str, files: &[(&str, &str)]) -> Outcome {
    let dir = tempfile::tempdir().expect("a directory for the rows");
    for (file, text) in files {
        fs::write(dir.path().join(file), text).expect("a file for the rows");
    }
    let workshop = Workshop::new(name).expect("a target directory");
    run(&[dir.path()], &workshop).expect("a run")
}
