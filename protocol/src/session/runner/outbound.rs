//! Messages to gateways that wait to be sent, for as long as the connection to the engine is down or the caller slow (row 19).

use alloc::collections::VecDeque;

use crate::runner::latest::{MessageId, ToServerTunnelMessage, ToServerTunnelMessageKind};
use crate::runner::latest::{ToServerWebSocketMessage, ToServerWebSocketMessageAck};
use crate::session::MessageIndex;
use crate::session::runner::Config;

/// The queue. A message gets its index when it goes in, and keeps it.
///
/// The bound is on what actors send. Beyond it there are at most one close and one acknowledgement for each socket, which
/// nobody can do without.
#[derive(Clone, Debug, Default)]
pub(super) struct Outbound {
    queue: VecDeque<ToServerTunnelMessage>,
    bytes: usize,
    /// How many messages have left at the front.
    taken: u64,
}

/// Where an acknowledgement waits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ticket(u64);

/// The bound is reached.
#[derive(Debug)]
pub(super) struct Overflow;

impl Outbound {
    pub(super) fn is_full(&self, config: &Config) -> bool {
        self.queue.len() >= config.outbound || self.bytes >= config.outbound_bytes
    }

    pub(super) fn push(&mut self, message: ToServerTunnelMessage, config: &Config) -> Result<(), Overflow> {
        let len = data_len(&message);
        if self.queue.len() >= config.outbound || len > config.outbound_bytes.saturating_sub(self.bytes) {
            return Err(Overflow);
        }
        self.push_anyway(message);
        Ok(())
    }

    /// For what comes at most once from a socket.
    pub(super) fn push_anyway(&mut self, message: ToServerTunnelMessage) {
        self.bytes += data_len(&message);
        self.queue.push_back(message);
    }

    /// Acknowledges `index` by the message that waits at `ticket`, if that has not left yet.
    pub(super) fn renew_ack(&mut self, ticket: Ticket, index: MessageIndex) -> bool {
        let waiting = ticket.0.checked_sub(self.taken).and_then(|at| usize::try_from(at).ok());
        let message = waiting.and_then(|at| self.queue.get_mut(at)).map(|message| &mut message.message_kind);
        match message {
            Some(ToServerTunnelMessageKind::ToServerWebSocketMessageAck(ack)) => {
                ack.index = index.get();
                true
            }
            _ => false,
        }
    }

    pub(super) fn push_ack(&mut self, message_id: MessageId, index: MessageIndex) -> Ticket {
        let ticket = Ticket(self.taken + self.queue.len() as u64);
        let ack = ToServerWebSocketMessageAck { index: index.get() };
        let message_kind = ToServerTunnelMessageKind::ToServerWebSocketMessageAck(ack);
        self.push_anyway(ToServerTunnelMessage { message_id, message_kind });
        ticket
    }

    pub(super) fn pop(&mut self) -> Option<ToServerTunnelMessage> {
        let message = self.queue.pop_front()?;
        self.bytes -= data_len(&message);
        self.taken += 1;
        Some(message)
    }

    /// Forgets everything; returns how many messages that were.
    pub(super) fn clear(&mut self) -> usize {
        let dropped = self.queue.len();
        self.taken += dropped as u64;
        self.queue.clear();
        self.bytes = 0;
        dropped
    }

    pub(super) fn len(&self) -> (usize, usize) {
        (self.queue.len(), self.bytes)
    }
}

fn data_len(message: &ToServerTunnelMessage) -> usize {
    match &message.message_kind {
        ToServerTunnelMessageKind::ToServerWebSocketMessage(ToServerWebSocketMessage { data, binary: _ }) => {
            data.len()
        }
        _ => 0,
    }
}
