#![doc = include_str!("../README.md")]
//!
//! # Where what is
//!
//! In the pipeline it stands beside `barewire-codegen`: it takes the same checked schemas from `barewire-syntax` and reads
//! primitives through the same [`Reader`](barewire::Reader) of `barewire`, but interprets the schema instead of printing
//! code for it.
//!
//! | Part | Where |
//! |---|---|
//! | a type of a schema, with everything that can be done with it | [`MessageType`] |
//! | a value of any type | [`Value`] |
//! | what is wrong with bytes, values and JSON | [`DecodeError`], [`EncodeError`], [`JsonError`] |
//! | where in the bytes each value stands | [`Annotated`] |
//! | a value of one version as one of the next, where the schemas leave nothing open | [`Migration`] |
//!
//! # JSON
//!
//! | BARE | JSON |
//! |---|---|
//! | integers | a number; beyond ±(2^53 - 1), which not every reader of JSON keeps, a string of decimal digits |
//! | `f32`, `f64` | a number; `"Infinity"`, `"-Infinity"`; NaN and -0.0 as `{"bits": "7fc00000"}`, most significant digit first |
//! | `bool`, `str` | the same |
//! | `data`, `data[n]` | a string of hexadecimal digits |
//! | `void` | `null` |
//! | `enum` | the name of the value |
//! | `optional<T>` | `null` or `{"some": v}` |
//! | `list<T>`, `list<T>[n]` | an array |
//! | `map<K><V>` | an array of pairs `[k, v]` in the order of the wire |
//! | `union` | `{"tag": n, "value": v}` |
//! | `struct` | an object of all fields, in the order of the schema |
//!
//! Reading is as strict as decoding, and more lenient than writing in this:
//! a union is also `{"MemberName": v}`, keys come in any order, integers of any size are numbers or strings,
//! any float may be written by its bits, and digits of octets in upper case.
//!
//! An integer is written in digits only (neither `1.0` nor `1e2`, and no `-0`).
//! Any other number is rounded to the nearest float: one beyond all floats is refused, one too small for them is a zero.
//! A float of more than 2,048 characters, which none needs, is refused.
//!
//! # Limits
//!
//! Types that nest deeper than [`MAX_DEPTH`] are refused, so that recursion over values is bounded.
//! Heap is bounded by [`Limits`](barewire::Limits), as in generated code; a value takes 24 octets, also where generated
//! code needs one for it, so that valid messages above 1 MiB that hold many small values may need a larger budget here.
//! For JSON the same bound holds, by the length of the text, with what the parser needs;
//! so lists of many small values reach it earlier than their octets do.
//! The deepest type needs 256 KiB of stack where nothing is optimised, and 1 MiB for JSON; a thread has 2 MiB.

#![forbid(unsafe_code)]

mod annotate;
mod decode;
mod encode;
mod error;
mod growth;
mod json;
mod locate;
mod message_type;
mod migrate;
mod names;
mod path;
mod shape;
mod unique;
mod value;
mod walk;

pub use annotate::{Annotated, Annotation, Content};
pub use error::{DecodeError, EncodeError, EncodeErrorKind, TypeError};
pub use json::{JsonError, JsonErrorKind};
pub use message_type::MessageType;
pub use migrate::{CarryError, Migration, MigrationError, Question};
pub use path::PathSegment;
pub use value::Value;
pub use walk::{Head, Leaf};

/// The deepest nesting of a type, named types counted: that of the generator.
pub const MAX_DEPTH: u32 = 100;
