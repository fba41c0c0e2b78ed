//! Lists every type that the properties are held to, and generates those that no protocol has.
//!
//! `BAREWIRE_SEED` draws other random schemas than the usual ones.

#![allow(unreachable_pub, reason = "two modules of the package are modules of this program, too")]

#[path = "src/random/entropy.rs"]
mod entropy;
#[path = "src/random/schema.rs"]
mod schema;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use arbitrary::Unstructured;
use barewire_codegen::Config;
use barewire_codegen::plan::Kind;
use barewire_syntax::Source;

/// How many random schemas are generated.
const SCHEMAS: u64 = 24;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome {
    println!("cargo::rerun-if-env-changed=BAREWIRE_SEED");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/random");
    println!("cargo::rerun-if-changed=schemas");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut listed = Listed::default();

    for family in ["runner", "actor"] {
        let dir = here.join("../../schema").join(family);
        println!("cargo::rerun-if-changed={}", dir.display());
        let mut files: Vec<PathBuf> =
            fs::read_dir(&dir)?.map(|entry| Ok(entry?.path())).collect::<Outcome<_>>()?;
        files.retain(|file| file.extension().is_some_and(|extension| extension == "bare"));
        files.sort();
        for file in files {
            let version =
                file.file_stem().and_then(|stem| stem.to_str()).ok_or("not UTF-8")?.replace('-', "_");
            listed.add(
                &file,
                &format!("barewire_protocol::{family}::{version}"),
                &format!("{family} {version}"),
            )?;
        }
    }
    listed.generate(&here.join("schemas/hostile.bare"), "hostile", &out)?;
    let seed = env::var("BAREWIRE_SEED").map_or(Ok(0), |seed| seed.parse::<u64>())?;
    let schemas = if cfg!(feature = "random-schemas") { SCHEMAS } else { 0 };
    for index in 0..schemas {
        let name = format!("random{index}");
        let file = out.join(format!("{name}.bare"));
        let entropy = entropy::entropy(seed.wrapping_mul(SCHEMAS).wrapping_add(index), 4096);
        fs::write(&file, schema::schema(&mut Unstructured::new(&entropy))?)?;
        listed.generate(&file, &name, &out)?;
    }
    fs::write(out.join("generated.rs"), listed.modules)?;
    fs::write(out.join("subjects.rs"), format!("subjects! {{\n{}}}\n", listed.subjects))?;
    Ok(())
}

#[derive(Default)]
struct Listed {
    modules: String,
    subjects: String,
}

impl Listed {
    /// Generates the schema in `file` into a module of this package.
    fn generate(&mut self, file: &Path, name: &str, out: &Path) -> Outcome {
        Config::new().compile_file(file)?;
        let generated = out.join(format!("{name}.rs"));
        writeln!(self.modules, "pub mod {name} {{ include!({:?}); }}", generated.display().to_string())?;
        self.add(file, &format!("crate::subject::generated::{name}"), name)
    }

    /// Lists the types of the schema in `file`, which stand in `module`.
    fn add(&mut self, file: &Path, module: &str, title: &str) -> Outcome {
        let source = Source::load(file).map_err(|error| format!("{error:?}"))?;
        let plan = Config::new().plan_source(&source)?;
        writeln!(self.subjects, "    {title:?}, {:?} {{", file.display().to_string())?;
        for definition in plan.modules.iter().flat_map(|module| &module.definitions) {
            let item = definition.item();
            if !matches!(item.kind, Kind::Alias(_)) {
                writeln!(self.subjects, "        {module}::{} = {:?},", item.name, item.schema_name)?;
            }
        }
        writeln!(self.subjects, "    }}")?;
        Ok(())
    }
}
