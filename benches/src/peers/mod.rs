//! A file for each library: its types, and what it can do with a value by its fastest documented calls.
//!
//! A library that is added is a file here and a line in [`ALL`].

mod memcpy;
mod ours;
mod vbare;

use crate::case::Value;
use crate::operation::Operations;

/// A library, and what stands in for one.
pub struct Library {
    /// What reports call it.
    pub name: &'static str,
    /// What it can do with a value. It panics if it does not get back what it encoded.
    pub operations: fn(&Value) -> Operations,
}

/// The library that ratios are formed to.
pub const BASE: &str = "vbare";

/// The library that goals are for.
pub const OURS: &str = "barewire";

/// What copies the frame.
pub const MEMCPY: &str = "memcpy";

/// All libraries.
pub const ALL: &[Library] = &[
    Library { name: OURS, operations: ours::operations },
    Library { name: BASE, operations: vbare::operations },
    Library { name: MEMCPY, operations: memcpy::operations },
];

/// Calls a function that is generic over the type of a library, for the type that it has for a value.
macro_rules! for_type_of {
    ($value:expr, $($types:ident)::+, $operations:ident) => {
        match $value {
            crate::case::Value::ToServer(value) => $operations::<$($types)::+::ToServer, crate::ours::ToServer>(value),
            crate::case::Value::ToClient(value) => $operations::<$($types)::+::ToClient, crate::ours::ToClient>(value),
            crate::case::Value::Log(value) => $operations::<$($types)::+::Log, crate::ours::Log>(value),
            crate::case::Value::Mesh(value) => $operations::<$($types)::+::Mesh, crate::ours::Mesh>(value),
            crate::case::Value::Game(value) => $operations::<$($types)::+::Game, crate::ours::Game>(value),
        }
    };
}
use for_type_of;
