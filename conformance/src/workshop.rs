//! Writing the package of the cases, compiling it, and running its program.
//!
//! It stands at a fixed place below cargo's target directory and only what changed is written,
//! so that a second run compiles little or nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::Error;
use crate::cases::{Case, rows_file, schema_file, sources};

/// Where packages are written and compiled.
#[derive(Clone, Debug)]
pub struct Workshop {
    /// The directory below the target directory that is shared by all runs.
    base: PathBuf,
    /// What tells the package of this run from those of others.
    name: String,
}

/// What compiling and running said.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Modules that do not compile, and why.
    pub(crate) broken: BTreeMap<String, String>,
    /// What the program printed for each row by its name: nothing if the row holds.
    pub(crate) verdicts: BTreeMap<String, String>,
    /// Why there is no program although cases are left.
    pub(crate) failed: Option<String>,
    /// How the program ended, if not well: then verdicts may be missing.
    pub(crate) crashed: Option<String>,
}

impl Outcome {
    /// What is wrong with a row that needs `module` to compile, and that the program calls `name` if it judges it.
    pub(crate) fn problem(&self, module: &str, name: Option<&str>) -> Option<String> {
        if let Some(error) = self.broken.get(module) {
            return Some(format!("expected code that compiles, found: {error}"));
        }
        if let Some(reason) = &self.failed {
            return Some(format!("expected code that compiles, found: {reason}"));
        }
        match self.verdicts.get(name?) {
            Some(problems) => (!problems.is_empty()).then(|| problems.clone()),
            None => Some(format!(
                "expected a verdict of the program, found none: {}",
                self.crashed.as_deref().unwrap_or("it ended well")
            )),
        }
    }
}

impl Workshop {
    /// The place for the runs called `name`, below the target directory of the running program.
    ///
    /// # Errors
    ///
    /// If that directory cannot be told.
    pub fn new(name: &str) -> Result<Self, Error> {
        Ok(Self { base: target_dir()?.join("conformance"), name: name.to_owned() })
    }

    /// Compiles `cases` and runs their rows. Cases that do not compile are left out of the program.
    ///
    /// # Errors
    ///
    /// If files cannot be written or cargo cannot be started, but not if cargo or the program fail.
    pub(crate) fn judge(&self, cases: &[Case]) -> Result<Outcome, Error> {
        let mut outcome = Outcome::default();
        loop {
            let compiling: Vec<&Case> =
                cases.iter().filter(|case| !outcome.broken.contains_key(&case.module)).collect();
            if compiling.is_empty() {
                return Ok(outcome);
            }
            self.write(&compiling)?;
            match self.compile(&compiling)? {
                Compiled::Program(program) => {
                    self.run(&program, &mut outcome)?;
                    return Ok(outcome);
                }
                // rustc names the errors of one stage at a time: what is left may hold those of the next.
                Compiled::Broken(modules) => outcome.broken.extend(modules),
                Compiled::Failed(reason) => {
                    outcome.failed = Some(reason);
                    return Ok(outcome);
                }
            }
        }
    }

    fn package(&self) -> PathBuf {
        self.base.join(&self.name)
    }

    fn write(&self, cases: &[&Case]) -> Result<(), Error> {
        let package = self.package();
        let mut files = sources(cases);
        files.insert("Cargo.toml".to_owned(), self.manifest());
        for (name, text) in &files {
            write_if_changed(&package.join(name), text)?;
        }
        // Cargo would not compile a file that nobody names, but somebody may read it.
        let kept: BTreeSet<PathBuf> = files.keys().map(|name| package.join(name)).collect();
        for dir in ["src", "src/rows"] {
            remove_others(&package.join(dir), &kept)?;
        }
        // The versions that the workspace was tested with; cargo adds the package itself.
        let lock = workspace().join("Cargo.lock");
        match fs::read_to_string(&lock) {
            Ok(text) => write_if_changed(&package.join("Cargo.lock"), &text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(Error::io("read", &lock, error)),
        }
    }

    fn manifest(&self) -> String {
        // What JSON escapes in a string, TOML does the same way.
        let runtime = Value::from(workspace().join("runtime").display().to_string());
        let name = &self.name;
        format!(
            "\
# Written by barewire-conformance; changes made here are lost at the next run.
[package]
name = \"conformance-{name}\"
version = \"0.0.0\"
edition = \"2024\"
publish = false

[lib]
name = \"conformance_schemas\"

[[bin]]
name = \"conformance-{name}\"
path = \"src/main.rs\"

[dependencies]
barewire = {{ path = {runtime} }}

# Most of the time of a run goes into compiling.
[profile.dev]
debug = false

# The package lies below another workspace, of which it is no member.
[workspace]
"
        )
    }

    fn compile(&self, cases: &[&Case]) -> Result<Compiled, Error> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(&cargo)
            .current_dir(self.package())
            .args(["build", "--quiet", "--offline", "--message-format=json", "--target-dir"])
            .arg(self.base.join("target"))
            .stdin(Stdio::null())
            .output()
            .map_err(|error| Error::io("start", Path::new(&cargo), error))?;
        let messages = Messages::read(&String::from_utf8_lossy(&output.stdout));
        if output.status.success()
            && let Some(program) = messages.program
        {
            return Ok(Compiled::Program(program));
        }
        let broken: BTreeMap<String, String> = cases
            .iter()
            .filter_map(|case| Some((case.module.clone(), messages.error_of(&case.module)?)))
            .collect();
        if broken.is_empty() {
            let text = String::from_utf8_lossy(&output.stderr);
            let text = messages.errors.first().map_or(text.trim(), |error| &error.text);
            return Ok(Compiled::Failed(format!("the generated package does not build: {text}")));
        }
        Ok(Compiled::Broken(broken))
    }

