//! Carrying values between versions: what the steps that are generated and the ones that are written by hand share.
//!
//! For each pair of neighbouring versions and each direction the generator writes a trait, such as `V2ToV3`.
//! A program implements it for a type of its own, the [`Migrator`], and answers there what the schemas leave open.
//! The functions here carry containers; each puts the position of an element into the path of an error or a loss.

mod error;
mod generated;
mod losses;
mod number;

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::path::PathSegment;
use crate::unique::{self, DuplicateKey};
use crate::{FixedList, Map, Message};

pub use error::{MigrateError, MigrateErrorKind};
pub(crate) use generated::Way;
pub use losses::{Loss, LossKind, Losses};
pub use number::{narrow, narrow_f64, widen_f32};

/// What a migration returns.
pub type Migrated<T> = Result<T, MigrateError>;

/// Who migrates: what the implementations of all steps of a program share.
///
/// [`Losses`] are one by themselves, for programs that keep nothing else.
///
/// # Examples
///
/// ```
/// use barewire::{Losses, Migrator};
///
/// struct Migrations {
///     losses: Losses,
/// }
///
/// impl Migrator for Migrations {
///     fn losses(&mut self) -> &mut Losses {
///         &mut self.losses
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no `barewire::Migrator`",
    note = "it takes one method, which returns the `barewire::Losses` that `{Self}` keeps",
    note = "`barewire::Losses::refused()` is one by itself, such as for the first version, which has no steps"
)]
pub trait Migrator: Sized {
    /// The policy for losses and their record; a codec clears it before each message.
    fn losses(&mut self) -> &mut Losses;

    /// A codec begins to decode or encode another message: forget what else was kept of the one before.
    ///
    /// It may be called more than once for a message, such as when another layout was tried.
    fn begin(&mut self) {}

    /// Migrates the field or union member `part`, which errors and losses then carry in their path.
    ///
    /// # Errors
    ///
    /// Those of `migrate`.
    fn within<T>(
        &mut self,
        part: &'static str,
        migrate: impl FnOnce(&mut Self) -> Migrated<T>,
    ) -> Migrated<T> {
        located(self, PathSegment::Name(part), migrate)
    }

    /// Migrates `value`, which the field or union member `part` holds: [`Migrator::within`] for a value and its method.
    ///
    /// # Errors
    ///
    /// Those of `migrate`.
    #[inline]
    fn part<T, U>(
        &mut self,
        part: &'static str,
        value: T,
        migrate: impl FnOnce(&mut Self, T) -> Migrated<U>,
    ) -> Migrated<U> {
        self.within(part, |m| migrate(m, value))
    }

    /// Migrates each of `values`, which the field or union member `part` holds: [`Migrator::part`] for a [`list`].
    ///
    /// # Errors
    ///
    /// As [`list`].
    fn each<T, U>(
        &mut self,
        part: &'static str,
        values: Vec<T>,
        migrate: impl FnMut(&mut Self, T) -> Migrated<U>,
    ) -> Migrated<Vec<U>> {
        self.within(part, |m| list(m, values, migrate))
    }
}

/// Begins with another message, of whose heap budget `limit` there is `left`.
///
/// The budget comes last: a migrator may well begin by becoming what it was when it was made.
pub(crate) fn begin<M: Migrator>(m: &mut M, (left, limit): (usize, usize)) {
    m.begin();
    m.losses().begin(left, limit);
}

/// Migrates by `migrate`, and puts `segment` in front of the paths of its error and its losses.
#[inline]
fn located<M: Migrator, T>(
    m: &mut M,
    segment: PathSegment,
    migrate: impl FnOnce(&mut M) -> Migrated<T>,
) -> Migrated<T> {
    let before = m.losses().as_slice().len();
    let migrated = migrate(m);
    match &migrated {
        // The value stays where it was made: almost none loses anything.
        Ok(_) if m.losses().as_slice().len() <= before => migrated,
        Ok(_) => m.losses().place(before, segment).and(migrated),
        Err(_) => migrated.map_err(|error| error.push(segment)),
    }
}

/// The step of `M` from one version to another is the generated one for the message `T`: so a codec learns that it leaves
/// alone what did not change.
#[doc(hidden)]
#[inline]
pub fn generated<M: Migrator, T: Message>(m: &mut M, from: u16, to: u16) {
    m.losses().generated.step::<M, T>(from, to);
}

