//! Down to version 1, which knows neither hibernation nor acknowledgements; the latter are refused by the step itself.

use barewire::{Migrated, Migrator};

use super::packed_id;
use crate::Migrations;
use crate::runner::migrate::V2ToV1;
use crate::runner::{v1, v2};

impl V2ToV1 for Migrations {
    fn to_client_tunnel_message(
        &mut self,
        from: v2::ToClientTunnelMessage,
    ) -> Migrated<v1::ToClientTunnelMessage> {
        let v2::ToClientTunnelMessage { request_id, message_id, message_kind, gateway_reply_to } = from;
        self.index = packed_id::index(&request_id, &message_id);
        let message_kind = self.part("messageKind", message_kind, Self::to_client_tunnel_message_kind)?;
        Ok(v1::ToClientTunnelMessage { request_id, message_id, message_kind, gateway_reply_to })
    }

    fn to_client_web_socket_message(
        &mut self,
        from: v2::ToClientWebSocketMessage,
    ) -> Migrated<v1::ToClientWebSocketMessage> {
        let v2::ToClientWebSocketMessage { index, data, binary } = from;
        // The index has a place in the message id, if it is there.
        if index != self.index {
            self.losses.dropped("index", 1)?;
        }
        Ok(v1::ToClientWebSocketMessage { data, binary })
    }

    fn to_server_web_socket_open(
        &mut self,
        from: v2::ToServerWebSocketOpen,
    ) -> Migrated<v1::ToServerWebSocketOpen> {
        let v2::ToServerWebSocketOpen { can_hibernate, last_msg_index } = from;
        if can_hibernate {
            self.losses.dropped("canHibernate", 1)?;
        }
        if last_msg_index != -1 {
            self.losses.dropped("lastMsgIndex", 1)?;
        }
        Ok(v1::ToServerWebSocketOpen)
    }

    fn to_server_web_socket_close(
        &mut self,
        from: v2::ToServerWebSocketClose,
    ) -> Migrated<v1::ToServerWebSocketClose> {
        let v2::ToServerWebSocketClose { code, reason, retry } = from;
        if retry {
            self.losses.dropped("retry", 1)?;
        }
        Ok(v1::ToServerWebSocketClose { code, reason })
    }
}
