//! What the machines say, carried to where it belongs and held against the lists.

use barewire_protocol::runner::latest::{
    ToClientTunnelMessageKind, ToGatewayPong, ToServerTunnelMessage, ToServerTunnelMessageKind,
};
use barewire_protocol::session::RequestId;
use barewire_protocol::session::gateway::Output;
use barewire_protocol::session::runner::{Event, Origin, Stop};

use super::counts::Class;
use super::link::Conduct;
use super::oracle::Finding;
use super::process::Write;
use super::world::{News, World, client_of, id, number};

impl World<'_> {
    /// Takes everything that the machines have to say. The process may end between any two of its outputs.
    pub(super) fn answers(&mut self) -> Finding {
        loop {
            let mut quiet = true;
            while let Some(output) = self.gateway.poll_output() {
                quiet = false;
                self.of_gateway(output)?;
            }
            while let Some(process) = &mut self.process {
                let event = process.runner.poll_event();
                let Some(event) = event else { break };
                quiet = false;
                self.of_runner(event)?;
                self.maybe_crash();
            }
            self.answer_opens()?;
            while let Some(process) = &mut self.process {
                let Some(message) = process.runner.poll_transmit() else { break };
                quiet = false;
                self.transmitted(message)?;
                self.maybe_crash();
            }
            if quiet {
                return Ok(());
            }
        }
    }

    fn maybe_crash(&mut self) {
        if !self.healing && self.choices.once_in(self.weather.crashes) {
            self.counts.add(Class::Crash);
            self.crash();
        }
    }

    fn of_gateway(&mut self, output: Output) -> Finding {
        self.note(|| format!("gateway: {output:?}"));
        match output {
            Output::ToRunner { message, .. } => {
                let client = client_of(RequestId(message.message_id.request_id));
                let index = message.message_id.message_index;
                self.clients[client].active()?;
                match &message.message_kind {
                    ToClientTunnelMessageKind::ToClientWebSocketOpen(_) => {
                        // Whoever carries an open finds out where the actor runs, and starts it if it does not.
                        self.wanted |= !self.is_running();
                        let again = std::mem::replace(&mut self.asked[client], true);
                        self.counts.add_if(again, Class::Retry);
                    }
                    ToClientTunnelMessageKind::ToClientWebSocketMessage(_) => {
                        let again = !self.sent_before[client].insert(index);
                        self.counts.add_if(again, Class::Replay);
                    }
                    ToClientTunnelMessageKind::ToClientWebSocketClose(_) => {
                        self.clients[client].runner_told()?;
                    }
                    _ => {}
                }
                // What is said in a life of the link that has ended goes nowhere.
                if self.connected {
                    self.down.send(self.gateway_epoch, message);
                }
            }
            Output::Ping { ping, .. } => {
                if self.connected {
                    let pong = ToGatewayPong { request_id: ping.request_id, ts: ping.ts };
                    self.news.push_back(News::Pong(pong));
                }
            }
            Output::Accept { request } => {
                let client = client_of(request);
                self.clients[client].active()?;
                self.clients[client].client_accepted()?;
            }
            Output::ToClient { request, message } => {
                let client = client_of(request);
                self.clients[client].active()?;
                let in_order = self.is_gentle() && self.weather.conduct == Conduct::Stream;
                self.clients[client].received(number(&message.data)?, in_order)?;
            }
            Output::CloseClient { request, close } => {
                let client = client_of(request);
                self.clients[client].active()?;
                self.clients[client].client_told()?;
                self.counts.add(Class::Ended);
                let reason = close.reason.as_deref().unwrap_or("");
                let expected = match reason {
                    // Those who close on purpose.
                    "actor" | "client" => true,
                    // One that is opening or cannot hibernate, or whose end was lost with the process that said it.
                    "guard.websocket_service_unavailable"
                    | "guard.websocket_service_timeout"
                    | "actor.stopped"
                    | "ws.meta_not_found_during_restore" => !self.clients[client].is_to_survive(),
                    _ => false,
                };
                if self.is_gentle() && !expected && !self.clients[client].in_doubt {
                    return Err(format!("client {client} was told `{reason}` where every socket survives"));
                }
            }
            Output::Hibernating { .. } => {
                if self.is_running() {
                    self.news.push_back(News::Ready(self.epoch));
                }
            }
            Output::Wake { .. } => {
                self.counts.add(Class::Wake);
                self.wanted = true;
            }
            Output::Keepalive { request, .. } => {
                if !self.weather.rough || self.healing || !self.choices.once_in(16) {
                    // A socket may have ended behind the output.
                    let at = self.at();
                    let _ = self.gateway.handle_keepalive_stored(request, at);
                }
            }
            Output::Room { request } => self.held_back[client_of(request)] = false,
            Output::Closed { request } => self.clients[client_of(request)].gone()?,
        }
        Ok(())
    }

    fn of_runner(&mut self, event: Event) -> Finding {
        self.note(|| format!("runner: {event:?}"));
        let Some(process) = &mut self.process else { return Ok(()) };
        match event {
            Event::Open { socket, .. } => {
                let client = client_of(socket.id().request);
                self.clients[client].begins(false);
                process.lives[client] = Some(socket);
                process.closed_by_gateway[client] = false;
                process.opens.push((client, socket));
            }
            Event::Restored { socket, .. } => {
                self.counts.add(Class::Restore);
                let client = client_of(socket.id().request);
                self.clients[client].begins(true);
                process.lives[client] = Some(socket);
            }
            Event::Message { socket, index, data, .. } => {
                let client = client_of(socket.id().request);
                let number = number(&data)?;
                let in_order = self.weather.conduct != Conduct::Datagrams;
                self.clients[client]
                    .delivered(number, index.get(), in_order)
                    .map_err(|error| format!("client {client}: {error}"))?;
                process.inbox.push_back((socket, client, index.get(), number));
            }
            Event::Closed { socket, origin, .. } => {
                let client = client_of(socket.id().request);
                if process.lives[client] != Some(socket) {
                    return Err(format!("client {client}: the end of a life that is none ({origin:?})"));
                }
                process.lives[client] = None;
                process.opens.retain(|(_, opening)| *opening != socket);
                let told = match origin {
                    Origin::Actor | Origin::Runner => true,
                    Origin::ActorStopped => self.clients[client].durable,
                    _ => false,
                };
                self.clients[client].ends(told);
            }
            Event::RemoveStored { id, .. } => process.writes.push_back(Write::Remove(id)),
            // The life of the process may go on, that of the actor does not.
            Event::StopActor { .. } => {
                self.counts.add_if(!process.is_evicted, Class::Lost);
                return self.stopped(Stop::Sleep);
            }
            Event::Save { .. } | Event::Stale { .. } | Event::Dropped { .. } | Event::CloseEngine { .. } => {}
        }
        Ok(())
    }

    fn transmitted(&mut self, message: ToServerTunnelMessage) -> Finding {
        let client = client_of(RequestId(message.message_id.request_id));
        self.note(|| format!("runner sends: {message:?}"));
        let process = self.process.as_ref();
        match &message.message_kind {
            ToServerTunnelMessageKind::ToServerWebSocketMessageAck(ack) => {
                self.clients[client]
                    .acknowledged(ack.index)
                    .map_err(|error| format!("client {client}: {error}"))?;
            }
            ToServerTunnelMessageKind::ToServerWebSocketOpen(open) if open.can_hibernate => {
                // One that its actor has ended since needs not be stored.
                let goes_on = process.is_some_and(|process| process.runner.socket(id(client)).is_some());
                if goes_on && !self.storage.ids().any(|stored| stored == id(client)) {
                    return Err(format!("client {client} is accepted, and nothing is stored of its socket"));
                }
            }
            ToServerTunnelMessageKind::ToServerWebSocketClose(_) => {
                let by_gateway = process.is_some_and(|process| process.closed_by_gateway[client]);
                self.clients[client]
                    .runner_closes(by_gateway)
                    .map_err(|error| format!("client {client}: {error}"))?;
            }
            _ => {}
        }
        self.up.send(self.epoch, message);
        Ok(())
    }
}
