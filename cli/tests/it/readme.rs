//! What the READMEs show is what the command writes: each `console` block is run, in one directory for a file.
//!
//! `BLESS=1` rewrites what the commands write.

use std::fs;
use std::path::Path;

use crate::transcripts::{copy, run};

#[test]
fn the_readme_of_the_command_is_true() {
    check("README.md");
}

#[test]
fn the_readme_of_the_project_is_true() {
    check("../README.md");
}

/// Runs the commands of a README where its schemas are.
#[track_caller]
fn check(file: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let expected = fs::read_to_string(&path).expect("a readable file");
    let dir = tempfile::tempdir().expect("a directory");
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    copy(&repository.join("schema"), &dir.path().join("schema"));
    copy(&repository.join("examples/own-schema/schema/notes"), &dir.path().join("notes"));
    let mut found = String::new();
    let mut blocks = 0;
    let mut lines = expected.lines().peekable();
    while let Some(line) = lines.next() {
        found.push_str(&format!("{line}\n"));
        if line != "```console" {
            continue;
        }
        blocks += 1;
        while let Some(line) = lines.next_if(|line| *line != "```") {
            let Some(command) = line.strip_prefix("$ ") else { continue };
            let output = run(dir.path(), command);
            // The exit code is for tests.
            let (output, _) = output.rsplit_once('[').expect("an exit code");
            found.push_str(&format!("{line}\n{output}"));
            if lines.peek().is_some_and(|line| *line != "```")
                && lines.clone().take_while(|line| *line != "```").any(|line| line.starts_with("$ "))
            {
                found.push('\n');
            }
        }
    }
    assert!(blocks > 0, "{file} shows no command");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &found).expect("a writable file");
    } else {
        assert!(found == expected, "`{file}` shows what the command does not write; BLESS=1 rewrites it");
    }
}
