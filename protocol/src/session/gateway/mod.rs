//! The gateway: all sockets of its clients, by their request ids.
//!
//! Inputs go in by `handle_*` with the time at hand; [`Gateway::poll_output`] says what is to be done, in that order, and
//! [`Gateway::poll_timeout`] when to call [`Gateway::handle_timeout`]. Whoever takes all outputs after each input, or none of
//! the inputs while [`Gateway::is_full`], never meets the bound on them.

mod actors;
mod config;
mod decision;
mod error;
mod output;
mod socket;
mod window;

use alloc::vec::Vec;
use core::time::Duration;

use barewire::{Map, Str};

use crate::runner::latest::{
    HibernatingRequest, ToClientTunnelMessage, ToClientTunnelMessageKind, ToGatewayPong,
    ToServerTunnelMessage, ToServerTunnelMessageKind,
};
use crate::session::gateway::actors::{Actors, Wake};
use crate::session::gateway::output::Item;
use crate::session::gateway::socket::{Cx, Socket};
use crate::session::queue::{Octets, Queue};
use crate::session::table::{Place, Table};
use crate::session::timers::Timers;
use crate::session::{
    Close, CloseReason, GatewayId, Instant, MessageIndex, ReplyIndex, RequestId, SocketId, Version,
};

pub use config::Config;
pub use decision::{Decision, Ending, decide};
pub use error::{CommandError, MessageError, Refused};
pub use output::Output;
pub use socket::Status;
pub use window::{BadAck, ClientMessage, WindowLimits};

/// The sockets of one gateway.
///
/// A socket that hibernates takes 56 octets in a table, 24 in the timers and a few in the index by request id, and nothing
/// besides. Every input for one socket costs the same however many sockets there are and however much waits of it, but for
/// what it takes out of the window or sends; [`Gateway::handle_actor`] costs the sockets of that actor.
///
/// ```
/// use barewire_protocol::session::{GatewayId, Instant, RequestId, Version};
/// use barewire_protocol::session::gateway::{Config, Connect, Gateway, Output};
///
/// let mut gateway = Gateway::new(GatewayId([1, 2, 3, 4]), Config::default());
/// let connect = Connect {
///     request: RequestId([5, 6, 7, 8]),
///     actor: "chat".into(),
///     path: "/".into(),
///     headers: Default::default(),
///     version: Version::V3,
/// };
/// gateway.handle_connect(connect, Instant::from_millis(0))?;
/// assert!(matches!(gateway.poll_output(), Some(Output::ToRunner { .. })));
/// # Ok::<(), barewire_protocol::session::gateway::CommandError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Gateway {
    id: GatewayId,
    config: Config,
    /// Never goes back, whatever the clock does.
    now: Instant,
    sockets: Table<Socket>,
    actors: Actors,
    timers: Timers,
    outputs: Queue<Item>,
}

/// A client that wants to talk to an actor.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Connect {
    /// A random id, under which the gateway has no other connection.
    pub request: RequestId,
    /// The actor.
    pub actor: Str,
    /// The target of the upgrade request, as the actor is to see it.
    pub path: Str,
    /// The header fields of that request, by name.
    pub headers: Map<Str, Str>,
    /// What the runner of the actor speaks.
    pub version: Version,
}

/// What the caller knows of an actor.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ActorEvent {
    /// It runs and takes messages.
    Ready(
        /// What its runner speaks.
        Version,
    ),
    /// It has stopped, or could not be started.
    Stopped,
    /// Messages do not reach its runner any more, or may have been lost on the way.
    Unreachable,
}

impl Gateway {
    /// A gateway without sockets.
    #[must_use]
    pub fn new(id: GatewayId, config: Config) -> Self {
        let seed = config.seed;
        Self {
            id,
            config,
            now: Instant::default(),
            sockets: Table::new(seed),
            actors: Actors::new(seed),
            timers: Timers::new(),
            outputs: Queue::default(),
        }
    }

