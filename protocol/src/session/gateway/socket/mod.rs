//! One client's WebSocket at its gateway: what it knows in each state, and what an input makes of it.

mod actor;
mod client;
mod runner;
mod timeout;

use alloc::boxed::Box;
use core::fmt;
use core::time::Duration;

use barewire::{Map, Str};

use crate::runner::latest::{ToClientTunnelMessage, ToClientTunnelMessageKind, ToClientWebSocketMessage};
use crate::session::gateway::actors::{Actor, Siblings, Wake};
use crate::session::gateway::decision::{self, Decision, Ending};
use crate::session::gateway::output::{Item, Output};
use crate::session::gateway::window::Window;
use crate::session::gateway::{ClientMessage, Config};
use crate::session::queue::Queue;
use crate::session::table::{HashKey, Keyed, Place, mix};
use crate::session::{
    Close, CloseReason, GatewayId, Hibernation, Instant, MessageIndex, RequestId, SocketId, Version,
};

/// What a socket works with besides itself.
pub(super) struct Cx<'a> {
    pub(super) gateway: GatewayId,
    pub(super) config: &'a Config,
    pub(super) outputs: &'a mut Queue<Item>,
    pub(super) now: Instant,
    pub(super) place: Place,
    pub(super) actor: &'a mut Actor,
    pub(super) actor_place: Place,
}

/// The state of a socket, for those who look at it (row 11).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Status {
    /// The runner is asked, or will be asked again.
    Opening,
    /// Client and runner exchange messages.
    Active,
    /// The client waits, and nothing of it waits for the actor.
    Hibernating,
    /// Messages or the close of the client wait for the actor.
    Waking,
    /// It has ended, and outputs of it wait to be taken.
    Closing,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Opening => "opening",
            Self::Active => "active",
            Self::Hibernating => "hibernating",
            Self::Waking => "waking",
            Self::Closing => "closing",
        })
    }
}

/// Of a socket that hibernates this is all there is: 56 octets.
#[derive(Clone, Debug)]
pub(super) struct Socket {
    pub(super) request: RequestId,
    pub(super) siblings: Siblings,
    keepalive: Keepalive,
    /// How often it was woken since an actor last acknowledged something.
    fruitless: u8,
    violations: u8,
    /// Whether the outputs hold the place of this socket, which then has to remain.
    queued: bool,
    room: Room,
    state: State,
}

/// When the record of the socket was written, and when it is to be written again. Meaningless until the runner has answered.
#[derive(Clone, Copy, Debug, Default)]
struct Keepalive {
    stored: Instant,
    due: Instant,
}

/// Whether a message was refused, of which the caller is to be told that it may fit.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Room {
    NotWanted,
    /// Once the window has shrunk.
    Wanted,
    /// The outputs hold it.
    Queued,
}

#[derive(Clone, Debug)]
enum State {
    Opening(Box<Opening>),
    Active(Box<Active>),
    /// The index of the next message, which wakes the actor.
    Hibernating(MessageIndex),
    Waking(Box<Waking>),
    /// The client has left; what it had sent before still goes to the runner, and then the close that waits in the outputs.
    Draining(Box<Window>),
    Over,
}

#[derive(Clone, Debug)]
struct Opening {
    path: Str,
    headers: Map<Str, Str>,
    version: Version,
    /// How often the open was tried again.
    retries: u8,
    phase: Phase,
}

impl Opening {
    /// The index of every open: whichever is answered, what the runner may have stored of the socket is what the first message
    /// of the client follows (rows 1 and 13).
    const INDEX: MessageIndex = MessageIndex::ZERO;
    /// The index behind it, of the first message or of a close instead of one.
    const NEXT: MessageIndex = Self::INDEX.next();
}

#[derive(Clone, Debug)]
enum Phase {
    /// An open is on its way; without an answer until then it has failed.
    Asked(Instant),
    /// The next open is sent then. The runner may still answer one that was sent before.
    Backoff(Instant),
    /// The next open is sent then. An answer that comes before is of a life of the actor that has ended.
    Gone(Instant),
}

#[derive(Clone, Debug)]
struct Active {
    hibernation: Hibernation,
    window: Window,
    /// Since when the runner at hand has the socket: no message of the window has been with it for longer.
    since: Instant,
    pong: Instant,
    ping_due: Instant,
}

#[derive(Clone, Debug)]
struct Waking {
    window: Window,
    deadline: Instant,
    /// How often the actor stopped again.
    stops: u8,
    /// The close of the client, once it has come; the frame of it, if there was one.
    left: Option<Option<Close>>,
}

