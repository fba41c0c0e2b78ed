//! The runner: all sockets of the actors that it hosts, by gateway and request id.
//!
//! Messages of gateways go in by [`Runner::handle_tunnel`], what the host does by methods named for it.
//! [`Runner::poll_event`] says what has happened, [`Runner::poll_transmit`] what is to be sent, and [`Runner::poll_timeout`]
//! when to call [`Runner::handle_timeout`]. Take all of both after each input: what is sent belongs to what was told before.
//! What happens to actors is told to the engine behind what was to be sent then, see [`Runner::actor_stopped`].

mod actor;
mod commands;
mod config;
mod connection;
mod entry;
mod error;
mod event;
mod outbound;
mod restore;
mod save;
mod sequence;
mod tunnel;
mod tunnel_acks;

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet};

use barewire::Str;

use crate::runner::latest::{ToServerTunnelMessage, ToServerTunnelMessageKind};
use crate::session::queue::Queue;
use crate::session::runner::actor::Actor;
use crate::session::runner::connection::Connectivity;
use crate::session::runner::entry::Entry;
use crate::session::runner::outbound::Outgoing;
use crate::session::runner::tunnel_acks::TunnelAcks;
use crate::session::table::{Place, Table};
use crate::session::{Client, Close, CloseReason, Instant, SocketId};

pub use actor::{StartActor, Stop};
pub use config::Config;
pub use error::{ActorStatus, CommandError, Refused, Status};
pub use event::{Event, Origin, SaveReason, Socket};
pub use restore::{Restore, Stored, restore};
pub use save::{Connection, Save, SaveTicket, SavedSocket};
pub use sequence::{Sequence, sequence};

/// The sockets of one runner.
///
/// Every input for one socket costs the same however many sockets there are; what concerns an actor costs its sockets.
///
/// ```
/// use barewire_protocol::session::Instant;
/// use barewire_protocol::session::runner::{Config, Runner, StartActor};
///
/// let mut runner = Runner::new(Config::default());
/// let now = Instant::from_millis(0);
/// runner.start_actor(StartActor { actor: "chat".into(), generation: 1, waiting: vec![] }, now)?;
/// let restored = runner.actor_started("chat", vec![], now)?;
/// assert_eq!(restored, Default::default());
/// # Ok::<(), barewire_protocol::session::runner::CommandError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Runner {
    config: Config,
    /// Never goes back, whatever the clock does.
    now: Instant,
    connectivity: Connectivity,
    actors: BTreeMap<Str, Actor>,
    sockets: Table<Entry>,
    /// The sum of what the sockets hold. It changes where one comes, goes, takes a message to hold, or opens.
    total_held: usize,
    /// The number of the next life of a socket.
    lives: u64,
    /// When to ask for the save of which actor.
    saves: BTreeSet<(Instant, Str)>,
    outbound: Queue<Outgoing>,
    /// How many messages wait until their sockets are stored, and their octets: they count towards the bound on `outbound`.
    held_back: (usize, usize),
    events: Queue<Event>,
    tunnel_acks: Option<TunnelAcks>,
}

/// What becomes of what is stored of a socket that ends.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Entries {
    Removed,
    /// The socket only sleeps: it is neither closed nor forgotten.
    Kept,
}

