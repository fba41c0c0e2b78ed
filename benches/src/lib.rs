//! What barewire and other libraries take for the same values, and what tells whether that got better or worse.
//!
//! It stands outside of barewire's pipeline and is published to nobody.
//! [`case`] makes the values, [`peers`] has a file for each library with all that it can do with them, and [`operation`]
//! is what that has in common. [`migrate`], [`segments`], [`socket`], [`lookup`] and [`schema`] do
//! the same with versions, pieces, ways to a socket, keys of maps and generators.
//! [`section`] says what is compared with what; [`measure`] times it, and [`report`] writes it down.

#[allow(unused_imports, unused_macros, reason = "some are for peers, which are optional")]
#[macro_use]
mod model;
pub mod case;
pub mod compile;
pub mod goals;
pub mod instructions;
pub mod interactive;
pub mod lookup;
pub mod measure;
pub mod migrate;
pub mod mirror;
pub mod operation;
pub mod ours;
pub mod peers;
mod random;
pub mod report;
pub mod schema;
pub mod section;
pub mod segments;
pub mod socket;
pub mod sum;
pub mod table;
