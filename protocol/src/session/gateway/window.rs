//! The messages of a client that its runner has not acknowledged, and which of them are still to be sent (rows 7 and 8).

use alloc::collections::VecDeque;

use barewire::Bytes;

use crate::session::{Instant, MessageIndex, Relation};

/// What a window may hold.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct WindowLimits {
    /// Octets of payload. Default: 1 MiB.
    pub bytes: usize,
    /// Messages. Default and highest value: 32767, since a runner cannot tell more of them from old ones.
    pub count: u16,
}

impl WindowLimits {
    /// The most messages that a window can hold, whatever its limits.
    pub const MAX_COUNT: u16 = MessageIndex::MAX_WAITING;
}

impl Default for WindowLimits {
    fn default() -> Self {
        Self { bytes: 1 << 20, count: Self::MAX_COUNT }
    }
}

/// A message of a client as it came.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ClientMessage {
    /// The payload.
    pub data: Bytes,
    /// Whether it is a binary message or text.
    pub binary: bool,
}

/// Messages with consecutive indices, the oldest first.
///
/// Those before `sent` were given out since the last [`Window::rewind`], and those before `known` at some time: the runner
/// may acknowledge what an earlier life of it was sent, and nothing that nobody was ever sent.
#[derive(Clone, Debug)]
pub(super) struct Window {
    entries: VecDeque<Entry>,
    /// The index of the oldest message, or of the next one if there is none.
    first: MessageIndex,
    /// The sum of the payloads. Changed where `entries` is and nowhere else.
    bytes: usize,
    sent: u16,
    known: u16,
}

#[derive(Clone, Debug)]
struct Entry {
    message: ClientMessage,
    accepted: Instant,
}

/// Why an acknowledgement changed nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BadAck {
    /// It names a message that was acknowledged before: a late or repeated one, which does no harm.
    Stale {
        /// What was acknowledged.
        index: MessageIndex,
    },
    /// It names a message that was never sent.
    NotSent {
        /// What was acknowledged.
        index: MessageIndex,
        /// The last message that was sent.
        last: MessageIndex,
    },
}

/// Why a message was not taken.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum NoRoom {
    /// There is room once enough is acknowledged.
    Yet,
    /// It is larger than the whole window.
    Ever,
}

impl Window {
    /// For how many messages an empty window keeps its place.
    const KEPT: usize = 8;

