//! From version 2 to version 3: 8 methods are asked.
//!
//! Replace each `decide!` by what becomes of the value.

use barewire::{Migrated, Migrator as _};

use crate::runner::migrate::V2ToV3;
use crate::runner::{v2, v3};

impl V2ToV3 for super::Migrations {
    /// `index` has no place.
    fn to_client_web_socket_message(
        &mut self,
        from: v2::ToClientWebSocketMessage,
    ) -> Migrated<v3::ToClientWebSocketMessage> {
        let v2::ToClientWebSocketMessage { index, data, binary } = from;
        decide!("`index` has no place", index);
        Ok(v3::ToClientWebSocketMessage {
            data,
            binary,
        })
    }

    /// `lastMsgIndex` has no place.
    fn to_server_web_socket_open(
        &mut self,
        from: v2::ToServerWebSocketOpen,
    ) -> Migrated<v3::ToServerWebSocketOpen> {
        let v2::ToServerWebSocketOpen { can_hibernate, last_msg_index } = from;
        decide!("`lastMsgIndex` has no place", last_msg_index);
        Ok(v3::ToServerWebSocketOpen {
            can_hibernate,
        })
    }

    /// `hibernate` may be `retry`.
    fn to_server_web_socket_close(
        &mut self,
        from: v2::ToServerWebSocketClose,
    ) -> Migrated<v3::ToServerWebSocketClose> {
        let v2::ToServerWebSocketClose { code, reason, retry } = from;
        Ok(v3::ToServerWebSocketClose {
            code,
            reason,
            hibernate: decide!("`hibernate` may be `retry`", retry),
        })
    }

    /// `TunnelAck` is no more.
    fn to_server_tunnel_message_kind_tunnel_ack(
        &mut self,
    ) -> Migrated<v3::ToServerTunnelMessageKind> {
        decide!("`TunnelAck` is no more")
    }

    /// `requestId` has no place.
    fn to_server_tunnel_message(
        &mut self,
        from: v2::ToServerTunnelMessage,
    ) -> Migrated<v3::ToServerTunnelMessage> {
        let v2::ToServerTunnelMessage { request_id, message_id, message_kind } = from;
        decide!("`requestId` has no place", request_id);
        Ok(v3::ToServerTunnelMessage {
            message_id: decide!("`messageId` is of a type that differs", message_id),
            message_kind: self
                .part("messageKind", message_kind, Self::to_server_tunnel_message_kind)?,
        })
    }

    /// `TunnelAck` is no more.
    fn to_client_tunnel_message_kind_tunnel_ack(
        &mut self,
    ) -> Migrated<v3::ToClientTunnelMessageKind> {
        decide!("`TunnelAck` is no more")
    }

    /// `requestId` has no place; `gatewayReplyTo` has no place.
    fn to_client_tunnel_message(
        &mut self,
        from: v2::ToClientTunnelMessage,
    ) -> Migrated<v3::ToClientTunnelMessage> {
        let v2::ToClientTunnelMessage {
            request_id,
            message_id,
            message_kind,
            gateway_reply_to,
        } = from;
        decide!("`requestId` has no place", request_id);
        decide!("`gatewayReplyTo` has no place", gateway_reply_to);
        Ok(v3::ToClientTunnelMessage {
            message_id: decide!("`messageId` is of a type that differs", message_id),
            message_kind: self
                .part("messageKind", message_kind, Self::to_client_tunnel_message_kind)?,
        })
    }

    /// it is a union instead of a struct.
    fn to_gateway(&mut self, from: v2::ToGateway) -> Migrated<v3::ToGateway> {
        decide!("it is a union instead of a struct", from)
    }
}
