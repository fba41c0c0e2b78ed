//! The price of an older version: the same message carried between the newest types and the layout of each version.

mod vbare;

use std::fmt::Debug;
use std::hint::black_box;

use barewire::{Bytes, Decode, Downgrade, Message, Upgrade};
use barewire_protocol::Migrations;
use barewire_protocol::runner::{self, Codec};

use crate::case::Value;
use crate::operation::{Operation, Operations, consume};
use crate::peers::Library;

/// What ratios are formed to: the newest version without a codec.
pub const DIRECT: &str = "direct";

/// The ways to the newest types, ours and those of vbare.
pub const WAYS: &[Library] = &[
    Library { name: DIRECT, operations: direct },
    Library { name: "v3", operations: |value| by_codec(value, 3) },
    Library { name: "v2", operations: |value| by_codec(value, 2) },
    Library { name: "v1", operations: |value| by_codec(value, 1) },
    Library { name: "vbare v3", operations: |value| vbare::operations(value, 3) },
    Library { name: "vbare v2", operations: |value| vbare::operations(value, 2) },
    Library { name: "vbare v1", operations: |value| vbare::operations(value, 1) },
];

/// The versions before the newest.
pub const OLDER: [&str; 2] = ["v2", "v1"];

/// The cases that every version can hold.
pub const CASES: [&str; 10] =
    ["ws32", "ws1k", "ws64k", "ws1m", "close", "req12", "events100", "hello50", "kv20", "commands64"];

/// The operations.
pub const OPERATIONS: [Operation; 3] = [Operation::Upgrade, Operation::Downgrade, Operation::Read];

fn direct(value: &Value) -> Operations {
    match value {
        Value::ToServer(message) => direct_of(message),
        Value::ToClient(message) => direct_of(message),
        Value::Log(_) | Value::Mesh(_) | Value::Game(_) => Operations::default(),
    }
}

fn direct_of<T: Message + for<'a> Decode<'a> + Clone + 'static>(message: &T) -> Operations {
    let mut operations = Operations::default();
    let frame = Bytes::from(message.encode_to_vec());
    let message = message.clone();
    operations.add(Operation::Downgrade, move || consume(Bytes::from(black_box(&message).encode_to_vec())));
    let shared = frame.clone();
    operations.add(Operation::Upgrade, move || consume(T::decode(black_box(&shared))));
    operations.add(Operation::Read, move || consume(T::View::decode(black_box(&frame))));
    operations
}

fn by_codec(value: &Value, version: u16) -> Operations {
    match value {
        Value::ToServer(message) => by_codec_of(message, version),
        Value::ToClient(message) => by_codec_of(message, version),
        Value::Log(_) | Value::Mesh(_) | Value::Game(_) => Operations::default(),
    }
}

/// A message that the codec carries to all versions and back.
trait Migrates:
    Message
    + Upgrade<runner::Family, Migrations>
    + Downgrade<runner::Family, Migrations>
    + for<'a> Decode<'a>
    + Clone
    + Debug
    + PartialEq
    + 'static
{
}

impl Migrates for runner::v3::ToServer {}
impl Migrates for runner::v3::ToClient {}

fn codec(version: u16) -> Codec<Migrations> {
    Codec::new(version, Migrations::strict()).expect("the family has the version")
}

/// The message as the version has it.
fn frame<T: Migrates>(message: &T, version: u16) -> Bytes {
    codec(version).encode(message).expect("every version can hold it")
}

fn by_codec_of<T: Migrates>(message: &T, version: u16) -> Operations {
    let mut operations = Operations::default();
    let frame = frame(message, version);
    let decoded: T = codec(version).decode(&frame).expect("just encoded");
    assert_eq!(decoded, *message, "what was encoded is decoded");

    let (message, mut own) = (message.clone(), codec(version));
    operations.add(Operation::Downgrade, move || consume(own.encode(black_box(&message))));
    let (shared, mut own) = (frame.clone(), codec(version));
    operations.add(Operation::Upgrade, move || consume(own.decode::<T>(black_box(&shared))));
    let mut own = codec(version);
    operations.add(Operation::Read, move || consume(own.read::<T>(black_box(&frame))));
    operations
}
