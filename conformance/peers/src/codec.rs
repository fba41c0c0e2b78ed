//! Encoding and decoding by each library. A peer that panics has refused, and says so.

use std::panic::{self, AssertUnwindSafe};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Why there is no value where a library panicked.
pub const PANICKED: &str = "panicked";

/// A library that encodes and decodes values of `T`.
pub trait Codec<T> {
    /// What reports call it.
    const NAME: &str;

    /// The value that is all of `octets`, or why there is none.
    ///
    /// # Errors
    ///
    /// What the library says, or [`PANICKED`].
    fn decode(octets: &[u8]) -> Result<T, String>;

    /// The octets of `value`.
    fn encode(value: &T) -> Vec<u8>;
}

/// `serde_bare`, with types by `rivet-vbare-gen`.
#[derive(Debug)]
pub struct SerdeBare;

impl<T: DeserializeOwned + Serialize> Codec<T> for SerdeBare {
    const NAME: &str = "serde_bare";

    fn decode(octets: &[u8]) -> Result<T, String> {
        caught(|| serde_bare::from_slice(octets).map_err(|error| error.to_string()))
    }

    fn encode(value: &T) -> Vec<u8> {
        serde_bare::to_vec(value).expect("memory takes every value")
    }
}

/// `vbare`, with types by `vbare-gen`.
#[derive(Debug)]
pub struct Vbare;

impl<T: vbare::Body> Codec<T> for Vbare {
    const NAME: &str = "vbare";

    fn decode(octets: &[u8]) -> Result<T, String> {
        caught(|| T::from_body(octets.to_vec().into()).map_err(|error| error.to_string()))
    }

    fn encode(value: &T) -> Vec<u8> {
        let mut octets = Vec::with_capacity(value.body_len());
        value.put_body(&mut octets);
        octets
    }
}

fn caught<T>(decode: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(decode)).unwrap_or_else(|_| Err(PANICKED.to_owned()))
}
