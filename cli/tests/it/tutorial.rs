//! The tutorial is what happens: its files are written, its commands are run, and what they print is what it shows.
//!
//! A block of `toml`, `bare` or `rust` names its file in its first line. A block of `console` has commands and what they
//! print, where `…` stands for any number of lines.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

use tempfile::TempDir;

const TUTORIAL: &str = include_str!("../../../docs/tutorial.md");

/// The repository, which the page has beside its empty directory.
const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const IN_THE_PAGE: &str = "../../barewire";

/// The compiler whose words the page shows: others break lines and choose help differently.
const RUSTC: &str = "rustc 1.95.";

/// The crate of the page.
const CRATE: &str = "weather";

#[test]
fn the_tutorial_is_true() {
    let began = Instant::now();
    let mut reader = Reader::new();
    for (language, block) in blocks(TUTORIAL) {
        match language {
            "console" => reader.run(block),
            "bare" | "rust" | "toml" => reader.write(block),
            _ => panic!("a block of `{language}` is neither a file nor commands"),
        }
    }
    println!("{} commands and {} files in {:.1?}", reader.commands, reader.files, began.elapsed());
    assert!(reader.commands >= 5 && reader.files >= 7, "{reader:?}");
    // All else in the target directory serves the next run; this crate has another path then.
    reader.shell(&format!("cargo clean -q -p {CRATE}"));
}

#[test]
fn a_page_that_shows_something_else_is_noticed() {
    assert_eq!(missing("a\nb\nc", "a\nb\nc"), None);
    assert_eq!(missing("…\nb\n…", "a\nb\nc"), None);
    assert_eq!(missing("…", ""), None);
    assert_eq!(missing("…\nc", "c\na\nb\nc"), None);
    assert_eq!(missing("", "a"), Some(""));
    assert_eq!(missing("a", ""), Some("a"));
    assert_eq!(missing("a\nc", "a\nb\nc"), Some("a\nc"));
    assert_eq!(missing("…\nb\na\n…", "a\nb\nc"), Some("b\na"));
    assert_eq!(missing("a\n…\na", "a"), Some("a"));
    assert_eq!(missing("a\n…", "b\na"), Some("a"));
    assert_eq!(missing("…\na", "a\nb"), Some("a"));
}

/// The blocks of a page, with their languages.
fn blocks(page: &str) -> impl Iterator<Item = (&str, &str)> {
    page.split("\n```").skip(1).step_by(2).map(|block| block.split_once('\n').expect("a block has lines"))
}

/// The first passage of `shown` between two `…` that is not, in its place, in what was `printed`.
fn missing<'a>(shown: &'a str, printed: &str) -> Option<&'a str> {
    let mut rest: Vec<&str> = printed.lines().collect();
    let passages: Vec<&str> = shown.split('…').map(|passage| passage.trim_matches('\n')).collect();
    let (first, last) = (0, passages.len() - 1);
    for (at, passage) in passages.iter().enumerate() {
        let lines: Vec<&str> = passage.lines().collect();
        let begins = |from: usize| rest[from..].starts_with(&lines);
        let mut places = 0..=rest.len();
        let found = match (at == first, at == last) {
            (true, true) => (rest == lines).then_some(0),
            (true, false) => begins(0).then_some(0),
            (false, true) => rest.len().checked_sub(lines.len()).filter(|from| begins(*from)),
            (false, false) => places.find(|from| begins(*from)),
        };
        let Some(from) = found else { return Some(passage) };
        rest.drain(..from + lines.len());
    }
    None
}

/// What is shown without the lines that are indented, or begin with the number of a line of code: their layout is the
/// compiler's.
fn without_layout(shown: &str) -> String {
    let is_laid_out = |line: &str| line.starts_with(|first: char| first == ' ' || first.is_ascii_digit());
    shown.lines().map(|line| if is_laid_out(line) { "…\n".to_owned() } else { format!("{line}\n") }).collect()
}

/// Somebody who does what the page says.
#[derive(Debug)]
struct Reader {
    /// The directory that is empty at first.
    dir: TempDir,
    commands: usize,
    files: usize,
    /// Whether the compiler is the one whose words the page shows.
    is_same_compiler: bool,
}

impl Reader {
    fn new() -> Self {
        // Outside the repository: within it, `cargo new` would add the crate to the workspace.
        let dir = tempfile::tempdir().expect("a directory");
        let mut reader = Self { dir, commands: 0, files: 0, is_same_compiler: true };
        let version = String::from_utf8(reader.shell("rustc --version").stdout).expect("text");
        reader.is_same_compiler = version.starts_with(RUSTC);
        assert!(
            reader.is_same_compiler || env::var_os("CI").is_none(),
            "{} needs the page to be changed",
            version.trim()
        );
        reader
    }

    /// Where the reader is: in the crate as soon as there is one.
    fn place(&self) -> PathBuf {
        let place = self.dir.path().join(CRATE);
        if place.exists() { place } else { self.dir.path().to_owned() }
    }

    /// Writes the file that the first line of the block names.
    fn write(&mut self, block: &str) {
        self.files += 1;
        let first = block.lines().next().expect("a line");
        let name =
            first.strip_prefix("# ").or_else(|| first.strip_prefix("// ")).expect("the name of a file");
        let path = self.place().join(name);
        fs::create_dir_all(path.parent().expect("in the crate")).expect("a writable directory");
        fs::write(&path, block.replace(IN_THE_PAGE, REPOSITORY)).expect("a writable file");
        if name == "Cargo.toml" {
            // The versions that are there, since nothing is fetched.
            fs::copy(Path::new(REPOSITORY).join("Cargo.lock"), path.with_extension("lock")).expect("a file");
        }
    }

    /// Runs the commands of the block, each of which prints what stands below it.
    fn run(&mut self, block: &str) {
        for command in block.split("$ ").skip(1) {
            self.commands += 1;
            let (command, shown) = command.split_once('\n').expect("a line for the command");
            let output = self.shell(&format!("{command} 2>&1"));
            let printed = String::from_utf8(output.stdout).expect("text");
            let shown = if self.is_same_compiler { shown.to_owned() } else { without_layout(shown) };
            if let Some(passage) = missing(shown.trim_end(), &printed) {
                panic!("`{command}` does not print this:\n{passage}\n\nbut\n{printed}");
            }
        }
    }

    fn shell(&self, command: &str) -> Output {
        let mut path = vec![Path::new(env!("CARGO")), Path::new(env!("CARGO_BIN_EXE_barewire"))]
            .into_iter()
            .map(|program| program.parent().expect("a directory").to_owned())
            .collect::<Vec<_>>();
        path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        Command::new("sh")
            .args(["-c", command])
            .current_dir(self.place())
            .env("PATH", env::join_paths(path).expect("directories of one variable"))
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("tutorial"))
            .env("CARGO_TERM_COLOR", "never")
            .env("CARGO_TERM_PROGRESS_WHEN", "never")
            // What the tests are compiled with is not what users compile with.
            .env_remove("RUSTFLAGS")
            .output()
            .expect("a shell")
    }
}
