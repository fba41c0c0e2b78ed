//! What `generate` writes is compiled as it is, and makes of every row what `convert` makes of it.
//!
//! All schemas of the rows are one crate, with a target directory of its own below that of the workspace: only what
//! changed is compiled again. It is built offline, against the lock file of the workspace.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use barewire_codegen::Config;
use barewire_codegen::plan::{Kind, Plan};
use barewire_syntax::Source;
use serde_json::Value as Json;

use crate::rows::{convert, rows, text};

const MAIN: &str = r#"
use barewire::{Decode, Limits, Message};
use generated as g;

/// Prints what the octets are: a message, as it is written, or why they are none.
fn row<M: Message + for<'a> Decode<'a>>(number: usize, octets: &[u8]) {
    let said = |result: Result<Vec<u8>, barewire::DecodeError>| match result {
        Ok(octets) => octets.iter().map(|octet| format!("{octet:02x}")).collect::<String>(),
        Err(error) => error.to_string(),
    };
    let owned = said(M::decode_with(octets, &Limits::trusted()).map(|message| message.encode_to_vec()));
    let view = said(M::View::decode_with(octets, &Limits::trusted()).map(|view| view.encode_to_vec()));
    assert_eq!(owned, view);
    println!("{number}\t{owned}");
}

fn main() {
"#;

/// A row whose type has a codec, and the path of that type in the crate.
struct Compiled {
    row: Json,
    ty: String,
}

#[test]
fn every_row_is_to_compiled_code_what_it_is_to_convert() {
    let package = Package::new();
    let mut modules = BTreeMap::new();
    let mut compiled = Vec::new();
    let mut without_codec = 0;
    for row in rows("vectors.jsonl").into_iter().chain(rows("bad-bytes.jsonl")) {
        let schema = text(&row, "schema");
        let source = Source::new("row.bare", schema);
        let plan = Config::new().plan_source(&source).expect("a schema that code is generated for");
        let module = module(&mut modules, schema);
        match codec(&plan, text(&row, "type")) {
            Some(name) => compiled.push(Compiled { ty: format!("g::{module}::{name}"), row }),
            None => without_codec += 1,
        }
    }
    for row in rows("good-schemas.jsonl") {
        // Four schemas have lengths near 2^64, of which no value can exist.
        let source = Source::new("row.bare", text(&row, "schema"));
        if Config::new().generate_source(&source).is_ok() {
            module(&mut modules, text(&row, "schema"));
        }
    }
    // An alias that other types use is another name for a type of Rust; these rows are few.
    assert!(compiled.len() > 450 && without_codec < 30, "{} {without_codec}", compiled.len());

    let found = package.run(&modules, &compiled);
    let dir = tempfile::tempdir().expect("a directory");
    for (number, Compiled { row, .. }) in compiled.iter().enumerate() {
        let json = convert(dir.path(), row, &["--to", "json", "--hex", text(row, "hex")]);
        let expected = if json.status.success() {
            fs::write(dir.path().join("row.json"), json.stdout).expect("a writable file");
            let octets = convert(dir.path(), row, &["--to", "bare", "--as", "hex", "row.json"]);
            String::from_utf8(octets.stdout).expect("digits")
        } else {
            let said = String::from_utf8(json.stderr).expect("text");
            let first = said.lines().next().and_then(|line| line.strip_prefix("error: "));
            first.expect("an error").to_owned()
        };
        assert_eq!(found.get(&number).map(String::as_str), Some(expected.trim_end()), "{row}");
    }
}

/// The module of a schema, which gets the next number if it is new.
fn module(modules: &mut BTreeMap<String, String>, schema: &str) -> String {
    let next = format!("s{}", modules.len());
    modules.entry(schema.to_owned()).or_insert(next).clone()
}

/// The Rust name of a type, if it has a codec.
fn codec(plan: &Plan, name: &str) -> Option<String> {
    let definitions = plan.modules.iter().flat_map(|module| &module.definitions);
    let mut items = definitions.filter_map(|definition| definition.items.last());
    let item = items.find(|item| item.schema_name == name).expect("the type of the row");
    (!matches!(item.kind, Kind::Alias(_))).then(|| item.name.clone())
}

/// The crate, whose directory stays so that cargo sees what did not change.
struct Package {
    dir: PathBuf,
}

impl Package {
    fn new() -> Self {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("generated");
        fs::create_dir_all(dir.join("src")).expect("a writable directory");
        Self { dir }
    }

    /// Compiles what `generate` writes for the schemas, and gives what the program prints for each row.
    fn run(&self, modules: &BTreeMap<String, String>, rows: &[Compiled]) -> BTreeMap<usize, String> {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let runtime = Json::from(workspace.join("runtime").display().to_string());
        self.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"generated\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\nbarewire = {{ path = {runtime} }}\n\n\
                 [profile.dev]\ndebug = false\n\n[workspace]\n"
            ),
        );
        let lock = fs::read_to_string(workspace.join("Cargo.lock")).expect("the versions that are tested");
        self.write("Cargo.lock", &lock);
        let mut library = String::from(
            "//! The schemas of the rows.\n#![deny(missing_docs, warnings)]\n#![forbid(unsafe_code)]\n",
        );
        for (schema, module) in modules {
            writeln!(library, "/// A schema of the rows.\npub mod {module};").expect("a string");
            self.generate(schema, module);
        }
        self.write("src/lib.rs", &library);
        let mut main = MAIN.to_owned();
        for (number, Compiled { row, ty }) in rows.iter().enumerate() {
            let octets: Vec<u8> = octets(text(row, "hex"));
            writeln!(main, "    row::<{ty}>({number}, &{octets:?});").expect("a string");
        }
        main.push_str("}\n");
        self.write("src/main.rs", &main);

        let output = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--offline"])
            .current_dir(&self.dir)
            .env("CARGO_TARGET_DIR", self.dir.join("target"))
            // What the tests are compiled with is not what users compile with.
            .env_remove("RUSTFLAGS")
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let printed = String::from_utf8(output.stdout).expect("text");
        let lines = printed.lines().map(|line| line.split_once('\t').expect("a number and what is said"));
        lines.map(|(number, said)| (number.parse().expect("a number"), said.to_owned())).collect()
    }

    /// Writes what the command writes, as a user would by `barewire generate schema.bare > src/schema.rs`.
    fn generate(&self, schema: &str, module: &str) {
        // Not in the package, in which another run of this test may be.
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("schema.bare");
        fs::write(&path, schema).expect("a writable file");
        let mut command = Command::new(env!("CARGO_BIN_EXE_barewire"));
        let output = command.arg("generate").arg(&path).output().expect("the command runs");
        assert!(output.status.success(), "{schema}: {}", String::from_utf8_lossy(&output.stderr));
        let generated = String::from_utf8(output.stdout).expect("text");
        self.write(&format!("src/{module}.rs"), &generated);
    }

    /// Leaves a file alone that is as it should be: cargo goes by the time of the last change.
    fn write(&self, name: &str, text: &str) {
        let path = self.dir.join(name);
        match fs::read_to_string(&path) {
            Ok(present) if present == text => {}
            Err(error) if error.kind() != io::ErrorKind::NotFound => panic!("{}: {error}", path.display()),
            Ok(_) | Err(_) => fs::write(path, text).expect("a writable file"),
        }
    }
}

fn octets(hex: &str) -> Vec<u8> {
    let octet = |at| u8::from_str_radix(&hex[at..at + 2], 16).expect("digits");
    (0..hex.len()).step_by(2).map(octet).collect()
}
