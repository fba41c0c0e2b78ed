//! Messages to gateways that wait to be sent, for as long as the connection to the engine is down or the caller slow (row 19).
//!
//! A message gets its index when it goes in, and keeps it. The bound is on what actors send. Beyond it there are at most one
//! close and one acknowledgement for each socket, which nobody can do without.

use crate::runner::latest::{ToServerTunnelMessage, ToServerTunnelMessageKind};
use crate::session::queue::Octets;
use crate::session::runner::Socket;

#[derive(Clone, Debug)]
pub(super) struct Outgoing {
    /// The life of the socket that waits for its acknowledgement below version 3; nothing if none does, as of its end.
    pub(super) of: Option<Socket>,
    pub(super) message: ToServerTunnelMessage,
}

impl Octets for Outgoing {
    /// What actors say.
    fn octets(&self) -> usize {
        match &self.message.message_kind {
            ToServerTunnelMessageKind::ToServerWebSocketMessage(message) => message.data.len(),
            ToServerTunnelMessageKind::ToServerWebSocketClose(close) => close.reason.octets(),
            // Answers and acknowledgements are of one size, and nothing else is sent.
            _ => 0,
        }
    }
}
