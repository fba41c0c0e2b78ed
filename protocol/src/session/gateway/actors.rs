//! Which sockets belong to an actor: lists through the sockets themselves, so that no socket pays for more than two places.

use barewire::Str;

use crate::session::Instant;
use crate::session::gateway::socket::Socket;
use crate::session::table::{Keyed, Place, Table};

/// An actor that has at least one socket.
#[derive(Clone, Debug)]
pub(super) struct Actor {
    pub(super) id: Str,
    pub(super) wake: Wake,
    /// Whether the outputs hold that sockets of it hibernate.
    pub(super) hibernating_queued: bool,
    first: Place,
}

/// Whether somebody is to wake an actor, for all its sockets at once.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Wake {
    /// Nothing waits, or what has become of the last wake is known.
    Idle,
    /// It waits in the outputs.
    Queued,
    /// Whoever takes the outputs has it, and is to say what became of it until then.
    Asked(Instant),
}

impl Keyed for Actor {
    type Key = str;

    fn key(&self) -> &str {
        &self.id
    }
}

/// The places of a socket's neighbours among those of its actor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Siblings {
    pub(super) actor: Place,
    previous: Option<Place>,
    next: Option<Place>,
}

#[derive(Clone, Debug)]
pub(super) struct Actors(Table<Actor>);

impl Actors {
    pub(super) fn new(seed: u64) -> Self {
        Self(Table::new(seed))
    }

    pub(super) fn id(&self, actor: Place) -> Option<&Str> {
        self.0.at(actor).map(|actor| &actor.id)
    }

    pub(super) fn at_mut(&mut self, actor: Place) -> Option<&mut Actor> {
        self.0.at_mut(actor)
    }

    pub(super) fn find_mut(&mut self, id: &str) -> Option<&mut Actor> {
        self.0.at_mut(self.0.find(id)?)
    }

    pub(super) fn first(&self, id: &str) -> Option<Place> {
        self.0.at(self.0.find(id)?).map(|actor| actor.first)
    }

    /// Puts the socket that `make` makes in front of those of the actor.
    pub(super) fn insert(
        &mut self,
        id: Str,
        sockets: &mut Table<Socket>,
        make: impl FnOnce(Siblings) -> Socket,
    ) -> Option<Place> {
        let Some(actor) = self.0.find(&id) else {
            // The actor's place is needed before the socket's is known, which then corrects it.
            let first = Place::from_index(0)?;
            let actor = self.0.insert(Actor { id, wake: Wake::Idle, hibernating_queued: false, first })?;
            let place = sockets.insert(make(Siblings { actor, previous: None, next: None }))?;
            self.0.at_mut(actor)?.first = place;
            return Some(place);
        };
        let second = self.0.at(actor)?.first;
        let place = sockets.insert(make(Siblings { actor, previous: None, next: Some(second) }))?;
        sockets.at_mut(second)?.siblings.previous = Some(place);
        self.0.at_mut(actor)?.first = place;
        Some(place)
    }

    /// Takes a socket out of both.
    pub(super) fn remove(&mut self, place: Place, sockets: &mut Table<Socket>) -> Option<Socket> {
        let socket = sockets.remove(place)?;
        let Siblings { actor, previous, next } = socket.siblings;
        if let Some(next) = next.and_then(|next| sockets.at_mut(next)) {
            next.siblings.previous = previous;
        }
        match (previous.and_then(|previous| sockets.at_mut(previous)), next) {
            (Some(previous), _) => previous.siblings.next = next,
            (None, Some(next)) => self.0.at_mut(actor)?.first = next,
            (None, None) => drop(self.0.remove(actor)),
        }
        Some(socket)
    }

    /// The socket of the same actor behind this one.
    pub(super) fn after(&self, place: Place, sockets: &Table<Socket>) -> Option<Place> {
        sockets.at(place)?.siblings.next
    }
}
