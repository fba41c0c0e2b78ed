//! What barewire and other libraries take for the same values, and what tells whether that got better or worse.
//!
//! It stands outside of barewire's pipeline and is published to nobody.
//! [`case`] makes the values, [`peers`] has a file for each library with all that it can do with them, and [`operation`]
//! is what that has in common. The binary `benches` and the benches of criterion only choose among these.

#[allow(unused_imports, unused_macros, reason = "some are for peers, which are optional")]
#[macro_use]
mod model;
pub mod case;
pub mod goals;
pub mod instructions;
pub mod interactive;
pub mod measure;
pub mod migrate;
pub mod mirror;
pub mod operation;
pub mod ours;
pub mod peers;
mod random;
pub mod schema;
pub mod sum;
pub mod table;
