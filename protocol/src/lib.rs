#![doc = include_str!("../README.md")]
//!
//! # Where it stands
//!
//! In the pipeline this is a user of barewire: `build.rs` turns the schemas in `schema/` into the types here
//! by `barewire-codegen`, and the types call the runtime `barewire`.
//!
//! The example `frames` shows recorded frames, or your own: `cargo run -p barewire-protocol --example frames`.
//!
//! [`runner::Codec`] and [`actor::Codec`] take [`Migrations`]; the life of a socket is told in [`session`].
//!
//! Types that did not change between versions are one Rust type, whichever version they are named by.
//! Implement your own traits on [`runner::latest`] and [`actor::latest`] only.

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod migrations;
pub mod session;

pub use migrations::Migrations;

/// What gateways, the engine and runners say to each other.
pub mod runner {
    barewire::include_schema!("runner");
}

/// What is stored of an actor.
pub mod actor {
    barewire::include_schema!("actor");
}