/// An `optional`.
///
/// # Errors
///
/// Those of `migrate`.
#[inline]
pub fn option<M, T, U>(
    m: &mut M,
    value: Option<T>,
    migrate: impl FnOnce(&mut M, T) -> Migrated<U>,
) -> Migrated<Option<U>> {
    value.map(|value| migrate(m, value)).transpose()
}

/// A value that goes into a box in the other version.
///
/// # Errors
///
/// Those of `migrate`, and [`MigrateErrorKind::LimitExceeded`].
#[doc(hidden)]
pub fn boxed<M: Migrator, T, U>(
    m: &mut M,
    value: T,
    migrate: impl FnOnce(&mut M, T) -> Migrated<U>,
) -> Migrated<Box<U>> {
    m.losses().charge::<U>(1)?;
    migrate(m, value).map(Box::new)
}

/// A value that is in a box in both versions.
///
/// # Errors
///
/// As [`boxed`].
#[expect(clippy::boxed_local, reason = "the old box is what is given back")]
#[doc(hidden)]
pub fn reboxed<M: Migrator, T, U>(
    m: &mut M,
    value: Box<T>,
    migrate: impl FnOnce(&mut M, T) -> Migrated<U>,
) -> Migrated<Box<U>> {
    m.losses().refund::<T>(1);
    boxed(m, *value, migrate)
}

/// A `list`, element by element.
///
/// Where the new elements are not larger than the old ones, they take the place of these. Nothing is allocated then, and
/// the list keeps the octets that it had.
///
/// # Errors
///
/// Those of `migrate`, [`MigrateErrorKind::LimitExceeded`] and [`MigrateErrorKind::OutOfMemory`].
pub fn list<M: Migrator, T, U>(
    m: &mut M,
    values: Vec<T>,
    mut migrate: impl FnMut(&mut M, T) -> Migrated<U>,
) -> Migrated<Vec<U>> {
    elements(m, values, |m, (index, value)| located(m, PathSegment::Index(index), |m| migrate(m, value)))
}

/// The elements of a vector, each with its position.
fn elements<M: Migrator, T, U>(
    m: &mut M,
    values: Vec<T>,
    mut migrate: impl FnMut(&mut M, (usize, T)) -> Migrated<U>,
) -> Migrated<Vec<U>> {
    let len = values.len();
    let values = values.into_iter().enumerate();
    if const { fits::<T, U>() } {
        // The standard library collects such vectors where they are; a test holds it to that.
        return values.map(|value| migrate(m, value)).collect();
    }
    let mut migrated = reserved(m, len)?;
    for value in values {
        migrated.push(migrate(m, value)?);
    }
    // The old vector is gone.
    m.losses().refund::<T>(len);
    Ok(migrated)
}

/// Whether a vector of `T` can become one of `U` in the same allocation.
const fn fits<T, U>() -> bool {
    size_of::<U>() > 0 && size_of::<U>() <= size_of::<T>() && align_of::<U>() == align_of::<T>()
}

/// A `list<T>[N]` that stays on the stack, from `N` values.
///
/// # Errors
///
/// Those of `migrate`.
///
/// # Panics
///
/// If `values` are not `N`; the generator calls it with lists of this length only.
pub fn array<M: Migrator, T, U, const N: usize>(
    m: &mut M,
    values: impl IntoIterator<Item = T>,
    mut migrate: impl FnMut(&mut M, T) -> Migrated<U>,
) -> Migrated<[U; N]> {
    let mut migrated = [const { None }; N];
    for (index, (place, value)) in migrated.iter_mut().zip(values).enumerate() {
        *place = Some(located(m, PathSegment::Index(index), |m| migrate(m, value))?);
    }
    Ok(migrated.map(|value| value.expect("both lists have N elements")))
}

/// A `list<T>[N]` on the heap.
///
/// # Errors
///
/// As [`list`].
pub fn fixed_list<M: Migrator, T, U, const N: usize>(
    m: &mut M,
    values: FixedList<T, N>,
    migrate: impl FnMut(&mut M, T) -> Migrated<U>,
) -> Migrated<FixedList<U, N>> {
    Ok(list(m, values.into_vec(), migrate)?.try_into().expect("a list keeps its length"))
}

/// A `list<T>[N]` that goes to the heap, as its new elements are larger.
///
/// # Errors
///
/// As [`list`].
#[doc(hidden)]
pub fn array_to_heap<M: Migrator, T, U, const N: usize>(
    m: &mut M,
    values: [T; N],
    mut migrate: impl FnMut(&mut M, T) -> Migrated<U>,
) -> Migrated<FixedList<U, N>> {
    let mut migrated = reserved(m, N)?;
    for (index, value) in values.into_iter().enumerate() {
        migrated.push(located(m, PathSegment::Index(index), |m| migrate(m, value))?);
    }
    Ok(migrated.try_into().expect("a list keeps its length"))
}

