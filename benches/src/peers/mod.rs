//! A file for each library: its types, and what it can do with a value by its fastest documented calls.
//!
//! A library that is added is a file here and a line in [`ALL`].

#[cfg(feature = "peers")]
mod bitcode;
#[cfg(feature = "peers")]
mod buffa;
#[cfg(feature = "peers")]
mod calls;
mod memcpy;
mod ours;
#[cfg(feature = "peers")]
mod postcard;
#[cfg(feature = "peers")]
mod prost;
#[cfg(feature = "peers")]
mod protobuf;
#[cfg(feature = "peers")]
mod rkyv;
#[cfg(feature = "peers")]
mod serde;
#[cfg(feature = "peers")]
mod serde_bare;
#[cfg(feature = "peers")]
mod speedy;
pub(crate) mod vbare;
#[cfg(feature = "peers")]
mod wincode;

use crate::case::Value;
use crate::operation::{Operation, Operations};

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

/// What they are compared by.
pub const OPERATIONS: [Operation; 8] = [
    Operation::EncodeFresh,
    Operation::EncodeReused,
    Operation::EncodeSlice,
    Operation::Decode,
    Operation::DecodeSlice,
    Operation::Validate,
    Operation::ReadAll,
    Operation::ReadOne,
];

/// All libraries.
pub const ALL: &[Library] = &[
    Library { name: OURS, operations: ours::operations },
    Library { name: BASE, operations: vbare::operations },
    #[cfg(feature = "peers")]
    Library { name: "serde_bare", operations: serde_bare::operations },
    #[cfg(feature = "peers")]
    Library { name: "wincode", operations: wincode::operations },
    #[cfg(feature = "peers")]
    Library { name: "speedy", operations: speedy::operations },
    #[cfg(feature = "peers")]
    Library { name: "postcard", operations: postcard::operations },
    #[cfg(feature = "peers")]
    Library { name: "bitcode", operations: bitcode::operations },
    #[cfg(feature = "peers")]
    Library { name: "rkyv", operations: rkyv::operations },
    #[cfg(feature = "peers")]
    Library { name: "prost", operations: prost::operations },
    #[cfg(feature = "peers")]
    Library { name: "buffa", operations: buffa::operations },
    Library { name: MEMCPY, operations: memcpy::operations },
];

/// Calls a function that is generic over a library, its type for a value, and ours.
#[cfg(feature = "peers")]
macro_rules! for_type_of {
    ($value:expr, $($types:ident)::+, $add:ident::<$library:ty>($operations:expr)) => {
        match $value {
            crate::case::Value::ToServer(value) => $add::<$library, $($types)::+::ToServer, _>($operations, value),
            crate::case::Value::ToClient(value) => $add::<$library, $($types)::+::ToClient, _>($operations, value),
            crate::case::Value::Log(value) => $add::<$library, $($types)::+::Log, _>($operations, value),
            crate::case::Value::Mesh(value) => $add::<$library, $($types)::+::Mesh, _>($operations, value),
            crate::case::Value::Game(value) => $add::<$library, $($types)::+::Game, _>($operations, value),
        }
    };
}
#[cfg(feature = "peers")]
use for_type_of;
