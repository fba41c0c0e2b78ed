//! No library: a copy of the frame.

use std::hint::black_box;

use crate::case::Value;
use crate::operation::{Operation, Operations};

pub(super) fn operations(value: &Value) -> Operations {
    let frame = value.encode();
    let mut operations = Operations::default();
    let mut copy = vec![0; frame.len()];
    operations.add(Operation::Copy, move || {
        copy.copy_from_slice(black_box(&frame));
        black_box(&mut copy);
    });
    operations
}
