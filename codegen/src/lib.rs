#![doc = include_str!("../README.md")]
//!
//! # Where it stands
//!
//! In the pipeline it stands between `barewire-syntax`, whose checked schemas it takes, and the runtime `barewire`,
//! which the code it writes calls. It knows no protocol.
//! Inside, `plan` decides and `emit` prints.
//!
//! `barewire_syntax::frozen` describes `frozen.txt`.
//!
//! # Limits
//!
//! A fixed size above 2^31 octets (B101) and nesting above 100, named types counted (B102), are refused.
//!
//! Lists and maps take rustc several steps each when it proves that a type is `Send`, as rustdoc and `spawn` ask it to:
//! a crate with more than about 25 of them inside each other has to raise its `recursion_limit`, and rustc says so.

#![forbid(unsafe_code)]

mod config;
mod emit;
mod error;
mod limits;
mod output;
#[doc(hidden)]
pub mod plan;
pub mod scaffold;
pub mod stats;

use std::path::Path;

pub use config::{Config, DataAs, Generated, StrAs};
// With the plan, for crates of this repository that write code around what is generated.
#[doc(hidden)]
pub use emit::ty::{layout, ty_of};
pub use error::Error;
pub use limits::CODES;

/// Generates the family of versions in the folder `dir` (`v1.bare`, `v2.bare`, …) into `$OUT_DIR/<name>.rs`,
/// where the name is that of the folder.
///
/// # Errors
///
/// [`Error`], whose `Debug` is the report that a build shows when `main` returns it.
pub fn compile(dir: impl AsRef<Path>) -> Result<(), Error> {
    Config::new().compile(dir)
}

/// Generates one schema without versions into `$OUT_DIR/<name>.rs`, where the name is that of the file.
///
/// # Errors
///
/// As [`compile`].
pub fn compile_file(path: impl AsRef<Path>) -> Result<(), Error> {
    Config::new().compile_file(path)
}
