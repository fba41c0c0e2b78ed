//! What the engine does with the process of the runner: it starts it and its actor, ends it, and hears of its end.

use barewire_protocol::session::gateway::Status;
use barewire_protocol::session::runner::{self, ActorStatus, StartActor, Stop};
use barewire_protocol::session::{GatewayId, RequestId, SocketId};

use super::counts::Class;
use super::oracle::Finding;
use super::process::Process;
use super::world::{ACTOR, News, World, client_of};

impl World<'_> {
    fn runner_config(&mut self) -> runner::Config {
        let mut config = runner::Config { save_bytes: 16, ..runner::Config::default() };
        if self.weather.rough {
            config.outbound = 8 + self.choices.below(64) as usize;
            config.outbound_bytes = 8 + self.choices.below(256) as usize;
            config.held = 1 + self.choices.below(64) as usize;
            config.held_bytes = 16 + self.choices.below(512) as usize;
            config.total_held_bytes = 256 + self.choices.below(4096) as usize;
        }
        config
    }

    /// The engine starts a process, or the actor in it, or lets it read what is stored.
    pub(super) fn engine_works(&mut self) -> Finding {
        if !self.wanted {
            return Ok(());
        }
        if self.process.is_none() {
            let config = self.runner_config();
            self.process = Some(Process::new(config, self.clients.len()));
        }
        self.heal()?;
        let status = self.process.as_ref().and_then(|process| process.runner.actor_status(ACTOR));
        match status {
            None => self.start(),
            Some(ActorStatus::Starting) => self.load(),
            Some(_) => {
                self.wanted = false;
                self.news.push_back(News::Ready(self.epoch));
                Ok(())
            }
        }
    }

    fn start(&mut self) -> Finding {
        let at = self.at();
        let waiting: Vec<_> = self
            .gateway
            .hibernating_requests(ACTOR, at)
            .iter()
            .map(|request| SocketId {
                gateway: GatewayId(request.gateway_id),
                request: RequestId(request.request_id),
            })
            .collect();
        if waiting.len() > 1 {
            self.counts.add(Class::Several);
        }
        self.note(|| format!("the actor starts: {waiting:?} wait"));
        let Some(process) = &mut self.process else { return Ok(()) };
        self.generation += 1;
        process.generation = self.generation;
        process.closed_by_gateway.fill(false);
        let start = StartActor { actor: ACTOR.into(), generation: self.generation, waiting };
        process.runner.start_actor(start, at).map_err(|error| format!("start: {error}"))?;
        // What was on its way to the life before goes no further than the bridge, unless links know no lives.
        self.epoch += 1;
        if self.choices.once_in(2) {
            self.news.push_back(News::Ready(self.epoch));
        }
        Ok(())
    }

    fn load(&mut self) -> Finding {
        let at = self.at();
        let stored = self.storage.read()?;
        self.note(|| format!("the actor has read {stored:?}"));
        let Some(process) = &mut self.process else { return Ok(()) };
        let found =
            process.runner.actor_started(ACTOR, stored, at).map_err(|error| format!("started: {error}"))?;
        for id in &found.zombies {
            self.counts.add(Class::Zombie);
            self.clients[client_of(id.request)].refused();
        }
        for stored in &found.stale {
            self.counts.add(Class::Stale);
            let client = client_of(stored.id.request);
            let status = self.gateway.status(stored.id.request);
            let waits = matches!(status, Some(Status::Active | Status::Hibernating | Status::Waking));
            if self.is_gentle() && waits && !self.clients[client].in_doubt {
                return Err(format!("client {client} waits, whose socket is taken for stale"));
            }
        }
        self.wanted = false;
        self.news.push_back(News::Ready(self.epoch));
        Ok(())
    }

    /// The process ends without a word.
    pub(super) fn crash(&mut self) {
        if self.process.is_none() {
            return;
        }
        self.note(|| "the process ends".to_owned());
        self.forget_actor();
        self.process = None;
        self.connected = false;
        self.lose_what_is_on_its_way();
        if self.choices.once_in(2) {
            self.news.push_back(News::Unreachable);
        }
        self.news.push_back(News::Stopped);
    }

    /// The process ends as it should, or because another has taken its place.
    pub(super) fn retire(&mut self) -> Finding {
        if self.process.is_none() {
            return Ok(());
        }
        let evicted = self.choices.once_in(2);
        if evicted {
            self.counts.add(Class::Eviction);
        } else {
            self.counts.add(Class::Shutdown);
            self.sleep(Stop::Sleep)?;
        }
        self.note(|| format!("the runner ends{}", if evicted { ", evicted" } else { "" }));
        let at = self.at();
        // It may have crashed while the actor stopped.
        let Some(process) = &mut self.process else { return Ok(()) };
        process.is_evicted = evicted;
        let ended = if evicted { process.runner.evicted(at) } else { process.runner.shutdown(at) };
        ended.map_err(|error| format!("retire: {error}"))?;
        self.answers()?;
        self.crash();
        Ok(())
    }
}
