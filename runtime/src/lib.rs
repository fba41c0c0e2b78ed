#![doc = include_str!("../README.md")]
//!
//! # Where what is
//!
//! In the pipeline it stands at the end: `barewire-syntax` reads schemas, `barewire-codegen` turns them into Rust
//! at build time, and the types it writes implement [`Message`] with the help of this crate.
//! It knows neither of the two, nor any protocol.
//!
//! | Part | Where |
//! |---|---|
//! | decode and encode a whole message | [`Message`] |
//! | encode a message without copying its payloads | [`Message::encode_segments`], [`Segments`] |
//! | read and write parts | [`Decode`], [`Reader`], [`Encode`], [`Sink`] |
//! | what owned messages hold | [`Str`], [`Map`], [`FixedList`], [`FixedData`], and [`Detach`] to free the frame |
//! | what views hold | [`ListView`], [`FixedListView`], [`MapView`], [`LazyView`] |
//! | bring generated code in | [`include_schema!`], [`include_strategies!`] |
//! | cut a stream into messages | [`Frames`], [`write_frame`] |
//! | what is wrong, where, in which field | [`DecodeError`] |
//! | speak an older version | [`Codec`], [`Latest`], [`CodecError`] |
//! | carry values between versions | [`Migrator`], [`migrate`], [`MigrateError`], [`Losses`] |
//! | how much a message may allocate | [`Limits`] |
//!
//! # Features
//!
//! `std` (default) adds nothing to the wire; without it the crate is `no_std` and needs `alloc`.
//! `serde` lets the types of this crate be serialised, `proptest` adds the strategies for generated property tests.

#![no_std]

#[cfg(feature = "std")]
extern crate std;

/// For generated code, whose crate need not declare `alloc` itself.
#[doc(hidden)]
pub extern crate alloc;

// Numbers of 32 bits are turned into `usize` where they are positions: with fewer, some would be cut.
const _: () = assert!(usize::BITS >= 32, "barewire needs pointers of 32 bits at least");

mod ascii;
mod codec;
mod decode;
mod detach;
mod encode;
mod error;
mod fixed;
mod frames;
mod input;
mod layout;
mod limits;
mod macros;
mod map;
mod message;
pub mod migrate;
mod path;
mod reader;
mod segments;
#[cfg(feature = "serde")]
mod serde;
mod str;
#[cfg(feature = "proptest")]
pub mod strategies;
mod union;
mod unique;
mod unknown_value;
mod utf8;
mod view;
mod write;

pub use bytes::Bytes;
// What generated code says to a codec.
#[doc(hidden)]
pub use codec::{Alternate, Payload, Target, Unchanged};
pub use codec::{
    Codec, CodecError, Coded, Downgrade, Family, Latest, NoCommonVersion, ReadAs, Unsupported,
    UnsupportedVersion, Upgrade, Versioned,
};
// What generated code says of the octets of its types. A wrong answer would misplace values in lists.
#[doc(hidden)]
pub use decode::Width;
pub use decode::{Decode, MapLayout};
pub use detach::Detach;
pub use encode::{Encode, Octets, Sink};
pub use error::{DecodeError, DecodeErrorKind, EncodeError, Failed};
pub use fixed::{FixedData, FixedList, WrongLength};
pub use frames::{FrameError, Frames, write_frame};
pub use input::Input;
pub use layout::{Elements, Pair, Plain, Varint};
pub use limits::Limits;
#[doc(hidden)]
pub use macros::handshake;
pub use map::{Map, MapIter, MapIterMut, SortedMap};
pub use message::Message;
pub use migrate::{Loss, LossKind, Losses, MigrateError, MigrateErrorKind, Migrated, Migrator};
pub use path::PathSegment;
// For other errors that say where in a message something is.
#[doc(hidden)]
pub use path::write_within;
pub use reader::Reader;
pub use segments::Segments;
pub use str::Str;
pub use union::Union;
pub use unique::DuplicateKey;
pub use unknown_value::UnknownValue;
pub use view::{FixedListView, LazyView, ListView, ListViewIter, MapView, MapViewIter};

/// What reading returns.
pub type Result<T> = core::result::Result<T, Failed>;
