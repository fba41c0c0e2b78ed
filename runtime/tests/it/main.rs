//! The public behaviour of the runtime, on types written by hand as the generator writes them.

#![allow(
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    reason = "nobody uses a test as a library"
)]

mod bytes_agreed;
mod encode;
mod failed;
mod fixed;
mod frames;
mod generated;
mod handshake;
mod lengths;
mod limits;
mod map;
mod migrate;
mod primitives;
mod refusals;
mod segments;
#[cfg(feature = "serde")]
mod serde;
mod shop;
mod str;
#[cfg(feature = "proptest")]
mod strategies;
mod unique;
mod views;
mod wire;
