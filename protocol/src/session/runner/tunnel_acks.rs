//! Acknowledgements of single tunnel messages, which peers below version 3 give and expect (row 15).

use alloc::collections::{BTreeSet, VecDeque};
use core::time::Duration;

use crate::runner::latest::MessageId;
use crate::session::{Instant, SocketId};

/// Messages that were sent and not acknowledged yet, the oldest first.
///
/// Ids are those of version 3, which older peers see packed into theirs. An engine that gives its messages other ids cannot
/// be answered from here: what [`Migrations::tunnel`](crate::Migrations::tunnel) keeps of them is needed for that.
#[derive(Clone, Debug)]
pub(super) struct TunnelAcks {
    timeout: Duration,
    limit: usize,
    /// Those that are acknowledged out of order stay until they are the oldest.
    sent: VecDeque<(MessageId, Instant)>,
    missing: BTreeSet<MessageId>,
}

impl TunnelAcks {
    pub(super) fn new(timeout: Duration, limit: usize) -> Self {
        Self { timeout, limit, sent: VecDeque::new(), missing: BTreeSet::new() }
    }

    /// A message leaves. At the bound it is not waited for, and its socket has to end.
    pub(super) fn sent(&mut self, id: MessageId, now: Instant) -> Result<(), SocketId> {
        if self.sent.len() >= self.limit {
            return Err(SocketId::of(&id));
        }
        if self.missing.insert(id) {
            self.sent.push_back((id, now));
        }
        Ok(())
    }

    /// A message is acknowledged; one that is not waited for changes nothing.
    pub(super) fn acknowledged(&mut self, id: &MessageId) {
        self.missing.remove(id);
        while let Some((oldest, _)) = self.sent.front()
            && !self.missing.contains(oldest)
        {
            self.sent.pop_front();
        }
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        self.sent.front().map(|(_, sent)| sent.past(self.timeout))
    }

    /// Takes out one that was waited for too long.
    pub(super) fn take_expired(&mut self, now: Instant) -> Option<SocketId> {
        let (oldest, sent) = *self.sent.front()?;
        if now < sent.past(self.timeout) {
            return None;
        }
        self.acknowledged(&oldest);
        Some(SocketId::of(&oldest))
    }

    /// The connection is gone, and with it whoever could acknowledge.
    pub(super) fn clear(&mut self) {
        self.sent.clear();
        self.missing.clear();
    }
}
