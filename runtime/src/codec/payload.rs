//! A frame on its way through the versions.

use alloc::vec::Vec;

use super::{CodecError, Coded};
use crate::{Decode, DecodeError, Input, Limits, Message, Migrated, Migrator};

/// The octets of a message, and the version that they are written in.
#[derive(Clone, Debug)]
pub struct Payload<'a> {
    input: Input<'a>,
    limits: Limits,
    read_as: ReadAs,
}

/// How a frame was read.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct ReadAs {
    /// The version that the frame was said to have.
    pub version: u16,
    /// The alternate layout of this version that the frame had; `None` for the layout of the version itself.
    pub alternate: Option<&'static str>,
    /// An alternate layout under which the frame would be another message: its octets alone do not tell which was meant,
    /// and the layout of the version itself was preferred.
    pub ambiguous_with: Option<&'static str>,
}

impl ReadAs {
    pub(super) const fn version(version: u16) -> Self {
        Self { version, alternate: None, ambiguous_with: None }
    }
}

/// A second layout that was released under the number of a version: the version, the name of the layout,
/// and how a message in it is read and migrated to the layout of the version.
pub type Alternate<M, T> = (u16, &'static str, fn(&Payload<'_>, &mut M) -> Coded<T>);

/// Where a message of an older version is written.
#[derive(Debug)]
pub struct Target<'a> {
    version: u16,
    octets: &'a mut Vec<u8>,
}

impl<'a> Target<'a> {
    pub(super) const fn new(version: u16, octets: &'a mut Vec<u8>) -> Self {
        Self { version, octets }
    }

    /// The version to write.
    #[must_use]
    pub fn version(&self) -> u16 {
        self.version
    }

    /// Appends `message`, which has the layout of the version.
    ///
    /// # Errors
    ///
    /// None; the result is that of a migration.
    pub fn write(self, message: &impl Message) -> Migrated<()> {
        message.encode_into(self.octets);
        Ok(())
    }
}

impl<'a> Payload<'a> {
    pub(super) const fn new(version: u16, input: Input<'a>, limits: Limits) -> Self {
        Self { input, limits, read_as: ReadAs::version(version) }
    }

    /// The version that the octets are written in.
    #[must_use]
    pub fn version(&self) -> u16 {
        self.read_as.version
    }

    pub(super) fn read_as(&self) -> ReadAs {
        self.read_as
    }

    /// Decodes the octets, whose layout is that of `T`.
    ///
    /// # Errors
    ///
    /// As [`Message::decode_with`].
    pub fn decode<T: Message + Decode<'a>>(&self) -> Result<T, DecodeError> {
        T::decode_with(self.input, &self.limits)
    }

    /// Decodes the octets, whose layout is that of `T` or, where they are refused, that of one of the `alternates`.
    ///
    /// The layout of the version itself wins wherever it accepts the octets. [`ReadAs`] says which layout it was,
    /// and whether an alternate would make another message of them.
    ///
    /// # Errors
    ///
    /// Those of [`Payload::decode`] if no layout accepts the octets, and those of the migration.
    pub fn decode_among<T, M>(&mut self, m: &mut M, alternates: &[Alternate<M, T>]) -> Coded<T>
    where
        T: Message + Decode<'a> + PartialEq,
        M: Migrator,
    {
        let version = self.version();
        let decoded = self.decode::<T>();
        for (_, name, migrate) in alternates.iter().filter(|(of, ..)| *of == version) {
            let other = migrate(self, m);
            match (&decoded, other) {
                (Err(_), Ok(message)) => {
                    self.read_as.alternate = Some(name);
                    return Ok(message);
                }
                // The octets have the layout, but its message has no place in the version.
                (Err(_), Err(CodecError::Migrate(error))) => {
                    self.read_as.alternate = Some(name);
                    return Err(error.into());
                }
                (Ok(message), Ok(other)) if *message == other => {}
                (Ok(_), Ok(_) | Err(CodecError::Migrate(_))) => {
                    self.read_as.ambiguous_with = self.read_as.ambiguous_with.or(Some(name));
                }
                (Ok(_) | Err(_), Err(CodecError::Decode(_) | CodecError::UnsupportedVersion(_))) => {}
            }
            // What was recorded belongs to a message that nobody gets.
            m.begin();
        }
        Ok(decoded?)
    }
}
