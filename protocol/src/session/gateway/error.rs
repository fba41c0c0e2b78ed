//! Why a gateway did not do what it was told.

use core::fmt;

use crate::session::gateway::{BadAck, ClientMessage, Status};
use crate::session::{GatewayId, RequestId};

/// Why a message of a runner had no effect. None of these is fatal; enough of those that break the protocol end the socket.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Refused {
    /// Outputs have to be taken first, and the message to be brought again. Nothing was changed.
    Full,
    /// It is for another gateway.
    OtherGateway(GatewayId),
    /// There is no such socket: it has ended, or there was none.
    UnknownSocket(RequestId),
    /// It takes a socket that has ended, or that there never was. Send [`Gateway::orphan_close`](super::Gateway::orphan_close) to
    /// the runner that it comes from, which may not have heard of the end and would keep the socket until its actor stops.
    Orphan(RequestId),
    /// It is about an HTTP request.
    NotForWebSockets {
        /// The name of the message.
        message: &'static str,
    },
    /// It does not fit the state of the socket.
    WrongState {
        /// The name of the message.
        message: &'static str,
        /// The state.
        status: Status,
    },
    /// It acknowledges what is not there to be acknowledged; the window is as it was.
    BadAck(BadAck),
    /// It acknowledges a message of a socket that cannot hibernate.
    NotHibernatable,
    /// It answers the open otherwise than before, and has ended the socket.
    ContradictoryOpen,
    /// It refuses an open of a socket that was taken: the actor has gone since, or an earlier open is meant. The socket
    /// hibernates, or ends if it cannot; too many end it in any case (row 13).
    LateRefusal,
    /// It holds text that is not UTF-8, and has ended the socket.
    NotText,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("outputs have to be taken before any input"),
            Self::OtherGateway(id) => write!(f, "the message is for the gateway {id}"),
            Self::UnknownSocket(id) => write!(f, "there is no socket for the request {id}"),
            Self::Orphan(id) => write!(f, "the socket for the request {id} is taken and has ended"),
            Self::NotForWebSockets { message } => write!(f, "`{message}` is not about a WebSocket"),
            Self::WrongState { message, status } => write!(f, "`{message}` for a socket that is {status}"),
            Self::BadAck(BadAck::Stale { index }) => write!(f, "message {index} was acknowledged before"),
            Self::BadAck(BadAck::NotSent { index, last }) => {
                write!(f, "message {index} was acknowledged, and the last one sent is {last}")
            }
            Self::NotHibernatable => {
                f.write_str("a message was acknowledged of a socket that cannot hibernate")
            }
            Self::ContradictoryOpen => f.write_str("the second answer to the open contradicts the first"),
            Self::LateRefusal => f.write_str("an open was refused that had been taken"),
            Self::NotText => f.write_str("a text message is not UTF-8"),
        }
    }
}

impl core::error::Error for Refused {}

/// Why a command of the caller had no effect. Nothing was changed.
///
/// Besides what a command says of its errors, every one of them fails with [`CommandError::UnknownSocket`] if it names what is not
/// there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum CommandError {
    /// Outputs have to be taken before another socket is let in.
    Full,
    /// There is no such socket: it has ended, or there was none.
    UnknownSocket(RequestId),
    /// The socket is in another state.
    WrongState {
        /// The state.
        status: Status,
    },
    /// A socket with this request id exists.
    Exists(RequestId),
    /// There are as many sockets as there may be.
    TooManySockets,
    /// The request has a longer target, or more header fields, than it may have.
    TooLarge,
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("outputs have to be taken before any input"),
            Self::UnknownSocket(id) => write!(f, "there is no socket for the request {id}"),
            Self::WrongState { status } => write!(f, "the socket is {status}"),
            Self::Exists(id) => write!(f, "there is a socket for the request {id} already"),
            Self::TooManySockets => f.write_str("there are as many sockets as there may be"),
            Self::TooLarge => f.write_str("the target and the header fields of the request are too long"),
        }
    }
}

impl core::error::Error for CommandError {}

/// Why a message of a client was not taken. No index was used up.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum MessageError {
    /// Too much waits to be acknowledged: hold the message back until [`Output::Room`](super::Output::Room), or end the
    /// socket with [`CloseReason::PendingLimitReached`](crate::session::CloseReason::PendingLimitReached).
    NoRoom(ClientMessage),
    /// The message alone is larger than the window: the socket can only be ended.
    TooLarge(ClientMessage),
    /// Outputs have to be taken first: hold the message back until [`Output::Room`](super::Output::Room), which comes behind
    /// them.
    Full(ClientMessage),
    /// The command is wrong here.
    Command(CommandError),
}

impl From<CommandError> for MessageError {
    fn from(error: CommandError) -> Self {
        Self::Command(error)
    }
}

impl fmt::Display for MessageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRoom(message) => {
                write!(f, "no room for {} octets until more is acknowledged", message.data.len())
            }
            Self::TooLarge(message) => write!(f, "no window has room for {} octets", message.data.len()),
            Self::Full(_) => f.write_str("outputs have to be taken before any message"),
            Self::Command(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for MessageError {}
