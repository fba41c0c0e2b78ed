//! Each file in `tests/transcripts` is what a user types and sees.
//!
//! ```text
//! What it shows, in a sentence or two.
//!
//! == schema/v1.bare
//! The text of a file, up to the next line that begins like this one or the next command.
//! == frame.bin hex
//! 01 02 03
//! == runner from schema/runner
//!
//! $ barewire check schema
//! What the command wrote to standard output,
//! ! behind a sign what it wrote to standard error,
//! [0] and its exit code.
//! ```
//!
//! Commands are run by `sh` in a directory that holds these files and nothing else.
//! `BLESS=1` rewrites what they write; read the diff before committing it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

#[test]
fn commands_write_what_is_written_here() {
    let mut paths = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts")];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(dir).expect("a directory") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { open.push(path) } else { paths.push(path) }
        }
    }
    paths.sort();
    assert!(!paths.is_empty());
    let mut differing = Vec::new();
    for path in paths {
        let expected = fs::read_to_string(&path).expect("a readable file");
        let found = replayed(&expected);
        if found != expected {
            differing.push(format!("{}\n--- expected\n{expected}\n--- found\n{found}", path.display()));
            if std::env::var_os("BLESS").is_some() {
                fs::write(&path, &found).expect("a writable file");
            }
        }
    }
    if std::env::var_os("BLESS").is_none() {
        assert!(differing.is_empty(), "BLESS=1 rewrites these:\n{}", differing.join("\n"));
    }
}

/// The transcript with what its commands write today.
fn replayed(transcript: &str) -> String {
    let dir = tempfile::tempdir().expect("a directory");
    let mut out = String::new();
    let mut lines = transcript.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if let Some(head) = line.strip_prefix("== ") {
            let mut content = String::new();
            while let Some(line) = lines.next_if(|line| !is_head(line)) {
                writeln!(out, "{line}").expect("a string");
                writeln!(content, "{line}").expect("a string");
            }
            place(dir.path(), head, &content);
        } else if let Some(command) = line.strip_prefix("$ ") {
            while lines.next_if(|line| !is_head(line)).is_some() {}
            out.push_str(&run(dir.path(), command));
            if lines.peek().is_some() {
                out.push('\n');
            }
        }
    }
    out
}

fn is_head(line: &str) -> bool {
    line.starts_with("== ") || line.starts_with("$ ")
}

/// Puts a file or directory where a command finds it.
fn place(dir: &Path, head: &str, content: &str) {
    let words: Vec<&str> = head.split(' ').collect();
    // A blank line stands between a file and what follows it.
    let content = content.strip_suffix("\n\n").map_or(content.to_owned(), |content| format!("{content}\n"));
    let path = dir.join(words[0]);
    fs::create_dir_all(path.parent().expect("below the directory")).expect("a writable directory");
    match words[1..] {
        [] => fs::write(path, content).expect("a writable file"),
        ["hex"] => {
            let digits: String = content.split_whitespace().collect();
            let octets = (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16));
            fs::write(path, octets.collect::<Result<Vec<u8>, _>>().expect("hex")).expect("a writable file");
        }
        ["from", from] => copy(&Path::new(REPOSITORY).join(from), &path),
        _ => panic!("`== {head}` is no file"),
    }
}

pub(crate) fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a writable directory");
        for entry in fs::read_dir(from).expect("a directory") {
            let entry = entry.expect("an entry");
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::copy(from, to).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    }
}

/// What a command writes, and its exit code.
pub(crate) fn run(dir: &Path, command: &str) -> String {
    let bin = PathBuf::from(env!("CARGO_BIN_EXE_barewire"));
    let path = format!(
        "{}:{}",
        bin.parent().expect("a directory").display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let output = Command::new("sh")
        .args(["-c", command])
        .current_dir(dir)
        .env("PATH", path)
        .env("LC_ALL", "C")
        // Whoever commits in a transcript is the same everywhere.
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_NAME"), "somebody")))
        .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_EMAIL"), "somebody@example.org")))
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::null())
        .output()
        .expect("a shell");
    let mut out = lines("", &output.stdout);
    out.push_str(&lines("! ", &output.stderr));
    writeln!(out, "[{}]", output.status.code().expect("an exit code")).expect("a string");
    out
}

fn lines(sign: &str, octets: &[u8]) -> String {
    let text = String::from_utf8_lossy(octets);
    let mut out: String =
        text.lines().map(|line| format!("{}\n", format!("{sign}{line}").trim_end())).collect();
    if !text.is_empty() && !text.ends_with('\n') {
        out.push_str("(no line feed at the end)\n");
    }
    out
}
