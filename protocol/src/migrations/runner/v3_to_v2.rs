//! Down to version 2: ids are packed into 16 octets, and the index stands in the message, too.

use barewire::{MigrateError, Migrated, Migrator};

use super::packed_id;
use crate::Migrations;
use crate::runner::migrate::V3ToV2;
use crate::runner::{v2, v3};

impl Migrations {
    /// Both ids of version 2.
    fn long_ids(&mut self, id: &v3::MessageId) -> (v2::RequestId, v2::MessageId) {
        let v3::MessageId { gateway_id, request_id, message_index } = *id;
        self.index = message_index;
        let request = v3::MessageId { gateway_id, request_id, message_index: 0 };
        (packed_id::pack(&request), packed_id::pack(id))
    }
}

impl V3ToV2 for Migrations {
    fn command_start_actor(&mut self, from: v3::CommandStartActor) -> Migrated<v2::CommandStartActor> {
        let v3::CommandStartActor { actor_id, generation, config, hibernating_requests } = from;
        if !hibernating_requests.is_empty() {
            self.losses.dropped("hibernatingRequests", 2)?;
        }
        Ok(v2::CommandStartActor { actor_id, generation, config })
    }

    fn to_server_tunnel_message(
        &mut self,
        from: v3::ToServerTunnelMessage,
    ) -> Migrated<v2::ToServerTunnelMessage> {
        let v3::ToServerTunnelMessage { message_id, message_kind } = from;
        let (request_id, message_id) = self.long_ids(&message_id);
        let message_kind = self.part("messageKind", message_kind, Self::to_server_tunnel_message_kind)?;
        Ok(v2::ToServerTunnelMessage { request_id, message_id, message_kind })
    }

    fn to_client_tunnel_message(
        &mut self,
        from: v3::ToClientTunnelMessage,
    ) -> Migrated<v2::ToClientTunnelMessage> {
        let v3::ToClientTunnelMessage { message_id, message_kind } = from;
        let (request_id, message_id) = self.long_ids(&message_id);
        let message_kind = self.part("messageKind", message_kind, Self::to_client_tunnel_message_kind)?;
        // Runners answer on the connection that the message came by.
        Ok(v2::ToClientTunnelMessage { request_id, message_id, message_kind, gateway_reply_to: None })
    }

    fn to_client_web_socket_message(
        &mut self,
        from: v3::ToClientWebSocketMessage,
    ) -> Migrated<v2::ToClientWebSocketMessage> {
        let v3::ToClientWebSocketMessage { data, binary } = from;
        Ok(v2::ToClientWebSocketMessage { index: self.index, data, binary })
    }

    fn to_server_web_socket_open(
        &mut self,
        from: v3::ToServerWebSocketOpen,
    ) -> Migrated<v2::ToServerWebSocketOpen> {
        let v3::ToServerWebSocketOpen { can_hibernate } = from;
        // In version 3 only the storage of the actor knows the last index.
        Ok(v2::ToServerWebSocketOpen { can_hibernate, last_msg_index: -1 })
    }

    fn to_server_web_socket_close(
        &mut self,
        from: v3::ToServerWebSocketClose,
    ) -> Migrated<v2::ToServerWebSocketClose> {
        let v3::ToServerWebSocketClose { code, reason, hibernate } = from;
        Ok(v2::ToServerWebSocketClose { code, reason, retry: hibernate })
    }

    fn to_gateway(&mut self, from: v3::ToGateway) -> Migrated<v2::ToGateway> {
        match from {
            v3::ToGateway::ToGatewayPong(_) => Err(MigrateError::unrepresentable(2).within("ToGatewayPong")),
            v3::ToGateway::ToServerTunnelMessage(message) => Ok(v2::ToGateway {
                message: self.part("ToServerTunnelMessage", message, Self::to_server_tunnel_message)?,
            }),
        }
    }
}
