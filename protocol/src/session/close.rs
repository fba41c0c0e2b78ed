//! How a socket ends: codes and reasons, in one list.

use barewire::Str;

use crate::runner::latest::{ToClientWebSocketClose, ToServerWebSocketClose};

/// What a close says: a code and a reason of the WebSocket protocol, either of which may be missing.
///
/// A close without a code stays one, and so does an empty reason: nothing is made up on the way (row 14).
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Close {
    /// The code; nothing if the frame had none.
    pub code: Option<u16>,
    /// The reason; nothing if none was given.
    pub reason: Option<Str>,
}

impl Close {
    /// The longest reason in octets that fits into a close frame of a client's WebSocket.
    pub const MAX_REASON: usize = 123;

    /// A close with a code and a reason.
    #[must_use]
    pub fn new(code: u16, reason: &str) -> Self {
        Self { code: Some(code), reason: Some(reason.into()) }
    }

    /// The known reason that this close gives, whatever ray id stands behind it.
    ///
    /// Costs a comparison with each of [`CloseReason::ALL`].
    #[must_use]
    pub fn known(&self) -> Option<CloseReason> {
        let reason = self.reason.as_deref().map(|reason| reason.split('#').next().unwrap_or(reason));
        CloseReason::ALL
            .iter()
            .copied()
            .find(|known| Some(known.code()) == self.code && known.reason() == reason)
    }

    /// This close as it may be written to the socket of a client (row 10).
    ///
    /// A code that must not be in a close frame, such as 1006, becomes 1011, and the reason is cut to
    /// [`Close::MAX_REASON`] octets at the end of a character. Without a code there is no frame content.
    #[must_use]
    pub fn to_frame(&self) -> Option<(u16, &str)> {
        let code = match self.code? {
            code @ (1000..=1003 | 1007..=1014 | 3000..=4999) => code,
            _ => 1011,
        };
        let reason = self.reason.as_deref().unwrap_or("");
        let mut end = reason.len().min(Self::MAX_REASON);
        while !reason.is_char_boundary(end) {
            end -= 1;
        }
        Some((code, reason.get(..end).unwrap_or("")))
    }
}

impl From<CloseReason> for Close {
    fn from(known: CloseReason) -> Self {
        Self { code: Some(known.code()), reason: known.reason().map(Str::from) }
    }
}

impl From<Close> for ToClientWebSocketClose {
    fn from(Close { code, reason }: Close) -> Self {
        Self { code, reason }
    }
}

impl From<ToClientWebSocketClose> for Close {
    fn from(ToClientWebSocketClose { code, reason }: ToClientWebSocketClose) -> Self {
        Self { code, reason }
    }
}

/// What becomes of the client when a runner ends a socket: the flag `hibernate` of the message (rows 10 and 14).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Client {
    /// Its connection is closed, too. The default, and what every released runner says.
    #[default]
    Leaves,
    /// It stays connected, and its messages wait until the actor runs again. Only a socket that can hibernate has this
    /// choice, and only while its actor is being stopped: sockets are restored where an actor starts and nowhere else.
    Stays,
}

