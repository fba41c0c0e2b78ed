//! What holds for every input, whoever wrote it.
//!
//! Each property is a plain function of octets that panics where the property is broken.
//! The targets of `cargo fuzz` call them, and so do the tests here, which replay what the fuzzer once found, on a stable
//! compiler.

#![forbid(unsafe_code)]

pub mod decode;
pub mod migrate;
pub mod random;
pub mod subject;
