//! Reading schemas and generating code, which every build of a user waits for: the three versions of the runner protocol.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use barewire_codegen::Config;
use barewire_syntax::family::Family;

use crate::operation::{Operation, Timed, consume};
use crate::peers::{BASE, OURS};

/// The generators.
pub const WAYS: [&str; 2] = [OURS, BASE];

/// The family.
pub const CASES: [&str; 1] = ["runner"];

/// The operations.
pub const OPERATIONS: [Operation; 2] = [Operation::Parse, Operation::Generate];

/// What each generator does with the family.
pub fn timed(_: &str) -> Vec<(&'static str, Timed)> {
    let family = || Family::load(black_box(&folder())).expect("its rules hold");
    let config = Config::new().renamed("TunnelAck", "DeprecatedTunnelAck");
    vec![
        (OURS, Timed::new(Operation::Parse, move || consume(family()))),
        (OURS, Timed::new(Operation::Generate, move || consume(config.generate(&family())))),
        (BASE, Timed::new(Operation::Parse, || of_versions(|path| vbare_gen::parse_schema(&text(path))))),
        (BASE, Timed::new(Operation::Generate, || of_versions(by_vbare))),
    ]
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/runner")
}

fn of_versions<T>(once: impl Fn(&Path) -> T) {
    for version in ["v1.bare", "v2.bare", "v3.bare"] {
        consume(once(black_box(&folder().join(version))));
    }
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).expect("it is in the repository")
}

/// As `vbare-compiler` does it, which writes the text to a file.
fn by_vbare(path: &Path) -> String {
    let tokens = vbare_gen::bare_schema(path, vbare_gen::Config::default()).expect("a legal schema");
    prettyplease::unparse(&syn::parse2(tokens).expect("it generates Rust"))
}