impl Client {
    pub(crate) fn message(self, Close { code, reason }: Close) -> ToServerWebSocketClose {
        ToServerWebSocketClose { code, reason, hibernate: self == Self::Stays }
    }
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal $reason:expr;)*) => {
        /// The codes and reasons that gateways and runners give, those of older releases included.
        ///
        /// A reason is `group.error`, with `#` and a ray id behind it where a gateway adds one; the oldest are sentences.
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum CloseReason {
            $($(#[$doc])* $name,)*
        }

        impl CloseReason {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code that the reason is sent with.
            #[must_use]
            pub const fn code(self) -> u16 {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// The text; [`CloseReason::Normal`] has none.
            #[must_use]
            pub const fn reason(self) -> Option<&'static str> {
                match self {
                    $(Self::$name => $reason,)*
                }
            }
        }
    };
}

reasons! {
    /// The other side ended without saying why. Gateway to runner.
    Normal = 1000 None;
    /// A tunnel message was not acknowledged in time (row 15). Runner to engine, for peers below version 3.
    AckTimeout = 1000 Some("ws.ack_timeout");
    /// A client waits for a socket of which nothing is stored (row 16). Runner to engine.
    MetaNotFoundDuringRestore = 1000 Some("ws.meta_not_found_during_restore");
    /// Something is stored of a socket whose client is gone (row 16). Only told to the actor.
    StaleMetadata = 1000 Some("ws.stale_metadata");
    /// The gateway has opened the socket again (row 13). Only told to the actor.
    DuplicateOpen = 1000 Some("ws.duplicate_open");
    /// The runner shuts down or was given up, and the socket cannot hibernate (row 21). Only told to the actor.
    TunnelShutdown = 1000 Some("ws.tunnel_shutdown");
    /// The actor has stopped, and the socket cannot outlive it (row 21).
    ActorStopped = 1000 Some("actor.stopped");
    /// The same from the first releases, which then keep the client.
    ActorStoppedSentence = 1000 Some("Actor stopped");
    /// Released drivers close their own socket with it once more, without effect.
    HackForceClose = 1000 Some("hack_force_close");
    /// The runner ends its connection to the engine.
    RunnerShutdown = 1000 Some("pegboard.runner_shutdown");
    /// Another runner with the same key has taken the place of this one.
    Eviction = 1000 Some("ws.eviction");
    /// The bridge ends the connection of a runner as intended.
    ConnectionClosed = 1000 Some("ws.connection_closed");
    /// The actor has cut the socket off without a close (row 14). Runner to engine.
    AbnormalClosure = 1006 Some("Abnormal Closure");
    /// A message is missing (row 3). Runner to engine.
    MessageIndexSkip = 1008 Some("ws.message_index_skip");
    /// A message came again, in one unreleased state of the driver. The machines here drop it.
    MessageIndexDuplicate = 1008 Some("ws.message_index_duplicate");
    /// An older message came again, in one unreleased state of the driver. The machines here drop it.
    MessageIndexRegressed = 1008 Some("ws.message_index_regressed");
    /// There is no such actor on the runner (row 13). Runner to engine.
    ActorNotFound = 1011 Some("Actor not found");
    /// The actor failed on the open, or on a message. Runner to engine.
    ServerError = 1011 Some("Server Error");
    /// The actor takes no WebSockets, in the first releases. Runner to engine.
    NotImplemented = 1011 Some("Not Implemented");
    /// The actor could not take a socket up again (row 16). Runner to engine.
    RestoreError = 1011 Some("ws.restore_error");
    /// The driver does not know which part of the actor the socket is for. Runner to engine.
    RouteError = 1011 Some("ws.route_error");
    /// The driver could not make a connection for a raw socket, in older releases.
    ConnectionFailed = 1011 Some("Failed to create connection");
    /// The driver does not hold the actor.
    ActorNotLoaded = 1011 Some("actor.not_loaded");
    /// The index of a message could not be stored, in later releases.
    HibernationPersistFailed = 1011 Some("actor.hibernation_persist_failed");
    /// A tunnel message was not acknowledged in time, in the first releases, which then keep the client.
    AckTimeoutSentence = 1000 Some("Message acknowledgment timeout");
    /// The gateway has failed (row 10). Gateway to runner.
    DownstreamClosed = 1011 Some("ws.downstream_closed");
    /// The runner was lost, in the first releases, which then keep the client. Bridge to gateway.
    UpstreamClosed = 1011 Some("ws.upstream_closed");
    /// An actor took too long: to acknowledge, to answer a ping, or to wake (rows 9 and 20). Gateway to client.
    ServiceTimeout = 1011 Some("guard.websocket_service_timeout");
    /// Too much waits to be acknowledged (row 7). Gateway to client.
    PendingLimitReached = 1011 Some("guard.websocket_pending_limit_reached");
    /// No runner has taken the socket (row 13). Gateway to client.
    ServiceUnavailable = 1011 Some("guard.websocket_service_unavailable");
    /// The socket hibernates: the error by which the deployed gateway says so to itself. No client sees it.
    ServiceHibernate = 1011 Some("guard.websocket_service_hibernate");
    /// The socket is to hibernate, and its runner speaks a version in which it could not be restored. Own to this crate.
    HibernationUnsupported = 1011 Some("ws.hibernation_unsupported");
    /// The peer has broken the protocol too often. Own to this crate.
    ProtocolError = 1008 Some("ws.protocol_error");
    /// A buffer is full, and dropping from it would have lost a message unnoticed. Own to this crate.
    BufferOverflow = 1011 Some("ws.buffer_overflow");
}
