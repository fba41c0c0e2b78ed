//! What the host does with the sockets of its actors: take them, send, close, and store how far they have come.

use alloc::boxed::Box;
use alloc::vec::Vec;

use barewire::Str;

use crate::runner::latest::{ToServerTunnelMessageKind, ToServerWebSocketMessage, ToServerWebSocketOpen};
use crate::session::Hibernation;
use crate::session::queue::{Octets, Queue};
use crate::session::runner::actor::Actor;
use crate::session::runner::entry::{Entry, Open, State};
use crate::session::runner::outbound::Outgoing;
use crate::session::runner::save::{Due, Outcome, Save, SaveTicket, SavedSocket};
use crate::session::runner::{ActorStatus, CommandError, Entries, Event, Origin, Runner, SaveReason, Socket};
use crate::session::table::Place;
use crate::session::{Client, Close, CloseReason, Instant, MessageIndex, Relation};

impl Runner {
    /// Takes a socket, and decides for its whole life whether it can hibernate (row 13).
    ///
    /// One that can is answered once a save that holds it is committed, which [`Event::Save`] asks for at once. What the actor
    /// says meanwhile waits, too, and counts towards [`Config::outbound`](super::Config::outbound). A client waits for one
    /// write of the storage, which all opens of that moment share; if it did not, a crash before that write would end a
    /// client that was taken as one to be kept.
    ///
    /// # Errors
    ///
    /// [`CommandError::CannotHibernate`] if the engine is too old for that: take the socket without, or close it with
    /// [`CloseReason::HibernationUnsupported`], which gateways do not try again. [`CommandError::WrongActorState`] if the actor
    /// stops, which ends the socket anyway. [`CommandError::Overflow`] if the answer does not fit.
    pub fn accept(
        &mut self,
        socket: Socket,
        hibernation: Hibernation,
        now: Instant,
    ) -> Result<(), CommandError> {
        self.command(now)?;
        let place = self.place(socket)?;
        let unknown = CommandError::UnknownSocket(socket.id);
        let entry = self.sockets.at_mut(place).ok_or(unknown.clone())?;
        match self.actors.get(&entry.actor).map(Actor::status) {
            Some(ActorStatus::Running) | None => {}
            Some(status @ (ActorStatus::Starting | ActorStatus::Stopping)) => {
                return Err(CommandError::WrongActorState { status });
            }
        }
        let (index, stored) = match &entry.state {
            State::Opening(opening) if opening.announced => {
                (opening.index, (opening.path.clone(), opening.headers.clone()))
            }
            State::Opening(_) | State::Restoring(_) | State::Open(_) => {
                return Err(CommandError::WrongState { status: entry.status() });
            }
        };
        let can_hibernate = match hibernation {
            Hibernation::Allowed => {
                self.config.version.can_hibernate().map_err(CommandError::CannotHibernate)?;
                true
            }
            Hibernation::Impossible => false,
        };
        let actor = entry.actor.clone();
        // It has the first index even if it leaves later, or what is stored would give that to another message.
        let open = ToServerWebSocketOpen { can_hibernate };
        let answer = entry.message(ToServerTunnelMessageKind::ToServerWebSocketOpen(open));
        self.has_room_to_send(place, &answer)?;
        if !can_hibernate {
            self.outbound.push(answer);
            self.open(place, Open::ordinary(index));
            return Ok(());
        }
        let mut held_back = Box::default();
        self.hold_back(&mut held_back, answer);
        self.open(place, Open::hibernatable(index, stored, Some(held_back)));
        if self.place(socket).is_ok() {
            self.changed(&actor, socket);
            self.ask_for_save(&actor, SaveReason::Opened);
        }
        Ok(())
    }

