//! What a crate with the types of the runner protocol costs to build, by three generators; `../compile` has the crates.
//!
//! Times are those that the processor worked for all threads of all processes, so that other work on the machine does not
//! count.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use barewire_syntax::family::Family;

use crate::measure::{median, spread};
use crate::report::machine;

/// What the command line and the marks in `README.md` call it.
pub const PART: &str = "compile";

/// How often crates are compiled at most, since that takes its time.
const ROUNDS: usize = 2;

/// The crate that ratios are formed to.
const BASE: usize = 1;

const CRATES: [Crate; 3] = [
    Crate { title: "barewire", folder: "barewire" },
    Crate { title: "vbare 0.2.0", folder: "vbare" },
    Crate { title: "serde_bare 0.5.0", folder: "serde_bare" },
];

/// A crate in `../compile`.
struct Crate {
    title: &'static str,
    folder: &'static str,
}

/// A line of the table: what each crate costs, in each round.
struct Cost {
    title: &'static str,
    goal: &'static str,
    digits: usize,
    of_crates: [Vec<f64>; CRATES.len()],
}

impl Cost {
    const fn new(title: &'static str, goal: &'static str, digits: usize) -> Self {
        Self { title, goal, digits, of_crates: [const { Vec::new() }; CRATES.len()] }
    }
}

/// Builds all crates in so many rounds, two at most, and returns the report in Markdown.
///
/// # Errors
///
/// If a crate does not build, or this is no Linux, which says how long processes have worked.
pub fn measure(rounds: usize, mut progress: impl FnMut(usize, &str)) -> Result<String, String> {
    let rounds = rounds.min(ROUNDS);
    let types = types()?;
    let has_llvm_lines = has_llvm_lines();
    let mut lines = Cost::new("generated lines per type", "≤ 60", 1);
    let mut generation = Cost::new("generating, not optimised, ms", "≤ 0.15 of vbare's", 1);
    let mut check = Cost::new("`cargo check`, s", "", 2);
    let mut llvm_lines = Cost::new("`cargo llvm-lines`, thousands of lines of LLVM", "", 0);
    let mut release = Cost::new("release build, s", "≤ 0.4 of vbare's", 2);
    for (at, of) in CRATES.iter().enumerate() {
        progress(0, of.folder);
        // All generate in this run, one after the other: the last run may have been on a quicker machine.
        of.touch("build.rs")?;
        // What the crates depend on is built here, too.
        of.cargo(&["check"])?;
        let out_dir = out_dir(&of.cargo(&["build", "--release", "--message-format=json"])?, of)?;
        lines.of_crates[at].push(generated(&out_dir)? as f64 / types as f64);
        let micros = fs::read_to_string(out_dir.join("micros")).map_err(|error| error.to_string())?;
        generation.of_crates[at].push(micros.parse::<f64>().map_err(|error| error.to_string())? / 1e3);
        if has_llvm_lines {
            llvm_lines.of_crates[at].push(of.llvm_lines()? / 1e3);
        }
    }
    for round in 0..rounds {
        for (at, of) in CRATES.iter().enumerate() {
            progress(round, of.folder);
            check.of_crates[at].push(of.rebuild(&["check"])?);
            release.of_crates[at].push(of.rebuild(&["build", "--release"])?);
        }
    }
    let mut out =
        format!("{types} types in three versions. Rounds: {rounds}. Machine: {}.\n\n| |", machine());
    for of in &CRATES {
        write!(out, " {} |", of.title).expect("writing to a string does not fail");
    }
    write!(out, " goal |\n|---|{}---|\n", "---|".repeat(CRATES.len()))
        .expect("writing to a string does not fail");
    for cost in [lines, generation, check, llvm_lines, release] {
        print(&mut out, &cost);
    }
    if !has_llvm_lines {
        out.push_str(
            "\n`cargo llvm-lines` is not installed here; `cargo install cargo-llvm-lines` installs it.\n",
        );
    }
    Ok(out)
}

