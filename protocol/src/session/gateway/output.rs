//! What a gateway has to do for its sockets, in the order in which it is to be done.

use barewire::Str;

use crate::runner::latest::{ToClientTunnelMessage, ToClientTunnelMessageKind, ToRunnerPing};
use crate::session::gateway::ClientMessage;
use crate::session::queue::Octets;
use crate::session::table::Place;
use crate::session::{Close, RequestId};

/// Something for the caller to do.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Output {
    /// Send this to the runner of the actor, in the version that this runner speaks.
    ToRunner {
        /// The actor whose socket it is.
        actor: Str,
        /// The message, by the newest types.
        message: ToClientTunnelMessage,
    },
    /// Ask the bridge of the actor's runner whether it is there (row 20).
    Ping {
        /// The actor whose socket it is.
        actor: Str,
        /// The question.
        ping: ToRunnerPing,
    },
    /// The actor has taken the socket: accept the client's upgrade and begin to read from it.
    Accept {
        /// The connection.
        request: RequestId,
    },
    /// Send this to the client.
    ToClient {
        /// The connection.
        request: RequestId,
        /// The message. Text is UTF-8.
        message: ClientMessage,
    },
    /// End the client's connection, or refuse it if it was not accepted yet. The runner is told by itself if it has to be.
    CloseClient {
        /// The connection.
        request: RequestId,
        /// What to tell the client; see [`Close::to_frame`].
        close: Close,
    },
    /// Sockets of the actor hibernate. If it runs by now, say so by [`ActorEvent::Ready`](super::ActorEvent::Ready): it may
    /// have been ready before anybody asked (row 11). Comes once for all that hibernate until it is taken.
    Hibernating {
        /// The actor.
        actor: Str,
    },
    /// Something waits for the actor: find out where it runs, start it if it does not, and then say
    /// [`ActorEvent::Ready`](super::ActorEvent::Ready), or [`ActorEvent::Stopped`](super::ActorEvent::Stopped) if it cannot
    /// be started. Comes once for all its sockets, and again only after one of these, or when nobody has said either for
    /// [`Config::wake_timeout`](super::Config::wake_timeout).
    Wake {
        /// The actor.
        actor: Str,
    },
    /// Write down that the socket waits for its actor, and then call
    /// [`Gateway::handle_keepalive_stored`](super::Gateway::handle_keepalive_stored) (row 12).
    Keepalive {
        /// The connection.
        request: RequestId,
        /// Its actor.
        actor: Str,
    },
    /// A message that was refused may fit now: some were acknowledged, an ordinary socket has sent all that it had, or the
    /// outputs were taken that were there before.
    Room {
        /// The connection.
        request: RequestId,
    },
    /// The socket is gone, and so must be its record. Nothing more comes of it.
    Closed {
        /// The connection.
        request: RequestId,
    },
}

/// What waits to be taken.
///
/// The messages of a window are not copied into it: a place stands for all that its socket has to send, so that waking costs
/// the same however long its window is.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Ready(Output),
    /// What the socket at this place has to send.
    Send(Place),
    /// The actor at this place is to be woken, if it still is.
    Wake(Place),
    /// Sockets of the actor at this place hibernate.
    Hibernating(Place),
    /// There is room for a message of the socket at this place, if it is still there.
    Room(Place),
}

impl Octets for Item {
    /// What clients and runners have sent. The names of actors are shared with their sockets.
    fn octets(&self) -> usize {
        let Self::Ready(output) = self else { return 0 };
        match output {
            Output::ToClient { message, .. } => message.data.len(),
            Output::CloseClient { close, .. } => close.reason.octets(),
            Output::ToRunner { message, .. } => match &message.message_kind {
                ToClientTunnelMessageKind::ToClientWebSocketOpen(open) => {
                    open.path.octets() + open.headers.octets()
                }
                ToClientTunnelMessageKind::ToClientWebSocketClose(close) => close.reason.octets(),
                // Messages of clients wait in their windows, and nothing else is sent.
                _ => 0,
            },
            Output::Ping { .. }
            | Output::Accept { .. }
            | Output::Hibernating { .. }
            | Output::Wake { .. }
            | Output::Keepalive { .. }
            | Output::Room { .. }
            | Output::Closed { .. } => 0,
        }
    }
}
