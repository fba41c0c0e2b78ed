//! What gateways say: opens, messages and closes (rows 3, 13 and 14).

use barewire::{Str, Union};

use crate::runner::latest::{
    ToClientTunnelMessage, ToClientTunnelMessageKind, ToClientWebSocketOpen, ToServerTunnelMessage,
    ToServerTunnelMessageKind, ToServerWebSocketMessageAck, ToServerWebSocketOpen,
};
use crate::session::queue::Octets;
use crate::session::runner::entry::{Entry, Held, HeldMessage, NoRoom, Open, Opening, State};
use crate::session::runner::outbound::Outgoing;
use crate::session::runner::sequence::{Sequence, sequence};
use crate::session::runner::{ActorStatus, Entries, Event, Origin, Refused, Runner};
use crate::session::table::Place;
use crate::session::{
    Client, Close, CloseReason, Instant, MessageIndex, Relation, ReplyIndex, SocketId, Version,
};

impl Runner {
    /// Takes a message that a gateway has sent.
    ///
    /// # Errors
    ///
    /// [`Refused`] says why the message had no effect, or which rule it broke. The runner goes on.
    pub fn handle_tunnel(&mut self, message: ToClientTunnelMessage, now: Instant) -> Result<(), Refused> {
        self.now = self.now.max(now);
        if self.connectivity.is_ended() {
            return Err(Refused::Ended);
        }
        if self.is_full() {
            return Err(Refused::Full);
        }
        let ToClientTunnelMessage { message_id, message_kind } = message;
        let (id, index) = (SocketId::of(&message_id), MessageIndex::from(message_id.message_index));
        let name = message_kind.name();
        if let Some(tunnel_acks) = &mut self.tunnel_acks {
            match &message_kind {
                // Acknowledgements are not acknowledged.
                ToClientTunnelMessageKind::DeprecatedTunnelAck => tunnel_acks.acknowledged(&message_id),
                _ => {
                    let message_kind = ToServerTunnelMessageKind::DeprecatedTunnelAck;
                    let message = ToServerTunnelMessage { message_id, message_kind };
                    self.outbound.push(Outgoing { of: None, message });
                }
            }
        }
        match message_kind {
            ToClientTunnelMessageKind::DeprecatedTunnelAck => Ok(()),
            ToClientTunnelMessageKind::ToClientWebSocketOpen(open) => self.gateway_opened(id, index, open),
            ToClientTunnelMessageKind::ToClientWebSocketMessage(message) => {
                self.message(id, HeldMessage { index, data: message.data, binary: message.binary })
            }
            ToClientTunnelMessageKind::ToClientWebSocketClose(close) => self.gateway_closed(id, close.into()),
            ToClientTunnelMessageKind::ToClientRequestStart(_)
            | ToClientTunnelMessageKind::ToClientRequestChunk(_)
            | ToClientTunnelMessageKind::ToClientRequestAbort => {
                self.violated(id);
                Err(Refused::NotForWebSockets { message: name })
            }
        }
    }

    fn violated(&mut self, id: SocketId) {
        let Some(place) = self.sockets.find(&id) else { return };
        let Some(entry) = self.sockets.at_mut(place) else { return };
        entry.violations = entry.violations.saturating_add(1);
        if entry.violations >= self.config.violations {
            self.end_by_runner(place, CloseReason::ProtocolError);
        }
    }

    fn gateway_opened(
        &mut self,
        id: SocketId,
        index: MessageIndex,
        open: ToClientWebSocketOpen,
    ) -> Result<(), Refused> {
        let ToClientWebSocketOpen { actor_id, path, headers } = open;
        if let Some(place) = self.sockets.find(&id) {
            match self.attempt(place, &actor_id, index) {
                Attempt::Newer => {
                    let close = CloseReason::DuplicateOpen.into();
                    self.end(place, Origin::Replaced, close, Client::Leaves, Entries::Removed);
                }
                Attempt::Same => {
                    self.answer_again(place);
                    return Ok(());
                }
                Attempt::Old => return Err(Refused::OldOpen(id)),
            }
        }
        let status = self.actors.get(&actor_id).map(|actor| actor.status());
        let announced = match status {
            Some(ActorStatus::Running) => true,
            Some(ActorStatus::Starting) => false,
            Some(ActorStatus::Stopping) | None => {
                self.refuse(id, CloseReason::ActorNotFound);
                return Err(Refused::UnknownActor(id));
            }
        };
        if self.sockets.len() >= self.config.sockets {
            self.refuse(id, CloseReason::BufferOverflow);
            return Err(Refused::TooManySockets(id));
        }
        if path.octets() + headers.octets() > self.room() {
            self.refuse(id, CloseReason::BufferOverflow);
            return Err(Refused::NoRoom);
        }
        let socket = self.new_life(id);
        let opening = Opening { index, path, headers, announced, held: Held::default() };
        if announced {
            self.events.push(opened(socket, actor_id.clone(), &opening));
        }
        self.insert(Entry {
            socket,
            actor: actor_id,
            reply: ReplyIndex::default(),
            violations: 0,
            state: State::Opening(opening),
        });
        Ok(())
    }

