//! serde_bare 0.5.0: the same format through serde. It has no way to borrow from a frame.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::case::Value;
use crate::operation::Operations;
use crate::peers::calls::{Calls, add_owned};
use crate::peers::for_type_of;
use crate::peers::serde::owned;

struct SerdeBare;

impl<T: DeserializeOwned + Serialize> Calls<T> for SerdeBare {
    type Frame = Vec<u8>;
    type Input = Vec<u8>;
    type Buffer = Vec<u8>;

    #[inline]
    fn encode(value: &T) -> Vec<u8> {
        serde_bare::to_vec(value).expect("memory takes every value")
    }

    #[inline]
    fn encode_reused<'b>(buffer: &'b mut Vec<u8>, value: &T) -> &'b [u8] {
        buffer.clear();
        serde_bare::to_writer(&mut *buffer, value).expect("memory takes every value");
        buffer
    }

    #[inline]
    fn decode(_: &mut Vec<u8>, frame: &Vec<u8>) -> T {
        serde_bare::from_slice(frame).expect("just encoded")
    }
}

pub(super) fn operations(value: &Value) -> Operations {
    let mut operations = Operations::default();
    let frame = for_type_of!(value, owned, add_owned::<SerdeBare>(&mut operations));
    assert!(*frame == value.encode(), "both have the same format");
    operations
}
