//! One socket at its runner: what it knows in each state.

use alloc::boxed::Box;
use alloc::collections::VecDeque;

use barewire::{Bytes, Map, Str};

use crate::runner::latest::{MessageId, ToServerTunnelMessage, ToServerTunnelMessageKind};
use crate::session::queue::{Octets, Queue, Ticket};
use crate::session::runner::outbound::Outgoing;
use crate::session::runner::{Config, Socket, Status};
use crate::session::table::{HashKey, Keyed, mix};
use crate::session::{Close, Instant, MessageIndex, Relation, ReplyIndex, SocketId};

#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) socket: Socket,
    pub(super) actor: Str,
    /// The index of the next message to the gateway.
    pub(super) reply: ReplyIndex,
    /// How many messages named it that were not about a WebSocket.
    pub(super) violations: u8,
    pub(super) state: State,
}

#[derive(Clone, Debug)]
pub(super) enum State {
    /// The engine has listed the socket; what comes for it waits until the actor has started.
    Restoring(Held),
    Opening(Opening),
    Open(Open),
}

/// The gateway waits for an answer. It sends nothing before it has one, unless it asked twice and has the first one.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    /// The index of the message that opens the socket, which the first message of the client follows.
    pub(super) index: MessageIndex,
    pub(super) path: Str,
    pub(super) headers: Map<Str, Str>,
    /// Whether the host knows of it: not before the actor has started.
    pub(super) announced: bool,
    pub(super) held: Held,
}

#[derive(Clone, Debug)]
pub(super) struct Open {
    /// The last message that has come, or that opened the socket.
    pub(super) received: MessageIndex,
    /// Whether nothing has come since the open, so that the gateway may not have its answer.
    pub(super) is_new: bool,
    /// Nothing if the socket cannot hibernate: then nothing is acknowledged, stored or checked.
    pub(super) progress: Option<Progress>,
}

/// How far a socket that can hibernate has come: `received >= handled >= durable` (row 6).
#[derive(Clone, Debug)]
pub(super) struct Progress {
    /// The last message that the actor has handled.
    pub(super) handled: MessageIndex,
    /// The last message that storage has confirmed, and thereby the last that may be acknowledged.
    pub(super) durable: MessageIndex,
    /// Octets received since the last save began.
    pub(super) unsaved: usize,
    /// When the durable index was last acknowledged again.
    pub(super) reacked: Option<Instant>,
    /// The acknowledgement that may wait to be sent.
    pub(super) ack: Option<Ticket>,
    /// The answer to the open, and what the actor has said behind it; nothing once the socket is stored (row 13).
    pub(super) held_back: Option<Box<Queue<Outgoing>>>,
    pub(super) path: Str,
    pub(super) headers: Map<Str, Str>,
}

/// Messages that wait for an actor, and the close behind them if there is one.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    pub(super) messages: VecDeque<HeldMessage>,
    bytes: usize,
    pub(super) close: Option<Close>,
}

#[derive(Clone, Debug)]
pub(super) struct HeldMessage {
    pub(super) index: MessageIndex,
    pub(super) data: Bytes,
    pub(super) binary: bool,
}

impl HeldMessage {
    /// What holding one costs besides its payload, so that those without one are bounded, too.
    const OVERHEAD: usize = 64;
}

impl Octets for HeldMessage {
    fn octets(&self) -> usize {
        self.data.len() + Self::OVERHEAD
    }
}

/// There is no room.
pub(super) struct NoRoom;

impl Held {
    pub(super) fn push(&mut self, message: HeldMessage, config: &Config) -> Result<(), NoRoom> {
        let len = message.data.len();
        if self.messages.len() >= config.held || len > config.held_bytes.saturating_sub(self.bytes) {
            return Err(NoRoom);
        }
        self.bytes += len;
        self.messages.push_back(message);
        Ok(())
    }

    /// Where the gateway has begun to send all that waits again: what came before was on its way to an older life, so that it
    /// may lie behind a gap and be dropped. It is part of what is sent again.
    pub(super) fn begins_again_at(&self) -> usize {
        let pairs = self.messages.iter().zip(self.messages.iter().skip(1));
        let back = |(before, next): (&HeldMessage, &HeldMessage)| {
            !matches!(next.index.relation_to(before.index), Relation::After(_))
        };
        pairs.enumerate().filter(|(_, pair)| back(*pair)).last().map_or(0, |(at, _)| at + 1)
    }

    /// What it counts towards [`Config::total_held_bytes`].
    fn octets(&self) -> usize {
        self.bytes
            + self.messages.len() * HeldMessage::OVERHEAD
            + self.close.as_ref().map_or(0, |close| close.reason.octets())
    }

    fn len(&self) -> (usize, usize) {
        (self.messages.len(), self.bytes)
    }
}

