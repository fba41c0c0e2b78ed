//! Up from version 2: ids shrink to the octets that version 3 packed into them, and the index moves into the id.

use barewire::{Migrated, Migrator, Str};

use super::{ForeignId, Tunnel, packed_id};
use crate::Migrations;
use crate::runner::migrate::V2ToV3;
use crate::runner::{v2, v3};

impl Migrations {
    /// Keeps what version 3 has no place for, and the index in the ids for a message that does not say another.
    fn enter_tunnel(
        &mut self,
        request_id: v2::RequestId,
        message_id: v2::MessageId,
        gateway_reply_to: Option<Str>,
    ) {
        self.index = packed_id::index(&request_id, &message_id);
        self.tunnel = Some(Tunnel { request_id, message_id, last_msg_index: None, gateway_reply_to });
    }

    /// The id of the message, whose content was migrated before.
    fn short_id(&mut self, long_id: v2::RequestId) -> Migrated<v3::MessageId> {
        if packed_id::unpacked(&long_id).is_none() {
            self.losses.altered("requestId", ForeignId(long_id))?;
        }
        let (gateway_id, request_id) = packed_id::ids(&long_id);
        Ok(v3::MessageId { gateway_id, request_id, message_index: self.index })
    }
}

impl V2ToV3 for Migrations {
    fn to_server_tunnel_message(
        &mut self,
        from: v2::ToServerTunnelMessage,
    ) -> Migrated<v3::ToServerTunnelMessage> {
        let v2::ToServerTunnelMessage { request_id, message_id, message_kind } = from;
        self.enter_tunnel(request_id, message_id, None);
        let message_kind = self.part("messageKind", message_kind, Self::to_server_tunnel_message_kind)?;
        Ok(v3::ToServerTunnelMessage { message_id: self.short_id(request_id)?, message_kind })
    }

    fn to_client_tunnel_message(
        &mut self,
        from: v2::ToClientTunnelMessage,
    ) -> Migrated<v3::ToClientTunnelMessage> {
        let v2::ToClientTunnelMessage { request_id, message_id, message_kind, gateway_reply_to } = from;
        self.enter_tunnel(request_id, message_id, gateway_reply_to);
        let message_kind = self.part("messageKind", message_kind, Self::to_client_tunnel_message_kind)?;
        Ok(v3::ToClientTunnelMessage { message_id: self.short_id(request_id)?, message_kind })
    }

    fn to_client_web_socket_message(
        &mut self,
        from: v2::ToClientWebSocketMessage,
    ) -> Migrated<v3::ToClientWebSocketMessage> {
        let v2::ToClientWebSocketMessage { index, data, binary } = from;
        self.index = index;
        Ok(v3::ToClientWebSocketMessage { data, binary })
    }

    fn to_server_web_socket_open(
        &mut self,
        from: v2::ToServerWebSocketOpen,
    ) -> Migrated<v3::ToServerWebSocketOpen> {
        let v2::ToServerWebSocketOpen { can_hibernate, last_msg_index } = from;
        if let Some(tunnel) = &mut self.tunnel {
            tunnel.last_msg_index = Some(last_msg_index);
        }
        Ok(v3::ToServerWebSocketOpen { can_hibernate })
    }

    fn to_server_web_socket_close(
        &mut self,
        from: v2::ToServerWebSocketClose,
    ) -> Migrated<v3::ToServerWebSocketClose> {
        let v2::ToServerWebSocketClose { code, reason, retry } = from;
        Ok(v3::ToServerWebSocketClose { code, reason, hibernate: retry })
    }

    fn to_gateway(&mut self, from: v2::ToGateway) -> Migrated<v3::ToGateway> {
        let v2::ToGateway { message } = from;
        self.part("message", message, Self::to_server_tunnel_message)
            .map(v3::ToGateway::ToServerTunnelMessage)
    }
}
