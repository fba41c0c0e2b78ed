//! How large a Rust type is in memory, estimated for 64-bit targets.
//!
//! Only thresholds depend on it (what is boxed, what is `Copy`, what stays on the stack), so an estimate is enough,
//! and it must not depend on the machine that generates.

/// Size, alignment and whether a wrapping `Option` is free.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Memory {
    pub(crate) size: u64,
    align: u64,
    niche: bool,
}

impl Memory {
    pub(crate) const BOX: Self = Self::with_niche(8);
    pub(crate) const BYTES: Self = Self::with_niche(32);
    pub(crate) const FIXED_LIST_VIEW: Self = Self::words(3);
    pub(crate) const LAZY_VIEW: Self = Self::words(2);
    pub(crate) const LIST_VIEW: Self = Self::words(3);
    pub(crate) const MAP_VIEW: Self = Self::words(3);
    pub(crate) const SLICE: Self = Self::with_niche(16);
    pub(crate) const STR: Self = Self::with_niche(40);
    pub(crate) const VEC: Self = Self::with_niche(24);
    pub(crate) const VOID: Self = Self { size: 0, align: 1, niche: false };

    pub(crate) const fn number(size: u64) -> Self {
        Self { size, align: size, niche: false }
    }

    /// `bool`, and an enum held in `size` octets.
    pub(crate) const fn tag(size: u64) -> Self {
        Self { size, align: size, niche: true }
    }

    const fn words(count: u64) -> Self {
        Self { size: 8 * count, align: 8, niche: false }
    }

    const fn with_niche(size: u64) -> Self {
        Self { size, align: 8, niche: true }
    }

    pub(crate) fn array(self, len: u64) -> Self {
        Self { size: self.size.saturating_mul(len), ..self }
    }

    pub(crate) fn option(self) -> Self {
        if self.niche {
            return self;
        }
        Self { size: self.size.saturating_add(self.align), align: self.align, niche: true }
    }

    /// A struct of these fields; the compiler orders them without gaps between.
    pub(crate) fn record(fields: Vec<Self>) -> Self {
        fields.into_iter().fold(Self::VOID, Self::beside).padded()
    }

    /// An enum of these members.
    pub(crate) fn choice(members: Vec<Self>) -> Self {
        let widest = members.into_iter().fold(Self::VOID, |widest, member| Self {
            size: widest.size.max(member.size),
            align: widest.align.max(member.align),
            niche: true,
        });
        Self { size: widest.size.saturating_add(1), ..widest }.padded()
    }

    fn beside(self, other: Self) -> Self {
        Self {
            size: self.size.saturating_add(other.size),
            align: self.align.max(other.align),
            niche: self.niche || other.niche,
        }
    }

    fn padded(self) -> Self {
        Self { size: self.size.checked_next_multiple_of(self.align).unwrap_or(u64::MAX), ..self }
    }
}
