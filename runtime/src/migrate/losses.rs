//! What a migration loses: refused, or recorded with the place of each.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

use super::generated::Generated;
use super::{MigrateError, MigrateErrorKind, Migrated, Migrator};
use crate::path::{Path, PathSegment};

/// How many losses a record has room for from the first on, and keeps room for.
const KEPT: usize = 4;

/// The policy of a migration for what cannot be carried over, and the record of what was lost.
///
/// Each [`Migrator`] keeps one; a program that needs nothing else implements the steps for it.
/// A [`Codec`](crate::Codec) clears it before each message, and has it keep to the [`Limits`](crate::Limits) of the message:
/// what generated code and the functions of [`migrate`](crate::migrate) allocate for lists, maps, boxes and the record
/// is charged to the heap budget that decoding left. What a step allocates by itself is not.
///
/// # Examples
///
/// ```
/// use barewire::{LossKind, Losses};
///
/// assert!(Losses::refused().dropped("hibernate", 1).is_err());
///
/// let mut losses = Losses::recorded();
/// losses.dropped("hibernate", 1)?;
/// assert_eq!(losses.as_slice()[0].to_string(), "dropped in hibernate");
/// # Ok::<(), barewire::MigrateError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Losses {
    is_refused: bool,
    found: Vec<Loss>,
    /// What is left of the heap budget of the message.
    budget: usize,
    /// The heap budget that the message started with.
    limit: usize,
    /// The generated steps that the message took.
    pub(crate) generated: Generated,
}

/// One value that did not survive a migration.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Loss {
    kind: LossKind,
    path: Path,
}

/// What became of the value.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LossKind {
    /// It is gone.
    Dropped,
    /// Another value stands for it: the nearest that there is, or a part of it.
    Altered,
}

impl Losses {
    /// Losses are errors.
    #[must_use]
    pub const fn refused() -> Self {
        Self::with(true)
    }

    /// Losses are recorded.
    #[must_use]
    pub const fn recorded() -> Self {
        Self::with(false)
    }

    const fn with(is_refused: bool) -> Self {
        let (budget, limit) = (usize::MAX, usize::MAX);
        Self { is_refused, found: Vec::new(), budget, limit, generated: Generated::NONE }
    }

    /// The value of the field or member `part` has no place in `version`.
    ///
    /// # Errors
    ///
    /// [`MigrateErrorKind::Unrepresentable`] if losses are refused.
    pub fn dropped(&mut self, part: &'static str, version: u16) -> Migrated<()> {
        self.lose(Some(part), LossKind::Dropped, || MigrateError::unrepresentable(version))
    }

    /// The value itself has no place in `version`: for a union member or enum value, whose name is already in the path.
    ///
    /// # Errors
    ///
    /// As [`Losses::dropped`].
    pub fn dropped_here(&mut self, version: u16) -> Migrated<()> {
        self.lose(None, LossKind::Dropped, || MigrateError::unrepresentable(version))
    }

