//! buffa 0.9.2 with `Bytes` for data, which share the frame, and without unknown fields. Maps are `HashMap`s, as it makes
//! them.

use barewire::Bytes;
use buffa::view::{DefaultViewInstance, MapView, MessageFieldView, MessageView, RepeatedView};
use buffa::{Message, SizeCache};

use crate::case::Value;
use crate::operation::Operations;
use crate::peers::calls::{Calls, add_owned, add_views};
use crate::peers::for_type_of;
use crate::sum::{Sum, of_all, of_pairs};

#[allow(clippy::all, dead_code, reason = "it is not ours to change")]
mod types {
    include!(concat!(env!("OUT_DIR"), "/buffa/mod.rs"));
}

/// A message in a field of another.
type Field<T> = buffa::MessageField<T, buffa::Inline<T>>;

mod views {
    pub(super) use super::types::bench::{
        GameView as Game, LogView as Log, MeshView as Mesh, ToClientView as ToClient,
        ToServerView as ToServer,
    };
}

struct Buffa;

impl<T: Message> Calls<T> for Buffa {
    type Frame = Vec<u8>;
    type Input = Bytes;
    type Buffer = (SizeCache, Vec<u8>);

    #[inline]
    fn encode(value: &T) -> Vec<u8> {
        value.encode_to_vec()
    }

    #[inline]
    fn encode_reused<'b>((sizes, buffer): &'b mut (SizeCache, Vec<u8>), value: &T) -> &'b [u8] {
        buffer.clear();
        value.encode_with_cache(sizes, buffer);
        buffer
    }

    #[inline]
    fn decode(_: &mut (SizeCache, Vec<u8>), frame: &Bytes) -> T {
        T::decode(&mut frame.clone()).expect("just encoded")
    }
}

#[inline]
fn view<'a, T: MessageView<'a>>(frame: &'a [u8]) -> T {
    T::decode_view(frame).expect("just encoded")
}

pub(super) fn operations(value: &Value) -> Operations {
    use types::bench;
    let mut operations = Operations::default();
    let frame = for_type_of!(value, bench, add_owned::<Buffa>(&mut operations));
    add_views!(operations, frame, value, views, view);
    operations
}

impl<V: DefaultViewInstance + Sum> Sum for MessageFieldView<V> {
    #[inline]
    fn sum(&self) -> u64 {
        self.as_option().map_or(0, V::sum)
    }
}

impl<T: Sum> Sum for RepeatedView<'_, T> {
    #[inline]
    fn sum(&self) -> u64 {
        of_all(self.iter())
    }
}

impl<K: Sum, V: Sum> Sum for MapView<'_, K, V> {
    #[inline]
    fn sum(&self) -> u64 {
        of_pairs(self.iter().map(|(key, value)| (key, value)))
    }
}

/// Beside the types, whose names these have.
mod of_types {
    use super::types::bench::*;

    mirrors_of_buffa!();
    sums_of_buffa!();
}
