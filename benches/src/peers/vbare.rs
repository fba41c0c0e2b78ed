//! vbare 0.2.0, with types by vbare-gen 0.2.0: what ratios are formed to.
//!
//! A frame is validated by `verify`, and read through a `View`, which its documentation names for it.

use std::fmt::Debug;
use std::hint::black_box;
use std::rc::Rc;

use vbare::wire::Wire;
use vbare::{Bytes, Key, ListRef, MapRef, Message, View};

use crate::case::Value;
use crate::mirror::Mirror;
use crate::operation::{Operation, Operations, consume};
use crate::sum::{Sum, of_all, of_pairs};

/// The types.
#[allow(clippy::all, dead_code, reason = "it is not ours to change")]
pub(crate) mod types {
    include!(concat!(env!("OUT_DIR"), "/vbare_v3.rs"));
    include!(concat!(env!("OUT_DIR"), "/vbare_bulk.rs"));
    mirrors!();
    sums_of_refs!();
}

pub(super) fn operations(value: &Value) -> Operations {
    match value {
        Value::ToServer(value) => of::<types::ToServer, _>(value),
        Value::ToClient(value) => of::<types::ToClient, _>(value),
        Value::Log(value) => of::<types::Log, _>(value),
        Value::Mesh(value) => of::<types::Mesh, _>(value),
        Value::Game(value) => of::<types::Game, _>(value),
    }
}

/// One field, the same as that of ours.
trait One {
    fn one(&self) -> u64;
}

fn of<T, O>(value: &O) -> Operations
where
    T: Message + for<'o> Mirror<'o, O> + 'static,
    for<'a> <T::Wire as Wire>::Ref<'a>: One + Sum,
    O: barewire::Message + Debug + PartialEq,
{
    let mut operations = Operations::default();
    let frame = Bytes::from(value.encode_to_vec());
    let value = Rc::new(T::of(value));
    // Its maps have the order of their keys, so that its frame is another where a case has another order.
    let own = value.encode_to_bytes();
    assert_eq!(own.len(), frame.len(), "both have the same format");
    let decoded = T::decode(own.clone()).expect("just encoded");
    assert!(decoded.encode_to_bytes() == own, "what was encoded is decoded");
    let decoded = T::decode(frame.clone()).expect("ours encoded it");
    assert!(decoded.encode_to_bytes() == own, "the values are the same");

    let fresh = Rc::clone(&value);
    operations.add(Operation::EncodeFresh, move || consume(black_box(&*fresh).encode_to_vec()));
    let reused = Rc::clone(&value);
    let mut buffer = Vec::with_capacity(frame.len());
    operations.add(Operation::EncodeReused, move || {
        buffer.clear();
        black_box(&*reused).encode(&mut buffer);
        black_box(&mut buffer);
    });
    let mut slice = vec![0; frame.len()];
    operations.add(Operation::EncodeSlice, move || {
        consume(black_box(&*value).encode_to_slice(&mut slice).expect("as long as the frame"));
        black_box(&mut slice);
    });

    let shared = frame.clone();
    operations.add(Operation::Decode, move || consume(vbare::decode::<T::Wire>(black_box(&shared))));
    let slice = frame.to_vec();
    operations.add(Operation::DecodeSlice, move || {
        consume(T::decode(Bytes::copy_from_slice(black_box(&slice))));
    });

    let octets = frame.clone();
    operations.add(Operation::Validate, move || consume(vbare::verify::<T::Wire>(black_box(&octets))));
    let octets = frame.clone();
    operations.add(Operation::ReadAll, move || {
        consume(View::<T::Wire>::new(black_box(&octets).clone()).map(|view| view.get().sum()));
    });
    operations.add(Operation::ReadOne, move || {
        consume(View::<T::Wire>::new(black_box(&frame).clone()).map(|view| view.get().one()));
    });
    operations
}

impl One for types::ToClientRef<'_> {
    #[inline]
    fn one(&self) -> u64 {
        match self {
            Self::ToClientTunnelMessage(message) => message.message_id().message_index().into(),
            _ => 0,
        }
    }
}

impl One for types::ToServerRef<'_> {
    #[inline]
    fn one(&self) -> u64 {
        match self {
            Self::ToServerInit(init) => init.total_slots().into(),
            Self::ToServerEvents(events) => {
                events.iter().last().map_or(0, |event| event.index().cast_unsigned())
            }
            _ => 0,
        }
    }
}

impl One for types::LogRef<'_> {
    #[inline]
    fn one(&self) -> u64 {
        let entries = self.entries();
        entries.get(entries.len() / 2).map_or(0, |entry| entry.status().into())
    }
}

impl One for types::MeshRef<'_> {
    #[inline]
    fn one(&self) -> u64 {
        let triangles = self.triangles();
        triangles.get(triangles.len() / 2).map_or(0, |triangle| triangle.normal().z().to_bits().into())
    }
}

impl One for types::GameRef<'_> {
    #[inline]
    fn one(&self) -> u64 {
        self.tick().into()
    }
}

impl<'o> Mirror<'o, barewire::Str> for vbare::Str {
    fn of(ours: &'o barewire::Str) -> Self {
        ours.to_string().into()
    }

    fn ours(&self) -> barewire::Str {
        self.as_str().into()
    }
}

impl<T: Wire> Sum for ListRef<'_, T>
where
    for<'a> T::Ref<'a>: Sum,
{
    #[inline]
    fn sum(&self) -> u64 {
        of_all(self.iter())
    }
}

impl<K: Key, V: Wire> Sum for MapRef<'_, K, V>
where
    for<'a> K::Ref<'a>: Sum,
    for<'a> V::Ref<'a>: Sum,
{
    #[inline]
    fn sum(&self) -> u64 {
        of_pairs(self.iter())
    }
}
