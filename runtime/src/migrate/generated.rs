//! Which generated steps a message took: what a codec has to see before it leaves them out.
//!
//! A program may write any step for a message itself, and no type tells whether it did. But the body that is generated runs
//! for a migrator only if that did not write its own, and so it counts itself: for one migrator, one message, and steps that
//! go on where the ones before ended. Neither a migrator that hands on to another, nor a step that tries another one,
//! vouches for what a program wrote.

use core::any::type_name;

use crate::Message;

/// The generated steps that one message took, one behind the other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Generated {
    /// The type of the migrator: two of one name would have to be of two versions of one crate.
    migrator: &'static str,
    message: &'static str,
    way: Way,
}

/// From where to where the steps go, and how many there are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Way {
    pub(crate) from: u16,
    pub(crate) to: u16,
    pub(crate) steps: usize,
}

impl Generated {
    /// No step.
    pub(super) const NONE: Self = Self { migrator: "", message: "", way: Way { from: 0, to: 0, steps: 0 } };

    /// The step of `M` between two versions is the generated one for the message `T`.
    #[inline]
    pub(super) fn step<M, T: Message>(&mut self, from: u16, to: u16) {
        let Way { from: start, to: end, steps } = self.way;
        let goes_on = if from < to { start < end && end <= from } else { start > end && end >= from };
        let way = if goes_on && self.is_of::<M, T>() {
            Way { from: start, to, steps: steps + 1 }
        } else {
            Way { from, to, steps: 1 }
        };
        *self = Self { migrator: type_name::<M>(), message: T::NAME, way };
    }

    /// Whether all steps of `M` on this way are the generated ones for the message `T`.
    #[inline]
    pub(crate) fn is_all_of<M, T: Message>(&self, way: Way) -> bool {
        self.way == way && self.is_of::<M, T>()
    }

    fn is_of<M, T: Message>(&self) -> bool {
        self.migrator == type_name::<M>() && self.message == T::NAME
    }
}