    /// What an open says of a socket that exists.
    fn attempt(&self, place: Place, actor: &Str, index: MessageIndex) -> Attempt {
        let Some(entry) = self.sockets.at(place) else { return Attempt::Old };
        let (last, is_new) = match &entry.state {
            // The gateway knows that the socket is open, or it would not have listed it.
            State::Restoring(_) => return Attempt::Old,
            State::Opening(opening) => (opening.index, false),
            State::Open(open) => (open.received, open.is_new && !entry.is_unanswered()),
        };
        match self.config.version {
            // An open has no index of its own.
            Version::V1 | Version::V2 => Attempt::Newer,
            Version::V3 => match index.relation_to(last) {
                Relation::After(_) => Attempt::Newer,
                Relation::Equal if is_new && entry.actor == *actor => Attempt::Same,
                Relation::Equal | Relation::Before(_) | Relation::Opposite => Attempt::Old,
            },
        }
    }

    /// Says once more how a socket was taken.
    fn answer_again(&mut self, place: Place) {
        let Some(entry) = self.sockets.at_mut(place) else { return };
        let open = ToServerWebSocketOpen { can_hibernate: entry.progress().is_some() };
        let message = entry.message(ToServerTunnelMessageKind::ToServerWebSocketOpen(open));
        self.outbound.push(message);
    }

    pub(super) fn insert(&mut self, entry: Entry) {
        if let Some(actor) = self.actors.get_mut(&entry.actor) {
            actor.sockets.insert(entry.socket.id);
        }
        self.total_held += entry.total_held();
        self.sockets.insert(entry);
    }

    /// How many octets more the sockets may hold.
    fn room(&self) -> usize {
        self.config.total_held_bytes.saturating_sub(self.total_held)
    }

    /// Answers an open that makes no socket.
    fn refuse(&mut self, id: SocketId, reason: CloseReason) {
        let close = ToServerTunnelMessageKind::ToServerWebSocketClose(Client::Leaves.message(reason.into()));
        let message_id = id.with(ReplyIndex::default().get());
        let message = ToServerTunnelMessage { message_id, message_kind: close };
        self.outbound.push(Outgoing { of: None, message });
    }

    fn message(&mut self, id: SocketId, message: HeldMessage) -> Result<(), Refused> {
        let place = self.sockets.find(&id).ok_or(Refused::UnknownSocket(id))?;
        let (octets, room) = (message.octets(), self.room());
        let Self { sockets, actors, config, .. } = self;
        let entry = sockets.at_mut(place).ok_or(Refused::UnknownSocket(id))?;
        if actors.get(&entry.actor).is_some_and(|actor| actor.status() == ActorStatus::Stopping) {
            return Err(Refused::Stopping);
        }
        let held = match &mut entry.state {
            State::Open(_) => return self.deliver(place, message),
            State::Restoring(held) => held,
            State::Opening(opening) => &mut opening.held,
        };
        if held.close.is_some() {
            return Err(Refused::UnknownSocket(id));
        }
        let pushed = if octets > room { Err(NoRoom) } else { held.push(message, config) };
        match pushed {
            Ok(()) => {
                self.total_held += octets;
                Ok(())
            }
            Err(NoRoom) => {
                self.end_by_runner(place, CloseReason::BufferOverflow);
                Err(Refused::NoRoom)
            }
        }
    }

    /// Hands a message to the host, or drops it, or ends the socket: what its index says (row 3).
    pub(super) fn deliver(&mut self, place: Place, message: HeldMessage) -> Result<(), Refused> {
        let HeldMessage { index, data, binary } = message;
        let Some(entry) = self.sockets.at_mut(place) else { return Ok(()) };
        let socket = entry.socket;
        let State::Open(open) = &mut entry.state else { return Ok(()) };
        let ahead = open.is_too_far_ahead();
        if let Some(progress) = &mut open.progress {
            match sequence(open.received, index) {
                Sequence::Next if ahead => {
                    self.end_by_runner(place, CloseReason::ProtocolError);
                    return Err(Refused::TooFarAhead);
                }
                Sequence::Next => progress.unsaved = progress.unsaved.saturating_add(data.len()),
                Sequence::Duplicate => {
                    self.acknowledge_again(place, index);
                    return Err(Refused::Duplicate { index });
                }
                Sequence::Gap(missing) => {
                    self.end_by_runner(place, CloseReason::MessageIndexSkip);
                    return Err(Refused::Gap { missing });
                }
            }
        }
        open.received = index;
        open.is_new = false;
        self.events.push(Event::Message { socket, index, data, binary });
        Ok(())
    }

