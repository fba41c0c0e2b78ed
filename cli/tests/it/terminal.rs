//! What only a terminal gets: colors and progress.

use std::fs::OpenOptions;
use std::io::Read as _;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

/// Two frames: one message that is whole, and one that is not.
const STREAM: &[u8] = &[9, 0, 0, 0, 4, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4];

fn inspect(dir: &Path) -> Command {
    std::fs::write(dir.join("stream.bin"), STREAM).expect("a writable file");
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/runner");
    let mut command = Command::new(env!("CARGO_BIN_EXE_barewire"));
    command
        .arg("inspect")
        .arg(schema)
        .args(["--type", "ToServer", "--frames", "stream.bin"])
        .current_dir(dir);
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"] {
        command.env_remove(variable);
    }
    command.env("TERM", "xterm-256color");
    command
}

/// Everything that a command writes to a terminal.
fn on_a_terminal(mut command: Command) -> String {
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&controller).expect("it is ours");
    unlockpt(&controller).expect("it is ours");
    let name = ptsname(&controller, Vec::new()).expect("it has a name");
    let user = OpenOptions::new()
        .read(true)
        .write(true)
        .open(name.to_str().expect("a path"))
        .expect("its other end");
    let user = OwnedFd::from(user);
    let end = || Stdio::from(user.try_clone().expect("a file"));
    let mut child = command.stdin(end()).stdout(end()).stderr(end()).spawn().expect("the command runs");
    // The ends that the command does not hold have to be closed, or reading would not end.
    drop(command);
    drop(user);
    let mut written = Vec::new();
    // On Linux a terminal that nobody writes to any more is an error.
    let _ = std::fs::File::from(controller).read_to_end(&mut written);
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
    String::from_utf8(written).expect("text")
}

#[test]
fn a_terminal_gets_colors_and_progress() {
    let dir = tempfile::tempdir().expect("a directory");
    let text = on_a_terminal(inspect(dir.path()));
    assert!(text.contains("\r\x1b[K0 frames"), "no progress in {text:?}");
    assert!(text.contains("%"), "no part in {text:?}");
    assert!(text.contains("\x1b[1m\x1b[91merror") || text.contains("\x1b[91merror"), "no colors in {text:?}");
    // What is left on the screen is the same as in a pipe: the line of progress is taken back.
    let mut plain = String::new();
    let mut rest = text.as_str();
    while let Some((before, behind)) = rest.split_once('\x1b') {
        plain.push_str(before);
        let end = behind.find(|c: char| c.is_ascii_alphabetic()).expect("an escape ends in a letter");
        rest = &behind[end + 1..];
        if behind[..=end].ends_with('K') {
            plain.truncate(plain.rfind('\n').map_or(0, |feed| feed + 1));
        }
    }
    plain.push_str(rest);
    let piped = inspect(dir.path()).output().expect("the command runs");
    assert_eq!(plain.replace("\r\n", "\n"), String::from_utf8(piped.stdout).expect("text"));
}

#[test]
fn a_pipe_gets_neither() {
    let dir = tempfile::tempdir().expect("a directory");
    let piped = inspect(dir.path()).output().expect("the command runs");
    assert!(piped.stderr.is_empty());
    assert!(!piped.stdout.contains(&0x1b) && !piped.stdout.contains(&b'\r'));
}

#[test]
fn who_wants_no_colors_gets_none() {
    let dir = tempfile::tempdir().expect("a directory");
    let mut command = inspect(dir.path());
    command.env("NO_COLOR", "1");
    assert!(!on_a_terminal(command).contains("\x1b[9"));
    let mut command = inspect(dir.path());
    command.args(["--color", "always"]);
    assert!(command.output().expect("the command runs").stdout.contains(&0x1b));
}
