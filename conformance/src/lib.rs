//! The vectors of the BARE format, and the runner that takes each of them through schema front end, generator and
//! compiled code.
//!
//! In barewire's pipeline it stands behind everything: it calls the others as their users do, and is published to nobody.
//!
//! ```text
//! cargo run -p barewire-conformance            the rows of this crate: vectors/ and more/
//! cargo run -p barewire-conformance -- DIR…    the rows of other directories, instead
//! ```
//!
//! The last line counts the rows; the status is 0 if all of them hold, 1 if a row fails, 2 if there was no run.
//!
//! # Adding a row
//!
//! Add a line to the file of its form. `why` and `note` are for readers; all other keys that are not listed are ignored.
//!
//! | File | A line | What has to hold |
//! |---|---|---|
//! | `vectors.jsonl` | `schema`, `type`, `value`, `hex` | the octets decode to the value and encode from it, owned and as a view; no prefix and nothing longer is a message |
//! | `bad-bytes.jsonl` | `schema`, `type`, `hex`, `rule` | owned values and views refuse the octets with the same error, by this rule (`D1` … `D11`) |
//! | `good-schemas.jsonl` | `schema` | the schema is accepted, and its code compiles without a warning |
//! | `bad-schemas.jsonl` | `schema`, `line` | the schema is refused, with an error on this line if the row names one |
//!
//! Values are written as follows: integers as numbers, from 2^53 on as decimal strings; `f32` and `f64` as numbers,
//! `"Infinity"`, `"-Infinity"` or `{"bits": hex}`, most significant octet first; `data` as a string of hexadecimal
//! digits; void and an unset optional as `null`, a set one as `{"some": v}`; a map as an array of pairs in the order of
//! the wire; an enum as its name; a union as `{"tag": n, "value": v}`; a struct as an object.
//!
//! `vectors/` holds the rows of the format's reference, `more/` what was added to them.
//!
//! # How it works
//!
//! [`run`] reads the rows, turns each schema into Rust by the generator that users call, and each value into a Rust
//! expression. Out of both it writes one package below cargo's target directory, whose program judges the rows with the
//! functions in [`judge`] and prints a verdict for each. No value is interpreted on the way.
//! A line that cannot be understood, and a schema whose code does not compile, are failures of their rows.

#![forbid(unsafe_code)]

mod cases;
mod error;
mod front;
mod hex;
pub mod judge;
pub mod pace;
pub mod parts;
mod root;
mod row;
mod run;
mod value;
mod workshop;

pub use error::Error;
pub use row::Place;
pub use run::{Failure, Outcome, run};
pub use workshop::Workshop;

/// The README's examples, held to their word by `cargo test`.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The page about types, held to its word by `cargo test`.
#[cfg(doctest)]
#[doc = include_str!("../../docs/types.md")]
pub struct Types;

/// The page about limits, held to its word by `cargo test`.
#[cfg(doctest)]
#[doc = include_str!("../../docs/limits.md")]
pub struct Limits;
