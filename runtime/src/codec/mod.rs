//! One version spoken to a peer, the newest one inside the program.
//!
//! A [`Codec`] decodes frames of any version of a family into the types of the newest, and encodes these as the peer
//! understands them. What a version is and which messages it has is generated; how values of changed types are carried
//! over is generated and, where the schemas leave it open, written by hand in the steps of a [`Migrator`].

mod error;
mod payload;
mod version;

use alloc::vec::Vec;
use bytes::Bytes;
use core::fmt;
use core::marker::PhantomData;
use core::ops::RangeInclusive;

use crate::message::whole;
use crate::migrate::Way;
use crate::path::PathSegment;
use crate::{Decode, DecodeError, DecodeErrorKind, Input, Limits, Message, Migrator, Reader, migrate};

pub use error::{CodecError, NoCommonVersion, Unsupported, UnsupportedVersion};
pub use payload::{Alternate, Payload, ReadAs, Target};
pub use version::{Downgrade, Family, Unchanged, Upgrade, Versioned};

/// What a codec returns.
pub type Coded<T> = Result<T, CodecError>;

/// The octets of the version in front of an embedded message: `u16`, little-endian.
const PREFIX: usize = 2;

/// Decodes frames of every version of the family `F`, and encodes messages in one of them.
///
/// It is made for the version that was agreed on with a peer, and asks `M` what the schemas leave open.
/// A frame of the newest version, or of an older one in which nothing of its message differs, is decoded directly.
/// So is one whose message is a union and holds a member that is the same in both, as soon as a message has shown that the
/// steps for the union are the generated ones; the same holds for encoding. What is read in place takes no heap, so that
/// limits which refused the first may accept the next.
/// Decoding asks only for the steps up, encoding only for the steps down.
///
/// Programs name it by the alias that is generated for their family, such as `envoy::Codec`:
///
/// ```text
/// let mut codec = envoy::Codec::new(negotiated_version, Migrations::strict())?;
/// let message: ToServer = codec.decode(&frame)?;             // any version becomes the newest
/// let reply: Bytes = codec.encode(&ToClient::ToClientClose)?; // the newest becomes that of the peer
/// ```
///
/// Messages that carry their version in front, such as stored ones, go through [`Codec::decode_embedded`] and
/// [`Codec::encode_embedded`]; the version of the codec is then the one it writes.
#[derive(Clone)]
pub struct Codec<F, M> {
    /// What [`Codec::decode`] and [`Codec::read`] read.
    reads: u16,
    /// What is encoded.
    writes: u16,
    limits: Limits,
    migrations: M,
    /// How the last frame was read, if it was understood at all.
    read_as: Option<ReadAs>,
    /// On which ways the unchanged members of a message need no step, since each step is a generated one, and its name.
    passing: Vec<(Way, &'static str)>,
    family: PhantomData<fn() -> F>,
}

/// Where a message goes through the versions.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Direction {
    Up,
    Down,
}

/// A message as [`Codec::read`] returns it.
#[derive(Clone, Debug, PartialEq)]
pub enum Latest<'a, T: Message> {
    /// The message is laid out as in the newest version: nothing was copied.
    View(T::View<'a>),
    /// The frame was older, and its message migrated.
    Owned(T),
}

impl<'a, T> Latest<'a, T>
where
    T: Message + for<'b> Decode<'b> + 'a,
{
    /// The owned message; a view is copied once, under the default [`Limits`].
    ///
    /// # Errors
    ///
    /// Those of [`Message::to_message`].
    pub fn into_owned(self) -> Result<T, DecodeError> {
        self.into_owned_with(&Limits::default())
    }

    /// The owned message; a view is copied once, under `limits`.
    ///
    /// # Errors
    ///
    /// Those of [`Message::to_message_with`].
    pub fn into_owned_with(self, limits: &Limits) -> Result<T, DecodeError> {
        match self {
            Self::View(view) => view.to_message_with(limits),
            Self::Owned(message) => Ok(message),
        }
    }
}

