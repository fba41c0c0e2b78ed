//! Golden output: what each case becomes, to be read in review. `BLESS=1 cargo test` rewrites it.
//!
//! A case is a folder of `tests/golden` with `schema.bare`, or with `v1.bare`, `v2.bare`, ….
//! The crate `barewire-golden` compiles the output with warnings denied, and its tests hold it to the laws of a codec.

use std::fs;
use std::path::{Path, PathBuf};

use barewire_codegen::{Config, DataAs, Generated, StrAs};
use barewire_syntax::Source;
use barewire_syntax::family::Family;

fn folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(case)
}

fn generate(case: &str, config: &Config) -> Generated {
    let folder = folder(case);
    let file = folder.join("schema.bare");
    if file.exists() {
        let source = Source::new("schema.bare", fs::read_to_string(file).unwrap());
        return config.generate_source(&source).unwrap();
    }
    config.generate(&Family::load(&folder).unwrap()).unwrap()
}

#[track_caller]
fn check_with(case: &str, config: &Config) {
    let generated = generate(case, &config.clone().strategies());
    compare(&folder(case).join("expected.rs"), &generated.schema);
    compare(&folder(case).join("strategies.rs"), &generated.strategies.unwrap());
}

#[track_caller]
fn check(case: &str) {
    check_with(case, &Config::new());
}

#[track_caller]
pub(crate) fn compare(path: &Path, text: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, text).unwrap();
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    let line = expected.lines().zip(text.lines()).take_while(|(expected, line)| expected == line).count();
    assert!(
        expected == text,
        "{} differs from line {} on: expected {:?}, found {:?}; run `BLESS=1 cargo test -p barewire-codegen` and read \
         the diff",
        path.display(),
        line + 1,
        expected.lines().nth(line),
        text.lines().nth(line)
    );
}

macro_rules! cases {
    ($($case:ident),* $(,)?) => {$(
        #[test]
        fn $case() {
            check(stringify!($case));
        }
    )*};
}

cases!(
    asked, containers, docs, enums, inline, keys, large, names, nesting, one, roots, structs, unions,
    retired, versions
);

#[test]
fn choices() {
    let config = Config::new()
        .strings("Actor", StrAs::String)
        .strings("Actor.name", StrAs::Str)
        .strings("Actor.metadata", StrAs::String)
        .data("Actor.input", DataAs::Vec)
        .data("Blob", DataAs::Vec)
        .derive(".", ["serde::Serialize"])
        .derive("Code", ["serde::Deserialize"]);
    check_with("choices", &config);
}

/// Every conversion and every kind of question; types that are renamed; text that one version holds otherwise.
#[test]
fn steps() {
    let config = Config::new()
        .renamed("Formerly", "Nowadays")
        .renamed("Ancient", "Modern")
        .strings("Label", StrAs::String);
    check_with("steps", &config);
}

/// Members that are the same in two versions, and such as only have the same octets.
#[test]
fn passing() {
    check_with("passing", &Config::new().renamed("Old", "New"));
}

/// The schemas of the runner protocol belong to another package; the case holds a copy of their output only.
fn runner() -> Family {
    Family::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/runner")).unwrap()
}

#[test]
fn runner_protocol() {
    let generated = Config::new().strategies().generate(&runner()).unwrap();
    compare(&folder("runner").join("expected.rs"), &generated.schema);
    compare(&folder("runner").join("strategies.rs"), &generated.strategies.unwrap());
}

#[test]
fn runner_protocol_with_serde() {
    let config = Config::new().derive(".", ["serde::Serialize", "serde::Deserialize"]);
    compare(&folder("runner_serde").join("expected.rs"), &config.generate(&runner()).unwrap().schema);
}

#[test]
fn the_same_schemas_give_the_same_text() {
    let text = || Config::new().generate(&runner()).unwrap().schema;
    assert_eq!(text(), text());
}

/// The generated code is read, compiled and carried by others: it must stay small.
///
/// Types, views and their documentation take at most 60 lines a type. Steps between all versions and the codec of the
/// family are counted with them as lines of code, since comments are the schema's.
#[test]
fn the_runner_protocol_takes_few_lines_a_type() {
    let text = Config::new().generate(&runner()).unwrap().schema;
    let (types, _) = text.split_once("pub mod migrate {").unwrap();
    let is_view = |line: &&str| line.trim().ends_with("borrowed from the bytes of its message.");
    let is_type =
        |line: &&str| line.trim().starts_with("pub struct ") || line.trim().starts_with("pub enum ");
    let count = types.lines().filter(is_type).count() - types.lines().filter(is_view).count();
    let lines = types.lines().count();
    let all = text.lines().count();
    let code = text.lines().filter(|line| !line.trim().starts_with("///")).count();
    println!(
        "{count} types: {:.1} lines each, {:.1} with all steps, {:.1} of them code",
        lines as f64 / count as f64,
        all as f64 / count as f64,
        code as f64 / count as f64
    );
    assert!(lines <= 60 * count);
    assert!(all <= 68 * count);
    assert!(code <= 63 * count);
    assert!(!text.contains("unsafe"), "generated code has no unsafe");
}
