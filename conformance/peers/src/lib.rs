//! The types of both families as barewire generates them and as its peers do, and what it takes to compare them.
//!
//! In barewire's pipeline it stands behind everything, and is published to nobody.
//! [`messages`] names each message once, with its type in each library; [`codec`] encodes and decodes by each of them;
//! [`tree`] is the form in which values are compared; [`draw`] makes values of a peer's types without using ours.
//!
//! What is compared, and who is right where two disagree, stands in `README.md`.

#![deny(unsafe_code)]

pub mod codec;
pub mod damage;
pub mod draw;
pub mod messages;
pub mod tree;

/// The types that barewire generates, with strategies.
pub mod ours {
    /// The runner protocol.
    pub mod runner {
        barewire::include_schema!("runner");
        barewire::include_strategies!("runner");
    }

    /// What is stored of an actor.
    pub mod actor {
        barewire::include_schema!("actor");
        barewire::include_strategies!("actor");
    }

    /// What types that derive serde's traits are in a schema.
    pub mod derived {
        barewire::include_schema!("derived");
    }

    /// What neither family has.
    pub mod beyond {
        barewire::include_schema!("beyond");
        barewire::include_strategies!("beyond");
    }
}

/// The types that `rivet-vbare-gen` generates for `serde_bare`.
#[allow(clippy::all, reason = "it is not ours to change")]
pub mod for_serde_bare {
    include!(concat!(env!("OUT_DIR"), "/for_serde_bare.rs"));
}

/// The types that `vbare-gen` generates for `vbare`.
#[allow(clippy::all, reason = "it is not ours to change")]
#[allow(unsafe_code, reason = "`vbare::Wire` is an unsafe trait, which the generated code implements")]
pub mod for_vbare {
    include!(concat!(env!("OUT_DIR"), "/for_vbare.rs"));
}

/// The page for those who come from `vbare`, held to its word by `cargo test`.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/from-vbare.md")]
pub struct FromVbare;

/// The page for those who come from `serde_bare`, held to its word by `cargo test`.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/from-serde_bare.md")]
pub struct FromSerdeBare;