impl<F: Family, M: Migrator> Codec<F, M> {
    /// A codec for a peer that speaks `version`.
    ///
    /// # Errors
    ///
    /// [`UnsupportedVersion`] if the family does not have it (0, a version above the newest, or one that the generator was
    /// told to leave out), or if it is retired.
    pub fn new(version: u16, migrations: M) -> Result<Self, UnsupportedVersion> {
        spoken::<F>(version)?;
        Ok(Self { reads: version, writes: version, ..Self::latest(migrations) })
    }

    /// A codec that reads and writes the newest version: for a store, whose values carry their versions.
    #[must_use]
    pub fn latest(migrations: M) -> Self {
        Self {
            reads: F::LATEST,
            writes: F::LATEST,
            limits: Limits::default(),
            migrations,
            read_as: None,
            passing: Vec::new(),
            family: PhantomData,
        }
    }

    /// Encodes `version` from now on, whatever version is decoded.
    ///
    /// During a rolling deploy the writers stay at the version before until every reader has the new program.
    ///
    /// # Errors
    ///
    /// [`UnsupportedVersion`] if the family does not have it, or if it is retired.
    pub fn pin_writer(&mut self, version: u16) -> Result<(), UnsupportedVersion> {
        spoken::<F>(version)?;
        self.writes = version;
        Ok(())
    }

    /// Decodes under `limits` from now on.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The version that [`Codec::decode`] and [`Codec::read`] read.
    #[must_use]
    pub fn version(&self) -> u16 {
        self.reads
    }

    /// The version that is encoded.
    #[must_use]
    pub fn writer_version(&self) -> u16 {
        self.writes
    }

    /// Who migrates, with what was recorded during the last message.
    #[must_use]
    pub fn migrations(&self) -> &M {
        &self.migrations
    }

    /// Who migrates, to be changed.
    #[must_use]
    pub fn migrations_mut(&mut self) -> &mut M {
        &mut self.migrations
    }

    /// How the last frame was read; `None` before the first, and where the last one had no known version.
    #[must_use]
    pub fn read_as(&self) -> Option<ReadAs> {
        self.read_as
    }

