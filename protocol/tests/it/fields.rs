//! The fields that a hibernating WebSocket depends on: they keep their value and their place in the frame.
//!
//! Each property names its field and version, and writes the frame out: the octets before the field, those of its
//! value, and the octets behind it. So a value that moved, or that changed anything else, is found.

mod actor;
mod runner;

use crate::rows::octets;
use barewire::{Bytes, Decode, Message};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::fmt::Debug;

/// The ends of indices that are held in 16 bits, and values around the change of an octet.
pub(crate) const U16: [u16; 7] = [0, 1, 255, 256, 258, 65534, 65535];

/// What indices of 64 bits may be: no index, an index of 16 bits, or neither.
pub(crate) const I64: [i64; 9] = [i64::MIN, -2, -1, 0, 1, 258, 65535, 65536, i64::MAX];

pub(crate) const BOOL: [bool; 2] = [false, true];

/// Checks `property` for the values at the ends, and for others that are drawn.
pub(crate) fn for_each<V: Arbitrary + Clone>(ends: impl IntoIterator<Item = V>, property: impl Fn(V)) {
    for value in ends {
        property(value);
    }
    let config = Config { cases: 32, failure_persistence: None, ..Config::default() };
    let result = TestRunner::new(config).run(&any::<V>(), |value| {
        property(value);
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

/// The octets of a frame, in which the field has those in the middle.
fn frame(before: &str, field: impl AsRef<[u8]>, after: &str) -> Vec<u8> {
    [&octets(before), field.as_ref(), &octets(after)].concat()
}

/// Checks that `frame`, `message` and `view` are the same.
#[track_caller]
fn check<'a, M>(frame: &'a Vec<u8>, message: M, view: M::View<'a>)
where
    M: Message + for<'b> Decode<'b> + Debug + PartialEq,
    M::View<'a>: Debug + PartialEq,
{
    assert_eq!(&message.encode_to_vec(), frame);
    assert_eq!(&view.encode_to_vec(), frame);
    assert_eq!(M::View::decode(frame), Ok(view));
    assert_eq!(M::decode(frame).as_ref(), Ok(&message));
    assert_eq!(M::decode(&Bytes::from(frame.clone())), Ok(message));
}
