//! prost 0.14.6 with `Bytes` for data, which share the frame. It has no views. Maps are `HashMap`s, as it makes them.

use barewire::Bytes;
use prost::Message;

use crate::case::Value;
use crate::operation::Operations;
use crate::peers::calls::{Calls, add_owned};
use crate::peers::for_type_of;

#[allow(clippy::all, dead_code, reason = "it is not ours to change")]
mod types {
    include!(concat!(env!("OUT_DIR"), "/prost/bench.rs"));
    mirrors_of_prost!();
}

struct Prost;

impl<T: Default + Message> Calls<T> for Prost {
    type Frame = Vec<u8>;
    type Input = Bytes;
    type Buffer = Vec<u8>;

    #[inline]
    fn encode(value: &T) -> Vec<u8> {
        value.encode_to_vec()
    }

    #[inline]
    fn encode_reused<'b>(buffer: &'b mut Vec<u8>, value: &T) -> &'b [u8] {
        buffer.clear();
        value.encode(buffer).expect("vectors take every value");
        buffer
    }

    #[inline]
    fn decode(_: &mut Vec<u8>, frame: &Bytes) -> T {
        T::decode(frame.clone()).expect("just encoded")
    }
}

pub(super) fn operations(value: &Value) -> Operations {
    let mut operations = Operations::default();
    for_type_of!(value, types, add_owned::<Prost>(&mut operations));
    operations
}
