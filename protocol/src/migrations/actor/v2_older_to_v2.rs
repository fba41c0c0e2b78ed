//! From the layout that was released as version 2 first: its numbers are unsigned, and connections are those of version 1.

use barewire::{Migrated, Migrator};

use super::OutOfRange;
use crate::Migrations;
use crate::actor::migrate::{V1ToV2, V2OlderToV2};
use crate::actor::{v2, v2_older};

impl Migrations {
    fn web_socket(
        &mut self,
        from: v2_older::PersistedHibernatableWebSocket,
    ) -> Migrated<v2::PersistedHibernatableWebSocket> {
        let v2_older::PersistedHibernatableWebSocket { request_id, last_seen_timestamp, msg_index } = from;
        let last_seen_timestamp =
            self.fit("lastSeenTimestamp", last_seen_timestamp, i64::MAX, OutOfRange::Time)?;
        let msg_index = self.fit("msgIndex", msg_index, -1, OutOfRange::Index)?;
        Ok(v2::PersistedHibernatableWebSocket { request_id, last_seen_timestamp, msg_index })
    }
}

impl V2OlderToV2 for Migrations {
    fn persisted_actor(&mut self, from: v2_older::PersistedActor) -> Migrated<v2::PersistedActor> {
        let v2_older::PersistedActor {
            input,
            has_initialized,
            state,
            connections,
            scheduled_events,
            hibernatable_web_socket,
        } = from;
        Ok(v2::PersistedActor {
            input,
            has_initialized,
            state,
            connections: self.each("connections", connections, V1ToV2::persisted_connection)?,
            scheduled_events: self.each(
                "scheduledEvents",
                scheduled_events,
                V1ToV2::persisted_schedule_event,
            )?,
            hibernatable_web_sockets: self.each(
                "hibernatableWebSocket",
                hibernatable_web_socket,
                Self::web_socket,
            )?,
        })
    }
}
