//! From version 3 to version 2: 9 methods are asked.
//!
//! Replace each `decide!` by what becomes of the value.

use barewire::{Migrated, Migrator as _};

use crate::runner::migrate::V3ToV2;
use crate::runner::{v2, v3};

impl V3ToV2 for super::Migrations {
    /// `hibernatingRequests` has no place.
    fn command_start_actor(
        &mut self,
        from: v3::CommandStartActor,
    ) -> Migrated<v2::CommandStartActor> {
        let v3::CommandStartActor {
            actor_id,
            generation,
            config,
            hibernating_requests,
        } = from;
        decide!("`hibernatingRequests` has no place", hibernating_requests);
        Ok(v2::CommandStartActor {
            actor_id,
            generation,
            config,
        })
    }

    /// `index` is new.
    fn to_client_web_socket_message(
        &mut self,
        from: v3::ToClientWebSocketMessage,
    ) -> Migrated<v2::ToClientWebSocketMessage> {
        let v3::ToClientWebSocketMessage { data, binary } = from;
        Ok(v2::ToClientWebSocketMessage {
            index: decide!("`index` is new"),
            data,
            binary,
        })
    }

    /// `lastMsgIndex` is new.
    fn to_server_web_socket_open(
        &mut self,
        from: v3::ToServerWebSocketOpen,
    ) -> Migrated<v2::ToServerWebSocketOpen> {
        let v3::ToServerWebSocketOpen { can_hibernate } = from;
        Ok(v2::ToServerWebSocketOpen {
            can_hibernate,
            last_msg_index: decide!("`lastMsgIndex` is new"),
        })
    }

    /// `retry` may be `hibernate`.
    fn to_server_web_socket_close(
        &mut self,
        from: v3::ToServerWebSocketClose,
    ) -> Migrated<v2::ToServerWebSocketClose> {
        let v3::ToServerWebSocketClose { code, reason, hibernate } = from;
        Ok(v2::ToServerWebSocketClose {
            code,
            reason,
            retry: decide!("`retry` may be `hibernate`", hibernate),
        })
    }

    /// `DeprecatedTunnelAck` may have another name.
    fn to_server_tunnel_message_kind_deprecated_tunnel_ack(
        &mut self,
    ) -> Migrated<v2::ToServerTunnelMessageKind> {
        decide!("`DeprecatedTunnelAck` may have another name")
    }

    /// `requestId` is new.
    fn to_server_tunnel_message(
        &mut self,
        from: v3::ToServerTunnelMessage,
    ) -> Migrated<v2::ToServerTunnelMessage> {
        let v3::ToServerTunnelMessage { message_id, message_kind } = from;
        Ok(v2::ToServerTunnelMessage {
            request_id: decide!("`requestId` is new"),
            message_id: decide!("`messageId` is of a type that differs", message_id),
            message_kind: self
                .part("messageKind", message_kind, Self::to_server_tunnel_message_kind)?,
        })
    }

    /// `DeprecatedTunnelAck` may have another name.
    fn to_client_tunnel_message_kind_deprecated_tunnel_ack(
        &mut self,
    ) -> Migrated<v2::ToClientTunnelMessageKind> {
        decide!("`DeprecatedTunnelAck` may have another name")
    }

    /// `requestId` is new.
    fn to_client_tunnel_message(
        &mut self,
        from: v3::ToClientTunnelMessage,
    ) -> Migrated<v2::ToClientTunnelMessage> {
        let v3::ToClientTunnelMessage { message_id, message_kind } = from;
        Ok(v2::ToClientTunnelMessage {
            request_id: decide!("`requestId` is new"),
            message_id: decide!("`messageId` is of a type that differs", message_id),
            message_kind: self
                .part("messageKind", message_kind, Self::to_client_tunnel_message_kind)?,
            gateway_reply_to: None,
        })
    }

    /// it is a struct instead of a union.
    fn to_gateway(&mut self, from: v3::ToGateway) -> Migrated<v2::ToGateway> {
        decide!("it is a struct instead of a union", from)
    }
}
