//! What the link between gateway and runner does, and what the gateway hears of the engine.

use barewire_protocol::runner::latest::{
    ProtocolMetadata, ToClientInit, ToClientTunnelMessageKind, ToServerTunnelMessageKind,
};
use barewire_protocol::session::gateway::{ActorEvent, Status};
use barewire_protocol::session::runner::{self, Refused};
use barewire_protocol::session::{RequestId, SocketId, Version};

use super::counts::Class;
use super::link::Conduct;
use super::oracle::Finding;
use super::world::{ACTOR, News, World, client_of, request};

impl World<'_> {
    pub(super) fn deliver_down(&mut self) -> Finding {
        let conduct = self.conduct();
        let Some((epoch, message)) = self.down.deliver(conduct, &mut self.choices, &mut self.counts) else {
            return Ok(());
        };
        // A stream ends with its link. Datagrams find their way into the next one.
        if !self.connected || epoch != self.epoch && conduct != Conduct::Datagrams {
            return Ok(());
        }
        self.note(|| format!("at the runner: {message:?}"));
        let at = self.at();
        let Some(process) = &mut self.process else { return Ok(()) };
        let id = SocketId::of(&message.message_id);
        let client = client_of(id.request);
        let (known, is_open, is_close) = (
            process.runner.socket(id).is_some(),
            matches!(message.message_kind, ToClientTunnelMessageKind::ToClientWebSocketOpen(_)),
            matches!(message.message_kind, ToClientTunnelMessageKind::ToClientWebSocketClose(_)),
        );
        match process.runner.handle_tunnel(message, at) {
            Ok(()) if is_close && known => process.closed_by_gateway[client] = true,
            Ok(()) => {}
            Err(Refused::Gap { .. }) => {
                self.counts.add(Class::Gap);
                if self.is_gentle() {
                    return Err(format!("a gap for client {client}, although no link loses single frames"));
                }
            }
            Err(Refused::Duplicate { .. }) => self.counts.add(Class::Duplicate),
            Err(Refused::NoRoom) => {
                self.counts.add(Class::HeldOverflow);
                if process.lives[client].is_none() {
                    self.clients[client].refused();
                    process.closed_by_gateway[client] = false;
                }
            }
            Err(Refused::UnknownActor(_) | Refused::TooManySockets(_)) if is_open => {
                self.clients[client].refused();
                process.closed_by_gateway[client] = false;
            }
            Err(_) => {}
        }
        Ok(())
    }

    pub(super) fn deliver_up(&mut self) -> Finding {
        let conduct = self.conduct();
        let Some((_, message)) = self.up.deliver(conduct, &mut self.choices, &mut self.counts) else {
            return Ok(());
        };
        self.note(|| format!("at the gateway: {message:?}"));
        let client = client_of(RequestId(message.message_id.request_id));
        let ends = match &message.message_kind {
            ToServerTunnelMessageKind::ToServerWebSocketClose(close) => !close.hibernate,
            _ => false,
        };
        let before = self.gateway.status(request(client));
        let result = self.gateway.handle_tunnel(message, self.at());
        let is_opened =
            before == Some(Status::Opening) && self.gateway.status(request(client)) == Some(Status::Active);
        let at_work = self.process.as_ref().and_then(|process| process.runner.status(process.lives[client]?));
        if is_opened && at_work != Some(runner::Status::Open) {
            // The answer of a life that has ended: nothing tells it from that of the next one, which may know nothing.
            self.clients[client].in_doubt = true;
        }
        let was_open = matches!(before, Some(Status::Active | Status::Hibernating | Status::Waking));
        if ends && was_open && result.is_ok() {
            self.clients[client].runner_ended();
        }
        Ok(())
    }

    fn conduct(&self) -> Conduct {
        if self.healing { Conduct::Stream } else { self.weather.conduct }
    }

    pub(super) fn deliver_news(&mut self) -> Finding {
        let Some(news) = self.news.pop_front() else { return Ok(()) };
        self.note(|| format!("the gateway hears: {news:?}"));
        let at = self.at();
        let event = match news {
            News::Pong(pong) => {
                // The socket may have ended meanwhile.
                let _ = self.gateway.handle_pong(pong, at);
                return Ok(());
            }
            News::Ready(epoch) => {
                self.gateway_epoch = epoch;
                ActorEvent::Ready(Version::V3)
            }
            News::Stopped => ActorEvent::Stopped,
            News::Unreachable => ActorEvent::Unreachable,
        };
        self.gateway.handle_actor(ACTOR, event, at);
        Ok(())
    }

    /// The link breaks, and both sides hear of it.
    pub(super) fn cut(&mut self) {
        if !self.connected {
            return;
        }
        self.note(|| "the link breaks".to_owned());
        self.counts.add(Class::Cut);
        self.connected = false;
        self.cut_at = self.now;
        self.lose_what_is_on_its_way();
        let at = self.at();
        if let Some(process) = &mut self.process {
            let _ = process.runner.disconnected(at);
        }
        self.news.push_back(News::Unreachable);
    }

    pub(super) fn lose_what_is_on_its_way(&mut self) {
        let arrived = self.choices.below(self.up.len() as u32 + 1) as usize;
        for message in self.up.cut(arrived) {
            if matches!(message.message_kind, ToServerTunnelMessageKind::ToServerWebSocketClose(_)) {
                // Nobody says it again: the gateway finds out by a timeout.
                self.clients[client_of(RequestId(message.message_id.request_id))].in_doubt = true;
            }
        }
        drop(self.down.cut(0));
    }

    /// The link of a process is there, or there again.
    pub(super) fn heal(&mut self) -> Finding {
        let at = self.at();
        let Some(process) = &mut self.process else { return Ok(()) };
        if self.connected {
            return Ok(());
        }
        let metadata = ProtocolMetadata { runner_lost_threshold: 15_000 };
        let init = ToClientInit { runner_id: "r".into(), last_event_idx: -1, metadata };
        process.runner.connected(&init, at).map_err(|error| format!("connected: {error}"))?;
        self.connected = true;
        self.epoch += 1;
        self.note(|| "the link is there".to_owned());
        if self.is_running() {
            self.news.push_back(News::Ready(self.epoch));
        }
        Ok(())
    }
}
