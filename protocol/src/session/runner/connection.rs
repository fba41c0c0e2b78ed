//! The connection to the engine: up, down, lost, and the end of the runner (rows 19 and 21).

use alloc::vec::Vec;
use core::time::Duration;

use barewire::Str;

use crate::runner::latest::{ProtocolMetadata, ToClientInit};
use crate::session::runner::{CommandError, Config, Event, Origin, Runner, Stop};
use crate::session::{CloseReason, Instant};

#[derive(Clone, Debug, Default)]
pub(super) struct Connectivity {
    state: State,
    /// How long it may be down, as the engine has said.
    threshold: Option<Duration>,
}

#[derive(Clone, Debug, Default)]
enum State {
    /// It was never up.
    #[default]
    New,
    Up,
    Down {
        since: Instant,
    },
    /// It was down for too long: the engine has given the runner up.
    Lost,
    /// The runner ends, and what waits may still be sent.
    Draining,
    Ended,
}

impl Connectivity {
    pub(super) fn is_up(&self) -> bool {
        matches!(self.state, State::Up | State::Draining)
    }

    pub(super) fn is_ended(&self) -> bool {
        matches!(self.state, State::Draining | State::Ended)
    }

    pub(super) fn deadline(&self, config: &Config) -> Option<Instant> {
        match self.state {
            State::Down { since } => Some(since.past(self.threshold.unwrap_or(config.lost_threshold))),
            State::New | State::Up | State::Lost | State::Draining | State::Ended => None,
        }
    }

    /// Whether the runner is given up from now on.
    pub(super) fn take_lost(&mut self, now: Instant, config: &Config) -> bool {
        let lost = self.deadline(config).is_some_and(|deadline| now >= deadline);
        if lost {
            self.state = State::Lost;
        }
        lost
    }
}

impl Runner {
    /// The engine has accepted the connection: what waits can be sent.
    ///
    /// # Errors
    ///
    /// [`CommandError::AlreadyThere`] if it was up.
    pub fn connected(&mut self, init: &ToClientInit, now: Instant) -> Result<(), CommandError> {
        self.command(now)?;
        let ProtocolMetadata { runner_lost_threshold } = init.metadata;
        if self.connectivity.is_up() {
            return Err(CommandError::AlreadyThere);
        }
        self.connectivity.state = State::Up;
        // What is no time is none that the engine has said.
        self.connectivity.threshold = u64::try_from(runner_lost_threshold).ok().map(Duration::from_millis);
        Ok(())
    }

    /// The connection has broken. Sockets stay as they are: their gateways send again what is lost (row 21).
    ///
    /// # Errors
    ///
    /// [`CommandError::AlreadyThere`] if it was not up.
    pub fn disconnected(&mut self, now: Instant) -> Result<(), CommandError> {
        self.command(now)?;
        match self.connectivity.state {
            State::Up => self.connectivity.state = State::Down { since: self.now },
            State::New | State::Down { .. } | State::Lost | State::Draining | State::Ended => {
                return Err(CommandError::AlreadyThere);
            }
        }
        if let Some(tunnel_acks) = &mut self.tunnel_acks {
            tunnel_acks.clear();
        }
        Ok(())
    }

    /// Ends the runner: sockets that can hibernate are left alone, the others end with `ws.tunnel_shutdown`, which only their
    /// actors are told. Stop the actors before, and save them.
    ///
    /// # Errors
    ///
    /// [`CommandError::Ended`] if it has ended before.
    pub fn shutdown(&mut self, now: Instant) -> Result<(), CommandError> {
        self.command(now)?;
        self.forget_all(CloseReason::TunnelShutdown);
        self.events.push(Event::CloseEngine { close: CloseReason::RunnerShutdown.into() });
        self.connectivity.state = if self.connectivity.is_up() { State::Draining } else { State::Ended };
        Ok(())
    }

    /// The engine has put another runner in the place of this one, by
    /// [`ToClientClose`](crate::runner::latest::ToClient::ToClientClose): as [`Runner::shutdown`], but nothing is sent any more
    /// and nothing saved is acknowledged.
    ///
    /// # Errors
    ///
    /// [`CommandError::Ended`] if it has ended before.
    pub fn evicted(&mut self, now: Instant) -> Result<(), CommandError> {
        self.command(now)?;
        let actors: Vec<_> = self.running();
        self.forget_all(CloseReason::Eviction);
        for (actor, generation) in actors {
            self.events.push(Event::StopActor { actor, generation });
        }
        self.drop_outbound();
        self.connectivity.state = State::Ended;
        Ok(())
    }

    /// The engine has given the runner up by now, and starts its actors elsewhere.
    pub(super) fn lost(&mut self) {
        for (actor, generation) in self.running() {
            self.give_up(&actor, CloseReason::TunnelShutdown);
            self.events.push(Event::StopActor { actor, generation });
        }
        self.drop_outbound();
    }

    fn running(&self) -> Vec<(Str, u32)> {
        self.actors.iter().map(|(actor, state)| (actor.clone(), state.generation())).collect()
    }

    fn drop_outbound(&mut self) {
        let messages = self.outbound.clear();
        if messages > 0 {
            self.events.push(Event::Dropped { messages });
        }
    }

    fn forget_all(&mut self, reason: CloseReason) {
        for (actor, _) in self.running() {
            self.stopping(&actor);
            self.forget_actor(&actor, Stop::Sleep, Origin::Shutdown, reason);
        }
    }
}
