//! A gateway with one socket, unless a test makes more.

use super::{ACTOR, GATEWAY, REQUEST, SOCKET, at, shown};
use barewire::{Bytes, Map};
use barewire_protocol::runner::latest::{
    ToClientTunnelMessageKind as ToClient, ToServerTunnelMessage, ToServerTunnelMessageKind,
    ToServerWebSocketClose, ToServerWebSocketMessage, ToServerWebSocketMessageAck, ToServerWebSocketOpen,
};
use barewire_protocol::session::gateway::{
    ActorEvent, ClientMessage, CommandError, Config, Connect, Gateway, MessageError, Output, Refused, Status,
};
use barewire_protocol::session::{Close, CloseReason, MessageIndex, RequestId, SocketId, Version};

pub(super) struct TestGateway {
    pub(super) machine: Gateway,
    pub(super) now: u64,
    /// Whether records are written as soon as that is asked for, which then is not shown.
    pub(super) keep_alive: bool,
}

impl TestGateway {
    pub(super) fn new(config: Config) -> Self {
        Self { machine: Gateway::new(GATEWAY, config), now: 1_000_000, keep_alive: true }
    }

    /// With a socket whose runner is asked and has not answered.
    pub(super) fn opening() -> Self {
        Self::opening_with(Config::default(), Version::V3)
    }

    pub(super) fn opening_with(config: Config, version: Version) -> Self {
        let mut gateway = Self::new(config);
        gateway.connect(REQUEST, version).expect("a new request");
        assert_eq!(gateway.outputs(), ["runner: 0 open"]);
        gateway
    }

    /// With a socket that can hibernate and is active.
    pub(super) fn active() -> Self {
        Self::active_with(Config::default())
    }

    pub(super) fn active_with(config: Config) -> Self {
        let mut gateway = Self::opening_with(config, Version::V3);
        gateway.runner_opens(true).expect("the answer");
        assert_eq!(gateway.outputs(), ["accept"]);
        gateway
    }

    /// With an active socket that cannot hibernate.
    pub(super) fn ordinary() -> Self {
        Self::ordinary_with(Config::default())
    }

    pub(super) fn ordinary_with(config: Config) -> Self {
        let mut gateway = Self::opening_with(config, Version::V3);
        gateway.runner_opens(false).expect("the answer");
        assert_eq!(gateway.outputs(), ["accept"]);
        gateway
    }

    /// With a socket that hibernates.
    pub(super) fn hibernating() -> Self {
        let mut gateway = Self::active();
        gateway.actor(ActorEvent::Stopped);
        assert_eq!(gateway.outputs(), ["hibernating"]);
        gateway
    }

    /// With a socket whose first message waits for the actor.
    pub(super) fn waking() -> Self {
        let mut gateway = Self::hibernating();
        gateway.client_sends("a").expect("room");
        assert_eq!(gateway.outputs(), ["wake"]);
        gateway
    }

    pub(super) fn connect(&mut self, request: RequestId, version: Version) -> Result<(), CommandError> {
        let connect =
            Connect { request, actor: ACTOR.into(), path: "/".into(), headers: Map::default(), version };
        self.machine.handle_connect(connect, at(self.now))
    }

    /// Says that the actor of an open is not there, by the message with this index.
    pub(super) fn runner_refuses(&mut self, index: u16) -> Result<(), Refused> {
        let Close { code, reason } = CloseReason::ActorNotFound.into();
        let close = ToServerWebSocketClose { code, reason, hibernate: false };
        let message_kind = ToServerTunnelMessageKind::ToServerWebSocketClose(close);
        let message = ToServerTunnelMessage { message_id: SOCKET.message(index.into()), message_kind };
        self.machine.handle_tunnel(message, at(self.now))
    }

    pub(super) fn runner_says(&mut self, message_kind: ToServerTunnelMessageKind) -> Result<(), Refused> {
        self.runner_says_to(SOCKET, message_kind)
    }

    pub(super) fn runner_says_to(
        &mut self,
        socket: SocketId,
        message_kind: ToServerTunnelMessageKind,
    ) -> Result<(), Refused> {
        let message = ToServerTunnelMessage { message_id: socket.message(MessageIndex::ZERO), message_kind };
        self.machine.handle_tunnel(message, at(self.now))
    }

    pub(super) fn runner_opens(&mut self, can_hibernate: bool) -> Result<(), Refused> {
        let open = ToServerWebSocketOpen { can_hibernate };
        self.runner_says(ToServerTunnelMessageKind::ToServerWebSocketOpen(open))
    }

