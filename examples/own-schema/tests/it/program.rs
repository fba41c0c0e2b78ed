//! The program itself, as somebody calls it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::file;

/// Runs the program in `dir`; returns what it printed, and whether it succeeded.
#[track_caller]
fn run(dir: &Path, args: &[&str]) -> (String, bool) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_own-schema"));
    let output = program.current_dir(dir).args(args).output().expect("the program runs");
    let printed = [output.stdout, output.stderr].concat();
    (String::from_utf8(printed).expect("UTF-8"), output.status.success())
}

#[track_caller]
fn prints(dir: &Path, args: &[&str], expected: &str) {
    assert_eq!(run(dir, args), (expected.to_owned(), true));
}

#[track_caller]
fn refuses(dir: &Path, args: &[&str], expected: &str) {
    assert_eq!(run(dir, args), (expected.to_owned(), false));
}

/// A folder with `home.notes`, which holds `octets`.
fn home(octets: &[u8]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("home.notes"), octets).expect("a file");
    dir
}

/// A folder with `home.notes`, which is the file of `version`.
fn home_of(version: u16) -> tempfile::TempDir {
    home(&fs::read(file(version)).expect("a file"))
}

#[test]
fn shows_files_of_every_version() {
    let shown = [
        "version 1, revision 3\n\
         [ ] \"water the plants\"\n[x] \"pay the rent\"\n<https://baremessages.org>\n",
        "version 2, revision 70000\n\
         [-] \"learn to juggle\"\n<https://baremessages.org>\n",
        "version 3, revision 8\n\
         [-] \"learn to juggle\"\n\"BARE\" <https://baremessages.org>\n1 of 2: [x] \"milk\" [ ] \"bread\"\n",
    ];
    for (version, expected) in (1..).zip(shown) {
        prints(home_of(version).path(), &["home.notes"], expected);
    }
}

#[test]
fn adds_to_an_old_file_and_writes_the_newest_version() {
    let dir = home_of(1);
    prints(dir.path(), &["home.notes", "add", "buy bread"], "wrote version 3, revision 4\n");
    prints(
        dir.path(),
        &["home.notes"],
        "version 3, revision 4\n\
         [ ] \"water the plants\"\n[x] \"pay the rent\"\n<https://baremessages.org>\n[ ] \"buy bread\"\n",
    );
}

#[test]
fn writes_the_version_that_others_still_read() {
    let dir = home_of(1);
    prints(dir.path(), &["home.notes", "add", "buy bread", "--as", "1"], "wrote version 1, revision 4\n");
    let (text, _) = run(dir.path(), &["home.notes"]);
    assert!(text.starts_with("version 1, revision 4\n"), "{text}");
}

#[test]
fn begins_a_notebook() {
    let dir = tempfile::tempdir().unwrap();
    prints(dir.path(), &["new.notes", "add", "begin"], "wrote version 3, revision 1\n");
    prints(dir.path(), &["new.notes"], "version 3, revision 1\n[ ] \"begin\"\n");
}

#[test]
fn loses_something_only_when_told_to() {
    let dir = home_of(2);
    // The generated step refuses the revision first; a lower one is within what version 1 counts.
    let mut octets = fs::read(file(2)).unwrap();
    octets[2..6].copy_from_slice(&6_u32.to_le_bytes());
    fs::write(dir.path().join("home.notes"), octets).unwrap();
    let add = ["home.notes", "add", "rest", "--as", "1"];
    refuses(
        dir.path(),
        &add,
        "`home.notes`: version 1 knows only open and done in Notebook.entries[0].Note.state\n\
         note: the file is as it was: without `--as` all is kept, with `--lossy` titles and states may be lost\n",
    );
    let add = [&add[..], &["--lossy"]].concat();
    prints(
        dir.path(),
        &add,
        "wrote version 1, revision 7\nlost: altered in Notebook.entries[0].Note.state\n",
    );
}

#[test]
fn says_how_to_begin_where_there_is_no_file() {
    let dir = tempfile::tempdir().unwrap();
    refuses(
        dir.path(),
        &["no.notes"],
        "`no.notes` does not exist\nnote: `own-schema no.notes add TEXT` begins a notebook\n",
    );
}

#[test]
fn tells_a_cut_file_from_a_newer_one_and_from_no_notebook() {
    let check = |octets: &[u8], expected| refuses(home(octets).path(), &["home.notes"], expected);
    check(
        &[1, 0, 3],
        "`home.notes`: input ended, 1 more byte needed at byte 3 in Notebook.revision\n\
         note: the file is cut: a copy of it may be whole\n",
    );
    check(
        &[9, 0, 0, 0],
        "`home.notes`: version 9 is not supported: expected versions 1 to 3\n\
         note: a newer program wrote the file, or it is no notebook\n",
    );
    check(
        &[0, 0],
        "`home.notes`: version 0 is not supported: expected versions 1 to 3\nnote: the file is no notebook\n",
    );
    check(
        &[1, 0, 3, 0, 1, 7, 0],
        "`home.notes`: unknown union tag 7 at byte 5 in Notebook.entries[0]\n\
         note: the file was damaged, or it is no notebook\n",
    );
}

#[test]
fn says_what_is_wrong_with_the_arguments() {
    let usage = "usage: own-schema FILE [add TEXT [--as VERSION] [--lossy]]";
    let dir = tempfile::tempdir().unwrap();
    let check = |args: &[&str], expected: &str| refuses(dir.path(), args, &format!("{expected}{usage}\n"));
    check(&[], "");
    check(&["a", "remove"], "expected `add`, found `remove`\n");
    check(&["a", "add"], "expected a text after `add`\n");
    check(&["a", "add", "b", "--as", "x"], "expected a version such as 1 after `--as`, found `x`\n");
    check(&["a", "add", "b", "--fast"], "expected `--as` or `--lossy`, found `--fast`\n");
    refuses(
        dir.path(),
        &["a", "add", "b", "--as", "9"],
        "version 9 is not supported: expected versions 1 to 3\n",
    );
}
