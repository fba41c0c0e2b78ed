//! Why a runner did not do what it was told.

use core::fmt;

use barewire::Str;

use crate::session::{CannotHibernate, MessageIndex, SocketId};

/// The state of a socket at its runner, for those who look at it (row 14). One that has ended is unknown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Status {
    /// The engine has listed it, and what is stored of it is not read yet.
    Restoring,
    /// The actor has not answered yet.
    Opening,
    /// The actor has taken it, and the answer waits until it is stored.
    Storing,
    /// It takes messages.
    Open,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Restoring => "restoring",
            Self::Opening => "opening",
            Self::Storing => "storing",
            Self::Open => "open",
        })
    }
}

/// The state of an actor.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ActorStatus {
    /// It is being loaded; what is for it is held.
    Starting,
    /// It takes messages.
    Running,
    /// It takes no more messages: what comes will be sent again to its next life.
    Stopping,
}

impl fmt::Display for ActorStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Starting => "starting",
            Self::Running => "running",
            Self::Stopping => "stopping",
        })
    }
}

/// Why a message of a gateway had no effect, or which rule it broke. None of these is fatal to the runner.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Refused {
    /// Events or messages to gateways have to be taken first ([`Runner::is_full`](super::Runner::is_full)), and this one to be
    /// brought again. Nothing was changed.
    Full,
    /// There is no such socket: it has ended, or there was none.
    UnknownSocket(SocketId),
    /// It opens a socket of an actor that does not run here; the gateway is told so.
    UnknownActor(SocketId),
    /// It opens a socket where there are as many as there may be; the gateway is told so.
    TooManySockets(SocketId),
    /// It opens a socket that is opening, or that has had messages since.
    OldOpen(SocketId),
    /// It is about an HTTP request, and counts against the socket that it names, if there is one.
    NotForWebSockets {
        /// The name of the message.
        message: &'static str,
    },
    /// The message was there before.
    Duplicate {
        /// Its index.
        index: MessageIndex,
    },
    /// Messages are missing before this one, which has ended the socket.
    Gap {
        /// How many.
        missing: u16,
    },
    /// More messages wait to be stored than any gateway may keep, which has ended the socket.
    TooFarAhead,
    /// The actor is being stopped: the message will come again.
    Stopping,
    /// There is no room to hold the message until the actor takes it, which has ended the socket, or to open one more socket;
    /// the gateway is told so.
    NoRoom,
    /// The runner has shut down or was evicted.
    Ended,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("events and messages have to be taken before any input"),
            Self::UnknownSocket(id) => write!(f, "there is no socket {id}"),
            Self::UnknownActor(id) => write!(f, "the actor of the socket {id} does not run here"),
            Self::TooManySockets(id) => write!(f, "there is no place for the socket {id}"),
            Self::OldOpen(id) => write!(f, "the socket {id} is open already"),
            Self::NotForWebSockets { message } => write!(f, "`{message}` is not about a WebSocket"),
            Self::Duplicate { index } => write!(f, "message {index} was there before"),
            Self::Gap { missing } => write!(f, "{missing} messages are missing"),
            Self::TooFarAhead => f.write_str("more messages wait to be stored than a gateway may keep"),
            Self::Stopping => f.write_str("the actor is stopping"),
            Self::NoRoom => f.write_str("no room to hold more until actors take what waits for them"),
            Self::Ended => f.write_str("the runner has ended"),
        }
    }
}

impl core::error::Error for Refused {}

/// Why a command of the host had no effect. Nothing was changed, but by [`CommandError::Overflow`], which ends the socket.
///
/// Besides what a command says of its errors, every one of them fails with [`CommandError::Ended`] behind the end of the runner,
/// and with [`CommandError::UnknownSocket`] or [`CommandError::UnknownActor`] if it names what is not there.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum CommandError {
    /// There is no such socket, or this life of it has ended.
    UnknownSocket(SocketId),
    /// The socket is in another state.
    WrongState {
        /// The state.
        status: Status,
    },
    /// There is no such actor.
    UnknownActor(Str),
    /// Another start of the actor is at work.
    WrongGeneration {
        /// Its number.
        generation: u32,
    },
    /// The actor is in another state.
    WrongActorState {
        /// The state.
        status: ActorStatus,
    },
    /// More sockets wait for the actor than there is place for.
    TooManySockets,
    /// The peer's version is too old.
    CannotHibernate(CannotHibernate),
    /// The socket cannot hibernate, so that its client cannot stay.
    NotHibernatable,
    /// Messages are handled in their order, and another one is the next.
    NotNext {
        /// The one that is.
        expected: MessageIndex,
    },
    /// A message is handled that has not come yet.
    NothingToHandle,
    /// There is no room for the message until others were sent, which has ended the socket.
    Overflow,
    /// A text message has to be UTF-8.
    NotText,
    /// As many saves are on their way as there may be.
    TooManySaves,
    /// The save is not on its way: it was resolved, or its actor has stopped.
    UnknownSave,
    /// The connection was down for so long that the engine starts the actor elsewhere.
    GivenUp,
    /// The connection to the engine is in that state already.
    AlreadyThere,
    /// The runner has shut down or was evicted.
    Ended,
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownSocket(id) => write!(f, "there is no socket {id}, or this life of it has ended"),
            Self::WrongState { status } => write!(f, "the socket is {status}"),
            Self::UnknownActor(id) => write!(f, "there is no actor `{}`", id.escape_debug()),
            Self::WrongGeneration { generation } => write!(f, "the actor is in its start {generation}"),
            Self::WrongActorState { status } => write!(f, "the actor is {status}"),
            Self::TooManySockets => f.write_str("more sockets wait for the actor than there is place for"),
            Self::CannotHibernate(error) => error.fmt(f),
            Self::NotHibernatable => f.write_str("the socket cannot hibernate"),
            Self::NotNext { expected } => write!(f, "the next message to be handled is {expected}"),
            Self::NothingToHandle => f.write_str("every message that came is handled"),
            Self::Overflow => f.write_str("too many messages wait to be sent"),
            Self::NotText => f.write_str("the text is not UTF-8"),
            Self::TooManySaves => f.write_str("as many saves are on their way as there may be"),
            Self::UnknownSave => f.write_str("the save is not on its way"),
            Self::GivenUp => f.write_str("the engine has given the actor up, and starts it elsewhere"),
            Self::AlreadyThere => f.write_str("the connection is in that state already"),
            Self::Ended => f.write_str("the runner has ended"),
        }
    }
}

impl core::error::Error for CommandError {}