impl Keyed for Socket {
    type Key = RequestId;

    fn key(&self) -> &RequestId {
        &self.request
    }
}

impl HashKey for RequestId {
    fn hash(&self, seed: u64) -> u64 {
        mix(u32::from_le_bytes(self.0).into(), seed)
    }
}

impl Socket {
    /// The index behind that of an open.
    pub(in crate::session::gateway) const AFTER_OPEN: MessageIndex = Opening::NEXT;

    /// A socket whose runner is to be asked.
    pub(in crate::session::gateway) fn new(
        request: RequestId,
        siblings: Siblings,
        path: Str,
        headers: Map<Str, Str>,
        version: Version,
        now: Instant,
    ) -> Self {
        let phase = Phase::Backoff(now);
        let opening = Opening { path, headers, version, retries: 0, phase };
        Self {
            request,
            siblings,
            keepalive: Keepalive::default(),
            fruitless: 0,
            violations: 0,
            queued: false,
            room: Room::NotWanted,
            state: State::Opening(Box::new(opening)),
        }
    }

    pub(in crate::session::gateway) fn status(&self) -> Status {
        match &self.state {
            State::Opening(_) => Status::Opening,
            State::Active(_) => Status::Active,
            State::Hibernating(_) => Status::Hibernating,
            State::Waking(_) => Status::Waking,
            State::Draining(_) | State::Over => Status::Closing,
        }
    }

    /// Whether a runner has taken the socket, and nobody has ended it.
    fn is_taken(&self) -> bool {
        match &self.state {
            State::Active(_) | State::Hibernating(_) | State::Waking(_) => true,
            State::Opening(_) | State::Draining(_) | State::Over => false,
        }
    }

    /// Whether nothing refers to the socket any more.
    pub(in crate::session::gateway) fn is_over(&self) -> bool {
        matches!(self.state, State::Over) && !self.queued
    }

    /// Messages and octets that wait to be acknowledged or sent.
    pub(in crate::session::gateway) fn pending(&self) -> (usize, usize) {
        match &self.state {
            State::Active(active) => (active.window.len().into(), active.window.bytes()),
            State::Waking(waking) => (waking.window.len().into(), waking.window.bytes()),
            State::Draining(window) => (window.len().into(), window.bytes()),
            State::Opening(_) | State::Hibernating(_) | State::Over => (0, 0),
        }
    }

    /// When the record of a socket that can hibernate was written (row 12).
    pub(in crate::session::gateway) fn recorded(&self) -> Option<Instant> {
        match &self.state {
            State::Active(active) => {
                (active.hibernation == Hibernation::Allowed).then_some(self.keepalive.stored)
            }
            State::Hibernating(_) | State::Waking(_) => Some(self.keepalive.stored),
            State::Opening(_) | State::Draining(_) | State::Over => None,
        }
    }

    fn activate(&mut self, hibernation: Hibernation, mut window: Window, cx: &mut Cx<'_>) {
        window.rewind();
        let ping_due = cx.in_at_least_a_moment(cx.config.ping_interval);
        self.state =
            State::Active(Box::new(Active { hibernation, window, since: cx.now, pong: cx.now, ping_due }));
        self.queue(cx);
    }

    /// The socket ends by a fault of its runner, of the gateway, or of nobody.
    pub(in crate::session::gateway) fn fail(&mut self, reason: CloseReason, cx: &mut Cx<'_>) {
        match &self.state {
            State::Opening(_) => {
                let decision = decision::decide(Hibernation::Impossible, Ending::Failed(reason));
                self.end(Opening::NEXT, decision, cx);
            }
            State::Active(_) => self.active_ended(Ending::Failed(reason), cx),
            State::Hibernating(_) | State::Waking(_) => self.end_without_runner(reason.into(), cx),
            State::Draining(_) | State::Over => {}
        }
    }

    /// Ends a socket that no runner has.
    fn end_without_runner(&mut self, close: Close, cx: &mut Cx<'_>) {
        let gone = matches!(&self.state, State::Waking(waking) if waking.left.is_some());
        self.state = State::Over;
        if !gone {
            cx.output(Output::CloseClient { request: self.request, close });
        }
    }

    fn end(&mut self, index: MessageIndex, decision: Decision, cx: &mut Cx<'_>) {
        self.state = State::Over;
        cx.say(self.request, index, decision);
    }

