//! The actors: how they start, what they do, and how it is stored.

use barewire::{Bytes, Str};
use barewire_protocol::actor::latest::{Actor, Conn};
use barewire_protocol::runner::latest::{
    ActorIntent, ActorState, ActorStateStopped, Event, EventActorIntent, EventActorStateUpdate, StopCode,
    ToServerWebSocketMessage,
};
use barewire_protocol::session::runner::{CommandError, Connection, Socket, StartActor, Stop, Stored};
use barewire_protocol::session::{Client, CloseReason, Hibernation, Instant, MessageIndex};

use crate::runner::Runner;
use crate::runner::jobs::{Done, Job};
use crate::runner::store::Result;
use crate::runner::tally::Tally;

impl Runner {
    /// From now on the machine holds what comes for the actor.
    pub(super) fn start(&mut self, start: StartActor) {
        let (actor, generation) = (start.actor.clone(), start.generation);
        match self.machine.start_actor(start, self.clock.now()) {
            Ok(()) => self.job(Job::Load { actor, generation }),
            Err(error) => println!("cannot start `{actor}`: {error}"),
        }
    }

    pub(super) fn done(&mut self, done: Done) {
        match done {
            Done::Loaded { actor, generation, stored } => {
                if let Err(why) = self.loaded(&actor, generation, stored) {
                    println!("cannot load `{actor}`: {why}");
                    self.stopped(&actor, generation, StopCode::Error);
                }
            }
            Done::Saved { actor, ticket, count, result } => {
                let now = self.clock.now();
                let resolved = match result {
                    Ok(()) => {
                        println!("stores {count}");
                        self.machine.commit_save(ticket, now)
                    }
                    Err(why) => {
                        println!("cannot store {count}: {why}");
                        self.machine.abort_save(ticket, now)
                    }
                };
                note(resolved);
                if let Some(actor) = self.actors.get_mut(&actor) {
                    actor.saving -= 1;
                }
            }
            Done::Removed { conn, result } => match result {
                Ok(()) => println!("forgets the socket"),
                Err(why) => println!("cannot forget the socket {conn}: {why}"),
            },
        }
    }

    fn loaded(
        &mut self,
        name: &Str,
        generation: u32,
        stored: Result<(Option<Actor>, Vec<Conn>)>,
    ) -> Result<()> {
        let now = self.clock.now();
        let (actor, conns) = stored?;
        let tally = Tally::load(generation, actor.as_ref(), now)?;
        println!("actor starts with a count of {}", tally.count);
        self.actors.insert(name.clone(), tally);
        self.machine.actor_started(name, conns.iter().map(Stored::from).collect(), now)?;
        self.tell(name, generation, ActorState::ActorStateRunning);
        Ok(())
    }

    /// The actor takes every socket, and lets it hibernate.
    pub(super) fn opened(&mut self, socket: Socket, actor: Str) {
        let now = self.clock.now();
        match self.machine.accept(socket, Hibernation::Allowed, now) {
            Ok(()) => drop(self.sockets.insert(socket, actor)),
            Err(CommandError::CannotHibernate(why)) => {
                println!("refuses the socket: {why}");
                let reason = CloseReason::HibernationUnsupported;
                note(self.machine.close(socket, reason.into(), Client::Leaves, now));
            }
            Err(error) => println!("cannot take the socket: {error}"),
        }
    }

    pub(super) fn handle(&mut self, socket: Socket, index: MessageIndex, data: &[u8]) {
        let actor = self.sockets.get(&socket).and_then(|name| self.actors.get_mut(name));
        let Some(actor) = actor else { return };
        let now = self.clock.now();
        println!("handles {}", String::from_utf8_lossy(data));
        let answer = actor.handle(now);
        let answer = ToServerWebSocketMessage { data: Bytes::from(answer), binary: false };
        note(self.machine.send(socket, answer, now));
        note(self.machine.handled(socket, index, now));
    }

    /// Stores the actor as it is at this moment, with how far its sockets have come.
    pub(super) fn save(&mut self, name: &Str) {
        let Some(actor) = self.actors.get_mut(name) else { return };
        match self.machine.begin_save(name, self.clock.now()) {
            Ok(save) => {
                actor.saving += 1;
                let conns = save.sockets.into_iter().map(|socket| {
                    let id = socket.socket.id().to_string().into();
                    socket.into_conn(Connection { id, ..Connection::default() })
                });
                let (state, conns) = (actor.to_stored(), conns.collect());
                let (actor, count, ticket) = (name.clone(), actor.count, save.ticket);
                self.job(Job::Save { actor, ticket, count, state, conns });
            }
            // The machine asks again.
            Err(CommandError::TooManySaves) => {}
            Err(error) => println!("cannot save `{name}`: {error}"),
        }
    }

    /// The actor is to stop: what it has handled is saved first.
    pub(super) fn stop(&mut self, name: &Str, generation: u32) {
        let Some(actor) = self.actors.get_mut(name).filter(|actor| actor.generation == generation) else {
            return;
        };
        actor.stops = true;
        // It stops already if the machine has asked for it.
        let _ = self.machine.stop_actor(name, generation, self.clock.now());
        self.save(name);
    }

    /// Ends one actor that is to stop and is saved; false if there is none.
    pub(super) fn stop_one_that_is_saved(&mut self) -> bool {
        let saved = self.actors.iter().find(|(_, actor)| actor.stops && actor.saving == 0);
        let Some((name, &Tally { count, generation, .. })) = saved else { return false };
        println!("actor sleeps with a count of {count}");
        self.stopped(&name.clone(), generation, StopCode::Ok);
        true
    }

    fn stopped(&mut self, name: &Str, generation: u32, code: StopCode) {
        note(self.machine.actor_stopped(name, generation, Stop::Sleep, self.clock.now()));
        self.actors.remove(name);
        self.sockets.retain(|_, actor| actor != name);
        self.tell(name, generation, ActorState::ActorStateStopped(ActorStateStopped { code, message: None }));
    }

    fn tell(&mut self, actor: &Str, generation: u32, state: ActorState) {
        let update = EventActorStateUpdate { actor_id: actor.clone(), generation, state };
        self.events.push(Event::EventActorStateUpdate(update));
    }

    /// When the next actor wants to sleep.
    pub(super) fn sleepy(&self) -> Option<Instant> {
        self.actors.values().filter_map(|actor| actor.sleep_at).min()
    }

    pub(super) fn send_to_sleep(&mut self) {
        let now = self.clock.now();
        for (name, actor) in &mut self.actors {
            if actor.sleep_at.is_some_and(|at| at <= now) {
                actor.sleep_at = None;
                let (actor_id, generation) = (name.clone(), actor.generation);
                let intent = ActorIntent::ActorIntentSleep;
                let intent = EventActorIntent { actor_id, generation, intent };
                self.events.push(Event::EventActorIntent(intent));
            }
        }
    }
}

/// What cannot be done because a socket or an actor has ended meanwhile needs no doing.
fn note(result: std::result::Result<(), CommandError>) {
    if let Err(error) = result {
        println!("does nothing: {error}");
    }
}
