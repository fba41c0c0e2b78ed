//! A runner with one actor and one socket, unless a test makes more.

use super::{ACTOR, SOCKET, at, shown};
use barewire::{Bytes, Map};
use barewire_protocol::runner::latest::{
    ProtocolMetadata, ToClientInit, ToClientTunnelMessage, ToClientTunnelMessageKind as ToClient,
    ToClientWebSocketMessage, ToClientWebSocketOpen, ToServerTunnelMessageKind as ToServer,
    ToServerWebSocketMessage,
};
use barewire_protocol::session::Hibernation;
use barewire_protocol::session::runner::{
    CommandError, Config, Event, Refused, Restore, Runner, Save, Socket, StartActor, Stop, Stored,
};
use barewire_protocol::session::{Close, MessageIndex, SocketId, StoredIndex};

pub(super) struct TestRunner {
    pub(super) machine: Runner,
    pub(super) now: u64,
}

impl TestRunner {
    /// Connected, without actors.
    pub(super) fn new(config: Config) -> Self {
        let mut runner = Self { machine: Runner::new(config), now: 1_000_000 };
        runner.connect();
        runner
    }

    pub(super) fn connect(&mut self) {
        let metadata = ProtocolMetadata { runner_lost_threshold: 15_000 };
        let init = ToClientInit { runner_id: "r".into(), last_event_idx: -1, metadata };
        self.machine.connected(&init, at(self.now)).expect("it is down");
    }

    /// With an actor that runs.
    pub(super) fn running() -> Self {
        Self::running_with(Config::default())
    }

    pub(super) fn running_with(config: Config) -> Self {
        let mut runner = Self::new(config);
        runner.start(1, &[]);
        runner.started(vec![]).expect("it starts");
        runner
    }

    /// With a socket that can hibernate, is open, and is stored.
    pub(super) fn open() -> Self {
        Self::open_with(Config::default())
    }

    pub(super) fn open_with(config: Config) -> Self {
        let mut runner = Self::running_with(config);
        runner.opened(0);
        runner
    }

    /// With a socket that cannot hibernate.
    pub(super) fn ordinary() -> Self {
        let mut runner = Self::running();
        runner.gateway_opens(0).expect("a new socket");
        runner.accept(Hibernation::Impossible).expect("it is opening");
        assert_eq!((runner.told(), runner.sent()), (vec!["open".to_owned()], vec!["open no".to_owned()]));
        runner
    }

    /// With a socket that is restored behind this index.
    pub(super) fn restored(index: u16) -> Self {
        let mut runner = Self::new(Config::default());
        runner.start(2, &[SOCKET]);
        runner.started(vec![stored(SOCKET, index)]).expect("it starts");
        assert_eq!(runner.told(), [format!("restored {index}")]);
        runner
    }

    /// With a socket that can hibernate, which is taken and not stored.
    pub(super) fn storing_with(config: Config) -> Self {
        let mut runner = Self::running_with(config);
        runner.taken(0);
        runner
    }

    pub(super) fn storing() -> Self {
        Self::storing_with(Config::default())
    }

    /// Opens a socket that can hibernate by a message with this index, and stores it.
    pub(super) fn opened(&mut self, index: u16) {
        self.taken(index);
        self.save();
        assert_eq!(self.sent(), ["open yes"]);
    }

    fn taken(&mut self, index: u16) {
        self.gateway_opens(index).expect("a new socket");
        self.accept(Hibernation::Allowed).expect("it is opening");
        let (told, sent) = (self.told(), self.sent());
        assert_eq!((told, sent), (vec!["open".to_owned(), "save: Opened".to_owned()], vec![]));
    }

    pub(super) fn start(&mut self, generation: u32, waiting: &[SocketId]) {
        let start = StartActor { actor: ACTOR.into(), generation, waiting: waiting.to_vec() };
        self.machine.start_actor(start, at(self.now)).expect("it is not here");
    }

    pub(super) fn started(&mut self, stored: Vec<Stored>) -> Result<Restore, CommandError> {
        self.machine.actor_started(ACTOR, stored, at(self.now))
    }

    pub(super) fn stop(&mut self, generation: u32, stop: Stop) {
        self.machine.stop_actor(ACTOR, generation, at(self.now)).expect("it runs");
        self.machine.actor_stopped(ACTOR, generation, stop, at(self.now)).expect("it stops");
    }

    pub(super) fn gateway_says(&mut self, index: u16, kind: ToClient) -> Result<(), Refused> {
        self.gateway_says_to(SOCKET, index, kind)
    }

    pub(super) fn gateway_says_to(
        &mut self,
        id: SocketId,
        index: u16,
        message_kind: ToClient,
    ) -> Result<(), Refused> {
        let message = ToClientTunnelMessage { message_id: id.message(index.into()), message_kind };
        self.machine.handle_tunnel(message, at(self.now))
    }

    pub(super) fn gateway_opens(&mut self, index: u16) -> Result<(), Refused> {
        self.gateway_says(index, open(ACTOR))
    }

    pub(super) fn gateway_sends(&mut self, index: u16, text: &str) -> Result<(), Refused> {
        self.gateway_says(index, message(text))
    }

