//! A message encoded to pieces, of which long payloads stay where they are, without writing them anywhere.

use std::hint::black_box;

use barewire::Message;

use crate::case::Value;
use crate::operation::{Operation, Operations, consume};
use crate::peers::Library;

/// What ratios are formed to: the message in one piece.
pub const COPY: &str = "encode_to_vec";

/// The ways to encode it.
pub const WAYS: &[Library] =
    &[Library { name: COPY, operations: copy }, Library { name: "encode_segments", operations: segments }];

/// The cases.
pub const CASES: [&str; 7] = ["ws32", "ws1k", "ws4k", "ws8k", "ws16k", "ws64k", "ws1m"];

/// The operation.
pub const OPERATIONS: [Operation; 1] = [Operation::EncodeSegments];

fn copy(value: &Value) -> Operations {
    let mut operations = Operations::default();
    let Value::ToClient(message) = value.clone() else { return operations };
    operations.add(Operation::EncodeSegments, move || consume(black_box(&message).encode_to_vec()));
    operations
}

fn segments(value: &Value) -> Operations {
    let mut operations = Operations::default();
    let Value::ToClient(message) = value.clone() else { return operations };
    assert_eq!(message.encode_segments().pieces().collect::<Vec<_>>().concat(), value.encode());
    operations.add(Operation::EncodeSegments, move || consume(black_box(&message).encode_segments()));
    operations
}
