//! What the generator says of a family and of its messages.

use core::ops::RangeInclusive;

use super::{Coded, Direction, NoCommonVersion, Payload, Target};
use crate::migrate::Way;
use crate::{Decode, Message, Migrated, Migrator};

/// The versions of a family of schemas. Generated code implements it.
pub trait Family {
    /// The name of the family.
    const NAME: &'static str;

    /// The oldest version that this program reads.
    const FIRST: u16;

    /// The newest version.
    const LATEST: u16;

    /// The versions that were given up: what was stored in them is read, and nobody speaks them.
    const RETIRED: &'static [u16] = &[];

    /// The highest version that is also in `peer`, and not retired.
    ///
    /// # Errors
    ///
    /// [`NoCommonVersion`] if there is none.
    fn negotiate(peer: RangeInclusive<u16>) -> Result<u16, NoCommonVersion> {
        let common = Self::FIRST.max(*peer.start())..=Self::LATEST.min(*peer.end());
        let highest = common.rev().find(|version| !Self::RETIRED.contains(version));
        highest.ok_or(NoCommonVersion { peer, supported: Self::FIRST..=Self::LATEST, retired: Self::RETIRED })
    }
}

/// A message of the newest version of the family `F`. Generated code implements it.
pub trait Versioned<F>: Message {
    /// The first version that has this message; so do all later ones.
    #[doc(hidden)]
    const SINCE: u16;

    /// The first version from which on the message is laid out as in the newest.
    #[doc(hidden)]
    const SAME_SINCE: u32;

    /// The first version from which on, besides, no frame can have another layout of the same number.
    #[doc(hidden)]
    const READ_SINCE: u32 = Self::SAME_SINCE;

    /// Of a union, the members that older versions lay out as the newest does, oldest first.
    #[doc(hidden)]
    const UNCHANGED: &'static [Unchanged] = &[];

    /// The tag of a union that has such members.
    #[doc(hidden)]
    fn union_tag(&self) -> Option<u64> {
        None
    }
}

/// Members of a message that some versions lay out as the newest does.
#[derive(Clone, Debug)]
pub struct Unchanged {
    versions: RangeInclusive<u16>,
    steps: usize,
    tags: &'static [u64],
}

impl Unchanged {
    /// The members with these `tags`, between which and the newest version there are `steps`.
    #[must_use]
    pub const fn new(versions: RangeInclusive<u16>, steps: usize, tags: &'static [u64]) -> Self {
        Self { versions, steps, tags }
    }

    /// What `T` has of them in `version`.
    #[inline]
    pub(super) fn in_version<F, T: Versioned<F>>(version: u16) -> Option<&'static Self> {
        T::UNCHANGED.iter().find(|unchanged| unchanged.versions.contains(&version))
    }

    /// The steps between them and the newest layout.
    #[inline]
    pub(super) fn way<F, T: Versioned<F>>(&self, direction: Direction) -> Way {
        let (last, steps) = (*self.versions.end(), self.steps);
        // Lossless: it is a version.
        let newest = T::SAME_SINCE as u16;
        match direction {
            Direction::Up => Way { from: last, to: newest, steps },
            Direction::Down => Way { from: newest, to: last, steps },
        }
    }

    #[inline]
    pub(super) fn has(&self, tag: u64) -> bool {
        self.tags.contains(&tag)
    }
}

/// A message of the newest version of `F` that `M` can raise older frames to. Generated code implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no message that a codec of `{F}` decodes",
    label = "not a message of the newest version",
    note = "codecs decode into the messages of `latest`: the types that no other type of the schema uses, \
            or those that `Config::messages` names"
)]
pub trait Upgrade<F, M>: Versioned<F> + for<'a> Decode<'a> {
    /// Decodes a frame that has another layout than the newest, and migrates its message step by step.
    ///
    /// # Errors
    ///
    /// [`CodecError`](super::CodecError): the octets are wrong, or a value cannot be migrated.
    #[doc(hidden)]
    fn upgrade(payload: &mut Payload<'_>, m: &mut M) -> Coded<Self>
    where
        M: Migrator,
    {
        // A message that is the same in all versions needs no step.
        Ok(payload.decode(m)?)
    }
}

/// A message of the newest version of `F` that `M` can lower to older ones. Generated code implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no message that a codec of `{F}` encodes",
    label = "not a message of the newest version",
    note = "codecs encode the messages of `latest`: the types that no other type of the schema uses, \
            or those that `Config::messages` names"
)]
pub trait Downgrade<F, M>: Versioned<F> {
    /// Migrates the message step by step to the version of `target`, in which its layout is another, and writes it there.
    ///
    /// # Errors
    ///
    /// [`MigrateError`](crate::MigrateError) if a value cannot be migrated; then nothing is written.
    #[doc(hidden)]
    fn downgrade(self, target: Target<'_>, m: &mut M) -> Migrated<()>
    where
        Self: Sized,
    {
        // A message that is the same in all versions needs no step.
        let _ = m;
        target.write(&self)
    }
}