    /// Decodes a frame of the codec's version into the newest.
    ///
    /// # Errors
    ///
    /// [`CodecError`]: the octets are wrong, the message does not exist in this version, or a value cannot be migrated.
    pub fn decode<'a, T: Upgrade<F, M>>(&mut self, frame: impl Into<Input<'a>>) -> Coded<T> {
        self.begin();
        self.decode_as(self.reads, frame.into())
    }

    /// Decodes a frame of the codec's version without copying it, where the newest version lays it out the same.
    ///
    /// # Errors
    ///
    /// As [`Codec::decode`].
    pub fn read<'a, T: Upgrade<F, M>>(&mut self, frame: impl Into<Input<'a>>) -> Coded<Latest<'a, T>> {
        self.begin();
        let frame = frame.into();
        if self.is_as_latest::<T>(self.reads, frame)? {
            return self.view(frame);
        }
        self.upgrade(self.reads, frame).map(Latest::Owned)
    }

    /// Decodes a message behind its version: two octets, little-endian.
    ///
    /// # Errors
    ///
    /// As [`Codec::decode`], and if the family does not have the version; offsets count from the version on.
    pub fn decode_embedded<'a, T: Upgrade<F, M>>(&mut self, frame: impl Into<Input<'a>>) -> Coded<T> {
        let frame = frame.into();
        let (version, _) = self.split(frame.as_slice())?;
        behind_prefix(frame, |body| self.decode_as(version, body)).map_err(shifted)
    }

    /// Decodes a message behind its version without copying it, where the newest version lays it out the same.
    ///
    /// # Errors
    ///
    /// As [`Codec::decode_embedded`].
    pub fn read_embedded<'a, T: Upgrade<F, M>>(
        &mut self,
        frame: impl Into<Input<'a>>,
    ) -> Coded<Latest<'a, T>> {
        let frame = frame.into();
        let (version, body) = self.split(frame.as_slice())?;
        if self.is_as_latest::<T>(version, Input::Borrowed(body))? {
            return self.view(Input::Borrowed(body)).map_err(shifted);
        }
        behind_prefix(frame, |body| self.upgrade(version, body)).map(Latest::Owned).map_err(shifted)
    }

    /// The message in the version that the codec writes.
    ///
    /// # Errors
    ///
    /// [`CodecError`]: the message does not exist in this version, or a value cannot be migrated.
    pub fn encode<T: Downgrade<F, M> + Clone>(&mut self, message: &T) -> Coded<Bytes> {
        let mut octets = Vec::new();
        self.encode_into(message, &mut octets)?;
        Ok(octets.into())
    }

    /// Appends the message in the version that the codec writes; nothing is appended if that fails.
    ///
    /// # Errors
    ///
    /// As [`Codec::encode`].
    pub fn encode_into<T: Downgrade<F, M> + Clone>(
        &mut self,
        message: &T,
        octets: &mut Vec<u8>,
    ) -> Coded<()> {
        self.begin();
        let version = self.writes;
        exists::<F, T>(version)?;
        if u32::from(version) >= T::SAME_SINCE
            || self.passes::<T>(Direction::Down, version, || message.union_tag())
        {
            message.encode_into(octets);
            return Ok(());
        }
        let written = message.clone().downgrade(Target::new(version, octets), &mut self.migrations);
        if written.is_ok() {
            self.learn::<T>(Direction::Down, version);
        }
        self.rooted(T::NAME, written.map_err(CodecError::from))
    }

    /// The message in the version that the codec writes, behind this version: two octets, little-endian.
    ///
    /// # Errors
    ///
    /// As [`Codec::encode`].
    pub fn encode_embedded<T: Downgrade<F, M> + Clone>(&mut self, message: &T) -> Coded<Bytes> {
        let mut octets = self.writes.to_le_bytes().to_vec();
        self.encode_into(message, &mut octets)?;
        Ok(octets.into())
    }

    fn decode_as<T: Upgrade<F, M>>(&mut self, version: u16, frame: Input<'_>) -> Coded<T> {
        if self.is_as_latest::<T>(version, frame)? {
            return whole(&mut Reader::new(frame, &self.limits));
        }
        self.upgrade(version, frame)
    }

    fn view<'a, T: Message>(&self, frame: Input<'a>) -> Coded<Latest<'a, T>> {
        whole(&mut Reader::new(frame, &self.limits)).map(Latest::View)
    }

    /// Forgets what was recorded and kept of the last message.
    fn begin(&mut self) {
        migrate::begin(&mut self.migrations, (usize::MAX, usize::MAX));
    }

    /// Whether the newest version lays the message of `frame` out just as `version` does, and no other layout was released
    /// under this number.
    fn is_as_latest<T: Versioned<F>>(&mut self, version: u16, frame: Input<'_>) -> Coded<bool> {
        self.read_as = None;
        exists::<F, T>(version)?;
        self.read_as = Some(ReadAs::version(version));
        let tag = || Reader::new(frame, &self.limits).uint().ok();
        Ok(u32::from(version) >= T::READ_SINCE || self.passes::<T>(Direction::Up, version, tag))
    }

    /// Whether a message with this tag is the same in `version`, and known to need no step.
    #[inline]
    fn passes<T: Versioned<F>>(
        &self,
        direction: Direction,
        version: u16,
        tag: impl FnOnce() -> Option<u64>,
    ) -> bool {
        let Some(unchanged) = Unchanged::in_version::<F, T>(version) else { return false };
        self.passing.contains(&(unchanged.way::<F, T>(direction), T::NAME))
            && tag().is_some_and(|tag| unchanged.has(tag))
    }

    /// Remembers whether the steps that just ran are all generated ones.
    #[inline]
    fn learn<T: Versioned<F>>(&mut self, direction: Direction, version: u16) {
        let Some(unchanged) = Unchanged::in_version::<F, T>(version) else { return };
        let way = unchanged.way::<F, T>(direction);
        if !self.passing.contains(&(way, T::NAME))
            && self.migrations.losses().generated.is_all_of::<M, T>(way)
        {
            self.passing.push((way, T::NAME));
        }
    }

    fn upgrade<T: Upgrade<F, M>>(&mut self, version: u16, frame: Input<'_>) -> Coded<T> {
        let mut payload = Payload::new(version, frame, self.limits);
        let message = T::upgrade(&mut payload, &mut self.migrations);
        self.read_as = Some(payload.read_as());
        if message.is_ok() {
            self.learn::<T>(Direction::Up, version);
        }
        self.rooted(payload.name(), message)
    }

    /// What came out of a migration, with the paths of its error and its losses beginning with the message.
    fn rooted<T>(&mut self, message: &'static str, migrated: Coded<T>) -> Coded<T> {
        let losses = self.migrations.losses();
        let placed = losses.place(0, PathSegment::Name(message));
        losses.lift_budget();
        match migrated {
            Err(CodecError::Migrate(error)) => Err(error.within(message).into()),
            Err(error @ (CodecError::Decode(_) | CodecError::UnsupportedVersion(_))) => Err(error),
            Ok(value) => match placed {
                Ok(()) => Ok(value),
                Err(error) => Err(error.within(message).into()),
            },
        }
    }

    fn split<'a>(&mut self, frame: &'a [u8]) -> Coded<(u16, &'a [u8])> {
        self.begin();
        self.read_as = None;
        let Some((prefix, body)) = frame.split_first_chunk::<PREFIX>() else {
            let needed = PREFIX - frame.len();
            let error = DecodeError::new(DecodeErrorKind::UnexpectedEnd { needed }, frame.len());
            return Err(error.within("version").into());
        };
        let version = u16::from_le_bytes(*prefix);
        supported::<F>(version)?;
        Ok((version, body))
    }
}

