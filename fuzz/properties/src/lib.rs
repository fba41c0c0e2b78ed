//! What holds for every input, whoever wrote it.
//!
//! Each property is a plain function of octets that panics where the property is broken.
//! The targets of `cargo fuzz` call them, and so do the tests here, which replay what the fuzzer once found, on a stable
//! compiler.

#![forbid(unsafe_code)]

pub mod decode;
pub mod encode;
pub mod frames;
pub mod migrate;
pub mod random;
pub mod schema;
pub mod seeds;
pub mod session;
pub mod stack;
pub mod subject;
pub mod value;

/// A property of octets, which panics where it is broken.
pub type Property = fn(&[u8]);

/// The properties, each under the name of its fuzz target.
pub const TARGETS: [(&str, Property); 7] = [
    ("decode", decode::any),
    ("encode", encode::any),
    ("frames", frames::any),
    ("migrate", migrate::any),
    ("schema", schema::any),
    ("session", session::any),
    ("value", value::any),
];
