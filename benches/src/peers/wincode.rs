//! wincode 0.6.3 with its own derives. Maps are vectors of pairs, which are faster than its maps.
//!
//! Structs of numbers are `repr(C)`, so that it copies lists of them at once, and borrows them in a frame that is aligned.

use wincode::config::DefaultConfig;
use wincode::{SchemaRead, SchemaReadOwned, SchemaWrite};

use crate::case::Value;
use crate::operation::Operations;
use crate::peers::calls::{Calls, add_owned, add_views};
use crate::peers::for_type_of;

#[allow(
    clippy::enum_variant_names,
    dead_code,
    reason = "names are those of the schema, of which not all is measured"
)]
mod owned {
    pub(super) type Text = String;
    pub(super) type Data = Vec<u8>;
    pub(super) type Pairs<K, V> = Vec<(K, V)>;
    owned_model!(#[derive(PartialEq, wincode::SchemaRead, wincode::SchemaWrite)] ; #[repr(C)]);
}

#[allow(
    clippy::enum_variant_names,
    dead_code,
    reason = "names are those of the schema, of which not all is measured"
)]
mod borrowed {
    pub(super) type Text<'a> = &'a str;
    pub(super) type Data<'a> = &'a [u8];
    pub(super) type Pairs<K, V> = Vec<(K, V)>;
    borrowed_model!(#[derive(wincode::SchemaRead)] ; #[repr(C)] ;);
}

struct Wincode;

impl<T> Calls<T> for Wincode
where
    T: SchemaReadOwned<DefaultConfig, Dst = T> + SchemaWrite<DefaultConfig, Src = T>,
{
    type Frame = Vec<u8>;
    type Input = Vec<u8>;
    type Buffer = Vec<u8>;

    #[inline]
    fn encode(value: &T) -> Vec<u8> {
        wincode::serialize(value).expect("memory takes every value")
    }

    #[inline]
    fn encode_reused<'b>(buffer: &'b mut Vec<u8>, value: &T) -> &'b [u8] {
        buffer.clear();
        wincode::serialize_into(&mut *buffer, value).expect("memory takes every value");
        buffer
    }

    #[inline]
    fn decode(_: &mut Vec<u8>, frame: &Vec<u8>) -> T {
        wincode::deserialize(frame).expect("just encoded")
    }
}

#[inline]
fn view<'a, T: SchemaRead<'a, DefaultConfig, Dst = T>>(frame: &'a [u8]) -> T {
    wincode::deserialize(frame).expect("just encoded")
}

pub(super) fn operations(value: &Value) -> Operations {
    let mut operations = Operations::default();
    let frame = for_type_of!(value, owned, add_owned::<Wincode>(&mut operations));
    add_views!(operations, frame, value, borrowed, view);
    operations
}
