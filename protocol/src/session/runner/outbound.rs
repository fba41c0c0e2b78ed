//! Messages to gateways that wait to be sent, for as long as the connection to the engine is down or the caller slow (row 19).
//!
//! A message gets its index when it goes in, and keeps it. The bound is on what actors send. Beyond it there are at most one
//! close and one acknowledgement for each socket, which nobody can do without.

use crate::runner::latest::{ToServerTunnelMessage, ToServerTunnelMessageKind, ToServerWebSocketMessage};
use crate::session::queue::Octets;

impl Octets for ToServerTunnelMessage {
    /// The payload.
    fn octets(&self) -> usize {
        match &self.message_kind {
            ToServerTunnelMessageKind::ToServerWebSocketMessage(ToServerWebSocketMessage {
                data,
                binary: _,
            }) => data.len(),
            _ => 0,
        }
    }
}
