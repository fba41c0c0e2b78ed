//! Saves of an actor that are on their way, resolved in the order in which they began (rows 6 and 18).

use alloc::collections::{BTreeSet, VecDeque};
use alloc::vec::Vec;

use barewire::{Bytes, Map, Str};

use crate::actor::latest::{Conn, Subscription};
use crate::session::runner::Socket;
use crate::session::{Instant, MessageIndex, ReplyIndex, SocketId};

/// What is to be stored now, and by what name to say whether it was.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Save {
    /// For [`Runner::commit_save`](super::Runner::commit_save) or [`Runner::abort_save`](super::Runner::abort_save).
    pub ticket: SaveTicket,
    /// The sockets that have changed since the last save that is stored, in the order of their ids. Store them together
    /// with the state of the actor as it is at this moment, all or nothing, and behind every save that began before.
    pub sockets: Vec<SavedSocket>,
}

/// A save that is on its way.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct SaveTicket {
    pub(super) actor: Str,
    pub(super) generation: u32,
    pub(super) number: u64,
}

/// What is to be stored of a socket.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SavedSocket {
    /// The socket.
    pub socket: Socket,
    /// The last message that the actor has handled.
    pub index: MessageIndex,
    /// The index of the next message to the gateway.
    pub reply: ReplyIndex,
    /// The target of the request that opened it.
    pub path: Str,
    /// The header fields of that request.
    pub headers: Map<Str, Str>,
}

/// What the host knows of a connection, and the runner does not.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Connection {
    /// The id, unique within the actor.
    pub id: Str,
    /// What the client passed: CBOR.
    pub parameters: Bytes,
    /// The state of the connection: CBOR.
    pub state: Bytes,
    /// The events that it listens to.
    pub subscriptions: Vec<Subscription>,
}

impl SavedSocket {
    /// The value that is stored, under the id of the connection.
    ///
    /// [`actor::Codec`](crate::actor::Codec) writes it behind its version; [`Stored`](super::Stored) is what a later life
    /// makes of it.
    #[must_use]
    pub fn into_conn(self, connection: Connection) -> Conn {
        let Self { socket, index, reply, path, headers } = self;
        let SocketId { gateway, request } = socket.id();
        let Connection { id, parameters, state, subscriptions } = connection;
        Conn {
            id,
            parameters,
            state,
            subscriptions,
            gateway_id: gateway.0,
            request_id: request.0,
            server_message_index: index.get(),
            client_message_index: reply.get(),
            request_path: path,
            request_headers: headers,
        }
    }
}

/// The saves of one actor.
#[derive(Clone, Debug, Default)]
pub(super) struct Saves {
    /// The sockets that have changed since the last save began.
    pub(super) dirty: BTreeSet<SocketId>,
    pub(super) due: Due,
    begun: u64,
    on_their_way: VecDeque<OnItsWay>,
}

/// Whether the host is to save.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum Due {
    /// Nothing waits to be saved, but perhaps what is on its way.
    #[default]
    Never,
    /// It is to be asked then.
    By(Instant),
    /// It was asked and has not begun.
    Asked,
    /// It wanted to begin while there was no room for one more save, and is to be asked once there is.
    Refused,
}

impl Due {
    /// When to ask, if that is still to come.
    pub(super) fn by(self) -> Option<Instant> {
        match self {
            Self::By(by) => Some(by),
            Self::Never | Self::Asked | Self::Refused => None,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct OnItsWay {
    number: u64,
    pub(super) sockets: Vec<(Socket, MessageIndex)>,
    outcome: Option<Outcome>,
}

/// What became of a save.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Outcome {
    Committed,
    Aborted,
}

impl Saves {
    pub(super) fn on_their_way(&self) -> usize {
        self.on_their_way.len()
    }

    /// Takes the sockets of which storage may not know the present state: they have changed, or are on their way.
    pub(super) fn take_unconfirmed(&mut self) -> BTreeSet<SocketId> {
        let mut ids = core::mem::take(&mut self.dirty);
        let on_their_way = self.on_their_way.iter().flat_map(|save| &save.sockets);
        ids.extend(on_their_way.map(|(socket, _)| socket.id));
        ids
    }

    /// Begins a save of these sockets; returns its number.
    pub(super) fn begin(&mut self, sockets: Vec<(Socket, MessageIndex)>) -> u64 {
        let number = self.begun;
        self.begun += 1;
        self.on_their_way.push_back(OnItsWay { number, sockets, outcome: None });
        number
    }

    /// Notes what became of a save; false if it is not on its way, or was resolved before.
    pub(super) fn resolve(&mut self, number: u64, outcome: Outcome) -> bool {
        let found = self.on_their_way.iter_mut().find(|save| save.number == number);
        match found {
            Some(save) if save.outcome.is_none() => {
                save.outcome = Some(outcome);
                true
            }
            Some(_) | None => false,
        }
    }

    /// Takes out the oldest save if it is resolved. Those behind it wait: if it were stored after them, what they have
    /// confirmed would be gone again.
    pub(super) fn take_resolved(&mut self) -> Option<(Vec<(Socket, MessageIndex)>, Outcome)> {
        let outcome = self.on_their_way.front()?.outcome?;
        let save = self.on_their_way.pop_front()?;
        Some((save.sockets, outcome))
    }
}