    /// Asks the actor's runner to take the WebSocket of a client (row 13).
    ///
    /// # Errors
    ///
    /// [`CommandError::Exists`] if the request id is in use, [`CommandError::TooManySockets`], [`CommandError::TooLarge`] and
    /// [`CommandError::Full`] at these bounds.
    pub fn handle_connect(&mut self, connect: Connect, now: Instant) -> Result<(), CommandError> {
        self.now = self.now.max(now);
        if self.is_full() {
            return Err(CommandError::Full);
        }
        let Connect { request, actor, path, headers, version } = connect;
        if self.sockets.find(&request).is_some() {
            return Err(CommandError::Exists(request));
        }
        if self.sockets.len() >= self.config.sockets {
            return Err(CommandError::TooManySockets);
        }
        if path.octets() + headers.octets() > self.config.request_bytes {
            return Err(CommandError::TooLarge);
        }
        let now = self.now;
        let make = |siblings| Socket::new(request, siblings, path, headers, version, now);
        let place = self.actors.insert(actor, &mut self.sockets, make).ok_or(CommandError::TooManySockets)?;
        self.at(place, |socket, cx| socket.ask(cx));
        Ok(())
    }

    /// Takes a message of a client and gives it its index; the actor of a socket that hibernates is woken by it (rows 7, 11).
    ///
    /// # Errors
    ///
    /// [`MessageError`] gives the message back if it does not fit or outputs have to be taken first, and says so if the socket
    /// takes none.
    pub fn handle_client_message(
        &mut self,
        request: RequestId,
        message: ClientMessage,
        now: Instant,
    ) -> Result<MessageIndex, MessageError> {
        let place = self.command(request, now)?;
        let is_full = self.is_full();
        self.at(place, |socket, cx| {
            if is_full {
                return socket.refuse_client_message(message, cx);
            }
            socket.handle_client_message(message, cx)
        })
        .unwrap_or(Err(CommandError::UnknownSocket(request).into()))
    }

    /// The client has sent a close frame, or its connection has ended without one. The client is told nothing in return.
    ///
    /// # Errors
    ///
    /// [`CommandError::WrongState`] if it was told before or the socket is closing.
    pub fn handle_client_close(
        &mut self,
        request: RequestId,
        close: Option<Close>,
        now: Instant,
    ) -> Result<(), CommandError> {
        let place = self.command(request, now)?;
        self.at(place, |socket, cx| socket.handle_client_close(close, cx))
            .unwrap_or(Err(CommandError::UnknownSocket(request)))
    }

    /// Ends a socket for a reason of the caller, such as [`CloseReason::PendingLimitReached`]; its client is told the reason.
    ///
    /// # Errors
    ///
    /// [`CommandError::WrongState`] if the socket is closing.
    pub fn fail(
        &mut self,
        request: RequestId,
        reason: CloseReason,
        now: Instant,
    ) -> Result<(), CommandError> {
        let place = self.command(request, now)?;
        self.at(place, |socket, cx| match socket.status() {
            status @ Status::Closing => Err(CommandError::WrongState { status }),
            _ => {
                socket.fail(reason, cx);
                Ok(())
            }
        })
        .unwrap_or(Err(CommandError::UnknownSocket(request)))
    }

    /// Takes a message that a runner has sent.
    ///
    /// # Errors
    ///
    /// [`Refused`] says why the message had no effect, or which rule it broke. The gateway goes on; a socket ends after
    /// [`Config::violations`] of them.
    pub fn handle_tunnel(&mut self, message: ToServerTunnelMessage, now: Instant) -> Result<(), Refused> {
        self.now = self.now.max(now);
        if self.is_full() {
            return Err(Refused::Full);
        }
        let ToServerTunnelMessage { message_id, message_kind } = message;
        let SocketId { gateway, request } = SocketId::of(&message_id);
        let reply = ReplyIndex::from(message_id.message_index);
        if gateway != self.id {
            return Err(Refused::OtherGateway(gateway));
        }
        let unknown = match &message_kind {
            ToServerTunnelMessageKind::ToServerWebSocketOpen(_) => Refused::Orphan(request),
            _ => Refused::UnknownSocket(request),
        };
        let place = self.sockets.find(&request).ok_or(unknown)?;
        self.at(place, |socket, cx| socket.handle_tunnel(reply, message_kind, cx)).unwrap_or(Err(unknown))
    }