    /// Sends a message to the client. While the connection is down, or the socket is not stored, it waits (rows 13 and 19).
    ///
    /// Nothing acknowledges messages in this direction: those that are on their way when a connection breaks are lost.
    ///
    /// # Errors
    ///
    /// [`CommandError::NotText`] if `binary` is false and the data is not UTF-8. [`CommandError::Overflow`] at the bound, which
    /// ends the socket: without the message the client would be wrong about what was said.
    pub fn send(
        &mut self,
        socket: Socket,
        message: ToServerWebSocketMessage,
        now: Instant,
    ) -> Result<(), CommandError> {
        self.command(now)?;
        let place = self.place(socket)?;
        let entry = self.sockets.at_mut(place).ok_or(CommandError::UnknownSocket(socket.id))?;
        match &entry.state {
            State::Open(_) => {}
            State::Restoring(_) | State::Opening(_) => {
                return Err(CommandError::WrongState { status: entry.status() });
            }
        }
        if !message.binary && core::str::from_utf8(&message.data).is_err() {
            return Err(CommandError::NotText);
        }
        self.transmit(place, ToServerTunnelMessageKind::ToServerWebSocketMessage(message))
    }

    /// Gives a message its index and lets it go, or ends the socket.
    fn transmit(&mut self, place: Place, kind: ToServerTunnelMessageKind) -> Result<(), CommandError> {
        let Some(entry) = self.sockets.at_mut(place) else { return Ok(()) };
        let message = entry.message(kind);
        self.has_room_to_send(place, &message)?;
        let progress = self.sockets.at_mut(place).and_then(Entry::progress_mut);
        let Some(mut held_back) = progress.and_then(|progress| progress.held_back.take()) else {
            self.outbound.push(message);
            return Ok(());
        };
        self.hold_back(&mut held_back, message);
        if let Some(progress) = self.sockets.at_mut(place).and_then(Entry::progress_mut) {
            progress.held_back = Some(held_back);
        }
        Ok(())
    }

    /// Ends the socket if there is no room for its message, together with all that wait until their sockets are stored.
    fn has_room_to_send(&mut self, place: Place, message: &Outgoing) -> Result<(), CommandError> {
        let (count, octets) = self.held_back;
        let bound = self.config.outbound_bound().without(count, octets);
        if self.outbound.has_room(message, bound) {
            return Ok(());
        }
        self.end_by_runner(place, CloseReason::BufferOverflow);
        Err(CommandError::Overflow)
    }

    fn hold_back(&mut self, held_back: &mut Queue<Outgoing>, message: Outgoing) {
        self.held_back.0 += 1;
        self.held_back.1 += message.octets();
        held_back.push(message);
    }

    /// Ends a socket, or refuses one that is opening (row 14). Close with [`CloseReason::ServerError`] when the actor fails on
    /// a message, and with [`CloseReason::RestoreError`] when it cannot take a restored socket up.
    ///
    /// # Errors
    ///
    /// With [`Client::Stays`]: [`CommandError::NotHibernatable`], [`CommandError::WrongState`] if it is not stored, or
    /// [`CommandError::WrongActorState`] unless the actor is stopping.
    pub fn close(
        &mut self,
        socket: Socket,
        close: Close,
        client: Client,
        now: Instant,
    ) -> Result<(), CommandError> {
        self.command(now)?;
        let place = self.place(socket)?;
        let entry = self.sockets.at(place).ok_or(CommandError::UnknownSocket(socket.id))?;
        let entries = match client {
            Client::Leaves => Entries::Removed,
            Client::Stays => {
                entry.progress().ok_or(CommandError::NotHibernatable)?;
                if entry.is_unanswered() {
                    return Err(CommandError::WrongState { status: entry.status() });
                }
                match self.actors.get(&entry.actor).map(|actor| actor.status()) {
                    Some(ActorStatus::Stopping) | None => Entries::Kept,
                    Some(status @ (ActorStatus::Starting | ActorStatus::Running)) => {
                        return Err(CommandError::WrongActorState { status });
                    }
                }
            }
        };
        self.end(place, Origin::Actor, close, client, entries);
        Ok(())
    }

    /// Cuts a socket off: the client is told 1006 `Abnormal Closure`.
    ///
    /// # Errors
    ///
    /// [`CommandError::UnknownSocket`] if it has ended, by this call or otherwise.
    pub fn terminate(&mut self, socket: Socket, now: Instant) -> Result<(), CommandError> {
        self.close(socket, CloseReason::AbnormalClosure.into(), Client::Leaves, now)
    }