/// Each cost, and its ratio to that of the base in the same round.
fn print(out: &mut String, cost: &Cost) {
    write!(out, "| {} |", cost.title).expect("writing to a string does not fail");
    for (at, of_rounds) in cost.of_crates.iter().enumerate() {
        let base = &cost.of_crates[BASE];
        let mut ratios: Vec<_> = of_rounds.iter().zip(base).map(|(own, base)| own / base).collect();
        let cell = match of_rounds.is_empty() {
            true => "–".to_owned(),
            false => {
                let digits = cost.digits;
                let value = format!("{:.digits$}", median(&mut of_rounds.clone()));
                match (at == BASE, ratios.len()) {
                    (true, _) => value,
                    (false, 1) => format!("{value}, {:.2}", ratios[0]),
                    (false, _) => format!("{value}, {:.2} ±{:.2}", median(&mut ratios), spread(&ratios)),
                }
            }
        };
        write!(out, " {cell} |").expect("writing to a string does not fail");
    }
    writeln!(out, " {} |", cost.goal).expect("writing to a string does not fail");
}

impl Crate {
    /// Seconds of work of all processes for the crate alone, as if its code had changed.
    fn rebuild(&self, arguments: &[&str]) -> Result<f64, String> {
        self.touch("src/lib.rs")?;
        let before = worked()?;
        self.cargo(arguments)?;
        Ok(worked()? - before)
    }

    /// Has cargo take a file for changed.
    fn touch(&self, file: &str) -> Result<(), String> {
        let file = workspace().join(self.folder).join(file);
        let file = File::options().append(true).open(file).map_err(|error| error.to_string())?;
        file.set_modified(SystemTime::now()).map_err(|error| error.to_string())
    }

    fn llvm_lines(&self) -> Result<f64, String> {
        let output = self.cargo(&["llvm-lines", "--release", "--lib"])?;
        let said = String::from_utf8_lossy(&output.stdout);
        let total = said.lines().find(|line| line.contains("(TOTAL)"));
        let lines = total.and_then(|line| line.split_whitespace().next()?.parse().ok());
        lines.ok_or_else(|| format!("`cargo llvm-lines` names no total for {}", self.folder))
    }

    fn cargo(&self, arguments: &[&str]) -> Result<Output, String> {
        let package = format!("compile-{}", self.folder.replace('_', "-"));
        let output = Command::new("cargo")
            .args(arguments)
            .args(["--package", &package])
            .current_dir(workspace())
            // Where the benches are built is held by the command that runs this.
            .args(["--target-dir", "target"])
            .output()
            .map_err(|error| format!("cannot run cargo: {error}"))?;
        match output.status.success() {
            true => Ok(output),
            false => Err(format!("{package}: {}", String::from_utf8_lossy(&output.stderr))),
        }
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("compile")
}

fn has_llvm_lines() -> bool {
    let output = Command::new("cargo").args(["llvm-lines", "--version"]).output();
    output.is_ok_and(|output| output.status.success())
}

/// How many types the schemas of the family have.
fn types() -> Result<usize, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/runner");
    let family = Family::load(&folder).map_err(|error| error.to_string())?;
    Ok(family.versions().iter().map(|version| version.schema.definitions().len()).sum())
}

/// The folder of generated code, as cargo says it.
fn out_dir(output: &Output, of: &Crate) -> Result<PathBuf, String> {
    let said = String::from_utf8_lossy(&output.stdout);
    let own = format!("/compile/{}", of.folder);
    let is_own = |line: &&str| line.contains("\"build-script-executed\"") && line.contains(&own);
    let line =
        said.lines().find(is_own).ok_or_else(|| format!("cargo ran no build script of {}", of.folder))?;
    let out_dir = line.split_once("\"out_dir\":\"").and_then(|(_, rest)| rest.split_once('"'));
    out_dir.map(|(path, _)| path.into()).ok_or_else(|| "cargo names no folder of a build script".to_owned())
}

/// How many lines of Rust are in a folder.
fn generated(folder: &Path) -> Result<usize, String> {
    let mut lines = 0;
    for entry in fs::read_dir(folder).map_err(|error| error.to_string())? {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            lines += fs::read_to_string(path).map_err(|error| error.to_string())?.lines().count();
        }
    }
    Ok(lines)
}

/// Seconds that processes have worked which this one has started and waited for, and theirs.
fn worked() -> Result<f64, String> {
    let stat = fs::read_to_string("/proc/self/stat").map_err(|error| format!("this needs Linux: {error}"))?;
    // By proc(5), `cutime` and `cstime` are the 16th and the 17th field, in ticks, of which the common machines have a
    // hundred a second. The name of the program, which may have spaces, is the second.
    let fields = stat.rsplit_once(')').map(|(_, fields)| fields.split_whitespace().skip(13).take(2));
    let hundredths = fields.into_iter().flatten().filter_map(|field| field.parse::<u64>().ok()).sum::<u64>();
    Ok(hundredths as f64 / 100.0)
}
