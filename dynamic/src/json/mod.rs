//! The JSON form of values, both ways: that of part D of the specification, which the documentation of the crate repeats.

mod alternatives;
mod error;
mod hex;
mod parts;
mod read;
mod target;
mod union;
mod write;

pub use error::{JsonError, JsonErrorKind};
pub(crate) use read::read;
pub(crate) use write::{Written, leaf};

/// Beyond this size an integer is written as a string.
const SAFE_INTEGER: u64 = (1 << 53) - 1;
const INFINITY: &str = "Infinity";
const NEG_INFINITY: &str = "-Infinity";