    /// The actor has handled a message: it may be stored now, and is acknowledged once it is (rows 6 and 18).
    ///
    /// Messages are handled in their order. A host that works on several at once calls this for the oldest of them first. For
    /// a socket that cannot hibernate there is nothing to be done.
    ///
    /// # Errors
    ///
    /// [`CommandError::NotNext`] if an older one is not handled yet or this one is already,
    /// [`CommandError::NothingToHandle`] if it has not come.
    pub fn handled(&mut self, socket: Socket, index: MessageIndex, now: Instant) -> Result<(), CommandError> {
        self.command(now)?;
        let place = self.place(socket)?;
        let (save_bytes, by) = (self.config.save_bytes, self.now.after(self.config.save_deadline));
        let entry = self.sockets.at_mut(place).ok_or(CommandError::UnknownSocket(socket.id))?;
        let status = entry.status();
        let State::Open(open) = &mut entry.state else { return Err(CommandError::WrongState { status }) };
        let Some(progress) = &mut open.progress else { return Ok(()) };
        if progress.handled == open.received {
            return Err(CommandError::NothingToHandle);
        }
        let expected = progress.handled.next();
        if index != expected {
            return Err(CommandError::NotNext { expected });
        }
        progress.handled = index;
        let is_large = progress.unsaved >= save_bytes;
        let actor = entry.actor.clone();
        self.changed(&actor, socket);
        if is_large {
            self.ask_for_save(&actor, SaveReason::Size);
        } else {
            self.save_by_latest(&actor, by);
        }
        Ok(())
    }

    /// Begins a save of what has changed. What is handled from now on belongs to the next one.
    ///
    /// Costs the sockets that have changed. Saves may overlap; they count in the order in which they began, whatever the order
    /// in which they are resolved. Each holds what is on its way already, too: if that fails, the state of the actor in the
    /// later save would be ahead of the indices, and messages would be handled twice.
    ///
    /// # Errors
    ///
    /// [`CommandError::TooManySaves`]: then [`Event::Save`] asks again once one of them is resolved.
    /// [`CommandError::WrongActorState`] while the actor starts, [`CommandError::GivenUp`] if it starts elsewhere: do not store
    /// its state either, it would overwrite what its other life stores.
    pub fn begin_save(&mut self, actor: &str, now: Instant) -> Result<Save, CommandError> {
        self.command(now)?;
        let unknown = || CommandError::UnknownActor(actor.into());
        let (name, state) = self.actors.get_key_value(actor).ok_or_else(unknown)?;
        let name = name.clone();
        if state.is_given_up() {
            return Err(CommandError::GivenUp);
        }
        match state.status() {
            status @ ActorStatus::Starting => return Err(CommandError::WrongActorState { status }),
            ActorStatus::Running | ActorStatus::Stopping => {}
        }
        if !self.has_room_for_a_save(state) {
            self.set_due(&name, Due::Refused);
            return Err(CommandError::TooManySaves);
        }
        self.set_due(&name, Due::Never);
        let state = self.actors.get_mut(actor).ok_or_else(unknown)?;
        let mut sockets = Vec::new();
        for id in state.saves.take_unconfirmed() {
            let Some(entry) = self.sockets.find(&id).and_then(|place| self.sockets.at_mut(place)) else {
                continue;
            };
            let (socket, reply) = (entry.socket, entry.reply);
            let Some(progress) = entry.progress_mut() else { continue };
            progress.unsaved = 0;
            let (path, headers) = (progress.path.clone(), progress.headers.clone());
            sockets.push(SavedSocket { socket, index: progress.handled, reply, path, headers });
        }
        let covered = sockets.iter().map(|saved| (saved.socket, saved.index)).collect();
        let number = state.saves.begin(covered);
        Ok(Save { ticket: SaveTicket { actor: name, generation: state.generation(), number }, sockets })
    }

    /// A save is stored, durably: what it holds is acknowledged, and the sockets that are new in it are answered, once all
    /// that began before it are resolved.
    ///
    /// # Errors
    ///
    /// [`CommandError::UnknownSave`] if it was resolved before, or its actor has stopped meanwhile. Then nothing is
    /// acknowledged, and what it holds comes again.
    pub fn commit_save(&mut self, ticket: SaveTicket, now: Instant) -> Result<(), CommandError> {
        self.resolve(ticket, Outcome::Committed, now)
    }