impl Entry {
    pub(super) fn status(&self) -> Status {
        match &self.state {
            State::Restoring(_) => Status::Restoring,
            State::Opening(_) => Status::Opening,
            State::Open(_) if self.is_unanswered() => Status::Storing,
            State::Open(_) => Status::Open,
        }
    }

    /// Whether the actor has taken the socket, and its gateway does not know.
    pub(super) fn is_unanswered(&self) -> bool {
        self.progress().is_some_and(|progress| progress.held_back.is_some())
    }

    /// Messages that wait for the actor, and their octets.
    pub(super) fn held(&self) -> (usize, usize) {
        match &self.state {
            State::Restoring(held) => held.len(),
            State::Opening(opening) => opening.held.len(),
            State::Open(_) => (0, 0),
        }
    }

    /// What it counts towards [`Config::total_held_bytes`].
    pub(super) fn total_held(&self) -> usize {
        match &self.state {
            State::Restoring(held) => held.octets(),
            State::Opening(opening) => {
                opening.path.octets() + opening.headers.octets() + opening.held.octets()
            }
            State::Open(open) => open
                .progress
                .as_ref()
                .map_or(0, |progress| progress.path.octets() + progress.headers.octets()),
        }
    }

    /// Whether the host was told of the socket, and so has to be told of its end.
    pub(super) fn is_known(&self) -> bool {
        match &self.state {
            State::Restoring(_) => false,
            State::Opening(opening) => opening.announced,
            State::Open(_) => true,
        }
    }

    /// Whether the client has left already, which the actor will hear once it has started: its gateway has nobody to tell.
    pub(super) fn is_closed_by_gateway(&self) -> bool {
        match &self.state {
            State::Restoring(held) => held.close.is_some(),
            State::Opening(_) | State::Open(_) => false,
        }
    }

    pub(super) fn progress(&self) -> Option<&Progress> {
        match &self.state {
            State::Open(open) => open.progress.as_ref(),
            State::Restoring(_) | State::Opening(_) => None,
        }
    }

    pub(super) fn progress_mut(&mut self) -> Option<&mut Progress> {
        match &mut self.state {
            State::Open(open) => open.progress.as_mut(),
            State::Restoring(_) | State::Opening(_) => None,
        }
    }

    /// The id of the next message to the gateway, each of which is given once.
    pub(super) fn next_id(&mut self) -> MessageId {
        let id = self.socket.id.with(self.reply.get());
        self.reply = self.reply.next();
        id
    }

    pub(super) fn message(&mut self, message_kind: ToServerTunnelMessageKind) -> Outgoing {
        let of = match &message_kind {
            ToServerTunnelMessageKind::ToServerWebSocketClose(_) => None,
            _ => Some(self.socket),
        };
        Outgoing { of, message: ToServerTunnelMessage { message_id: self.next_id(), message_kind } }
    }
}

impl Open {
    /// One that cannot hibernate.
    pub(super) fn ordinary(baseline: MessageIndex) -> Self {
        Self { received: baseline, is_new: true, progress: None }
    }

    /// One that can, with what waits until it is stored unless it is.
    pub(super) fn hibernatable(
        baseline: MessageIndex,
        (path, headers): (Str, Map<Str, Str>),
        held_back: Option<Box<Queue<Outgoing>>>,
    ) -> Self {
        let (handled, durable) = (baseline, baseline);
        let progress =
            Progress { handled, durable, unsaved: 0, reacked: None, ack: None, held_back, path, headers };
        Self { received: baseline, is_new: true, progress: Some(progress) }
    }

    /// Whether one more message would be more than any gateway keeps without an acknowledgement: beyond that, old and new
    /// indices could not be told apart.
    pub(super) fn is_too_far_ahead(&self) -> bool {
        let Some(progress) = &self.progress else { return false };
        match self.received.relation_to(progress.durable) {
            Relation::After(count) => count.get() >= MessageIndex::MAX_WAITING,
            Relation::Equal => false,
            Relation::Before(_) | Relation::Opposite => true,
        }
    }
}

impl Progress {
    /// Whether a message that came before is stored, too.
    pub(super) fn is_durable(&self, index: MessageIndex) -> bool {
        match index.relation_to(self.durable) {
            Relation::Equal | Relation::Before(_) => true,
            Relation::After(_) | Relation::Opposite => false,
        }
    }
}

impl Keyed for Entry {
    type Key = SocketId;

    fn key(&self) -> &SocketId {
        &self.socket.id
    }
}

impl HashKey for SocketId {
    fn hash(&self, seed: u64) -> u64 {
        let ([a, b, c, d], [e, f, g, h]) = (self.gateway.0, self.request.0);
        mix(u64::from_le_bytes([a, b, c, d, e, f, g, h]), seed)
    }
}
