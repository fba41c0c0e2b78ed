//! The end of a schedule: nothing goes wrong any more, and all that can has to come to rest.

use std::collections::BTreeSet;

use barewire_protocol::session::RequestId;
use barewire_protocol::session::gateway::Status;
use barewire_protocol::session::runner::Stop;

use super::counts::Class;
use super::oracle::Finding;
use super::world::{News, World, request};

impl World<'_> {
    /// Everything goes well from now on: each window becomes empty, or its client was told. The next life of the actor finds
    /// out what had ended unseen, and the one behind it finds every socket and nothing else.
    pub(super) fn converge(&mut self) -> Finding {
        self.healing = true;
        self.note(|| "everything goes well from now on".to_owned());
        self.come_to_rest()?;
        self.sleep_and_wake()?;
        let before = self.alive();
        self.sleep_and_wake()?;
        let after = self.alive();
        if before != after {
            return Err(format!("of the clients {before:?} only {after:?} survived a sleep in fine weather"));
        }
        self.nothing_is_left(&after)?;
        if self.is_gentle() && after.len() == self.connecting.iter().filter(|connects| **connects).count() {
            self.counts.add(Class::Survived);
        }
        Ok(())
    }

    fn sleep_and_wake(&mut self) -> Finding {
        self.sleep(Stop::Sleep)?;
        self.wanted = true;
        self.come_to_rest()
    }

    fn alive(&self) -> BTreeSet<usize> {
        (0..self.clients.len()).filter(|client| self.gateway.status(request(*client)).is_some()).collect()
    }

    fn come_to_rest(&mut self) -> Finding {
        let mut quiet = 0;
        for round in 0..1_500 {
            self.heal()?;
            self.engine_works()?;
            let news = self.news.iter().filter(|news| !matches!(news, News::Pong(_))).count();
            let before = (self.down.len(), self.up.len(), news);
            while !self.news.is_empty() {
                self.deliver_news()?;
                self.answers()?;
            }
            while !self.down.is_empty() {
                self.deliver_down()?;
                self.answers()?;
            }
            while self.process.as_ref().is_some_and(|process| !process.inbox.is_empty()) {
                self.actor_handles()?;
            }
            self.begin_save();
            while self.process.as_ref().is_some_and(|process| !process.writes.is_empty()) {
                self.storage_works()?;
            }
            self.answers()?;
            while !self.up.is_empty() {
                self.deliver_up()?;
                self.answers()?;
            }
            self.invariants()?;
            let waits = (0..self.clients.len()).any(|client| {
                let opening = self.gateway.status(request(client)) == Some(Status::Opening);
                opening || self.gateway.pending(request(client)).is_some_and(|(count, _)| count > 0)
            });
            quiet = if waits || before != (0, 0, 0) || self.wanted { 0 } else { quiet + 1 };
            if quiet > 2 {
                return self.at_rest();
            }
            // Slowly at first, so that nothing times out that makes progress.
            self.wait(if round < 40 { 50 } else { 1_000 })?;
            self.answers()?;
        }
        Err("the network is well, and something still waits".into())
    }

    fn at_rest(&self) -> Finding {
        for (client, oracle) in self.clients.iter().enumerate().filter(|(client, _)| self.connecting[*client])
        {
            let kept = self.gateway.pending(request(client)).map(|(count, _)| count);
            oracle.at_rest(kept).map_err(|error| format!("client {client}: {error}"))?;
        }
        Ok(())
    }

    /// The runner and its storage know the sockets that have clients, and no others.
    fn nothing_is_left(&self, alive: &BTreeSet<usize>) -> Finding {
        let expected: BTreeSet<RequestId> = alive.iter().map(|client| request(*client)).collect();
        let stored: BTreeSet<_> = self.storage.ids().map(|id| id.request).collect();
        let sockets = self.process.as_ref().map_or(0, |process| process.runner.len());
        if stored != expected || sockets != expected.len() {
            return Err(format!(
                "{expected:?} have clients, {stored:?} are stored, {sockets} are at the runner"
            ));
        }
        Ok(())
    }
}
