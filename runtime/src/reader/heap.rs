//! What reading may allocate: charged to the budget of the input first, then reserved without aborting.

use alloc::vec::Vec;

use super::Reader;
use crate::{DecodeErrorKind, Failed, Limits};

impl Reader<'_> {
    /// Takes the heap that `count` values of type `T` need from the budget.
    ///
    /// # Errors
    ///
    /// [`LimitExceeded`](DecodeErrorKind::LimitExceeded) if less is left.
    #[inline]
    pub fn charge<T>(&mut self, count: usize) -> Result<(), Failed> {
        let wanted = count.saturating_mul(size_of::<T>());
        match self.budget.checked_sub(wanted) {
            Some(left) => {
                self.budget = left;
                Ok(())
            }
            None => Err(self.limit_exceeded(wanted)),
        }
    }

    /// The error that `wanted` octets of heap are more than this input may take.
    #[inline]
    pub(crate) fn limit_exceeded(&mut self, wanted: usize) -> Failed {
        self.fail(DecodeErrorKind::LimitExceeded { budget: self.limit, wanted })
    }

    /// Gives back the heap of `count` values of type `T` that were charged and are freed again.
    #[doc(hidden)]
    pub fn refund<T>(&mut self, count: usize) {
        self.budget = self.budget.saturating_add(count.saturating_mul(size_of::<T>()));
    }

    /// An empty vector for `count` values, charged to the budget.
    ///
    /// With a budget, all of it is reserved. Without one ([`Limits::trusted`]) the first reservation is at most the
    /// default budget of the input: [`Reader::grow`] extends it when elements really come.
    ///
    /// # Errors
    ///
    /// [`LimitExceeded`](DecodeErrorKind::LimitExceeded) or [`OutOfMemory`](DecodeErrorKind::OutOfMemory).
    #[inline]
    pub fn vec<T>(&mut self, count: usize) -> Result<Vec<T>, Failed> {
        self.charge::<T>(count)?;
        let first = match self.limit {
            usize::MAX => count.min(Limits::default().heap(self.len) / size_of::<T>().max(1)),
            _ => count,
        };
        let mut values = Vec::new();
        self.reserve(&mut values, first)?;
        Ok(values)
    }

    /// Makes room for one value more in a full vector from [`Reader::vec`].
    ///
    /// # Errors
    ///
    /// [`OutOfMemory`](DecodeErrorKind::OutOfMemory).
    #[inline]
    pub fn grow<T>(&mut self, values: &mut Vec<T>) -> Result<(), Failed> {
        if values.len() < values.capacity() {
            return Ok(());
        }
        values.try_reserve(1).map_err(|_| self.out_of_memory(size_of::<T>().saturating_mul(values.len())))
    }

    /// An empty vector for `count` values that no sender claims but that are there, charged to the budget and, if they are
    /// temporary, given back to it by [`Reader::refund`].
    #[doc(hidden)]
    pub fn scratch<T>(&mut self, count: usize) -> Result<Vec<T>, Failed> {
        self.charge::<T>(count)?;
        let mut values = Vec::new();
        self.reserve(&mut values, count)?;
        Ok(values)
    }

    pub(super) fn reserve<T>(&mut self, values: &mut Vec<T>, count: usize) -> Result<(), Failed> {
        values.try_reserve_exact(count).map_err(|_| self.out_of_memory(size_of::<T>().saturating_mul(count)))
    }

    #[inline]
    pub(super) fn out_of_memory(&mut self, wanted: usize) -> Failed {
        self.fail(DecodeErrorKind::OutOfMemory { wanted })
    }
}
