//! What a library does with a value, ready to be timed.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// What is timed.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Operation {
    /// Encode into a vector that is made for it, and drop it.
    EncodeFresh,
    /// Encode into a vector that has had the same message before.
    EncodeReused,
    /// Encode to the start of a slice.
    EncodeSlice,
    /// Encode to pieces.
    EncodeSegments,
    /// Decode to a value that owns its parts, from what the library takes most from, and drop it.
    Decode,
    /// The same from a slice that the value must not share.
    DecodeSlice,
    /// Check a frame, so that its parts can be read in place.
    Validate,
    /// Check a frame and read every field of it in place.
    ReadAll,
    /// Check a frame and read one field of it in place.
    ReadOne,
    /// Decode a frame of some version to the newest types, and drop it.
    Upgrade,
    /// Encode the newest types to a frame of some version.
    Downgrade,
    /// Read a frame of some version as the newest types, in place if that can be.
    Read,
    /// Encode and write to a socket.
    Write,
    /// Find the value of a key in a map.
    LookUp,
    /// Read schemas and check what a library checks of them.
    Parse,
    /// Generate code from schemas that are read for it.
    Generate,
    /// Copy the frame into a buffer that is there: what no library can do without.
    Copy,
}

impl Operation {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::EncodeFresh,
        Self::EncodeReused,
        Self::EncodeSlice,
        Self::EncodeSegments,
        Self::Decode,
        Self::DecodeSlice,
        Self::Validate,
        Self::ReadAll,
        Self::ReadOne,
        Self::Upgrade,
        Self::Downgrade,
        Self::Read,
        Self::Write,
        Self::LookUp,
        Self::Parse,
        Self::Generate,
        Self::Copy,
    ];

    /// What the command line calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::EncodeFresh => "encode-fresh",
            Self::EncodeReused => "encode-reused",
            Self::EncodeSlice => "encode-slice",
            Self::EncodeSegments => "encode-segments",
            Self::Decode => "decode",
            Self::DecodeSlice => "decode-slice",
            Self::Validate => "validate",
            Self::ReadAll => "read-all",
            Self::ReadOne => "read-one",
            Self::Upgrade => "upgrade",
            Self::Downgrade => "downgrade",
            Self::Read => "read",
            Self::Write => "write",
            Self::LookUp => "look-up",
            Self::Parse => "parse",
            Self::Generate => "generate",
            Self::Copy => "copy",
        }
    }

    /// What reports call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::EncodeFresh => "encode to a fresh Vec",
            Self::EncodeReused => "encode into a reused buffer",
            Self::EncodeSlice => "encode to a slice",
            Self::EncodeSegments => "encode to pieces",
            Self::Decode => "decode to owned",
            Self::DecodeSlice => "decode to owned, from a slice",
            Self::Validate => "view: validate",
            Self::ReadAll => "view: validate and read every field",
            Self::ReadOne => "view: validate and read one field",
            Self::Upgrade => "decode to the newest types",
            Self::Downgrade => "encode from the newest types",
            Self::Read => "read as the newest types",
            Self::Write => "write to a socket",
            Self::LookUp => "look up a key",
            Self::Parse => "read schemas",
            Self::Generate => "generate code",
            Self::Copy => "memcpy of the frame",
        }
    }
}

/// An operation on one value by one library.
pub struct Timed {
    /// Which it is.
    pub operation: Operation,
    repeat: Box<dyn FnMut(u64)>,
}

impl Timed {
    /// `operation`, which is what `once` does.
    ///
    /// The loop is compiled with `once` in it, so that nothing but the operation is timed.
    pub fn new(operation: Operation, mut once: impl FnMut() + 'static) -> Self {
        let repeat = Box::new(move |times| {
            for _ in 0..times {
                once();
            }
        });
        Self { operation, repeat }
    }

    /// Does it so many times.
    pub fn repeat(&mut self, times: u64) {
        (self.repeat)(times);
    }

    /// Does it so many times and says how long that took.
    pub fn time(&mut self, times: u64) -> Duration {
        let start = Instant::now();
        self.repeat(times);
        start.elapsed()
    }
}

/// What one library can do with one value.
#[derive(Default)]
pub struct Operations(pub Vec<Timed>);

impl Operations {
    /// Adds `operation`, which is what `once` does.
    pub fn add(&mut self, operation: Operation, once: impl FnMut() + 'static) {
        self.0.push(Timed::new(operation, once));
    }
}

/// Uses `value` and drops it.
#[inline(always)]
pub fn consume<T>(value: T) {
    black_box(&value);
}
