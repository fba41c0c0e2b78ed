//! The lives of actors: start, restore, stop (rows 16, 17 and 21).

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use barewire::Str;

use crate::runner::latest::CommandStartActor;
use crate::session::runner::entry::{Entry, Held, Open, State};
use crate::session::runner::restore::{self, Restore, Stored};
use crate::session::runner::save::{Due, Saves};
use crate::session::runner::tunnel::opened;
use crate::session::runner::{ActorStatus, CommandError, Entries, Event, Origin, Runner, is_ordinary};
use crate::session::{Client, CloseReason, Instant, ReplyIndex, SocketId};

#[derive(Clone, Debug)]
pub(super) struct Actor {
    generation: u32,
    status: ActorStatus,
    pub(super) sockets: BTreeSet<SocketId>,
    pub(super) saves: Saves,
    /// What was listed although it is here already.
    duplicates: Vec<SocketId>,
    /// Whether the engine starts it elsewhere while it stops here.
    given_up: bool,
}

impl Actor {
    pub(super) fn status(&self) -> ActorStatus {
        self.status
    }

    pub(super) fn generation(&self) -> u32 {
        self.generation
    }

    pub(super) fn is_given_up(&self) -> bool {
        self.given_up
    }
}

/// An actor is to start here.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StartActor {
    /// The actor.
    pub actor: Str,
    /// Which start of it this is.
    pub generation: u32,
    /// The sockets that wait for it.
    pub waiting: Vec<SocketId>,
}

impl From<&CommandStartActor> for StartActor {
    fn from(command: &CommandStartActor) -> Self {
        let waiting = command.hibernating_requests.iter().map(|request| SocketId {
            gateway: request.gateway_id.into(),
            request: request.request_id.into(),
        });
        Self { actor: command.actor_id.clone(), generation: command.generation, waiting: waiting.collect() }
    }
}

/// Why an actor runs no more.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Stop {
    /// It sleeps, or has failed: its sockets that can hibernate are kept, here and in storage, for its next life.
    Sleep,
    /// It is gone for good, and so are all its sockets. Their gateways are told.
    Destroy,
}

impl Runner {
    /// The engine wants an actor to start: from now on what comes for it is held (rows 8 and 16).
    ///
    /// # Errors
    ///
    /// [`CommandError::WrongActorState`] if it is here already, [`CommandError::CannotHibernate`] if sockets wait although the
    /// engine is too old for that, [`CommandError::TooManySockets`] if there is no place for them.
    pub fn start_actor(&mut self, start: StartActor, now: Instant) -> Result<(), CommandError> {
        self.command(now)?;
        let StartActor { actor, generation, waiting } = start;
        if let Some(actor) = self.actors.get(&actor) {
            return Err(CommandError::WrongActorState { status: actor.status });
        }
        if !waiting.is_empty() {
            self.config.version.can_hibernate().map_err(CommandError::CannotHibernate)?;
        }
        if waiting.len() > self.config.sockets.saturating_sub(self.sockets.len()) {
            return Err(CommandError::TooManySockets);
        }
        let new = Actor {
            generation,
            status: ActorStatus::Starting,
            sockets: BTreeSet::new(),
            saves: Saves::default(),
            duplicates: Vec::new(),
            given_up: false,
        };
        self.actors.insert(actor.clone(), new);
        let mut duplicates = Vec::new();
        for id in waiting {
            if self.sockets.find(&id).is_some() {
                duplicates.push(id);
                continue;
            }
            let socket = self.new_life(id);
            let state = State::Restoring(Held::default());
            let (actor, reply) = (actor.clone(), ReplyIndex::default());
            self.insert(Entry { socket, actor, reply, violations: 0, state });
        }
        if let Some(actor) = self.actors.get_mut(&actor) {
            actor.duplicates = duplicates;
        }
        Ok(())
    }

    /// The actor is loaded, and this is what is stored of its sockets: those that wait go on, and both kinds of mismatch end
    /// (row 16). Returns what became of each.
    ///
    /// # Errors
    ///
    /// [`CommandError::WrongActorState`] if it is not starting: an actor restores its sockets once.
    pub fn actor_started(
        &mut self,
        actor: &str,
        stored: Vec<Stored>,
        now: Instant,
    ) -> Result<Restore, CommandError> {
        self.command(now)?;
        let Some((name, state)) = self.actors.get_key_value(actor) else {
            return Err(CommandError::UnknownActor(actor.into()));
        };
        if state.status != ActorStatus::Starting {
            return Err(CommandError::WrongActorState { status: state.status });
        }
        let name = name.clone();
        let mut waiting = state.duplicates.clone();
        let mut opening = Vec::new();
        for id in &state.sockets {
            let Some(entry) = self.sockets.find(id).and_then(|place| self.sockets.at(place)) else {
                continue;
            };
            match &entry.state {
                State::Restoring(_) => waiting.push(*id),
                State::Opening(_) => opening.push(*id),
                State::Open(_) => {}
            }
        }
        let mut restore = restore::restore(waiting, stored);
        // A socket that is at work, here or for another actor, is not restored a second time.
        restore.restored.retain(|stored| self.is_waiting(&stored.id, &name));
        restore.zombies.retain(|id| self.is_waiting(id, &name));
        if let Some(actor) = self.actors.get_mut(actor) {
            restore.duplicates.append(&mut actor.duplicates);
            restore.duplicates.sort_unstable();
            restore.duplicates.dedup();
            actor.status = ActorStatus::Running;
        }
        for &id in &restore.zombies {
            if let Some(place) = self.sockets.find(&id) {
                self.end_by_runner(place, CloseReason::MetaNotFoundDuringRestore);
            }
        }
        for stored in &restore.stale {
            self.events.push(Event::Stale { actor: name.clone(), stored: stored.clone() });
            self.events.push(Event::RemoveStored { actor: name.clone(), id: stored.id });
        }
        for stored in &restore.restored {
            let Some(place) = self.sockets.find(&stored.id) else { continue };
            let Some(entry) = self.sockets.at_mut(place) else { continue };
            entry.reply = stored.reply;
            let (socket, actor) = (entry.socket, name.clone());
            self.events.push(Event::Restored { socket, actor, stored: stored.clone() });
            let Stored { index, path, headers, .. } = stored.clone();
            self.open(place, Open::hibernatable(index.baseline(), (path, headers), None));
        }
        for id in opening {
            let entry = self.sockets.find(&id).and_then(|place| self.sockets.at_mut(place));
            if let Some(Entry { socket, state: State::Opening(opening), .. }) = entry {
                opening.announced = true;
                let event = opened(*socket, name.clone(), opening);
                self.events.push(event);
            }
        }
        Ok(restore)
    }