    /// The close for a runner that has taken a socket which is not here, as [`Refused::Orphan`] says. A runner that has heard of
    /// the end refuses it without harm.
    #[must_use]
    pub fn orphan_close(&self, request: RequestId) -> ToClientTunnelMessage {
        let message_id = SocketId { gateway: self.id, request }.message(Socket::AFTER_OPEN);
        let close = Close::from(CloseReason::DownstreamClosed);
        let message_kind = ToClientTunnelMessageKind::ToClientWebSocketClose(close.into());
        ToClientTunnelMessage { message_id, message_kind }
    }

    /// Takes the answer of a bridge to a ping; returns how long that took (row 20).
    ///
    /// # Errors
    ///
    /// [`Refused::UnknownSocket`] if there is no such socket.
    pub fn handle_pong(&mut self, pong: ToGatewayPong, now: Instant) -> Result<Duration, Refused> {
        self.now = self.now.max(now);
        let ToGatewayPong { request_id, ts } = pong;
        let request = RequestId(request_id);
        let place = self.sockets.find(&request).ok_or(Refused::UnknownSocket(request))?;
        self.at(place, |socket, cx| socket.handle_pong(ts, cx.now)).ok_or(Refused::UnknownSocket(request))
    }

    /// Takes what the caller knows of an actor, for all its sockets; returns how many these are (rows 8, 10 and 11).
    ///
    /// Costs that number, and not what waits in their windows. Never refused: it is said once, and what it makes is bounded by
    /// the sockets, however often it is said.
    pub fn handle_actor(&mut self, actor: &str, event: ActorEvent, now: Instant) -> usize {
        self.now = self.now.max(now);
        // Whatever is said of an actor answers the wake that was asked for, and none that still waits to be.
        let answered = self.actors.find_mut(actor).is_some_and(|actor| matches!(actor.wake, Wake::Asked(_)));
        if let Some(actor) = self.actors.find_mut(actor)
            && (answered || matches!(event, ActorEvent::Ready(_)))
        {
            actor.wake = Wake::Idle;
        }
        let stops = u8::from(answered);
        let mut next = self.actors.first(actor);
        let mut count = 0;
        while let Some(place) = next {
            next = self.actors.after(place, &self.sockets);
            count += 1;
            self.at(place, |socket, cx| match event {
                ActorEvent::Ready(version) => socket.actor_ready(version, cx),
                ActorEvent::Stopped => socket.actor_gone(Ending::ActorStopped, stops, cx),
                ActorEvent::Unreachable => socket.actor_gone(Ending::RunnerUnreachable, stops, cx),
            });
        }
        count
    }

    /// The record that [`Output::Keepalive`] asked for is written (row 12).
    ///
    /// # Errors
    ///
    /// [`CommandError::WrongState`] if the socket has none.
    pub fn handle_keepalive_stored(&mut self, request: RequestId, now: Instant) -> Result<(), CommandError> {
        self.now = self.now.max(now);
        let place = self.sockets.find(&request).ok_or(CommandError::UnknownSocket(request))?;
        self.at(place, |socket, cx| socket.handle_keepalive_stored(cx.now))
            .unwrap_or(Err(CommandError::UnknownSocket(request)))
    }

    /// Does what is due. Costs the sockets of which something is, or may be, due.
    pub fn handle_timeout(&mut self, now: Instant) {
        self.now = self.now.max(now);
        // Once for each at most: at the end of time everything is due for ever.
        for _ in 0..self.sockets.len() {
            if self.is_full() {
                return;
            }
            let Some(place) = self.timers.take_due(self.now) else { return };
            self.at(place, |socket, cx| socket.handle_timeout(cx));
        }
    }

