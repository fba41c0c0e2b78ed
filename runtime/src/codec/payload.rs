//! A frame on its way through the versions.

use alloc::vec::Vec;

use super::{CodecError, Coded};
use crate::message::{is_written_as, whole};
use crate::{Decode, DecodeError, Input, Limits, Message, Migrated, Migrator, Reader, migrate};

/// The octets of a message, and the version that they are written in.
#[derive(Clone, Debug)]
pub struct Payload<'a> {
    input: Input<'a>,
    limits: Limits,
    read_as: ReadAs,
    /// What the message that was decoded is called in its version.
    name: &'static str,
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
    /// and the layout of the version itself was preferred. Alternates that the heap budget has no room for are not seen.
    pub ambiguous_with: Option<&'static str>,
}

impl ReadAs {
    pub(super) const fn version(version: u16) -> Self {
        Self { version, alternate: None, ambiguous_with: None }
    }
}

/// A second layout that was released under the number of a version: the version, the name of the layout,
/// and how a message in it is read and migrated to the layout of the version.
pub type Alternate<M, T> = (u16, &'static str, fn(&mut Payload<'_>, &mut M) -> Coded<T>);

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
    /// There are none yet; the result is that of the migration that it ends.
    pub fn write(self, message: &impl Message) -> Migrated<()> {
        message.encode_into(self.octets);
        Ok(())
    }
}

impl<'a> Payload<'a> {
    pub(super) const fn new(version: u16, input: Input<'a>, limits: Limits) -> Self {
        Self { input, limits, read_as: ReadAs::version(version), name: "" }
    }

    /// The version that the octets are written in.
    #[must_use]
    #[inline]
    pub fn version(&self) -> u16 {
        self.read_as.version
    }

    pub(super) fn read_as(&self) -> ReadAs {
        self.read_as
    }

    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// Decodes the octets, whose layout is that of `T`, for `m` to migrate within what is left of the heap budget.
    ///
    /// # Errors
    ///
    /// As [`Message::decode_with`].
    #[inline]
    pub fn decode<T: Message + Decode<'a>>(&mut self, m: &mut impl Migrator) -> Result<T, DecodeError> {
        let mut r = Reader::new(self.input, &self.limits);
        let message = whole(&mut r)?;
        let (left, limit) = r.budget();
        m.losses().begin(left, limit);
        self.name = T::NAME;
        Ok(message)
    }

    /// Decodes the octets, whose layout is that of `T` or, where they are no message in it, that of one of the `alternates`.
    ///
    /// The layout of the version itself wins wherever it accepts the octets. [`ReadAs`] says which layout it was,
    /// and whether an alternate would make another message of them: one that the version can hold without a loss.
    /// For that, the step of the alternate runs in either case, within what is left of the heap budget.
    ///
    /// # Errors
    ///
    /// Those of [`Payload::decode`] if no layout accepts the octets, and those of the migration.
    pub fn decode_among<T, M>(&mut self, m: &mut M, alternates: &[Alternate<M, T>]) -> Coded<T>
    where
        T: Message + Decode<'a>,
        M: Migrator,
    {
        let version = self.version();
        let alternates = alternates.iter().filter(|(of, ..)| *of == version);
        match self.decode::<T>(m) {
            Ok(message) => {
                let (left, limit) = m.losses().budget();
                let mut other = Self { limits: Limits::with_heap(left), ..self.clone() };
                let is_other = |(_, _, step): &&Alternate<M, T>| {
                    migrate::begin(m, (left, limit));
                    let message = step(&mut other, m);
                    let is_whole = m.losses().as_slice().is_empty();
                    // There is one encoding of a value, so that of the message is the frame.
                    message.is_ok_and(|message| is_whole && !is_written_as(&message, self.input.as_slice()))
                };
                self.read_as.ambiguous_with = { alternates }.find(is_other).map(|(_, name, _)| *name);
                // What was recorded and kept on the way belongs to a message that nobody gets.
                migrate::begin(m, (left, limit));
                Ok(message)
            }
            // The frame may well have this layout: a limit says nothing about it.
            Err(refusal) if refusal.kind().rule().is_none() => Err(refusal.into()),
            Err(refusal) => {
                for (_, name, step) in alternates {
                    match step(self, m) {
                        Err(CodecError::Decode(error)) if error.kind().rule().is_some() => {}
                        migrated => {
                            self.read_as.alternate = Some(name);
                            return migrated;
                        }
                    }
                }
                Err(refusal.into())
            }
        }
    }
}
