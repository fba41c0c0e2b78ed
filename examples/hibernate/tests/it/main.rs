//! The program as somebody calls it: processes, sockets and files that are real.

use std::process::{Command, Output, Stdio};

/// Starts a run for each list of arguments, all at once, and returns what each printed.
fn run_all(all: &[Vec<String>]) -> Vec<Output> {
    let start = |arguments: &Vec<String>| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_hibernate"));
        program.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        program.spawn().expect("the program starts")
    };
    let children: Vec<_> = all.iter().map(start).collect();
    children.into_iter().map(|child| child.wait_with_output().expect("the program ends")).collect()
}

fn run(arguments: &[&str]) -> Output {
    run_all(&[arguments.iter().map(|&argument| argument.to_owned()).collect()]).remove(0)
}

/// What a run printed that has succeeded.
#[track_caller]
fn printed(output: &Output) -> String {
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    printed
}

/// A line of the timeline without what differs between two runs: the time, the numbers, and whether one goes to another.
fn shape(line: &str) -> String {
    let words = line.split_whitespace().filter(|word| *word != "to" && word.parse::<f64>().is_err());
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn each_harm_happens_and_the_readme_shows_it() {
    let printed = printed(&run(&[]));
    let shapes: Vec<String> = printed.lines().map(shape).collect();
    let readme = include_str!("../../../../README.md");
    let (_, shown) = readme.split_once("cargo run -p hibernate\n```\n\n```text\n").expect("the main command");
    let (shown, _) = shown.split_once("```").expect("the end of what it prints");
    for line in shown.lines() {
        // Where the crash falls is up to the machine.
        let may_differ = line.contains("handled twice");
        assert!(line == "…" || may_differ || shapes.contains(&shape(line)), "`{line}` is not in\n{printed}");
    }
}

#[test]
fn no_message_is_lost_whatever_happens_when() {
    let seeds: Vec<Vec<String>> = (0..6).map(|seed| vec!["--seed".into(), seed.to_string()]).collect();
    for (output, seed) in run_all(&seeds).iter().zip(&seeds) {
        let printed = printed(output);
        let judged = printed.lines().any(|line| line.ends_with("messages were handled, in order."));
        assert!(judged, "{seed:?}: {printed}");
    }
}

#[test]
fn what_cannot_hibernate_is_refused_with_a_reason() {
    let old = "no socket can hibernate in version 2, which does not tell a runner which sockets wait for it";
    let oldest = "no socket can hibernate in version 1, which has no acknowledgements";
    for (gateway, runner, why) in [("v3", "v2", old), ("v2", "v3", old), ("v3", "v1", oldest)] {
        let printed = printed(&run(&["--gateway", gateway, "--runner", runner]));
        assert!(printed.contains(&format!("runner   refuses the socket: {why}\n")), "{printed}");
        assert!(printed.contains("client   is closed: 1011 ws.hibernation_unsupported\n"), "{printed}");
    }
}

#[test]
fn says_which_versions_there_are() {
    let output = run(&["--runner", "v4"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && said.contains("expected a version from 1 to 3, found 4"), "{said}");
}