    fn run(&self, program: &Path, outcome: &mut Outcome) -> Result<(), Error> {
        let output = Command::new(program)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| Error::io("start", program, error))?;
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            if let Some((name, problems)) = line.split_once('\t') {
                outcome.verdicts.insert(name.to_owned(), problems.to_owned());
            }
        }
        if !output.status.success() {
            let text = String::from_utf8_lossy(&output.stderr);
            outcome.crashed = Some(format!("the program ended by {}: {}", output.status, text.trim()));
        }
        Ok(())
    }
}

enum Compiled {
    Program(PathBuf),
    /// Modules with errors.
    Broken(BTreeMap<String, String>),
    /// An error that is in no module.
    Failed(String),
}

/// What cargo said.
#[derive(Default)]
struct Messages {
    program: Option<PathBuf>,
    errors: Vec<CompileError>,
}

struct CompileError {
    text: String,
    /// Every file that the error points into, also from within macros.
    files: BTreeSet<String>,
}

impl Messages {
    /// Reads the lines of cargo's `--message-format=json`.
    fn read(lines: &str) -> Self {
        let mut messages = Self::default();
        for line in lines.lines() {
            let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
            match message["reason"].as_str() {
                Some("compiler-artifact") => {
                    if let Some(program) = message["executable"].as_str() {
                        messages.program = Some(program.into());
                    }
                }
                Some("compiler-message") if message["message"]["level"] == "error" => {
                    let mut files = BTreeSet::new();
                    collect_files(&message["message"], &mut files);
                    let text = message["message"]["message"].as_str().unwrap_or("an error without a text");
                    messages.errors.push(CompileError { text: text.to_owned(), files });
                }
                _ => {}
            }
        }
        messages
    }

    /// What the first error says that points into a file of `module`.
    fn error_of(&self, module: &str) -> Option<String> {
        let files = [schema_file(module), rows_file(module)];
        let error = self.errors.iter().find(|error| files.iter().any(|file| error.files.contains(file)))?;
        Some(error.text.clone())
    }
}

/// Every `file_name` in `message`, at any depth.
fn collect_files(message: &Value, files: &mut BTreeSet<String>) {
    let mut open = vec![message];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(object) => {
                files.extend(object.get("file_name").and_then(Value::as_str).map(str::to_owned));
                open.extend(object.values());
            }
            Value::Array(values) => open.extend(values),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

/// The root of the workspace that this crate was built in.
fn workspace() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// Cargo's target directory: cargo marks it as a cache, and the running program lies in it.
fn target_dir() -> Result<PathBuf, Error> {
    let program =
        std::env::current_exe().map_err(|error| Error::io("find", Path::new("this program"), error))?;
    let marked = program.ancestors().skip(1).filter(|dir| dir.join("CACHEDIR.TAG").is_file()).last();
    match (marked, std::env::var_os("CARGO_TARGET_DIR")) {
        (Some(dir), _) => Ok(dir.to_owned()),
        (None, Some(dir)) => {
            std::path::absolute(&dir).map_err(|error| Error::io("find", Path::new(&dir), error))
        }
        (None, None) => Ok(workspace().join("target")),
    }
}

/// Leaves a file alone that is as it should be: cargo goes by the time of the last change.
fn write_if_changed(path: &Path, text: &str) -> Result<(), Error> {
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return Ok(());
    }
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir).map_err(|error| Error::io("create", dir, error))?;
    }
    fs::write(path, text).map_err(|error| Error::io("write", path, error))
}

fn remove_others(dir: &Path, kept: &BTreeSet<PathBuf>) -> Result<(), Error> {
    let entries = fs::read_dir(dir).map_err(|error| Error::io("read", dir, error))?;
    for entry in entries {
        let path = entry.map_err(|error| Error::io("read", dir, error))?.path();
        if path.is_file() && !kept.contains(&path) {
            fs::remove_file(&path).map_err(|error| Error::io("remove", &path, error))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use barewire_codegen::plan::Plan;

    use super::*;
    use crate::front::Generated;

    /// The row with the number 0 needs code that is `rust`.
    fn case(module: &str, rust: &str) -> Case {
        let generated = Generated { plan: Plan::default(), rust: rust.to_owned() };
        let mut case = Case::new(module.to_owned(), generated);
        case.add_schema(0);
        case
    }

    #[test]
    fn code_that_does_not_compile_is_left_out() {
        let cases = [
            case("syntax", "const A: u8 = ;"),
            case("types", "const A: u8 = false;"),
            case("within_macro", "const _: () = assert!(false);"),
            case("warning", "fn unused() {}"),
            case("undocumented", "pub const A: u8 = 1;"),
            case("right", "/// One.\npub const A: u8 = 1;"),
        ];
        let workshop = Workshop::new("broken-code").expect("a target directory");
        let outcome = workshop.judge(&cases).expect("cargo runs");

        let broken: Vec<&str> = outcome.broken.keys().map(String::as_str).collect();
        assert_eq!(broken, ["syntax", "types", "undocumented", "warning", "within_macro"]);
        assert!(outcome.problem("types", None).is_some_and(|problem| problem.contains("mismatched types")));
        assert_eq!((outcome.problem("right", None), outcome.failed), (None, None));
    }

    #[test]
    fn a_row_without_a_verdict_fails() {
        let mut outcome = Outcome::default();
        outcome.verdicts.insert("s.0".to_owned(), String::new());
        outcome.crashed = Some("the program ended by a signal".to_owned());
        assert_eq!(outcome.problem("s", Some("s.0")), None);
        assert!(outcome.problem("s", Some("s.1")).is_some_and(|problem| problem.contains("signal")));
    }
}
