//! Vectors that are charged to the budget before they are allocated, with all that is held at the same time.
//!
//! [`Reader::vec`] is for counts that a sender claims; these here are for what is there already, or comes one by one.

use barewire::{DecodeErrorKind, Reader};
use std::mem::size_of;

/// The room of the first allocation.
const FIRST: usize = 4;

/// An empty vector with room for `count` values.
pub(crate) fn exact<T>(r: &mut Reader<'_>, count: usize) -> Result<Vec<T>, barewire::DecodeError> {
    let mut values = Vec::new();
    reserve(r, &mut values, count)?;
    Ok(values)
}

/// Appends `value` to a vector whose length is not known before.
pub(crate) fn push<T>(
    r: &mut Reader<'_>,
    values: &mut Vec<T>,
    value: T,
) -> Result<(), barewire::DecodeError> {
    let old = values.capacity();
    if values.len() == old {
        reserve(r, values, old.saturating_add(old / 2).max(FIRST))?;
        // Only while the values move are both held.
        r.refund::<T>(old);
    }
    values.push(value);
    Ok(())
}

/// Makes `room` of the room of `values`.
fn reserve<T>(r: &mut Reader<'_>, values: &mut Vec<T>, room: usize) -> Result<(), barewire::DecodeError> {
    r.charge::<T>(room)?;
    values
        .try_reserve_exact(room - values.len())
        .map_err(|_| r.error(DecodeErrorKind::OutOfMemory { wanted: room.saturating_mul(size_of::<T>()) }))
}

/// `values` without the room that was left for more.
pub(crate) fn boxed<T>(r: &mut Reader<'_>, values: Vec<T>) -> Box<[T]> {
    r.refund::<T>(values.capacity() - values.len());
    values.into_boxed_slice()
}