    /// Another value stands for that of the field or member `part`, for a reason that is the error where losses are
    /// refused.
    ///
    /// # Errors
    ///
    /// [`MigrateErrorKind::Refused`] with the reason if losses are refused.
    pub fn altered(
        &mut self,
        part: &'static str,
        reason: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Migrated<()> {
        self.lose(Some(part), LossKind::Altered, || MigrateError::refused(reason))
    }

    /// Another value stands for the value itself: for a union member or enum value, whose name is already in the path.
    ///
    /// # Errors
    ///
    /// As [`Losses::altered`].
    pub fn altered_here(&mut self, reason: impl Into<Box<dyn Error + Send + Sync>>) -> Migrated<()> {
        self.lose(None, LossKind::Altered, || MigrateError::refused(reason))
    }

    #[cold]
    fn lose(
        &mut self,
        part: Option<&'static str>,
        kind: LossKind,
        error: impl FnOnce() -> MigrateError,
    ) -> Migrated<()> {
        let segment = part.map(PathSegment::Name);
        if self.is_refused {
            return Err(segment.into_iter().fold(error(), MigrateError::push));
        }
        self.make_room()?;
        self.found.push(Loss { kind, path: Path::default() });
        match segment {
            Some(segment) => self.place(self.found.len() - 1, segment),
            None => Ok(()),
        }
    }

    /// Room for one loss more, charged to the budget: a peer decides how many there are.
    fn make_room(&mut self) -> Migrated<()> {
        let len = self.found.len();
        if len < self.found.capacity() {
            return Ok(());
        }
        let grown = len.saturating_mul(2).max(KEPT);
        self.charge::<Loss>(grown)?;
        if self.found.try_reserve_exact(grown - len).is_err() {
            let wanted = grown.saturating_mul(size_of::<Loss>());
            return Err(MigrateError::new(MigrateErrorKind::OutOfMemory { wanted }));
        }
        // The old record is gone.
        self.refund::<Loss>(len);
        Ok(())
    }

    /// What was lost, in the order in which it was met.
    #[must_use]
    #[inline]
    pub fn as_slice(&self) -> &[Loss] {
        &self.found
    }

    /// Forgets what was recorded; the policy stays.
    #[inline]
    pub fn clear(&mut self) {
        self.found.clear();
        // What a message of another budget made it take is not kept for the next ones.
        self.found.shrink_to(KEPT);
    }

    /// Forgets what was recorded, and allows what is `left` of the heap budget `limit` of a message.
    #[inline]
    pub(crate) fn begin(&mut self, left: usize, limit: usize) {
        self.clear();
        (self.budget, self.limit) = (left, limit);
        self.generated = Generated::NONE;
    }

    /// The message is migrated: what a program does with the steps by itself has no budget.
    #[inline]
    pub(crate) fn lift_budget(&mut self) {
        (self.budget, self.limit) = (usize::MAX, usize::MAX);
    }

    /// What is left of the heap budget, and what there was.
    #[inline]
    pub(crate) fn budget(&self) -> (usize, usize) {
        (self.budget, self.limit)
    }

    /// Takes the heap that `count` values of type `T` need from the budget.
    #[inline]
    pub(super) fn charge<T>(&mut self, count: usize) -> Migrated<()> {
        let wanted = count.saturating_mul(size_of::<T>());
        match self.budget.checked_sub(wanted) {
            Some(left) => {
                self.budget = left;
                Ok(())
            }
            None => Err(MigrateError::new(MigrateErrorKind::LimitExceeded { budget: self.limit, wanted })),
        }
    }

    /// Gives back the heap that `count` values of type `T` had taken.
    #[inline]
    pub(super) fn refund<T>(&mut self, count: usize) {
        let freed = count.saturating_mul(size_of::<T>());
        self.budget = self.budget.saturating_add(freed).min(self.limit);
    }

    /// Puts `segment` in front of the paths of the losses from the position `from` on.
    ///
    /// # Errors
    ///
    /// [`MigrateErrorKind::LimitExceeded`]: the paths are charged as what was lost.
    #[inline]
    pub(crate) fn place(&mut self, from: usize, segment: PathSegment) -> Migrated<()> {
        // Almost every value loses nothing, and this is asked at each step into it.
        if self.found.len() > from { self.place_each(from, segment) } else { Ok(()) }
    }

    #[cold]
    fn place_each(&mut self, from: usize, segment: PathSegment) -> Migrated<()> {
        for index in from..self.found.len() {
            let (held, wanted) = self.found[index].path.room();
            if wanted > held {
                self.charge::<PathSegment>(wanted)?;
            }
            self.found[index].path.push(segment);
            if wanted > held {
                // The old path is gone.
                self.refund::<PathSegment>(held);
            }
        }
        Ok(())
    }
}

impl Migrator for Losses {
    fn losses(&mut self) -> &mut Losses {
        self
    }
}

impl Loss {
    /// What became of the value.
    #[must_use]
    pub fn kind(&self) -> LossKind {
        self.kind
    }

    /// The steps from the message to the value, outermost first, in the names of the version that it was to leave.
    pub fn path(&self) -> impl DoubleEndedIterator<Item = PathSegment> + '_ {
        self.path.segments()
    }
}

impl fmt::Display for Loss {
    /// At most 200 characters: the middle of a long path is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            LossKind::Dropped => "dropped",
            LossKind::Altered => "altered",
        };
        self.path.write(f, what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A step may build a list by itself, which nobody charged, and have it migrated further.
    #[test]
    fn what_is_given_back_never_exceeds_the_limit() {
        let mut losses = Losses::refused();
        losses.begin(10, 100);
        losses.refund::<u64>(1000);
        assert_eq!(losses.budget(), (100, 100));
        assert!(losses.charge::<u8>(101).is_err());
        losses.charge::<u8>(100).unwrap();
        losses.lift_budget();
        losses.charge::<u8>(101).unwrap();
    }

    /// What the record and the paths outgrow is given back.
    #[test]
    fn losses_are_charged_for_the_room_that_they_take() {
        const LIMIT: usize = 1 << 20;
        let rooms = [4, 4, 4, 4, 8, 8, 8, 8, 16];
        let mut losses = Losses::recorded();
        losses.begin(LIMIT, LIMIT);
        for room in rooms {
            losses.dropped_here(1).unwrap();
            assert_eq!(LIMIT - losses.budget().0, room * size_of::<Loss>());
        }
        losses.begin(LIMIT, LIMIT);
        assert_eq!(losses.found.capacity(), KEPT);
        losses.dropped_here(1).unwrap();
        for room in rooms {
            losses.place(0, PathSegment::Index(room)).unwrap();
            assert_eq!(LIMIT - losses.budget().0, room * size_of::<PathSegment>());
        }
    }

    #[test]
    fn a_record_may_take_the_whole_budget() {
        let limit = 4 * (size_of::<Loss>() + size_of::<PathSegment>());
        let mut losses = Losses::recorded();
        losses.begin(limit, limit);
        losses.dropped("part", 1).unwrap();
        for index in 1..4 {
            losses.place(0, PathSegment::Index(index)).unwrap();
        }
        assert_eq!(losses.budget(), (0, limit));
        losses.place(0, PathSegment::Index(4)).unwrap_err();
        for _ in 1..4 {
            losses.dropped_here(1).unwrap();
        }
        losses.dropped_here(1).unwrap_err();
    }
}