    /// The acknowledgement of a message that came again may have been lost. One that is not stored yet gets its own.
    fn acknowledge_again(&mut self, place: Place, index: MessageIndex) {
        let (now, interval) = (self.now, self.config.reack_interval);
        let progress = self.sockets.at_mut(place).and_then(Entry::progress_mut);
        let Some(progress) = progress.filter(|progress| progress.is_durable(index)) else { return };
        if progress.reacked.is_none_or(|last| now.since(last) >= interval) {
            progress.reacked = Some(now);
            self.acknowledge(place);
        }
    }

    /// Sends the durable index, by the acknowledgement that waits already if there is one.
    pub(super) fn acknowledge(&mut self, place: Place) {
        let Some(entry) = self.sockets.at_mut(place) else { return };
        // Nothing stands before the answer.
        let answered = entry.progress().filter(|progress| progress.held_back.is_none());
        let Some((durable, ticket)) = answered.map(|progress| (progress.durable, progress.ack)) else {
            return;
        };
        let waiting = ticket.and_then(|ticket| self.outbound.at_mut(ticket));
        if let Some(ToServerTunnelMessageKind::ToServerWebSocketMessageAck(ack)) =
            waiting.map(|outgoing| &mut outgoing.message.message_kind)
        {
            ack.index = durable.get();
            return;
        }
        let ack = ToServerWebSocketMessageAck { index: durable.get() };
        let ack = entry.message(ToServerTunnelMessageKind::ToServerWebSocketMessageAck(ack));
        let ticket = self.outbound.push(ack);
        if let Some(progress) = entry.progress_mut() {
            progress.ack = Some(ticket);
        }
    }

    /// The client is gone. Nothing is sent in return (row 14). While the actor stops the message counts, too: it will not
    /// come again.
    fn gateway_closed(&mut self, id: SocketId, mut close: Close) -> Result<(), Refused> {
        let place = self.sockets.find(&id).ok_or(Refused::UnknownSocket(id))?;
        let room = self.room();
        let entry = self.sockets.at_mut(place).ok_or(Refused::UnknownSocket(id))?;
        if let State::Restoring(held) = &mut entry.state {
            // The actor has to hear what had come before, and with what code it ended.
            if held.close.is_none() {
                // The code says the same in short, and a socket that has ended cannot end.
                close.reason = close.reason.filter(|reason| reason.octets() <= room);
                self.total_held += close.reason.octets();
                held.close = Some(close);
            }
            return Ok(());
        }
        self.end(place, Origin::Gateway, close, Client::Leaves, Entries::Removed);
        Ok(())
    }

    /// Opens a socket, and gives it what had been held for it.
    pub(super) fn open(&mut self, place: Place, open: Open) {
        let Some(entry) = self.sockets.at_mut(place) else { return };
        let socket = entry.socket;
        self.total_held -= entry.total_held();
        let held = match core::mem::replace(&mut entry.state, State::Open(open)) {
            State::Restoring(held) => held,
            State::Opening(opening) => opening.held,
            State::Open(_) => Held::default(),
        };
        self.total_held += entry.total_held();
        let again = held.begins_again_at();
        for (at, message) in held.messages.into_iter().enumerate() {
            // The client has left whatever is missing, and its gateway must not be told of the end that it told of.
            let may_be_dropped = at < again || held.close.is_some();
            if may_be_dropped && self.is_out_of_reach(place, message.index) {
                continue;
            }
            // A duplicate goes on, and a gap ends the socket.
            let _ = self.deliver(place, message);
            if self.place(socket).is_err() {
                return;
            }
        }
        if let Some(close) = held.close {
            self.end(place, Origin::Gateway, close, Client::Leaves, Entries::Removed);
        }
    }

    /// Whether a message would end its socket: it lies behind a gap, or too many before it are not stored.
    fn is_out_of_reach(&self, place: Place, index: MessageIndex) -> bool {
        match self.sockets.at(place).map(|entry| &entry.state) {
            Some(State::Open(open)) if open.progress.is_some() => match sequence(open.received, index) {
                Sequence::Gap(_) => true,
                Sequence::Next => open.is_too_far_ahead(),
                Sequence::Duplicate => false,
            },
            _ => false,
        }
    }
}

/// What an open is to a socket that exists.
enum Attempt {
    /// The gateway begins anew.
    Newer,
    /// The gateway may not know the answer: it has sent nothing since.
    Same,
    /// It comes once more from the link, or its answer is still to come.
    Old,
}

/// The event of an open that the host may know of.
pub(super) fn opened(socket: super::Socket, actor: Str, opening: &Opening) -> Event {
    Event::Open { socket, actor, path: opening.path.clone(), headers: opening.headers.clone() }
}
