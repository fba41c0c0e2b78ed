//! What clients do: they connect, send and leave.

use barewire_protocol::session::gateway::{ClientMessage, Connect, MessageError, Status};
use barewire_protocol::session::runner::Stop;
use barewire_protocol::session::{Client, Close, Version};

use super::counts::Class;
use super::oracle::Finding;
use super::world::{ACTOR, World, payload, request};

impl World<'_> {
    fn connect(&mut self, client: usize) -> Finding {
        if self.connecting[client] || !self.is_running() {
            return Ok(());
        }
        self.connecting[client] = true;
        let connect = Connect {
            request: request(client),
            actor: ACTOR.into(),
            path: "/".into(),
            headers: Default::default(),
            version: Version::V3,
        };
        self.note(|| format!("client {client} connects"));
        self.gateway.handle_connect(connect, self.at()).map_err(|error| format!("connect: {error}"))
    }

    /// A client sends its next message, once it is there.
    pub(super) fn client_sends(&mut self, client: usize) -> Finding {
        if !self.connecting[client] {
            return self.connect(client);
        }
        if self.held_back[client] || self.clients[client].client_left {
            return Ok(());
        }
        let number = self.clients[client].sent() + 1;
        let data = payload(number);
        let (len, at) = (data.len(), self.at());
        match self.gateway.handle_client_message(request(client), ClientMessage { data, binary: true }, at) {
            Ok(index) => {
                self.note(|| format!("client {client} sends message {number} as {index}"));
                self.counts.add(Class::Taken);
                self.clients[client].accepted(index.get(), len)?;
                if self.clients[client].has_wrapped() {
                    self.counts.add(Class::Wrap);
                }
            }
            Err(MessageError::NoRoom(_)) => {
                self.counts.add(Class::WindowOverflow);
                self.held_back[client] = true;
            }
            Err(MessageError::TooLarge(_) | MessageError::Full(_) | MessageError::Command(_)) => {}
            Err(error) => return Err(format!("a new error: {error}")),
        }
        Ok(())
    }

    /// A client leaves, or the actor closes its socket or is destroyed.
    pub(super) fn somebody_closes(&mut self, client: usize) -> Finding {
        let at = self.at();
        match self.choices.below(6) {
            0..=2 => {
                let hibernating = self.gateway.status(request(client)) == Some(Status::Hibernating);
                let close = (self.choices.below(2) == 0).then(|| Close::new(4001, "client"));
                if self.gateway.handle_client_close(request(client), close, at).is_ok() {
                    self.note(|| format!("client {client} leaves"));
                    self.counts.add(if hibernating { Class::LateClose } else { Class::ClientCloses });
                    self.clients[client].client_left = true;
                }
                Ok(())
            }
            3 | 4 => {
                let Some(process) = &mut self.process else { return Ok(()) };
                let Some(socket) = process.lives[client] else { return Ok(()) };
                let close = Close::new(4002, "actor");
                if process.runner.close(socket, close, Client::Leaves, at).is_ok() {
                    self.note(|| format!("the actor closes {socket:?}"));
                    self.counts.add(Class::ActorCloses);
                }
                Ok(())
            }
            _ if self.weather.rough => self.sleep(Stop::Destroy),
            _ => Ok(()),
        }
    }
}
