//! postcard 1.2.0, through serde.

use postcard::{Error, from_bytes, to_slice, to_stdvec};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::case::Value;
use crate::operation::Operations;
use crate::peers::calls::{Calls, add_owned, add_views};
use crate::peers::for_type_of;
use crate::peers::serde::{borrowed, owned};

struct Postcard;

impl<T: DeserializeOwned + Serialize> Calls<T> for Postcard {
    type Frame = Vec<u8>;
    type Input = Vec<u8>;
    type Buffer = Vec<u8>;

    #[inline]
    fn encode(value: &T) -> Vec<u8> {
        to_stdvec(value).expect("memory takes every value")
    }

    #[inline]
    fn encode_reused<'b>(buffer: &'b mut Vec<u8>, value: &T) -> &'b [u8] {
        // Faster than to append: `to_extend` takes octet by octet.
        let len = loop {
            match to_slice(value, buffer) {
                Ok(used) => break used.len(),
                Err(Error::SerializeBufferFull) => buffer.resize(2 * buffer.len() + 64, 0),
                Err(error) => panic!("memory takes every value: {error}"),
            }
        };
        &buffer[..len]
    }

    #[inline]
    fn decode(_: &mut Vec<u8>, frame: &Vec<u8>) -> T {
        from_bytes(frame).expect("just encoded")
    }
}

#[inline]
fn view<'a, T: Deserialize<'a>>(frame: &'a [u8]) -> T {
    from_bytes(frame).expect("just encoded")
}

pub(super) fn operations(value: &Value) -> Operations {
    let mut operations = Operations::default();
    let frame = for_type_of!(value, owned, add_owned::<Postcard>(&mut operations));
    add_views!(operations, frame, value, borrowed, view);
    operations
}