    pub(super) fn runner_sends(&mut self, text: &str) -> Result<(), Refused> {
        let message =
            ToServerWebSocketMessage { data: Bytes::copy_from_slice(text.as_bytes()), binary: false };
        self.runner_says(ToServerTunnelMessageKind::ToServerWebSocketMessage(message))
    }

    pub(super) fn runner_acks(&mut self, index: u16) -> Result<(), Refused> {
        let ack = ToServerWebSocketMessageAck { index };
        self.runner_says(ToServerTunnelMessageKind::ToServerWebSocketMessageAck(ack))
    }

    pub(super) fn runner_closes(&mut self, close: Close, hibernate: bool) -> Result<(), Refused> {
        let Close { code, reason } = close;
        let close = ToServerWebSocketClose { code, reason, hibernate };
        self.runner_says(ToServerTunnelMessageKind::ToServerWebSocketClose(close))
    }

    pub(super) fn client_sends(&mut self, text: &str) -> Result<u16, MessageError> {
        self.client_sends_octets(text.as_bytes().to_vec())
    }

    pub(super) fn client_sends_octets(&mut self, data: Vec<u8>) -> Result<u16, MessageError> {
        let message = ClientMessage { data: data.into(), binary: false };
        self.machine.handle_client_message(REQUEST, message, at(self.now)).map(MessageIndex::get)
    }

    pub(super) fn client_closes(&mut self, close: Option<Close>) -> Result<(), CommandError> {
        self.machine.handle_client_close(REQUEST, close, at(self.now))
    }

    pub(super) fn actor(&mut self, event: ActorEvent) {
        self.machine.handle_actor(ACTOR, event, at(self.now));
    }

    pub(super) fn ready(&mut self) {
        self.actor(ActorEvent::Ready(Version::V3));
    }

    /// Lets time pass, and does at each moment what is due then. Bridges answer every ping.
    pub(super) fn wait(&mut self, millis: u64) -> Vec<String> {
        let end = self.now + millis;
        let mut outputs = Vec::new();
        while let Some(next) = self.machine.poll_timeout().map(|next| next.as_millis())
            && next <= end
        {
            self.now = next.max(self.now);
            self.machine.handle_timeout(at(self.now));
            outputs.extend(self.outputs());
        }
        self.now = end;
        self.machine.handle_timeout(at(end));
        outputs.extend(self.outputs());
        outputs
    }

    pub(super) fn status(&self) -> Option<Status> {
        self.machine.status(REQUEST)
    }

    /// All there is to do, each as a text.
    pub(super) fn outputs(&mut self) -> Vec<String> {
        let mut outputs = Vec::new();
        while let Some(output) = self.machine.poll_output() {
            match output {
                Output::Keepalive { request, .. } if self.keep_alive => {
                    let stored = self.machine.handle_keepalive_stored(request, at(self.now));
                    assert!(stored.is_ok() || self.machine.status(request) != Some(Status::Active));
                }
                Output::Ping { ping, .. } if self.keep_alive => {
                    let pong = barewire_protocol::runner::latest::ToGatewayPong {
                        request_id: ping.request_id,
                        ts: ping.ts,
                    };
                    self.machine.handle_pong(pong, at(self.now)).expect("the socket that asks");
                }
                output => outputs.push(text(output)),
            }
        }
        outputs
    }
}

fn text(output: Output) -> String {
    match output {
        Output::ToRunner { message, .. } => {
            let index = message.message_id.message_index;
            match message.message_kind {
                ToClient::ToClientWebSocketOpen(_) => format!("runner: {index} open"),
                ToClient::ToClientWebSocketMessage(message) => {
                    format!("runner: {index} `{}`", String::from_utf8_lossy(&message.data))
                }
                ToClient::ToClientWebSocketClose(close) => {
                    format!("runner: {index} close {}", shown(&close.into()))
                }
                other => panic!("no gateway sends {other:?} for a WebSocket"),
            }
        }
        Output::Ping { ping, .. } => format!("ping {}", ping.ts),
        Output::Accept { .. } => "accept".into(),
        Output::ToClient { message, .. } => {
            format!("client: `{}`", String::from_utf8_lossy(&message.data))
        }
        Output::CloseClient { close, .. } => format!("client: close {}", shown(&close)),
        Output::Hibernating { .. } => "hibernating".into(),
        Output::Wake { .. } => "wake".into(),
        Output::Keepalive { .. } => "keepalive".into(),
        Output::Room { .. } => "room".into(),
        Output::Closed { .. } => "closed".into(),
    }
}