    pub(super) fn gateway_closes(&mut self, index: u16, close: Close) -> Result<(), Refused> {
        self.gateway_says(index, ToClient::ToClientWebSocketClose(close.into()))
    }

    /// The life of the socket that is at work.
    pub(super) fn socket(&self) -> Socket {
        self.machine.socket(SOCKET).expect("a socket")
    }

    pub(super) fn accept(&mut self, hibernation: Hibernation) -> Result<(), CommandError> {
        let socket = self.socket();
        self.machine.accept(socket, hibernation, at(self.now))
    }

    pub(super) fn send(&mut self, text: &str) -> Result<(), CommandError> {
        let data = Bytes::copy_from_slice(text.as_bytes());
        let socket = self.socket();
        self.machine.send(socket, ToServerWebSocketMessage { data, binary: false }, at(self.now))
    }

    pub(super) fn handled(&mut self, index: u16) -> Result<(), CommandError> {
        let socket = self.socket();
        self.machine.handled(socket, MessageIndex::from(index), at(self.now))
    }

    /// Takes a message, tells the actor of it and lets it be handled.
    pub(super) fn handles(&mut self, index: u16) {
        self.gateway_sends(index, "x").expect("the next one");
        assert_eq!(self.told(), [format!("message {index} `x`")]);
        self.handled(index).expect("the next one");
    }

    pub(super) fn begin(&mut self) -> Save {
        self.machine.begin_save(ACTOR, at(self.now)).expect("an actor that runs")
    }

    pub(super) fn commit(&mut self, save: Save) -> Result<(), CommandError> {
        self.machine.commit_save(save.ticket, at(self.now))
    }

    pub(super) fn abort(&mut self, save: Save) -> Result<(), CommandError> {
        self.machine.abort_save(save.ticket, at(self.now))
    }

    /// Saves everything at once.
    pub(super) fn save(&mut self) {
        let save = self.begin();
        self.commit(save).expect("it is on its way");
    }

    pub(super) fn wait(&mut self, millis: u64) {
        self.now += millis;
        self.machine.handle_timeout(at(self.now));
    }

    /// All that has happened, each as a text.
    pub(super) fn told(&mut self) -> Vec<String> {
        let mut events = Vec::new();
        while let Some(event) = self.machine.poll_event() {
            events.push(match event {
                Event::Open { .. } => "open".into(),
                Event::Restored { stored, .. } => format!("restored {}", number(stored.index)),
                Event::Stale { stored, .. } => format!("stale {}", stored.id),
                Event::Message { index, data, .. } => {
                    format!("message {index} `{}`", String::from_utf8_lossy(&data))
                }
                Event::Closed { origin, close, .. } => format!("closed by {origin:?}: {}", shown(&close)),
                Event::RemoveStored { id, .. } => format!("remove {id}"),
                Event::Save { why, .. } => format!("save: {why:?}"),
                Event::StopActor { actor, generation } => format!("stop {actor} {generation}"),
                Event::Dropped { messages } => format!("dropped {messages}"),
                Event::CloseEngine { close } => format!("close engine {}", shown(&close)),
            });
        }
        events
    }

    /// All that is to be sent, each as a text.
    pub(super) fn sent(&mut self) -> Vec<String> {
        self.sent_with_indices().into_iter().map(|(_, text)| text).collect()
    }

    pub(super) fn sent_with_indices(&mut self) -> Vec<(u16, String)> {
        let mut sent = Vec::new();
        while let Some(message) = self.machine.poll_transmit() {
            let text = match message.message_kind {
                ToServer::ToServerWebSocketOpen(open) if open.can_hibernate => "open yes".into(),
                ToServer::ToServerWebSocketOpen(_) => "open no".into(),
                ToServer::ToServerWebSocketMessage(message) => {
                    format!("`{}`", String::from_utf8_lossy(&message.data))
                }
                ToServer::ToServerWebSocketMessageAck(ack) => format!("ack {}", ack.index),
                ToServer::ToServerWebSocketClose(close) => {
                    let stays = if close.hibernate { ", client stays" } else { "" };
                    let close = Close { code: close.code, reason: close.reason };
                    format!("close {}{stays}", shown(&close))
                }
                ToServer::DeprecatedTunnelAck => "tunnel ack".into(),
                other => panic!("no runner sends {other:?} for a WebSocket"),
            };
            sent.push((message.message_id.message_index, text));
        }
        sent
    }
}

pub(super) fn open(actor: &str) -> ToClient {
    let (path, headers) = ("/path".into(), Map::from([("h".into(), "v".into())]));
    ToClient::ToClientWebSocketOpen(ToClientWebSocketOpen { actor_id: actor.into(), path, headers })
}

pub(super) fn message(text: &str) -> ToClient {
    let data = Bytes::copy_from_slice(text.as_bytes());
    ToClient::ToClientWebSocketMessage(ToClientWebSocketMessage { data, binary: false })
}

pub(super) fn stored(id: SocketId, index: u16) -> Stored {
    let index = StoredIndex::Index(index.into());
    Stored { id, index, reply: Default::default(), path: "/path".into(), headers: Map::default() }
}

fn number(index: StoredIndex) -> i64 {
    index.into()
}