/// Checks that the family has `version`.
fn supported<F: Family>(version: u16) -> Result<(), UnsupportedVersion> {
    within(version, F::FIRST..=F::LATEST, Unsupported::Unknown)
}

/// Checks that the family has `version` and did not give it up.
fn spoken<F: Family>(version: u16) -> Result<(), UnsupportedVersion> {
    supported::<F>(version)?;
    if !F::RETIRED.contains(&version) {
        return Ok(());
    }
    Err(UnsupportedVersion { version, supported: F::FIRST..=F::LATEST, reason: Unsupported::Retired })
}

/// Checks that the message `T` exists in `version`.
fn exists<F: Family, T: Versioned<F>>(version: u16) -> Result<(), UnsupportedVersion> {
    within(version, T::SINCE..=F::LATEST, Unsupported::NoMessage(T::NAME))
}

fn within(
    version: u16,
    supported: RangeInclusive<u16>,
    reason: Unsupported,
) -> Result<(), UnsupportedVersion> {
    if supported.contains(&version) { Ok(()) } else { Err(UnsupportedVersion { version, supported, reason }) }
}

/// What `read` makes of the octets behind the version, which share the buffer of `frame`.
fn behind_prefix<R>(frame: Input<'_>, read: impl FnOnce(Input<'_>) -> R) -> R {
    match frame {
        Input::Shared(bytes) => read(Input::Shared(&bytes.slice(PREFIX..))),
        Input::Borrowed(bytes) => read(Input::Borrowed(&bytes[PREFIX..])),
    }
}

/// The error with an offset that counts the version.
fn shifted(error: CodecError) -> CodecError {
    match error {
        CodecError::Decode(error) => CodecError::Decode(error.behind(PREFIX)),
        CodecError::Migrate(_) | CodecError::UnsupportedVersion(_) => error,
    }
}

impl<F: Family, M: fmt::Debug> fmt::Debug for Codec<F, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Codec")
            .field("family", &F::NAME)
            .field("reads", &self.reads)
            .field("writes", &self.writes)
            .field("migrations", &self.migrations)
            .finish_non_exhaustive()
    }
}