    pub(super) fn new(first: MessageIndex) -> Self {
        Self { entries: VecDeque::new(), first, bytes: 0, sent: 0, known: 0 }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn len(&self) -> u16 {
        // At most `WindowLimits::MAX_COUNT`.
        self.entries.len() as u16
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn next_index(&self) -> MessageIndex {
        self.first.plus(self.len())
    }

    pub(super) fn has_unsent(&self) -> bool {
        self.sent < self.len()
    }

    /// Takes a message and gives it the next index. Nothing changes, and no index is used up, where it does not fit.
    pub(super) fn push(
        &mut self,
        message: ClientMessage,
        limits: &WindowLimits,
        now: Instant,
    ) -> Result<MessageIndex, NoRoom> {
        let len = message.data.len();
        if len > limits.bytes {
            return Err(NoRoom::Ever);
        }
        if self.len() >= limits.count.min(WindowLimits::MAX_COUNT) || len > limits.bytes - self.bytes {
            return Err(NoRoom::Yet);
        }
        let index = self.next_index();
        self.bytes += len;
        self.entries.push_back(Entry { message, accepted: now });
        Ok(index)
    }

    /// Forgets every message up to `index`, and says how many that were.
    ///
    /// Costs the messages that are forgotten, not those that stay.
    pub(super) fn acknowledge(&mut self, index: MessageIndex) -> Result<u16, BadAck> {
        let count = self.covered(index)?;
        for entry in self.entries.drain(..usize::from(count)) {
            self.bytes -= entry.message.data.len();
        }
        self.first = self.first.plus(count);
        self.sent = self.sent.saturating_sub(count);
        self.known -= count;
        self.give_back();
        Ok(count)
    }

    /// A burst is not paid for by a socket that is idle afterwards.
    fn give_back(&mut self) {
        if self.entries.is_empty() {
            self.entries.shrink_to(Self::KEPT);
        }
    }

    /// How many messages an acknowledgement of `index` covers: at least one, and none that was never sent.
    fn covered(&self, index: MessageIndex) -> Result<u16, BadAck> {
        let last_gone = self.first.minus(1);
        match index.relation_to(last_gone) {
            Relation::Equal | Relation::Before(_) => Err(BadAck::Stale { index }),
            Relation::After(count) if count.get() <= self.known => Ok(count.get()),
            Relation::After(_) | Relation::Opposite => {
                Err(BadAck::NotSent { index, last: last_gone.plus(self.known) })
            }
        }
    }

    /// Lets everything be sent again, from the oldest on. Costs the same however much that is.
    pub(super) fn rewind(&mut self) {
        self.sent = 0;
    }

    /// The next message to be sent, which stays in the window.
    pub(super) fn send(&mut self) -> Option<(MessageIndex, ClientMessage)> {
        let entry = self.entries.get(usize::from(self.sent))?;
        let index = self.first.plus(self.sent);
        self.sent += 1;
        self.known = self.known.max(self.sent);
        Some((index, entry.message.clone()))
    }

    /// The next message to be sent, which is nobody's business afterwards: the socket cannot hibernate.
    pub(super) fn send_and_forget(&mut self) -> Option<(MessageIndex, ClientMessage)> {
        let Entry { message, accepted: _ } = self.entries.pop_front()?;
        let index = self.first;
        self.first = index.next();
        self.bytes -= message.data.len();
        self.give_back();
        Some((index, message))
    }

    /// When the oldest message was accepted.
    pub(super) fn oldest(&self) -> Option<Instant> {
        self.entries.front().map(|entry| entry.accepted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(len: usize) -> ClientMessage {
        ClientMessage { data: Bytes::from(alloc::vec![0; len]), binary: true }
    }

    fn filled(first: u16, count: u16) -> Window {
        let mut window = Window::new(first.into());
        for _ in 0..count {
            window.push(message(1), &WindowLimits::default(), Instant::default()).expect("room");
            window.send().expect("it was just taken");
        }
        window
    }

    /// Every index there is, against windows that lie across the wrap and are as long as they may be.
    #[test]
    fn every_index_is_in_the_window_or_stale_or_was_not_sent() {
        for (first, count) in [(1, 0), (1, 1), (65_530, 10), (40_000, WindowLimits::MAX_COUNT)] {
            let window = filled(first, count);
            for index in 0..=u16::MAX {
                let place = index.wrapping_sub(first).wrapping_add(1);
                let last = first.wrapping_add(count).wrapping_sub(1).into();
                let (index, stale) = (index.into(), place == 0 || place > 32_768);
                let expected = match place {
                    _ if stale => Err(BadAck::Stale { index }),
                    _ if place <= count => Ok(place),
                    _ => Err(BadAck::NotSent { index, last }),
                };
                assert_eq!(window.covered(index), expected, "ack {index} of {count} messages from {first}");
            }
        }
    }

    #[test]
    fn an_acknowledgement_moves_the_window_or_changes_nothing() {
        for index in 0..=u16::MAX {
            let mut window = filled(65_530, 10);
            let covered = window.covered(index.into());
            assert_eq!(window.acknowledge(index.into()), covered);
            let gone = covered.unwrap_or(0);
            assert_eq!((window.len(), window.bytes()), (10 - gone, usize::from(10 - gone)));
            assert_eq!((window.first, window.known), (MessageIndex::from(65_530).plus(gone), 10 - gone));
        }
    }

    #[test]
    fn size_is_the_sum_of_what_is_held() {
        let mut window = Window::new(MessageIndex::from(65_534));
        for len in [5, 0, 7, 11] {
            window.push(message(len), &WindowLimits::default(), Instant::default()).expect("room");
            window.send();
        }
        for (index, bytes) in [(65_534, 18), (0, 11), (1, 0)] {
            assert!(window.acknowledge(index.into()).is_ok());
            assert_eq!(window.bytes(), bytes);
            assert_eq!(window.bytes(), window.entries.iter().map(|entry| entry.message.data.len()).sum());
        }
    }

    #[test]
    fn an_empty_window_is_small_however_long_it_was() {
        let mut window = filled(1, 1_000);
        window.acknowledge(999.into()).expect("it was sent");
        assert!(window.entries.capacity() >= 1_000, "nothing is moved while something waits");
        window.acknowledge(1_000.into()).expect("it was sent");
        assert!(window.entries.capacity() <= Window::KEPT);
        let mut ordinary = filled(1, 1_000);
        while ordinary.send_and_forget().is_some() {}
        assert!(ordinary.entries.capacity() <= Window::KEPT);
    }

    #[test]
    fn a_message_that_does_not_fit_takes_no_index() {
        let limits = WindowLimits { bytes: 10, count: 2 };
        let mut window = Window::new(MessageIndex::from(1));
        assert_eq!(window.push(message(11), &limits, Instant::default()), Err(NoRoom::Ever));
        assert_eq!(window.push(message(6), &limits, Instant::default()), Ok(1.into()));
        assert_eq!(window.push(message(5), &limits, Instant::default()), Err(NoRoom::Yet));
        assert_eq!(window.push(message(4), &limits, Instant::default()), Ok(2.into()));
        assert_eq!(window.push(message(0), &limits, Instant::default()), Err(NoRoom::Yet));
        assert_eq!((window.bytes(), window.len(), window.next_index()), (10, 2, 3.into()));
    }

    #[test]
    fn what_waits_unsent_cannot_be_acknowledged() {
        let mut window = filled(1, 2);
        window.push(message(1), &WindowLimits::default(), Instant::default()).expect("room");
        assert_eq!(window.acknowledge(3.into()), Err(BadAck::NotSent { index: 3.into(), last: 2.into() }));
        window.rewind();
        // An earlier life was sent both.
        assert_eq!(window.acknowledge(2.into()), Ok(2));
        assert_eq!(window.send().map(|(index, _)| index), Some(3.into()));
        assert_eq!(window.send(), None);
    }
}
