//! What a runner tells those who host its actors, in the order in which it happened.

use core::fmt;

use barewire::{Bytes, Map, Str};

use crate::session::queue::Octets;
use crate::session::runner::Stored;
use crate::session::{Close, MessageIndex, SocketId};

/// One life of a socket at its runner, which events and commands name it by.
///
/// A socket that is opened or restored again has another life, so that what was meant for the old one does not reach the new.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Socket {
    pub(super) id: SocketId,
    pub(super) life: u64,
}

impl Socket {
    /// The gateway and the request.
    #[must_use]
    pub fn id(self) -> SocketId {
        self.id
    }
}

impl fmt::Debug for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Socket({}, life {})", self.id, self.life)
    }
}

/// Something that has happened. Each [`Event::Open`] and [`Event::Restored`] is followed by exactly one [`Event::Closed`],
/// unless the socket goes on without this life: its actor sleeps, its client stays, or the runner goes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Event {
    /// A client wants to talk to the actor: answer by [`Runner::accept`](super::Runner::accept) or
    /// [`Runner::close`](super::Runner::close) (row 13).
    Open {
        /// The socket.
        socket: Socket,
        /// The actor.
        actor: Str,
        /// The target of the upgrade request.
        path: Str,
        /// The header fields of that request, by name.
        headers: Map<Str, Str>,
    },
    /// A socket goes on behind what is stored of it. Its client knows nothing of the break (row 16).
    Restored {
        /// The socket.
        socket: Socket,
        /// The actor.
        actor: Str,
        /// What is stored.
        stored: Stored,
    },
    /// A socket is stored whose client has gone meanwhile: the actor is to see it closed with
    /// [`CloseReason::StaleMetadata`](crate::session::CloseReason::StaleMetadata) (row 16).
    Stale {
        /// The actor.
        actor: Str,
        /// What is stored.
        stored: Stored,
    },
    /// A message of a client. Once it is handled, say so by [`Runner::handled`](super::Runner::handled).
    Message {
        /// The socket.
        socket: Socket,
        /// Its place among the messages of the client.
        index: MessageIndex,
        /// The payload.
        data: Bytes,
        /// Whether it is a binary message or text.
        binary: bool,
    },
    /// The socket is gone.
    Closed {
        /// The socket.
        socket: Socket,
        /// Who has ended it.
        origin: Origin,
        /// What they said.
        close: Close,
    },
    /// Delete what is stored of the socket, if anything is, behind every save that began before (row 17).
    RemoveStored {
        /// The actor.
        actor: Str,
        /// The socket.
        id: SocketId,
    },
    /// Something handled waits to be stored: call [`Runner::begin_save`](super::Runner::begin_save) (rows 6 and 18).
    Save {
        /// The actor.
        actor: Str,
        /// Why.
        why: SaveReason,
    },
    /// The engine has given this runner up, or has put another in its place: stop the actor, and save nothing of it (row 21).
    /// Its sockets have ended here, as its clients are with another runner.
    StopActor {
        /// The actor.
        actor: Str,
        /// Which start of it.
        generation: u32,
    },
    /// Messages to gateways that had waited for the connection are dropped, because it was down for too long: the clients
    /// are with another runner by now.
    Dropped {
        /// How many.
        messages: usize,
    },
    /// Send what [`Runner::poll_transmit`](super::Runner::poll_transmit) still has, and then end the connection to the engine.
    CloseEngine {
        /// What to say.
        close: Close,
    },
}

/// Who has ended a socket (row 14). The first two are told to the gateway, and the destruction of an actor to those of sockets
/// that could hibernate.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Origin {
    /// The actor.
    Actor,
    /// This runner: by a fault of the peer, a timeout or a full buffer.
    Runner,
    /// The client or its gateway.
    Gateway,
    /// A newer open of the same socket.
    Replaced,
    /// The end of the actor, whose gateway learns of it by other means.
    ActorStopped,
    /// The end of the runner: its own, by eviction, or because the engine has given it up.
    Shutdown,
}

/// Why to save.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SaveReason {
    /// The actor has taken a socket that can hibernate: its client waits until it is stored.
    Opened,
    /// A socket has received [`Config::save_bytes`](super::Config::save_bytes).
    Size,
    /// Something has waited for [`Config::save_deadline`](super::Config::save_deadline).
    Deadline,
    /// A save was refused because of [`Config::saves`](super::Config::saves), and there is room for it.
    Refused,
}

impl Octets for Event {
    /// What clients and gateways have sent, and what of that was stored. The names of actors are shared with their sockets.
    fn octets(&self) -> usize {
        match self {
            Self::Open { path, headers, .. } => path.octets() + headers.octets(),
            Self::Restored { stored, .. } | Self::Stale { stored, .. } => {
                stored.path.octets() + stored.headers.octets()
            }
            Self::Message { data, .. } => data.len(),
            Self::Closed { close, .. } | Self::CloseEngine { close } => close.reason.octets(),
            Self::RemoveStored { .. } | Self::Save { .. } | Self::StopActor { .. } | Self::Dropped { .. } => {
                0
            }
        }
    }
}
