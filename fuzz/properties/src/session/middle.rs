//! A gateway that has been at work for long.

use barewire::Bytes;
use barewire_protocol::actor::latest::Conn;
use barewire_protocol::runner::latest::{
    ToServerTunnelMessage, ToServerTunnelMessageKind, ToServerWebSocketMessageAck, ToServerWebSocketOpen,
};
use barewire_protocol::session::gateway::{ActorEvent, ClientMessage, Config, Connect, Gateway};
use barewire_protocol::session::{Instant, MessageIndex, Version};

use super::world::{ACTOR, GATEWAY, id, request};

/// A gateway with a socket that hibernates shortly before its indices wrap.
#[derive(Clone, Debug)]
pub struct Middle {
    gateway: Gateway,
    config: Config,
}

impl Middle {
    /// The index of the last message that was handled.
    pub(super) const INDEX: u16 = 65_530;

    /// Takes that many messages through a gateway, once for many schedules.
    ///
    /// # Panics
    ///
    /// If the gateway does not take them.
    #[must_use]
    pub fn new() -> Self {
        let config = Config { wakes: 250, ..Config::default() };
        let mut gateway = Gateway::new(GATEWAY, config.clone());
        let now = Instant::from_millis(999_000);
        let connect = Connect {
            request: request(0),
            actor: ACTOR.into(),
            path: "/".into(),
            headers: Default::default(),
            version: Version::V3,
        };
        gateway.handle_connect(connect, now).expect("room for one");
        let say = |gateway: &mut Gateway, kind| {
            let message =
                ToServerTunnelMessage { message_id: id(0).message(MessageIndex::ZERO), message_kind: kind };
            gateway.handle_tunnel(message, now).expect("what a runner says");
            while gateway.poll_output().is_some() {}
        };
        let open = ToServerWebSocketOpen { can_hibernate: true };
        say(&mut gateway, ToServerTunnelMessageKind::ToServerWebSocketOpen(open));
        for index in 1..=Self::INDEX {
            let message = ClientMessage { data: Bytes::new(), binary: true };
            gateway.handle_client_message(request(0), message, now).expect("an active socket");
            while gateway.poll_output().is_some() {}
            let ack = ToServerWebSocketMessageAck { index };
            say(&mut gateway, ToServerTunnelMessageKind::ToServerWebSocketMessageAck(ack));
        }
        gateway.handle_actor(ACTOR, ActorEvent::Stopped, now);
        while gateway.poll_output().is_some() {}
        gateway.handle_keepalive_stored(request(0), now).expect("it can hibernate");
        Self { gateway, config }
    }

    pub(super) fn gateway(&self) -> (Gateway, Config) {
        (self.gateway.clone(), self.config.clone())
    }

    /// What is stored of the socket.
    pub(super) fn conn(&self) -> Conn {
        Conn {
            id: "c".into(),
            parameters: Bytes::new(),
            state: Bytes::new(),
            subscriptions: vec![],
            gateway_id: GATEWAY.0,
            request_id: request(0).0,
            server_message_index: Self::INDEX,
            client_message_index: 7,
            request_path: "/".into(),
            request_headers: Default::default(),
        }
    }
}

impl Default for Middle {
    fn default() -> Self {
        Self::new()
    }
}
