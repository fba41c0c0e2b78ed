//! From version 2 to version 1: 3 methods are asked.
//!
//! Replace each `decide!` by what becomes of the value.

use barewire::Migrated;

use crate::runner::migrate::V2ToV1;
use crate::runner::{v1, v2};

impl V2ToV1 for super::Migrations {
    /// `index` has no place.
    fn to_client_web_socket_message(
        &mut self,
        from: v2::ToClientWebSocketMessage,
    ) -> Migrated<v1::ToClientWebSocketMessage> {
        let v2::ToClientWebSocketMessage { index, data, binary } = from;
        decide!("`index` has no place", index);
        Ok(v1::ToClientWebSocketMessage {
            data,
            binary,
        })
    }

    /// it is void instead of a struct.
    fn to_server_web_socket_open(
        &mut self,
        from: v2::ToServerWebSocketOpen,
    ) -> Migrated<v1::ToServerWebSocketOpen> {
        decide!("it is void instead of a struct", from)
    }

    /// `retry` has no place.
    fn to_server_web_socket_close(
        &mut self,
        from: v2::ToServerWebSocketClose,
    ) -> Migrated<v1::ToServerWebSocketClose> {
        let v2::ToServerWebSocketClose { code, reason, retry } = from;
        decide!("`retry` has no place", retry);
        Ok(v1::ToServerWebSocketClose {
            code,
            reason,
        })
    }
}
