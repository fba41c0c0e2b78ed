//! What the generator says of a family and of its messages.

use core::ops::RangeInclusive;

use super::{Coded, NoCommonVersion, Payload, Target};
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
    const SINCE: u16;

    /// The first version from which on the message is laid out as in the newest.
    const SAME_SINCE: u32;

    /// The first version from which on, besides, no frame can have another layout of the same number.
    const READ_SINCE: u32 = Self::SAME_SINCE;
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
    fn downgrade(self, target: Target<'_>, m: &mut M) -> Migrated<()>
    where
        Self: Sized,
    {
        // A message that is the same in all versions needs no step.
        let _ = m;
        target.write(&self)
    }
}
