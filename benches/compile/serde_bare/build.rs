//! Generates the family, and writes down how many microseconds that took at least.

use std::error::Error;
use std::path::Path;
use std::time::Instant;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let out_dir = env::var_os("OUT_DIR").ok_or("cargo sets `OUT_DIR`")?;
    let out_dir = Path::new(&out_dir);
    println!("cargo::rerun-if-changed=../../../schema/runner");
    for version in ["v1", "v2", "v3"] {
        let schema = fs::read_to_string(format!("../../../schema/runner/{version}.bare"))?;
        fs::write(out_dir.join(version).with_extension("bare"), without_leading_pipes(&schema))?;
    }
    let mut micros = u128::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        generate(out_dir)?;
        micros = micros.min(start.elapsed().as_micros());
    }
    fs::write(out_dir.join("micros"), micros.to_string())?;
    Ok(())
}

/// As `rivet-vbare-compiler` does it, which wants all files of a folder to be schemas.
fn generate(out_dir: &Path) -> Result<(), Box<dyn Error>> {
    for version in ["v1", "v2", "v3"] {
        let path = out_dir.join(version);
        let tokens = vbare_gen::bare_schema(&path.with_extension("bare"), vbare_gen::Config::default());
        fs::write(path.with_extension("rs"), prettyplease::unparse(&syn::parse2(tokens)?))?;
    }
    Ok(())
}

/// The same schema without the pipe before the first member of a union, which the grammar of `rivet-vbare-gen` lacks.
///
/// Comments go, since one stands before that pipe.
fn without_leading_pipes(schema: &str) -> String {
    let lines: Vec<_> = schema.lines().filter(|line| !line.trim_start().starts_with('#')).collect();
    lines.join("\n").replace("union {\n  |", "union {\n   ") + "\n"
}
