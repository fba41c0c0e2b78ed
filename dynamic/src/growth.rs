//! Vectors whose length is not known before, charged to the budget with all that is held while their values move.
//!
//! [`Reader::vec`] is for counts that a sender claims, [`Reader::scratch`] for what is there already.

use std::mem::size_of;

use barewire::{DecodeErrorKind, Failed, Reader};

/// The room of the first allocation.
const FIRST: usize = 4;

/// Appends `value` to `values`, which grow here only, until they are [`boxed`].
///
/// Their room is charged twice, because both are held while they move: into a larger room, and at last into one that fits.
pub(crate) fn push<T>(r: &mut Reader<'_>, values: &mut Vec<T>, value: T) -> Result<(), Failed> {
    let old = values.capacity();
    if values.len() == old {
        // Where half of the room more is beyond the budget, less may fit; a sixteenth keeps the moves linear.
        let least = (old / 16).max(FIRST);
        let mut more = (old / 2).max(FIRST);
        while let Err(error) = r.charge::<[T; 2]>(more) {
            if more == least {
                return Err(error);
            }
            more = (more / 2).max(least);
        }
        reserve(r, values, more)?;
    }
    values.push(value);
    Ok(())
}

/// `values` in a room that fits, which is what they are charged for then.
pub(crate) fn boxed<T>(r: &mut Reader<'_>, values: Vec<T>) -> Result<Box<[T]>, Failed> {
    let (len, room) = (values.len(), values.capacity());
    let mut fit = values;
    if len < room {
        // To shrink is to move, too, and there might be no memory for it.
        let loose = std::mem::take(&mut fit);
        reserve(r, &mut fit, len)?;
        fit.extend(loose);
    }
    r.refund::<T>(2 * room - len);
    Ok(fit.into_boxed_slice())
}

/// Makes room for `more` values, which are charged.
fn reserve<T>(r: &mut Reader<'_>, values: &mut Vec<T>, more: usize) -> Result<(), Failed> {
    let wanted = (values.len() + more).saturating_mul(size_of::<T>());
    values.try_reserve_exact(more).map_err(|_| r.fail(DecodeErrorKind::OutOfMemory { wanted }))
}
