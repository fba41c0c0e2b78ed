//! A message with one large payload written to a socket, whose other end another thread reads.
//!
//! What shares payloads instead of copying them is a way here beside the others, as a library is in `peers`.

use std::hint::black_box;
use std::io::{IoSlice, Read, Result, Write};
use std::os::unix::net::UnixStream;
use std::thread;

use crate::case::Value;
use crate::operation::{Operation, Operations};
use crate::ours::{ToClient, ToClientTunnelMessage, ToClientTunnelMessageKind, ToClientWebSocketMessage};
use crate::peers::Library;

/// What ratios are formed to.
pub const COPY: &str = "copy and write";

/// The ways to write the message.
pub const WAYS: &[Library] = &[
    Library { name: COPY, operations: copy },
    Library { name: "encode_segments", operations: segments },
    Library { name: "parts by hand", operations: parts },
    Library { name: "payload alone", operations: payload },
];

/// The cases.
pub const CASES: [&str; 2] = ["ws16k", "ws1m"];

/// The operation.
pub const OPERATIONS: [Operation; 1] = [Operation::Write];

/// A message of a case, and the octets of its payload.
fn message(value: &Value) -> Option<(&ToClient, &[u8])> {
    let Value::ToClient(message @ ToClient::ToClientTunnelMessage(tunnel)) = value else { return None };
    let ToClientTunnelMessage { message_kind, .. } = tunnel;
    match message_kind {
        ToClientTunnelMessageKind::ToClientWebSocketMessage(ToClientWebSocketMessage { data, .. }) => {
            Some((message, data))
        }
        _ => None,
    }
}

/// Encodes into a buffer that is kept, and writes that.
fn copy(value: &Value) -> Operations {
    let mut operations = Operations::default();
    let Some((message, _)) = message(value) else { return operations };
    let (message, mut socket, mut buffer) = (message.clone(), drained(), Vec::new());
    operations.add(Operation::Write, move || {
        buffer.clear();
        barewire::Message::encode_into(black_box(&message), &mut buffer);
        socket.write_all(&buffer).expect("the other end reads");
    });
    operations
}

/// Encodes to pieces, and writes those.
fn segments(value: &Value) -> Operations {
    let mut operations = Operations::default();
    let Some((message, _)) = message(value) else { return operations };
    let (message, mut socket) = (message.clone(), drained());
    operations.add(Operation::Write, move || {
        let segments = barewire::Message::encode_segments(black_box(&message));
        let mut slices: Vec<_> = segments.pieces().map(IoSlice::new).collect();
        write_all(&mut socket, &mut slices).expect("the other end reads");
    });
    operations
}

/// Writes what stands around the payload, which is there already, and the payload from where it is: a bound for what
/// sharing can reach.
fn parts(value: &Value) -> Operations {
    let mut operations = Operations::default();
    let Some((_, payload)) = message(value) else { return operations };
    let (frame, payload, mut socket) = (value.encode(), payload.to_vec(), drained());
    // One octet stands behind the payload.
    let (header, tail) = (frame[..frame.len() - payload.len() - 1].to_vec(), [frame[frame.len() - 1]]);
    operations.add(Operation::Write, move || {
        let mut slices = [IoSlice::new(&header), IoSlice::new(black_box(&payload)), IoSlice::new(&tail)];
        write_all(&mut socket, &mut slices).expect("the other end reads");
    });
    operations
}

/// Writes the payload and nothing else.
fn payload(value: &Value) -> Operations {
    let mut operations = Operations::default();
    let Some((_, payload)) = message(value) else { return operations };
    let (payload, mut socket) = (payload.to_vec(), drained());
    operations.add(Operation::Write, move || {
        socket.write_all(black_box(&payload)).expect("the other end reads");
    });
    operations
}

fn write_all(socket: &mut UnixStream, mut slices: &mut [IoSlice<'_>]) -> Result<()> {
    while !slices.is_empty() {
        let written = socket.write_vectored(slices)?;
        IoSlice::advance_slices(&mut slices, written);
    }
    Ok(())
}

/// A socket whose other end is read until this one is dropped.
fn drained() -> UnixStream {
    let (own, mut other) = UnixStream::pair().expect("sockets can be made");
    thread::spawn(move || {
        let mut buffer = vec![0; 256 << 10];
        while other.read(&mut buffer).is_ok_and(|read| read > 0) {}
    });
    own
}
