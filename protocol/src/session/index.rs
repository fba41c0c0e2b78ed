//! Positions of messages: numbers of 16 bits that begin again behind 65535, and the one way to compare them.

use core::fmt;
use core::num::NonZeroU16;

/// Position of a message within its socket, on the way from the gateway to the runner (rows 1 and 2).
///
/// 65535 is followed by 0, so that two positions have no order by themselves: [`MessageIndex::relation_to`] says how they
/// lie on the circle, and nothing else here compares them. There is no `Ord` on purpose.
///
/// ```
/// use barewire_protocol::session::{MessageIndex, Relation};
///
/// let last = MessageIndex::from(65_535);
/// assert_eq!(last.next(), MessageIndex::from(0));
/// assert!(matches!(last.next().relation_to(last), Relation::After(by) if by.get() == 1));
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct MessageIndex(u16);

impl MessageIndex {
    /// The index of the message that opens a socket.
    pub const ZERO: Self = Self(0);

    /// How many messages in a row may wait to be acknowledged: with more, an old index could not be told from a new one.
    pub const MAX_WAITING: u16 = Relation::HALF - 1;

    /// The number as it is on the wire.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// The index behind this one.
    #[must_use]
    pub const fn next(self) -> Self {
        self.plus(1)
    }

    /// The index `count` places behind this one.
    #[must_use]
    pub const fn plus(self, count: u16) -> Self {
        Self(self.0.wrapping_add(count))
    }

    /// The index `count` places before this one.
    #[must_use]
    pub const fn minus(self, count: u16) -> Self {
        Self(self.0.wrapping_sub(count))
    }

    /// How this index lies to `other`, by the shorter way round the circle.
    ///
    /// Where a window of indices is known, ask for the relation to its edge and compare the distance with its length: half
    /// the circle is not enough to tell a stale index from one that was never given.
    #[must_use]
    pub const fn relation_to(self, other: Self) -> Relation {
        let ahead = self.0.wrapping_sub(other.0);
        let (after, before) = (NonZeroU16::new(ahead), NonZeroU16::new(ahead.wrapping_neg()));
        match (after, before) {
            (Some(after), _) if after.get() < Relation::HALF => Relation::After(after),
            (_, Some(before)) if before.get() < Relation::HALF => Relation::Before(before),
            (Some(_), _) => Relation::Opposite,
            (None, _) => Relation::Equal,
        }
    }
}

impl From<u16> for MessageIndex {
    fn from(index: u16) -> Self {
        Self(index)
    }
}

impl fmt::Display for MessageIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How one index lies to another (row 2).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Relation {
    /// They are the same.
    Equal,
    /// It comes so many places after the other: 1 to 32767.
    After(NonZeroU16),
    /// It comes so many places before the other: 1 to 32767.
    Before(NonZeroU16),
    /// It is as far from the other one way as the other way, 32768 places: neither before nor after.
    Opposite,
}

impl Relation {
    /// Half the circle.
    const HALF: u16 = 1 << 15;
}

/// Position of a message on the way from the runner to the gateway.
///
/// It is a type of its own so that no position of one direction is taken for one of the other (row 1). Gateways do not look
/// at it, so that it is counted and nothing more.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct ReplyIndex(u16);

impl ReplyIndex {
    /// The number as it is on the wire.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// The index behind this one; 65535 is followed by 0.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}

impl From<u16> for ReplyIndex {
    fn from(index: u16) -> Self {
        Self(index)
    }
}

/// The last message that an actor has stored as handled: none yet, or an index (row 4).
///
/// Version 2 writes `none` as -1, in storage (`msgIndex`) and on the wire (`lastMsgIndex`); -1 occurs nowhere else.
/// Version 3 has no `none`: it stores the index of the message that opened the socket.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum StoredIndex {
    /// No message was handled.
    None,
    /// Everything up to this message was handled.
    Index(MessageIndex),
}

impl StoredIndex {
    /// What stands for `none` in version 2.
    const NONE: i64 = -1;

    /// The index that the next message follows: 0 if there is none, since the first message of a client has index 1.
    #[must_use]
    pub const fn baseline(self) -> MessageIndex {
        match self {
            Self::None => MessageIndex::ZERO,
            Self::Index(index) => index,
        }
    }
}

impl From<Option<u16>> for StoredIndex {
    fn from(index: Option<u16>) -> Self {
        index.map_or(Self::None, |index| Self::Index(index.into()))
    }
}

impl TryFrom<i64> for StoredIndex {
    type Error = InvalidStoredIndex;

    fn try_from(number: i64) -> Result<Self, InvalidStoredIndex> {
        match u16::try_from(number) {
            Ok(index) => Ok(Self::Index(index.into())),
            Err(_) if number == Self::NONE => Ok(Self::None),
            Err(_) => Err(InvalidStoredIndex(number)),
        }
    }
}

impl From<StoredIndex> for i64 {
    fn from(stored: StoredIndex) -> Self {
        match stored {
            StoredIndex::None => StoredIndex::NONE,
            StoredIndex::Index(index) => index.get().into(),
        }
    }
}

/// A number that is neither -1 nor an index.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct InvalidStoredIndex(
    /// The number.
    pub i64,
);

impl fmt::Display for InvalidStoredIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected -1 or an index up to 65535, found {}", self.0)
    }
}

impl core::error::Error for InvalidStoredIndex {}
