//! Generates what is measured: our types for bulk data, those of vbare, and a model of the same types for the other peers.

mod model;
mod shape;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use barewire_syntax::{Source, check};

use crate::shape::Shapes;

/// The version of the runner protocol that is measured.
const RUNNER: &str = "../schema/runner/v3.bare";

/// What that protocol has none of.
const BULK: &str = "schema/bulk.bare";

/// The messages that are measured; what they do not reach, no peer has to have.
const ROOTS: [&str; 5] = ["ToServer", "ToClient", "Log", "Mesh", "Game"];

fn main() -> Result<(), Box<dyn Error>> {
    let out_dir = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets `OUT_DIR`")?);
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed={RUNNER}");
    barewire_codegen::compile_file(BULK)?;

    let mut shapes = Shapes::default();
    for path in [RUNNER, BULK] {
        let schema = check(&Source::load(Path::new(path))?).map_err(|report| report.to_string())?;
        shapes.add(&schema, &ROOTS);
        let types = vbare_gen::bare_schema(Path::new(path), vbare_gen::Config::default())?;
        let name = Path::new(path).file_stem().and_then(|stem| stem.to_str()).ok_or("schemas have names")?;
        fs::write(out_dir.join(format!("vbare_{name}.rs")), types.to_string())?;
    }
    println!("cargo::rustc-env=RUSTC_VERSION={}", compiler()?);
    fs::write(out_dir.join("model.rs"), model::macros(&shapes).to_string())?;
    Ok(())
}

/// What the compiler says of its version.
fn compiler() -> Result<String, Box<dyn Error>> {
    let rustc = std::env::var_os("RUSTC").ok_or("cargo sets `RUSTC`")?;
    let said = Command::new(rustc).arg("--version").output()?;
    Ok(String::from_utf8(said.stdout)?.trim().to_owned())
}
