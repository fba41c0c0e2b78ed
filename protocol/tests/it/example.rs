//! The example `frames`, run as a program.

use crate::schemas::{FAMILIES, messages, roots};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

fn frames() -> Command {
    // Cargo puts examples beside the directory of the tests, and builds them for `cargo test`,
    // but not for `cargo test --test it`: that would run the example as it was built last.
    let mut path: PathBuf = std::env::current_exe().expect("a test runs from a file");
    path.pop();
    path.pop();
    path.push("examples");
    path.push(format!("frames{}", std::env::consts::EXE_SUFFIX));
    assert!(path.exists(), "run `cargo build --package barewire-protocol --example frames` first");
    Command::new(path)
}

/// Runs the example with `input` on its standard input; returns what it printed and its exit status.
fn run_with(input: impl AsRef<[u8]>) -> (String, Option<i32>) {
    text_of(give(started(), input))
}

fn started() -> Child {
    let mut program = frames();
    program.arg("-").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program.spawn().expect("the example starts")
}

fn give(mut program: Child, input: impl AsRef<[u8]>) -> Output {
    // Dropped at once, so that the program sees the end of its input.
    let mut stdin = program.stdin.take().expect("it was asked for");
    stdin.write_all(input.as_ref()).expect("the example reads");
    drop(stdin);
    program.wait_with_output().expect("the example ends")
}

fn text_of(Output { status, stdout, stderr }: Output) -> (String, Option<i32>) {
    assert_eq!(String::from_utf8_lossy(&stderr), "");
    (String::from_utf8(stdout).expect("UTF-8"), status.code())
}

/// Checks all that is printed for one line that is refused.
#[track_caller]
fn refuses(line: &str, reason: &str) {
    let expected = format!("line 1: {line}\n    refused: {reason}\n\n1 frame: 0 same, 1 refused\n");
    assert_eq!(run_with(line), (expected, Some(1)));
}

#[test]
fn shows_the_recorded_frames_without_an_argument() {
    let (text, status) = text_of(frames().output().expect("the example runs"));
    let recorded = [crate::rows::RUNNER, crate::rows::ACTOR].map(crate::rows::rows);
    let count = recorded.iter().map(Vec::len).sum::<usize>();
    assert!(text.ends_with(&format!("\n{count} frames: {count} same, 0 refused\n")), "{text}");
    assert_eq!(status, Some(0));
}

#[test]
fn shows_a_file() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/actor.txt");
    let (text, status) = text_of(frames().arg(file).output().expect("the example runs"));
    assert!(text.starts_with("actor v1 PersistedActor, 45 bytes   # P1-a: "), "{text}");
    assert_eq!(status, Some(0));
}

#[test]
fn says_that_a_file_cannot_be_read() {
    let Output { status, stdout, stderr } = frames().arg("no-such-file").output().expect("the example runs");
    let reason = String::from_utf8_lossy(&stderr);
    assert!(reason.starts_with("`no-such-file` cannot be read: "), "{reason}");
    assert!(reason.ends_with("\nusage: frames [FILE|-]\n"), "{reason}");
    assert_eq!((stdout.len(), status.code()), (0, Some(2)));
}

#[test]
fn refuses_a_second_argument() {
    let output = frames().args(["-", "b.txt"]).output().expect("the example runs");
    let expected = "expected one argument, found `b.txt` behind it\nusage: frames [FILE|-]\n";
    assert_eq!(String::from_utf8_lossy(&output.stderr), expected);
    assert_eq!((output.stdout.len(), output.status.code()), (0, Some(2)));
}

#[test]
fn says_that_there_was_nothing_to_read() {
    for input in ["", "\n", "# a comment\r\n  \r\n"] {
        let Output { status, stdout, stderr } = give(started(), input);
        assert_eq!(String::from_utf8_lossy(&stdout), "0 frames: 0 same, 0 refused\n");
        assert_eq!(String::from_utf8_lossy(&stderr), "the input has no frame\n");
        assert_eq!(status.code(), Some(2));
    }
}

#[test]
fn shows_a_message_and_what_is_known_of_it() {
    let (text, status) = run_with("# a comment\n\n v3 ToServer 06 0102030405060708 0100 06 0201  # an ack\n");
    let expected = "\
runner v3 ToServer, 14 bytes   # an ack
    ToServerTunnelMessage(ToServerTunnelMessage {
        message_id: MessageId { gateway_id: [1, 2, 3, 4], request_id: [5, 6, 7, 8], message_index: 1 },
        message_kind: ToServerWebSocketMessageAck(ToServerWebSocketMessageAck { index: 258 }),
    })
    encoded again: the same

1 frame: 1 same, 0 refused
";
    assert_eq!(text, expected);
    assert_eq!(status, Some(0));
}

#[test]
fn shows_a_void_type_which_has_no_octets() {
    let (text, _) = run_with("v3 ToServerStopping");
    assert_eq!(
        text,
        "runner v3 ToServerStopping, 0 bytes\n    ToServerStopping\n    encoded again: the same\n\n\
         1 frame: 1 same, 0 refused\n"
    );
}

