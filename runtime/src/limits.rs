//! How much heap a message may make its decoder allocate.

/// The heap budget of one message, a bound that does not depend on what the sender claims.
///
/// The default is 1 MiB and 16 octets for each octet of input, 256 MiB at most, of which 8 KiB are kept for the error.
/// The octets that are asked of the allocator are charged before they are; at the limit decoding ends with
/// [`LimitExceeded`](crate::DecodeErrorKind::LimitExceeded), and the migration of an older message with
/// [`LimitExceeded`](crate::MigrateErrorKind::LimitExceeded): what decoding left of the budget is what it may allocate.
/// What an allocator adds to each allocation is not counted.
/// An error, and the one small allocation by which `Bytes` makes a buffer shareable, are not charged either;
/// by default they fit what is kept for them, so that the heap never exceeds 1 MiB and 16 octets for each octet of input.
/// Some valid messages need more: above 1 MiB, for example, a list of empty strings
/// (one octet on the wire, 40 in memory).
/// [`Limits::with_heap`] raises the budget for them, [`Limits::trusted`] lifts it.
///
/// Views allocate nothing but the scratch space of the duplicate check of large unsorted maps, which is charged too.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limits {
    base: usize,
    per_octet: usize,
    ceiling: usize,
}

/// What is kept of the default budget for the error, whose path is at most as long as a schema nests.
const FOR_THE_ERROR: usize = 8 << 10;

impl Limits {
    /// No budget: for input whose sender is trusted, such as a file that this program wrote.
    #[must_use]
    pub const fn trusted() -> Self {
        Self::with_heap(usize::MAX)
    }

    /// A budget of `octets`, whatever the length of the input.
    #[must_use]
    pub const fn with_heap(octets: usize) -> Self {
        Self { base: octets, per_octet: 0, ceiling: octets }
    }

    /// The budget in octets for an input of `len` octets.
    #[must_use]
    pub const fn heap(&self, len: usize) -> usize {
        let budget = self.base.saturating_add(self.per_octet.saturating_mul(len));
        if budget < self.ceiling { budget } else { self.ceiling }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { base: (1 << 20) - FOR_THE_ERROR, per_octet: 16, ceiling: (256 << 20) - FOR_THE_ERROR }
    }
}
