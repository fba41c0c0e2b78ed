//! What rustc says to a program that leaves an answer out: `tests/ui/*.rs` beside `*.stderr`.
//!
//! The family is that of the golden case `asked`. `BLESS=1 cargo test` rewrites the expectations.

use std::env;
use std::process::Command;

/// The compiler whose words the expectations are: others break lines and choose help differently, and a test that
/// fails on each of them says nothing of this code.
const RUSTC: &str = "rustc 1.95.";

#[test]
fn compile_errors_name_what_is_missing() {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = String::from_utf8(Command::new(rustc).arg("--version").output().unwrap().stdout).unwrap();
    if !version.starts_with(RUSTC) {
        assert!(
            env::var_os("CI").is_none(),
            "{} needs new expectations: see CONTRIBUTING.md",
            version.trim()
        );
        println!("not compared: the expectations are those of {RUSTC}, this is {}", version.trim());
        return;
    }
    if env::var_os("BLESS").is_some() && env::var_os("TRYBUILD").is_none() {
        // `trybuild` reads its own variable, and one process cannot set a variable safely for all its threads.
        let this = ["--exact", "ui::compile_errors_name_what_is_missing"];
        let mut blessing = Command::new(env::current_exe().unwrap());
        assert!(blessing.args(this).env("TRYBUILD", "overwrite").status().unwrap().success());
        return;
    }
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