    /// When to call [`Gateway::handle_timeout`]: at most 64 ms after something is due.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.timers.next()
    }

    /// The next thing to do.
    pub fn poll_output(&mut self) -> Option<Output> {
        loop {
            let place = match self.outputs.front()? {
                &Item::Send(place) => place,
                &Item::Wake(actor) => {
                    self.outputs.pop();
                    // Its sockets may have gone, or the actor has come by itself.
                    let Some(actor) = self.actors.at_mut(actor).filter(|actor| actor.wake == Wake::Queued)
                    else {
                        continue;
                    };
                    actor.wake = Wake::Asked(self.now.past(self.config.wake_timeout));
                    return Some(Output::Wake { actor: actor.id.clone() });
                }
                &Item::Hibernating(actor) => {
                    self.outputs.pop();
                    let Some(actor) = self.actors.at_mut(actor) else { continue };
                    if core::mem::take(&mut actor.hibernating_queued) {
                        return Some(Output::Hibernating { actor: actor.id.clone() });
                    }
                    continue;
                }
                &Item::Room(socket) => {
                    self.outputs.pop();
                    let socket = self.sockets.at_mut(socket);
                    if let Some(request) = socket.and_then(Socket::take_room) {
                        return Some(Output::Room { request });
                    }
                    continue;
                }
                Item::Ready(_) => {
                    let Item::Ready(output) = self.outputs.pop()? else { return None };
                    return Some(output);
                }
            };
            let gateway = self.id;
            let message = self.sockets.at_mut(place).and_then(|socket| socket.send(gateway));
            let Some(message) = message else {
                self.outputs.pop();
                self.at(place, |socket, cx| socket.all_sent(cx));
                continue;
            };
            let actor = self.sockets.at(place).and_then(|socket| self.actors.id(socket.siblings.actor))?;
            return Some(Output::ToRunner { actor: actor.clone(), message });
        }
    }

    /// The sockets of an actor that wait for it or will, for [`CommandStartActor`](crate::runner::latest::CommandStartActor):
    /// those whose record is at most [`Config::keepalive_timeout`] old, the oldest first, then by id (row 12).
    #[must_use]
    pub fn hibernating_requests(&self, actor: &str, now: Instant) -> Vec<HibernatingRequest> {
        let now = self.now.max(now);
        let mut found = Vec::new();
        let mut next = self.actors.first(actor);
        while let Some(place) = next {
            next = self.actors.after(place, &self.sockets);
            let Some(socket) = self.sockets.at(place) else { continue };
            let fresh = |stored: &Instant| now < stored.past(self.config.keepalive_timeout);
            found.extend(socket.recorded().filter(fresh).map(|stored| (stored, socket.request)));
        }
        found.sort_unstable();
        let of = |(_, request): (Instant, RequestId)| HibernatingRequest {
            gateway_id: self.id.0,
            request_id: request.0,
        };
        found.into_iter().map(of).collect()
    }

    /// The state of a socket.
    #[must_use]
    pub fn status(&self, request: RequestId) -> Option<Status> {
        Some(self.sockets.at(self.sockets.find(&request)?)?.status())
    }

    /// Messages of a socket that wait, and their octets.
    #[must_use]
    pub fn pending(&self, request: RequestId) -> Option<(usize, usize)> {
        Some(self.sockets.at(self.sockets.find(&request)?)?.pending())
    }

    /// Whether as many outputs wait as may, so that connects and messages are refused until some are taken.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.outputs.is_full(self.config.output_bound())
    }

    /// How many sockets there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sockets.len()
    }

    /// Whether there is no socket.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn command(&mut self, request: RequestId, now: Instant) -> Result<Place, CommandError> {
        self.now = self.now.max(now);
        self.sockets.find(&request).ok_or(CommandError::UnknownSocket(request))
    }

    /// Lets `act` work on one socket, and then sees to its timer and its end.
    fn at<R>(&mut self, place: Place, act: impl FnOnce(&mut Socket, &mut Cx<'_>) -> R) -> Option<R> {
        let Self { id, config, now, sockets, actors, timers, outputs } = self;
        let socket = sockets.at_mut(place)?;
        let actor_place = socket.siblings.actor;
        let actor = actors.at_mut(actor_place)?;
        let mut cx = Cx { gateway: *id, config, outputs, now: *now, place, actor, actor_place };
        let result = act(socket, &mut cx);
        if socket.is_over() {
            let request = socket.request;
            timers.clear(place);
            actors.remove(place, sockets);
            outputs.push(Item::Ready(Output::Closed { request }));
            return Some(result);
        }
        match socket.deadline(config) {
            Some(deadline) => timers.at_latest(place, deadline),
            None => timers.clear(place),
        }
        Some(result)
    }
}