#[test]
fn goes_on_after_a_refused_frame() {
    let (text, status) = run_with("v3 ToServer 03\nv3 ToServer 07\nv3 ToClient 01\n");
    assert!(text.ends_with("\n3 frames: 2 same, 1 refused\n"), "{text}");
    assert_eq!(status, Some(1));
}

#[test]
fn goes_on_after_a_line_that_is_not_utf8() {
    let (text, status) = run_with(b"v3 ToServer 03\nv3 ToS\xffrver 03\r\nv3 ToClient 01 # \xff\n");
    let expected = "\
runner v3 ToServer, 1 byte
    ToServerStopping
    encoded again: the same

line 2: v3 ToS\u{fffd}rver 03
    refused: the line is not UTF-8, 6 bytes into it

runner v3 ToClient, 1 byte   # \u{fffd}
    ToClientClose
    encoded again: the same

3 frames: 2 same, 1 refused
";
    assert_eq!(text, expected);
    assert_eq!(status, Some(1));
}

#[test]
fn tells_a_cut_frame_from_a_wrong_one() {
    refuses(
        "v3 ToServer 000a41",
        "length 10 is more than the 1 byte left can hold at byte 1 in ToServer.ToServerInit.name\n    \
         if the frame is cut: at least 9 more bytes would be needed",
    );
    refuses(
        "v3 ToServerPing 00",
        "input ended, 7 more bytes needed at byte 1 in ToServerPing.ts\n    \
         if the frame is cut: at least 7 more bytes would be needed",
    );
    // The most that a slice has with 32 bits, and more than one has with 64.
    refuses(
        "v3 ToServer 00ffffffff07",
        "length 2147483647 is more than the 0 bytes left can hold at byte 1 in ToServer.ToServerInit.name\n    \
         if the frame is cut: at least 2147483647 more bytes would be needed",
    );
    refuses(
        "v3 ToServer 00ffffffffffffffffff01",
        "length 18446744073709551615 is more than the 0 bytes left can hold at byte 1 in ToServer.ToServerInit.name",
    );
    refuses(
        "v3 ToServerWebSocketMessageAck 02",
        "input ended, 1 more byte needed at byte 1 in ToServerWebSocketMessageAck.index\n    \
         if the frame is cut: at least 1 more byte would be needed",
    );
    refuses("v3 ToServer 07", "unknown union tag 7 at byte 0 in ToServer");
}

#[test]
fn says_what_is_wrong_with_a_line() {
    refuses("v4 ToServer 03", "unknown version `v4`, expected one of v1, v2, v3");
    refuses(
        "v1",
        "expected a type after `v1`, such as ToServer, ToClient, ToGateway, ToServerlessServer, PersistedActor",
    );
    refuses("v3 ToServre 03", "v3 has no type `ToServre`, did you mean `ToServer`?");
    refuses("v1 ToRunner 02", "v1 has no type `ToRunner`, but v3 has");
    refuses("v3 ToServer 0x3", "expected hexadecimal digits, found `x`");
    refuses("v3 ToServer 030", "expected two digits for each byte, found 3 digits");
}

#[test]
fn knows_every_type_of_every_version() {
    let types: Vec<_> = FAMILIES.into_iter().flat_map(messages).collect();
    let lines: String = types.iter().map(|(version, name)| format!("{version} {name} xx\n")).collect();
    let (text, _) = run_with(lines);
    // No digit is looked at before the type is known.
    let reasons = text.lines().filter_map(|line| line.strip_prefix("    refused: "));
    let (known, unknown): (Vec<_>, Vec<_>) =
        reasons.partition(|reason| *reason == "expected hexadecimal digits, found `x`");
    assert_eq!(unknown, [""; 0]);
    assert_eq!(known.len(), types.len());
}

#[test]
fn suggests_the_types_that_no_other_refers_to() {
    let roots: Vec<_> = FAMILIES.into_iter().flat_map(roots).collect();
    let versions: BTreeSet<_> = roots.iter().map(|(version, _)| version).collect();
    for version in versions {
        let (text, _) = run_with(format!("{version} Elephant"));
        let (_, suggested) = text.split_once("`Elephant`, expected one such as ").expect("a suggestion");
        let (suggested, _) = suggested.split_once('\n').expect("one line");
        let mut suggested: Vec<_> = suggested.split(", ").collect();

        let of_version = roots.iter().filter(|(of, _)| of == version);
        let mut expected: Vec<_> = of_version.map(|(_, name)| name.as_str()).collect();
        suggested.sort();
        expected.sort();
        assert_eq!(suggested, expected);
    }
}

#[test]
fn ends_quietly_when_nobody_reads_its_output() {
    for (input, expected) in [("v3 ToServer 03", 0), ("v3 ToServer 07", 1)] {
        let mut program = started();
        // It has nothing to say before it gets its input, and nobody to say it to afterwards.
        drop(program.stdout.take());
        let Output { status, stderr, .. } = give(program, input);
        assert_eq!((status.code(), String::from_utf8_lossy(&stderr).as_ref()), (Some(expected), ""));
    }
}