    /// Lets the outputs come back for what the window has to send.
    fn queue(&mut self, cx: &mut Cx<'_>) {
        let unsent = match &self.state {
            State::Active(active) => active.window.has_unsent(),
            State::Draining(window) => window.has_unsent(),
            State::Opening(_) | State::Hibernating(_) | State::Waking(_) | State::Over => false,
        };
        if unsent && !self.queued {
            self.queued = true;
            cx.outputs.push(Item::Send(cx.place));
        }
    }

    /// What the socket has to send next. After nothing its place leaves the outputs.
    pub(in crate::session::gateway) fn send(&mut self, gateway: GatewayId) -> Option<ToClientTunnelMessage> {
        let next = match &mut self.state {
            State::Active(active) => match active.hibernation {
                Hibernation::Allowed => active.window.send(),
                Hibernation::Impossible => active.window.send_and_forget(),
            },
            State::Draining(window) => window.send(),
            State::Opening(_) | State::Hibernating(_) | State::Waking(_) | State::Over => None,
        };
        let Some((index, ClientMessage { data, binary })) = next else {
            self.queued = false;
            if matches!(self.state, State::Draining(_)) {
                self.state = State::Over;
            }
            return None;
        };
        let message_id = SocketId { gateway, request: self.request }.message(index);
        let message = ToClientWebSocketMessage { data, binary };
        let message_kind = ToClientTunnelMessageKind::ToClientWebSocketMessage(message);
        Some(ToClientTunnelMessage { message_id, message_kind })
    }

    /// Nothing is left to be sent: what an ordinary socket held has gone with it, as nobody acknowledges that.
    pub(in crate::session::gateway) fn all_sent(&mut self, cx: &mut Cx<'_>) {
        match &self.state {
            State::Active(active) if active.hibernation == Hibernation::Impossible => self.there_is_room(cx),
            State::Active(_) | State::Opening(_) | State::Hibernating(_) | State::Waking(_) => {}
            State::Draining(_) | State::Over => {}
        }
    }

    /// The window has shrunk.
    fn there_is_room(&mut self, cx: &mut Cx<'_>) {
        if self.room == Room::Wanted {
            self.queue_room(cx);
        }
    }

    /// Lets the caller be told behind everything that waits.
    fn queue_room(&mut self, cx: &mut Cx<'_>) {
        if self.room != Room::Queued {
            self.room = Room::Queued;
            cx.outputs.push(Item::Room(cx.place));
        }
    }

    /// The caller is told that there is room; nothing if that was about another socket at this place.
    pub(in crate::session::gateway) fn take_room(&mut self) -> Option<RequestId> {
        match self.room {
            Room::Queued => {
                self.room = Room::NotWanted;
                Some(self.request)
            }
            Room::NotWanted | Room::Wanted => None,
        }
    }
}

impl Cx<'_> {
    fn output(&mut self, output: Output) {
        self.outputs.push(Item::Ready(output));
    }

    /// Later than now, even if the configured time is none: otherwise a timeout would come up again and again.
    fn in_at_least_a_moment(&self, wait: Duration) -> Instant {
        self.now.after(wait.max(Duration::from_millis(1)))
    }

    fn tell_runner(&mut self, request: RequestId, index: MessageIndex, kind: ToClientTunnelMessageKind) {
        let message_id = SocketId { gateway: self.gateway, request }.message(index);
        let message = ToClientTunnelMessage { message_id, message_kind: kind };
        self.output(Output::ToRunner { actor: self.actor.id.clone(), message });
    }

    /// Lets somebody wake the actor, unless somebody is at it.
    fn wake_actor(&mut self) {
        match self.actor.wake {
            Wake::Queued => return,
            // Whoever was asked has forgotten it if nothing was said for so long.
            Wake::Asked(until) if self.now < until => return,
            Wake::Idle | Wake::Asked(_) => {}
        }
        self.actor.wake = Wake::Queued;
        self.outputs.push(Item::Wake(self.actor_place));
    }

    /// Lets somebody look whether the actor runs, unless somebody is to do so.
    fn hibernates(&mut self) {
        if !core::mem::replace(&mut self.actor.hibernating_queued, true) {
            self.outputs.push(Item::Hibernating(self.actor_place));
        }
    }

    /// Says what was decided, at most once to each side.
    fn say(&mut self, request: RequestId, index: MessageIndex, decision: Decision) {
        let Decision::Close { runner, client } = decision else { return };
        if let Some(close) = runner {
            let close = ToClientTunnelMessageKind::ToClientWebSocketClose(close.into());
            self.tell_runner(request, index, close);
        }
        if let Some(close) = client {
            self.output(Output::CloseClient { request, close });
        }
    }
}
