//! What the actor and its storage do: handle, save, speak and sleep.

use barewire_protocol::runner::latest::ToServerWebSocketMessage;
use barewire_protocol::session::runner::{ActorStatus, CommandError, Stop};
use barewire_protocol::session::{Client, CloseReason, Hibernation, MessageIndex};

use super::counts::Class;
use super::oracle::Finding;
use super::process::Write;
use super::world::{ACTOR, News, World, payload};

impl World<'_> {
    pub(super) fn actor_handles(&mut self) -> Finding {
        let at = self.at();
        let Some(process) = &mut self.process else { return Ok(()) };
        let Some((socket, client, index, number)) = process.inbox.pop_front() else { return Ok(()) };
        // Only the life that it was delivered to: a replaced socket is another one.
        if process.lives[client] != Some(socket) {
            return Ok(());
        }
        match process.runner.handled(socket, MessageIndex::from(index), at) {
            Ok(()) => {
                self.note(|| format!("message {number} of client {client} is handled"));
                self.counts.add(Class::Handled);
                self.clients[client].handled(number).map_err(|error| format!("client {client}: {error}"))
            }
            // The life has ended, and the event of that waits.
            Err(CommandError::UnknownSocket(_)) => Ok(()),
            Err(error) => Err(format!("message {number} handled: {error}")),
        }
    }

    pub(super) fn begin_save(&mut self) {
        let at = self.at();
        let handled: Vec<_> = self.clients.iter().map(|client| client.handled.clone()).collect();
        let Some(process) = &mut self.process else { return };
        if let Ok(save) = process.runner.begin_save(ACTOR, at) {
            if process.is_saving() {
                self.counts.add(Class::OverlappingSaves);
            }
            process.begin(save, handled);
            self.note(|| "a save begins".to_owned());
        }
    }

    /// The storage does the next thing: it stores, or fails, or does so and says that it has failed.
    pub(super) fn storage_works(&mut self) -> Finding {
        let outcome = if self.healing { 0 } else { self.choices.below(8) };
        let (fails, is_stored) = (outcome >= 6, outcome != 6);
        let at = self.at();
        let Some(process) = &mut self.process else { return Ok(()) };
        let Some(write) = process.writes.pop_front() else { return Ok(()) };
        if is_stored {
            self.storage.apply(&write);
        }
        match write {
            Write::Save { ticket, .. } => {
                let resolved = if fails {
                    self.counts.add(if is_stored { Class::DoubtfulSave } else { Class::FailedSave });
                    process.runner.abort_save(ticket, at)
                } else {
                    process.runner.commit_save(ticket, at)
                };
                match resolved {
                    Ok(()) | Err(CommandError::UnknownSave) => {}
                    Err(error) => return Err(format!("save: {error}")),
                }
                self.note(|| {
                    format!(
                        "a save {} stored, {}",
                        if is_stored { "is" } else { "is not" },
                        if fails { "and has failed" } else { "and succeeds" }
                    )
                });
            }
            // A removal is tried until it succeeds.
            Write::Remove(_) if !is_stored => process.writes.push_front(write),
            Write::Remove(_) => {}
        }
        self.remember_what_is_stored();
        Ok(())
    }

    fn remember_what_is_stored(&mut self) {
        for (oracle, handled) in self.clients.iter_mut().zip(&self.storage.handled) {
            oracle.stored.clone_from(handled);
        }
    }

    pub(super) fn actor_speaks(&mut self, client: usize) {
        let at = self.at();
        let Some(process) = &mut self.process else { return };
        let Some(socket) = process.lives[client] else { return };
        self.spoken[client] += 1;
        let message = ToServerWebSocketMessage { data: payload(self.spoken[client]), binary: true };
        // The socket may also be opening, or the event of its end may wait.
        if let Err(CommandError::Overflow) = process.runner.send(socket, message, at) {
            self.counts.add(Class::QueueOverflow);
        }
    }

    /// The actor answers the opens that it knows of.
    pub(super) fn answer_opens(&mut self) -> Finding {
        let at = self.at();
        let Some(process) = &mut self.process else { return Ok(()) };
        for (client, socket) in std::mem::take(&mut process.opens) {
            if !self.healing && self.choices.once_in(12) {
                // It cannot make up its mind.
                process.opens.push((client, socket));
                continue;
            }
            if self.weather.rough && !self.healing && self.choices.once_in(12) {
                let _ = process.runner.close(socket, CloseReason::ServerError.into(), Client::Leaves, at);
                continue;
            }
            let ordinary = client == 2;
            let kind = if ordinary { Hibernation::Impossible } else { Hibernation::Allowed };
            match process.runner.accept(socket, kind, at) {
                Ok(()) => self.clients[client].durable = !ordinary,
                Err(CommandError::Overflow) => self.counts.add(Class::QueueOverflow),
                // The event of its end waits, or it will not be opened by an actor that stops.
                Err(CommandError::UnknownSocket(_) | CommandError::WrongActorState { .. }) => {}
                Err(error) => return Err(format!("accept: {error}")),
            }
        }
        Ok(())
    }

    pub(super) fn is_running(&self) -> bool {
        let status = self.process.as_ref().and_then(|process| process.runner.actor_status(ACTOR));
        self.connected && status == Some(ActorStatus::Running)
    }

    /// The actor stops. Its last save is on its way, or was, or fails.
    pub(super) fn sleep(&mut self, stop: Stop) -> Finding {
        if !self.is_running() {
            return Ok(());
        }
        self.note(|| format!("the actor stops: {stop:?}"));
        self.counts.add(if stop == Stop::Sleep { Class::Sleep } else { Class::Destroy });
        let at = self.at();
        let Some(process) = &mut self.process else { return Ok(()) };
        let generation = process.generation;
        process.runner.stop_actor(ACTOR, generation, at).map_err(|error| format!("stop: {error}"))?;
        self.answers()?;
        if self.healing || !self.choices.once_in(4) {
            self.begin_save();
        }
        while self.process.as_ref().is_some_and(|process| !process.writes.is_empty()) {
            self.storage_works()?;
            self.answers()?;
            if !self.healing && self.choices.once_in(16) {
                // What is left is not heard of any more.
                break;
            }
        }
        self.stopped(stop)
    }

    /// The actor is gone, and its storage is what remains of it.
    pub(super) fn stopped(&mut self, stop: Stop) -> Finding {
        let at = self.at();
        let Some(process) = &mut self.process else { return Ok(()) };
        let generation = process.generation;
        match process.runner.actor_stopped(ACTOR, generation, stop, at) {
            // A runner that has ended, or was given up, has forgotten its actors.
            Ok(()) | Err(CommandError::Ended | CommandError::UnknownActor(_)) => {}
            Err(error) => return Err(format!("stopped: {error}")),
        }
        process.inbox.clear();
        self.answers()?;
        self.forget_actor();
        self.news.push_back(News::Stopped);
        Ok(())
    }

    /// Nobody remembers what the actor knew; what was on its way to the storage may arrive.
    pub(super) fn forget_actor(&mut self) {
        if let Some(process) = &mut self.process {
            let arrive = self.choices.below(process.writes.len() as u32 + 1) as usize;
            for (index, write) in process.writes.drain(..).enumerate() {
                if index < arrive || self.healing {
                    if matches!(write, Write::Save { .. }) {
                        self.counts.add(Class::HalfSaved);
                    }
                    self.storage.apply(&write);
                }
            }
            process.inbox.clear();
            process.lives.fill(None);
            process.opens.clear();
        }
        self.remember_what_is_stored();
        for oracle in &mut self.clients {
            oracle.forgotten();
        }
    }
}
