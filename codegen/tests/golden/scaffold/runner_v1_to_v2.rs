//! From version 1 to version 2: 3 methods are asked.
//!
//! Replace each `decide!` by what becomes of the value.

use barewire::Migrated;

use crate::runner::migrate::V1ToV2;
use crate::runner::{v1, v2};

impl V1ToV2 for super::Migrations {
    /// `index` is new.
    fn to_client_web_socket_message(
        &mut self,
        from: v1::ToClientWebSocketMessage,
    ) -> Migrated<v2::ToClientWebSocketMessage> {
        let v1::ToClientWebSocketMessage { data, binary } = from;
        Ok(v2::ToClientWebSocketMessage {
            index: decide!("`index` is new"),
            data,
            binary,
        })
    }

    /// it is a struct instead of void.
    fn to_server_web_socket_open(
        &mut self,
        from: v1::ToServerWebSocketOpen,
    ) -> Migrated<v2::ToServerWebSocketOpen> {
        decide!("it is a struct instead of void", from)
    }

    /// `retry` is new.
    fn to_server_web_socket_close(
        &mut self,
        from: v1::ToServerWebSocketClose,
    ) -> Migrated<v2::ToServerWebSocketClose> {
        let v1::ToServerWebSocketClose { code, reason } = from;
        Ok(v2::ToServerWebSocketClose {
            code,
            reason,
            retry: decide!("`retry` is new"),
        })
    }
}
