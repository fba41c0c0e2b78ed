//! Generates the types of both families three times: ours, those for `serde_bare`, and those of `vbare`.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const FAMILIES: [&str; 2] = ["runner", "actor"];

/// Types that neither family has.
const BEYOND: &str = "schema/beyond.bare";

fn main() -> Result<(), Box<dyn Error>> {
    let ours = barewire_codegen::Config::new().strategies().derive(".", ["serde::Serialize"]);
    let mut peers = Peers {
        out_dir: std::env::var_os("OUT_DIR").ok_or("cargo sets `OUT_DIR`")?.into(),
        ..Peers::default()
    };
    for family in FAMILIES {
        let dir = Path::new("../../schema").join(family);
        ours.compile(&dir)?;
        peers.open(family)?;
        for path in schemas(&dir)? {
            // Its `serde` is asked for so that values can be compared; it is not what encodes.
            peers.add(&path, gen_for_vbare::Config::default().with_serde(true))?;
        }
        peers.close();
    }
    ours.compile_file(BEYOND)?;
    ours.compile_file("schema/derived.bare")?;
    peers.add(Path::new(BEYOND), gen_for_vbare::Config::default())?;
    peers.write()
}

/// The code of the peers, a module for each schema.
#[derive(Default)]
struct Peers {
    out_dir: PathBuf,
    for_serde_bare: String,
    for_vbare: String,
}

impl Peers {
    fn open(&mut self, module: &str) -> Result<(), std::fmt::Error> {
        write!(self.for_serde_bare, "pub mod {module} {{")?;
        write!(self.for_vbare, "pub mod {module} {{")
    }

    fn close(&mut self) {
        self.for_serde_bare.push('}');
        self.for_vbare.push('}');
    }

    fn add(&mut self, path: &Path, config: gen_for_vbare::Config) -> Result<(), Box<dyn Error>> {
        let name = path.file_stem().and_then(|stem| stem.to_str()).ok_or("schemas have names")?;
        self.open(&name.replace('-', "_"))?;

        let simpler = self.out_dir.join("simpler.bare");
        fs::write(&simpler, without_leading_pipes(&fs::read_to_string(path)?))?;
        let types = gen_for_serde_bare::bare_schema(&simpler, gen_for_serde_bare::Config::default());
        write!(self.for_serde_bare, "{types}")?;

        let types = gen_for_vbare::bare_schema(path, config)?;
        write!(self.for_vbare, "{types}")?;

        self.close();
        Ok(())
    }

    fn write(&self) -> Result<(), Box<dyn Error>> {
        fs::write(self.out_dir.join("for_serde_bare.rs"), &self.for_serde_bare)?;
        fs::write(self.out_dir.join("for_vbare.rs"), &self.for_vbare)?;
        Ok(())
    }
}

/// The versions in a folder, in the order of their names.
fn schemas(dir: &Path) -> Result<Vec<PathBuf>, std::io::Error> {
    let mut paths =
        fs::read_dir(dir)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "bare"));
    paths.sort();
    Ok(paths)
}

/// The same schema without the pipe before the first member of a union, which the grammar of `rivet-vbare-gen` lacks.
///
/// Comments go, since one stands before that pipe. Nothing else is changed.
fn without_leading_pipes(schema: &str) -> String {
    let lines: Vec<_> = schema.lines().filter(|line| !line.trim_start().starts_with('#')).collect();
    lines.join("\n").replace("union {\n  |", "union {\n   ") + "\n"
}
