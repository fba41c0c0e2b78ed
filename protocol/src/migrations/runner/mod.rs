//! The runner protocol: ids of 16 octets became ids of 4, and the index of a message moved into its id.

mod packed_id;
mod v1_to_v2;
mod v2_to_v1;
mod v2_to_v3;
mod v3_to_v2;

use core::error::Error;
use core::fmt;

use barewire::Str;

pub(crate) use packed_id::unpacked;

/// What a tunnel message of version 1 or 2 had besides its content, octet for octet.
///
/// A [`TunnelAck`](crate::runner::v2::ToClientTunnelMessageKind::TunnelAck) for it repeats both ids, which its sender made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Tunnel {
    /// The id of the request or WebSocket.
    pub request_id: [u8; 16],
    /// The id of the message.
    pub message_id: [u8; 16],
    /// In an open message of a runner of version 2, the index of the last message it has; -1 for none.
    pub last_msg_index: Option<i64>,
    /// In a message to a runner, the pub/sub subject to answer on.
    pub gateway_reply_to: Option<Str>,
}

/// An id of 16 octets that is not the packed form of a gateway id and a request id: six of its octets have no place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ForeignId(
    /// The id.
    pub [u8; 16],
);

impl fmt::Display for ForeignId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected an id that packs those of a gateway and a request, found ")?;
        self.0.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
    }
}

impl Error for ForeignId {}