impl Runner {
    /// A runner without actors, which is not connected.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let tunnel_acks = config.tunnel_ack_timeout.filter(|_| config.version.has_tunnel_acks());
        let tunnel_acks = tunnel_acks.map(|timeout| TunnelAcks::new(timeout, config.tunnel_acks));
        let sockets = Table::new(config.seed);
        Self {
            config,
            now: Instant::default(),
            connectivity: Connectivity::default(),
            actors: BTreeMap::new(),
            sockets,
            total_held: 0,
            lives: 0,
            saves: BTreeSet::new(),
            outbound: Queue::default(),
            held_back: (0, 0),
            events: Queue::default(),
            tunnel_acks,
        }
    }

    /// The next thing that has happened.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop()
    }

    /// The next message to a gateway; nothing while the connection is down.
    pub fn poll_transmit(&mut self) -> Option<ToServerTunnelMessage> {
        if !self.connectivity.is_up() {
            return None;
        }
        let Outgoing { of, message } = self.outbound.pop()?;
        if let Some(of) = of
            && self.place(of).is_ok()
            && let Some(tunnel_acks) = &mut self.tunnel_acks
            && let Err(id) = tunnel_acks.sent(message.message_id, self.now)
        {
            self.ack_missing(id);
        }
        Some(message)
    }

    /// When to call [`Runner::handle_timeout`].
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        let saves = self.saves.first().map(|(by, _)| *by);
        let tunnel_acks = self.tunnel_acks.as_ref().and_then(TunnelAcks::deadline);
        [saves, tunnel_acks, self.connectivity.deadline(&self.config)].into_iter().flatten().min()
    }

    /// Does what is due.
    pub fn handle_timeout(&mut self, now: Instant) {
        self.now = self.now.max(now);
        if self.connectivity.take_lost(self.now, &self.config) {
            self.lost();
        }
        while let Some(id) = self.tunnel_acks.as_mut().and_then(|acks| acks.take_expired(self.now)) {
            self.ack_missing(id);
        }
        while let Some((by, _)) = self.saves.first()
            && *by <= self.now
            && let Some((_, actor)) = self.saves.pop_first()
        {
            self.ask_for_save(&actor, SaveReason::Deadline);
        }
    }

    /// The state of a socket; nothing if it has ended.
    #[must_use]
    pub fn status(&self, socket: Socket) -> Option<Status> {
        let entry = self.sockets.at(self.sockets.find(&socket.id)?)?;
        (entry.socket == socket).then(|| entry.status())
    }

    /// The life of a socket that is at work, if there is one.
    #[must_use]
    pub fn socket(&self, id: SocketId) -> Option<Socket> {
        self.sockets.at(self.sockets.find(&id)?).map(|entry| entry.socket)
    }

    /// The state of an actor.
    #[must_use]
    pub fn actor_status(&self, actor: &str) -> Option<ActorStatus> {
        self.actors.get(actor).map(Actor::status)
    }

    /// When the host will be asked to save an actor, if it was not asked already (row 6).
    #[must_use]
    pub fn save_by(&self, actor: &str) -> Option<Instant> {
        self.actors.get(actor)?.saves.due.by()
    }

    /// Whether as many events or messages to gateways wait as may, so that what gateways say is refused until some are taken.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.events.is_full(self.config.event_bound()) || self.outbound.is_full(self.config.outbound_bound())
    }

    /// Messages to gateways that wait to be taken, and the octets in them that [`Config::outbound_bytes`] counts.
    #[must_use]
    pub fn outbound(&self) -> (usize, usize) {
        self.outbound.len()
    }

    /// Events that wait, and the octets in them that [`Config::event_bytes`] counts.
    #[must_use]
    pub fn events(&self) -> (usize, usize) {
        self.events.len()
    }

    /// Messages that wait for the actor of a socket, and their octets.
    #[must_use]
    pub fn held(&self, id: SocketId) -> (usize, usize) {
        let entry = self.sockets.find(&id).and_then(|place| self.sockets.at(place));
        entry.map_or((0, 0), Entry::held)
    }

    /// What counts towards [`Config::total_held_bytes`], in octets.
    #[must_use]
    pub fn total_held(&self) -> usize {
        self.total_held
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

    fn command(&mut self, now: Instant) -> Result<(), CommandError> {
        self.now = self.now.max(now);
        if self.connectivity.is_ended() { Err(CommandError::Ended) } else { Ok(()) }
    }

    fn place(&self, socket: Socket) -> Result<Place, CommandError> {
        let unknown = CommandError::UnknownSocket(socket.id);
        let place = self.sockets.find(&socket.id).ok_or(unknown.clone())?;
        let same = self.sockets.at(place).is_some_and(|entry| entry.socket == socket);
        same.then_some(place).ok_or(unknown)
    }

    fn new_life(&mut self, id: SocketId) -> Socket {
        let life = self.lives;
        self.lives += 1;
        Socket { id, life }
    }

    /// Ends a socket: the one place from which a close goes to a gateway or to the host, and each at most once (row 14).
    fn end(&mut self, place: Place, origin: Origin, close: Close, client: Client, entries: Entries) {
        let Some(mut entry) = self.sockets.remove(place) else { return };
        self.total_held -= entry.total_held();
        let id = entry.socket.id;
        if let Some(tunnel_acks) = &mut self.tunnel_acks {
            tunnel_acks.forget(id);
        }
        if let Some(actor) = self.actors.get_mut(&entry.actor) {
            actor.sockets.remove(&id);
            actor.saves.dirty.remove(&id);
        }
        let ordinary = is_ordinary(&entry);
        let told = match origin {
            Origin::Actor | Origin::Runner => true,
            Origin::ActorStopped => entries == Entries::Removed && !ordinary,
            Origin::Gateway | Origin::Replaced | Origin::Shutdown => false,
        };
        let held_back = entry.progress_mut().and_then(|progress| progress.held_back.take());
        if told && !entry.is_closed_by_gateway() {
            // The actor has answered: its client hears that, and what else it was to hear, before the end.
            self.release(held_back);
            let message = client.message(close.clone());
            let message = entry.message(ToServerTunnelMessageKind::ToServerWebSocketClose(message));
            self.outbound.push(message);
        } else if let Some(held_back) = held_back {
            self.no_longer_held_back(held_back.len());
        }
        match entries {
            Entries::Kept if !ordinary => {}
            Entries::Kept | Entries::Removed => {
                if entry.is_known() {
                    self.events.push(Event::Closed { socket: entry.socket, origin, close });
                }
                // One that nobody was told of may be stored all the same: its next life finds it stale.
                if entries == Entries::Removed && entry.progress().is_some() {
                    self.events.push(Event::RemoveStored { actor: entry.actor, id });
                }
            }
        }
    }

    /// Lets what waited for the storage of a socket go.
    fn release(&mut self, held_back: Option<Box<Queue<Outgoing>>>) {
        let Some(mut held_back) = held_back else { return };
        self.no_longer_held_back(held_back.len());
        while let Some(message) = held_back.pop() {
            self.outbound.push(message);
        }
    }

    fn no_longer_held_back(&mut self, (count, octets): (usize, usize)) {
        self.held_back.0 -= count;
        self.held_back.1 -= octets;
    }

    fn end_by_runner(&mut self, place: Place, reason: CloseReason) {
        self.end(place, Origin::Runner, reason.into(), Client::Leaves, Entries::Removed);
    }

    fn ack_missing(&mut self, id: SocketId) {
        if let Some(place) = self.sockets.find(&id) {
            self.end_by_runner(place, CloseReason::AckTimeout);
        }
    }
}

/// Whether a socket cannot outlive its actor: it was taken as such, or its gateway does not know yet that it is taken.
fn is_ordinary(entry: &Entry) -> bool {
    match &entry.state {
        entry::State::Restoring(_) => false,
        entry::State::Opening(_) => true,
        entry::State::Open(open) => open.progress.is_none() || entry.is_unanswered(),
    }
}
