//! Acknowledgements of single tunnel messages, which peers below version 3 give and expect (row 15).

use alloc::collections::{BTreeMap, VecDeque};
use core::time::Duration;

use crate::runner::latest::MessageId;
use crate::session::{Instant, SocketId};

/// Messages of sockets that are at work, sent and not acknowledged yet, the oldest first.
///
/// Ids are those of version 3, which older peers see packed into theirs. An engine that gives its messages other ids cannot
/// be answered from here: what [`Migrations::tunnel`](crate::Migrations::tunnel) keeps of them is needed for that.
///
/// An id says nothing of the life of its socket. Whatever a socket waits for is forgotten at its end, so that no other life of
/// it ends for that; a late acknowledgement may count for the next life.
#[derive(Clone, Debug)]
pub(super) struct TunnelAcks {
    timeout: Duration,
    limit: usize,
    /// Those that are not waited for any more stay until they are the oldest.
    sent: VecDeque<Sent>,
    /// Those that are waited for, each with its number among all that were sent.
    missing: BTreeMap<MessageId, u64>,
    /// The number of the next one.
    number: u64,
}

#[derive(Clone, Copy, Debug)]
struct Sent {
    id: MessageId,
    number: u64,
    at: Instant,
}

impl TunnelAcks {
    pub(super) fn new(timeout: Duration, limit: usize) -> Self {
        Self { timeout, limit, sent: VecDeque::new(), missing: BTreeMap::new(), number: 0 }
    }

    /// A message leaves. At the bound it is not waited for, and its socket has to end.
    pub(super) fn sent(&mut self, id: MessageId, now: Instant) -> Result<(), SocketId> {
        if self.sent.len() >= self.limit {
            return Err(SocketId::of(&id));
        }
        let number = self.number;
        if *self.missing.entry(id).or_insert(number) == number {
            self.number += 1;
            self.sent.push_back(Sent { id, number, at: now });
        }
        Ok(())
    }

    /// A message is acknowledged; one that is not waited for changes nothing.
    pub(super) fn acknowledged(&mut self, id: &MessageId) {
        self.missing.remove(id);
        self.forget_front();
    }

    /// A socket has ended, and nothing is waited for on its behalf. Costs what it waited for.
    pub(super) fn forget(&mut self, socket: SocketId) {
        let of_socket = socket.with(0)..=socket.with(u16::MAX);
        while let Some((&id, _)) = self.missing.range(of_socket.clone()).next() {
            self.missing.remove(&id);
        }
        self.forget_front();
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        self.sent.front().map(|oldest| oldest.at.past(self.timeout))
    }

    /// Takes out one that was waited for too long.
    pub(super) fn take_expired(&mut self, now: Instant) -> Option<SocketId> {
        let oldest = self.sent.front().copied()?;
        if now < oldest.at.past(self.timeout) {
            return None;
        }
        self.acknowledged(&oldest.id);
        Some(SocketId::of(&oldest.id))
    }

    /// The connection is gone, and with it whoever could acknowledge.
    pub(super) fn clear(&mut self) {
        self.sent.clear();
        self.missing.clear();
    }

    fn forget_front(&mut self) {
        while let Some(oldest) = self.sent.front()
            && self.missing.get(&oldest.id) != Some(&oldest.number)
        {
            self.sent.pop_front();
        }
    }
}