    /// A save has failed, or nobody knows whether it has: what it holds is to be saved again.
    ///
    /// # Errors
    ///
    /// [`CommandError::UnknownSave`] as above.
    pub fn abort_save(&mut self, ticket: SaveTicket, now: Instant) -> Result<(), CommandError> {
        self.resolve(ticket, Outcome::Aborted, now)
    }

    fn resolve(&mut self, ticket: SaveTicket, outcome: Outcome, now: Instant) -> Result<(), CommandError> {
        self.command(now)?;
        let SaveTicket { actor, generation, number } = ticket;
        let known = self.actors.get_mut(&actor).filter(|state| state.generation() == generation);
        if !known.is_some_and(|state| state.saves.resolve(number, outcome)) {
            return Err(CommandError::UnknownSave);
        }
        while let Some((sockets, outcome)) =
            self.actors.get_mut(&actor).and_then(|state| state.saves.take_resolved())
        {
            for (socket, index) in sockets {
                match outcome {
                    Outcome::Committed => self.stored(socket, index),
                    Outcome::Aborted => self.not_stored(&actor, socket),
                }
            }
        }
        let owed = self.actors.get(&actor).filter(|state| state.saves.due == Due::Refused);
        if owed.is_some_and(|state| self.has_room_for_a_save(state)) {
            self.set_due(&actor, Due::Never);
            self.ask_for_save(&actor, SaveReason::Refused);
        }
        Ok(())
    }

    fn has_room_for_a_save(&self, state: &Actor) -> bool {
        state.saves.on_their_way() < self.config.saves.max(1)
    }

    fn stored(&mut self, socket: Socket, index: MessageIndex) {
        let Ok(place) = self.place(socket) else { return };
        let Some(progress) = self.sockets.at_mut(place).and_then(Entry::progress_mut) else { return };
        let held_back = progress.held_back.take();
        self.release(held_back);
        let Some(progress) = self.sockets.at_mut(place).and_then(Entry::progress_mut) else { return };
        match index.relation_to(progress.durable) {
            Relation::After(_) => {
                progress.durable = index;
                self.acknowledge(place);
            }
            // Only what storage knew before was written again.
            Relation::Equal | Relation::Before(_) | Relation::Opposite => {}
        }
    }

    fn not_stored(&mut self, actor: &Str, socket: Socket) {
        if self.place(socket).is_ok() {
            self.changed(actor, socket);
            self.save_by_latest(actor, self.now.after(self.config.save_deadline));
        }
    }

    fn changed(&mut self, actor: &Str, socket: Socket) {
        if let Some(actor) = self.actors.get_mut(actor) {
            actor.saves.dirty.insert(socket.id);
        }
    }

    /// Lets the host be asked by then; an earlier moment stays, and so does what waits for the host or for room.
    fn save_by_latest(&mut self, actor: &Str, by: Instant) {
        match self.actors.get(actor).map(|state| state.saves.due) {
            Some(Due::Never) => self.set_due(actor, Due::By(by)),
            Some(Due::By(earlier)) if by < earlier => self.set_due(actor, Due::By(by)),
            Some(Due::By(_) | Due::Asked | Due::Refused) | None => {}
        }
    }

    /// Asks the host, unless it was asked and has not begun, or could not begin.
    pub(super) fn ask_for_save(&mut self, actor: &Str, why: SaveReason) {
        match self.actors.get(actor).map(|state| state.saves.due) {
            Some(Due::Never | Due::By(_)) => {
                self.set_due(actor, Due::Asked);
                self.events.push(Event::Save { actor: actor.clone(), why });
            }
            Some(Due::Asked | Due::Refused) | None => {}
        }
    }

    /// Changes when the host is to save, here and in the order of all actors: the one place that does.
    pub(super) fn set_due(&mut self, actor: &Str, due: Due) {
        let Some(state) = self.actors.get_mut(actor) else { return };
        if let Some(by) = core::mem::replace(&mut state.saves.due, due).by() {
            self.saves.remove(&(by, actor.clone()));
        }
        if let Some(by) = due.by() {
            self.saves.insert((by, actor.clone()));
        }
    }
}
