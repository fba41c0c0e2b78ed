//! Up from version 1, which knows neither hibernation nor the index of a message.

use barewire::{Migrated, Migrator};

use super::packed_id;
use crate::Migrations;
use crate::runner::migrate::V1ToV2;
use crate::runner::{v1, v2};

impl V1ToV2 for Migrations {
    fn to_client_tunnel_message(
        &mut self,
        from: v1::ToClientTunnelMessage,
    ) -> Migrated<v2::ToClientTunnelMessage> {
        let v1::ToClientTunnelMessage { request_id, message_id, message_kind, gateway_reply_to } = from;
        self.index = packed_id::index(&request_id, &message_id);
        let message_kind = self.part("messageKind", message_kind, Self::to_client_tunnel_message_kind)?;
        Ok(v2::ToClientTunnelMessage { request_id, message_id, message_kind, gateway_reply_to })
    }

    fn to_client_web_socket_message(
        &mut self,
        from: v1::ToClientWebSocketMessage,
    ) -> Migrated<v2::ToClientWebSocketMessage> {
        let v1::ToClientWebSocketMessage { data, binary } = from;
        Ok(v2::ToClientWebSocketMessage { index: self.index, data, binary })
    }

    fn to_server_web_socket_open(
        &mut self,
        v1::ToServerWebSocketOpen: v1::ToServerWebSocketOpen,
    ) -> Migrated<v2::ToServerWebSocketOpen> {
        // v1 peers cannot hibernate, and count no messages.
        Ok(v2::ToServerWebSocketOpen { can_hibernate: false, last_msg_index: -1 })
    }

    fn to_server_web_socket_close(
        &mut self,
        from: v1::ToServerWebSocketClose,
    ) -> Migrated<v2::ToServerWebSocketClose> {
        let v1::ToServerWebSocketClose { code, reason } = from;
        // v1 peers close for good.
        Ok(v2::ToServerWebSocketClose { code, reason, retry: false })
    }
}
