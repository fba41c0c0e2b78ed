//! barewire itself, with its default limits.

use std::fmt::Debug;
use std::hint::black_box;
use std::rc::Rc;

use barewire::{Bytes, Decode, Message};

use crate::case::Value;
use crate::operation::{Operation, Operations, consume};
use crate::ours::{GameView, LogView, MeshView, ToClientTunnelMessageView, ToClientView, ToServerView};
use crate::sum::Sum;

/// One field of a view, which lies behind most of the others.
trait One {
    fn one(&self) -> u64;
}

pub(super) fn operations(value: &Value) -> Operations {
    match value {
        Value::ToServer(value) => of(value),
        Value::ToClient(value) => of(value),
        Value::Log(value) => of(value),
        Value::Mesh(value) => of(value),
        Value::Game(value) => of(value),
    }
}

fn of<T>(value: &T) -> Operations
where
    T: Message + for<'a> Decode<'a> + Clone + Debug + PartialEq + 'static,
    for<'a> T::View<'a>: One + Sum,
{
    let mut operations = Operations::default();
    let value = Rc::new(value.clone());
    let frame = Bytes::from(value.encode_to_vec());
    assert!(T::decode(&frame).expect("just encoded") == *value, "what was encoded is decoded");

    let fresh = Rc::clone(&value);
    operations.add(Operation::EncodeFresh, move || consume(black_box(&*fresh).encode_to_vec()));
    let reused = Rc::clone(&value);
    let mut buffer = Vec::new();
    operations.add(Operation::EncodeReused, move || {
        buffer.clear();
        black_box(&*reused).encode_into(&mut buffer);
        black_box(&mut buffer);
    });
    let mut slice = vec![0; frame.len()];
    operations.add(Operation::EncodeSlice, move || {
        consume(black_box(&*value).encode_to_slice(&mut slice));
        black_box(&mut slice);
    });

    let shared = frame.clone();
    operations.add(Operation::Decode, move || consume(T::decode(black_box(&shared))));
    let slice = frame.to_vec();
    operations.add(Operation::DecodeSlice, move || consume(T::decode(black_box(slice.as_slice()))));

    let octets = frame.clone();
    operations.add(Operation::Validate, move || consume(T::View::decode(black_box(&octets[..]))));
    let octets = frame.clone();
    operations.add(Operation::ReadAll, move || {
        consume(T::View::decode(black_box(&octets[..])).map(|view| view.sum()));
    });
    operations.add(Operation::ReadOne, move || {
        consume(T::View::decode(black_box(&frame[..])).map(|view| view.one()));
    });
    operations
}

impl One for ToClientView<'_> {
    #[inline]
    fn one(&self) -> u64 {
        match self {
            Self::ToClientTunnelMessage(ToClientTunnelMessageView { message_id, .. }) => {
                message_id.message_index.into()
            }
            _ => 0,
        }
    }
}

impl One for ToServerView<'_> {
    #[inline]
    fn one(&self) -> u64 {
        match self {
            Self::ToServerInit(init) => init.total_slots.into(),
            Self::ToServerEvents(events) => {
                events.iter().last().map_or(0, |event| event.index.cast_unsigned())
            }
            _ => 0,
        }
    }
}

impl One for LogView<'_> {
    #[inline]
    fn one(&self) -> u64 {
        self.entries.iter().nth(self.entries.len() / 2).map_or(0, |entry| entry.status.into())
    }
}

impl One for MeshView<'_> {
    #[inline]
    fn one(&self) -> u64 {
        self.triangles.get(self.triangles.len() / 2).map_or(0, |triangle| triangle.normal.z.to_bits().into())
    }
}

impl One for GameView<'_> {
    #[inline]
    fn one(&self) -> u64 {
        self.tick.into()
    }
}

sums_of_views!();
