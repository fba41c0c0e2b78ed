//! Whom a message belongs to.

use core::fmt;

use crate::runner::latest::MessageId;
use crate::session::MessageIndex;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct $name(
            /// The octets as they are on the wire.
            pub [u8; 4],
        );

        impl From<[u8; 4]> for $name {
            fn from(octets: [u8; 4]) -> Self {
                Self(octets)
            }
        }

        /// Eight hexadecimal digits, as in the subjects of the engine.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
    };
}

id! {
    /// The gateway that holds a client's connection: four opaque octets, random for each process of a gateway.
    GatewayId
}

id! {
    /// A client's connection at its gateway: four opaque octets, random for each connection.
    RequestId
}

/// A client's WebSocket as runners know it: request ids are unique only together with that of the gateway (rows 16 and 19).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SocketId {
    /// The gateway that holds the connection.
    pub gateway: GatewayId,
    /// The connection there.
    pub request: RequestId,
}

impl SocketId {
    /// The id of the message that has this place among those of the socket.
    #[must_use]
    pub fn message(self, index: MessageIndex) -> MessageId {
        self.with(index.get())
    }

    pub(crate) fn with(self, message_index: u16) -> MessageId {
        let Self { gateway: GatewayId(gateway_id), request: RequestId(request_id) } = self;
        MessageId { gateway_id, request_id, message_index }
    }

    /// The socket that a message belongs to.
    #[must_use]
    pub fn of(message: &MessageId) -> Self {
        let MessageId { gateway_id, request_id, message_index: _ } = *message;
        Self { gateway: GatewayId(gateway_id), request: RequestId(request_id) }
    }
}

impl fmt::Display for SocketId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.gateway, self.request)
    }
}
