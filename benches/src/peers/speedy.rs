//! speedy 0.8.7 with its own derives. Maps are vectors of pairs, which are faster than its maps.

use speedy::{LittleEndian, Readable, Writable};

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
    owned_model!(#[derive(Clone, PartialEq, speedy::Readable, speedy::Writable)] ; #[repr(C)]);
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
    borrowed_model!(#[derive(speedy::Readable)] ; #[repr(C)] ;);
}

struct Speedy;

impl<T> Calls<T> for Speedy
where
    T: for<'a> Readable<'a, LittleEndian> + Writable<LittleEndian>,
{
    type Frame = Vec<u8>;
    type Input = Vec<u8>;
    type Buffer = Vec<u8>;

    #[inline]
    fn encode(value: &T) -> Vec<u8> {
        value.write_to_vec_with_ctx(LittleEndian {}).expect("memory takes every value")
    }

    #[inline]
    fn encode_reused<'b>(buffer: &'b mut Vec<u8>, value: &T) -> &'b [u8] {
        // It has no call that appends to a vector; this is how it makes one itself.
        let len = value.bytes_needed().expect("the value is in memory");
        buffer.resize(len, 0);
        value.write_to_buffer_with_ctx(LittleEndian {}, buffer).expect("as long as it needs");
        buffer
    }

    #[inline]
    fn decode(_: &mut Vec<u8>, frame: &Vec<u8>) -> T {
        T::read_from_buffer_with_ctx(LittleEndian {}, frame).expect("just encoded")
    }
}

#[inline]
fn view<'a, T: Readable<'a, LittleEndian>>(frame: &'a [u8]) -> T {
    T::read_from_buffer_with_ctx(LittleEndian {}, frame).expect("just encoded")
}

pub(super) fn operations(value: &Value) -> Operations {
    let mut operations = Operations::default();
    let frame = for_type_of!(value, owned, add_owned::<Speedy>(&mut operations));
    add_views!(operations, frame, value, borrowed, view);
    operations
}