    /// Whether a socket waits for this actor, and not for another one that was told of it.
    fn is_waiting(&self, id: &SocketId, name: &Str) -> bool {
        let entry = self.sockets.find(id).and_then(|place| self.sockets.at(place));
        matches!(entry, Some(Entry { state: State::Restoring(_), actor, .. }) if actor == name)
    }

    /// The actor is to stop: it takes no more messages, and those that nobody has taken yet are forgotten. They come again to
    /// its next life, since nothing of them was acknowledged (rows 6 and 18). What is handled may still be saved.
    ///
    /// # Errors
    ///
    /// [`CommandError::WrongGeneration`] if another start is meant, [`CommandError::WrongActorState`] if it is stopping.
    pub fn stop_actor(&mut self, actor: &str, generation: u32, now: Instant) -> Result<(), CommandError> {
        self.command(now)?;
        match self.of_generation(actor, generation)?.status {
            ActorStatus::Starting | ActorStatus::Running => self.stopping(actor),
            status @ ActorStatus::Stopping => return Err(CommandError::WrongActorState { status }),
        }
        Ok(())
    }

    /// Makes an actor stop, if it is not stopping.
    pub(super) fn stopping(&mut self, actor: &str) {
        let Some(actor) = self.actors.get_mut(actor) else { return };
        actor.status = ActorStatus::Stopping;
        let (sockets, table) = (&actor.sockets, &self.sockets);
        let of_actor = |socket: super::Socket| {
            // Only this life: messages of an earlier one stand before its close.
            sockets.contains(&socket.id)
                && table
                    .find(&socket.id)
                    .and_then(|place| table.at(place))
                    .is_some_and(|e| e.socket == socket)
        };
        self.events.retain(|event| !matches!(event, Event::Message { socket, .. } if of_actor(*socket)));
    }

    /// The actor runs no more, whether it was told to stop or not (row 21).
    ///
    /// Send all that [`Runner::poll_transmit`] has before the engine is told so by
    /// [`ActorStateStopped`](crate::runner::latest::ActorStateStopped): a gateway that hears of the end first takes the
    /// answers and the acknowledgements behind it for those of nobody, or of the next life.
    ///
    /// # Errors
    ///
    /// [`CommandError::WrongGeneration`] if another start is at work.
    pub fn actor_stopped(
        &mut self,
        actor: &str,
        generation: u32,
        stop: Stop,
        now: Instant,
    ) -> Result<(), CommandError> {
        self.command(now)?;
        self.of_generation(actor, generation)?;
        self.stopping(actor);
        self.forget_actor(actor, stop, Origin::ActorStopped, CloseReason::ActorStopped);
        Ok(())
    }

    pub(super) fn forget_actor(&mut self, actor: &str, stop: Stop, origin: Origin, reason: CloseReason) {
        self.set_due(&actor.into(), Due::Never);
        let Some(Actor { sockets, .. }) = self.actors.remove(actor) else { return };
        for id in sockets {
            let Some(place) = self.sockets.find(&id) else { continue };
            let ordinary = self.sockets.at(place).is_some_and(is_ordinary);
            let entries = match stop {
                Stop::Sleep => Entries::Kept,
                Stop::Destroy => Entries::Removed,
            };
            let unread = !ordinary && self.sockets.at(place).is_some_and(|entry| entry.progress().is_none());
            self.end(place, origin, reason.into(), Client::Leaves, entries);
            if unread && stop == Stop::Destroy {
                // It may be stored, which nobody has looked up yet.
                self.events.push(Event::RemoveStored { actor: actor.into(), id });
            }
        }
    }

    /// Ends the sockets of an actor that is to stop because it starts elsewhere: whatever it still says or saves would meet
    /// those of its other life.
    pub(super) fn give_up(&mut self, actor: &str, reason: CloseReason) {
        self.stopping(actor);
        self.set_due(&actor.into(), Due::Never);
        let Some(state) = self.actors.get_mut(actor) else { return };
        state.given_up = true;
        state.saves = Saves::default();
        for id in core::mem::take(&mut state.sockets) {
            if let Some(place) = self.sockets.find(&id) {
                self.end(place, Origin::Shutdown, reason.into(), Client::Leaves, Entries::Kept);
            }
        }
    }

    pub(super) fn of_generation(&self, actor: &str, generation: u32) -> Result<&Actor, CommandError> {
        let state = self.actors.get(actor).ok_or_else(|| CommandError::UnknownActor(actor.into()))?;
        if state.generation != generation {
            return Err(CommandError::WrongGeneration { generation: state.generation });
        }
        Ok(state)
    }
}
