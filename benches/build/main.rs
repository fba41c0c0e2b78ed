//! Generates what is measured: our types for bulk data, those of vbare, and a model of the same types for the other peers.

mod model;
#[cfg(feature = "peers")]
mod proto;
mod shape;
mod steps;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use barewire_syntax::{Source, check};

use crate::shape::Shapes;

/// The versions of the runner protocol, of which the last is what libraries are compared by.
const RUNNER: [&str; 3] =
    ["../schema/runner/v1.bare", "../schema/runner/v2.bare", "../schema/runner/v3.bare"];

/// What that protocol has none of.
const BULK: &str = "schema/bulk.bare";

/// The messages that are measured; what they do not reach, no peer has to have.
const ROOTS: [&str; 5] = ["ToServer", "ToClient", "Log", "Mesh", "Game"];

fn main() -> Result<(), Box<dyn Error>> {
    let out_dir = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("cargo sets `OUT_DIR`")?);
    println!("cargo::rerun-if-changed=build");
    RUNNER.iter().for_each(|path| println!("cargo::rerun-if-changed={path}"));
    barewire_codegen::compile_file(BULK)?;

    let mut versions = RUNNER.map(|_| Shapes::default());
    for (path, shapes) in RUNNER.iter().zip(&mut versions) {
        add(path, shapes, &out_dir)?;
    }
    let [v1, v2, mut shapes] = versions;
    let (v1, v2, v3) = (("v1", &v1), ("v2", &v2), ("v3", &shapes));
    let steps =
        [(v1, v2), (v2, v3), (v3, v2), (v2, v1)].map(|(from, to)| steps::between(from, to).to_string());
    fs::write(out_dir.join("vbare_steps.rs"), steps.concat())?;
    add(BULK, &mut shapes, &out_dir)?;
    println!("cargo::rustc-env=RUSTC_VERSION={}", compiler()?);
    fs::write(out_dir.join("model.rs"), model::macros(&shapes).to_string())?;
    #[cfg(feature = "peers")]
    protobuf(&shapes, &out_dir)?;
    Ok(())
}

/// Adds what the measured messages of a schema are made of, and generates the types of vbare.
fn add(path: &str, shapes: &mut Shapes, out_dir: &Path) -> Result<(), Box<dyn Error>> {
    let path = Path::new(path);
    let schema = check(&Source::load(path)?).map_err(|report| report.to_string())?;
    shapes.add(&schema, &ROOTS);
    let types = vbare_gen::bare_schema(path, vbare_gen::Config::default())?;
    let name = path.file_stem().and_then(|stem| stem.to_str()).ok_or("schemas have names")?;
    fs::write(out_dir.join(format!("vbare_{name}.rs")), types.to_string())?;
    Ok(())
}

/// The types that prost and buffa make of one schema.
#[cfg(feature = "peers")]
fn protobuf(shapes: &Shapes, out_dir: &Path) -> Result<(), Box<dyn Error>> {
    fs::write(out_dir.join("bench.proto"), proto::schema(shapes))?;
    fs::write(out_dir.join("proto.rs"), proto::macros(shapes).to_string())?;
    let descriptors = protox::compile(["bench.proto"], [out_dir])?;
    let set = out_dir.join("bench.bin");
    fs::write(&set, prost::Message::encode_to_vec(&descriptors))?;

    let prost_dir = out_dir.join("prost");
    fs::create_dir_all(&prost_dir)?;
    prost_build::Config::new().out_dir(prost_dir).bytes(["."]).compile_fds(descriptors)?;

    let buffa_dir = out_dir.join("buffa");
    fs::create_dir_all(&buffa_dir)?;
    let config = buffa_build::Config::new().descriptor_set(set).files(&["bench.proto"]).out_dir(buffa_dir);
    config.use_bytes_type().unbox_oneof().preserve_unknown_fields(false).include_file("mod.rs").compile()
}

/// What the compiler says of its version.
fn compiler() -> Result<String, Box<dyn Error>> {
    let rustc = std::env::var_os("RUSTC").ok_or("cargo sets `RUSTC`")?;
    let said = Command::new(rustc).arg("--version").output()?;
    Ok(String::from_utf8(said.stdout)?.trim().to_owned())
}