/// The values of a `map`, whose keys stay.
///
/// # Errors
///
/// As [`list`].
pub fn map_values<M: Migrator, K, V, W>(
    m: &mut M,
    map: Map<K, V>,
    mut migrate: impl FnMut(&mut M, V) -> Migrated<W>,
) -> Migrated<Map<K, W>> {
    let pairs = elements(m, map.into_pairs(), |m, (index, (key, value))| {
        Ok((key, located(m, PathSegment::Index(index), |m| migrate(m, value))?))
    })?;
    Ok(Map::from_unique(pairs))
}

/// The keys and values of a `map`.
///
/// # Errors
///
/// As [`list`], and [`MigrateErrorKind::DuplicateKey`] where two keys become one.
pub fn map<M: Migrator, K, V, L: Ord, W>(
    m: &mut M,
    map: Map<K, V>,
    mut migrate_key: impl FnMut(&mut M, K) -> Migrated<L>,
    mut migrate_value: impl FnMut(&mut M, V) -> Migrated<W>,
) -> Migrated<Map<L, W>> {
    let pairs = elements(m, map.into_pairs(), |m, (index, (key, value))| {
        let key = located(m, PathSegment::Key(index), |m| migrate_key(m, key))?;
        let value = located(m, PathSegment::Index(index), |m| migrate_value(m, value))?;
        Ok((key, value))
    })?;
    let mut sorted = 0;
    let repeated = unique::find_within(&pairs, |len| {
        sorted = len;
        reserved(m, len)
    })?;
    m.losses().refund::<usize>(sorted);
    match repeated {
        None => Ok(Map::from_unique(pairs)),
        Some(DuplicateKey { first, second }) => {
            let kind = MigrateErrorKind::DuplicateKey { first };
            Err(MigrateError::new(kind).push(PathSegment::Key(second)))
        }
    }
}

/// A vector for `len` values, charged to the heap budget.
fn reserved<M: Migrator, T>(m: &mut M, len: usize) -> Migrated<Vec<T>> {
    m.losses().charge::<T>(len)?;
    let mut values = Vec::new();
    match values.try_reserve_exact(len) {
        Ok(()) => Ok(values),
        Err(_) => {
            let wanted = len.saturating_mul(size_of::<T>());
            Err(MigrateError::new(MigrateErrorKind::OutOfMemory { wanted }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the new elements take the place of the old ones, or a vector of their own.
    #[test]
    fn a_list_is_charged_for_what_it_takes_in_the_end() {
        #[track_caller]
        fn check<T: Clone, U: Clone>(from: T, to: U) {
            const LEN: usize = 100;
            let (old, new) = (LEN * size_of::<T>(), LEN * size_of::<U>());
            let mut losses = Losses::refused();
            losses.begin(new, old + new);
            let migrated = list(&mut losses, alloc::vec![from; LEN], |_, _| Ok(to.clone())).unwrap();
            let (left, limit) = losses.budget();
            let capacity = if size_of::<U>() == 0 { 0 } else { migrated.capacity() };
            assert_eq!(limit - left, capacity * size_of::<U>());
        }
        check(1_u64, 1_u64);
        check([1_u64; 3], 1_u64);
        check(1_u64, [1_u64; 3]);
        check(1_u32, 1_u64);
        check(1_u64, 1_u32);
        check([1_u32; 2], 1_u64);
        check(1_u8, ());
    }

    /// Keys that ascend, and those of few pairs, are told apart without heap; others by a position of each.
    #[test]
    fn keys_are_charged_where_they_are_sorted() {
        #[track_caller]
        fn check(keys: impl Iterator<Item = u64>, expected: usize) {
            let pairs: Map<u64, ()> = keys.map(|key| (key, ())).collect();
            let is_enough = |heap: &usize| {
                let mut losses = Losses::refused();
                losses.begin(*heap, *heap);
                let migrated = map(&mut losses, pairs.clone(), |_, key| Ok(key), |_, value| Ok(value));
                assert!(migrated.is_err() || losses.budget() == (*heap, *heap), "it is given back");
                migrated.is_ok()
            };
            assert_eq!((0..1000).find(is_enough), Some(expected));
        }
        check(0..100, 0);
        check((0..16).rev(), 0);
        check((0..17).rev(), 17 * size_of::<usize>());
    }
}
