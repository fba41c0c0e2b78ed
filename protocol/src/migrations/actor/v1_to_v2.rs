//! Up from version 1, whose times are unsigned.

use barewire::Migrated;

use super::OutOfRange;
use crate::Migrations;
use crate::actor::migrate::V1ToV2;
use crate::actor::{v1, v2};

impl V1ToV2 for Migrations {
    fn persisted_connection(&mut self, from: v1::PersistedConnection) -> Migrated<v2::PersistedConnection> {
        let v1::PersistedConnection { id, token, parameters, state, subscriptions, last_seen } = from;
        let last_seen = self.fit("lastSeen", last_seen, i64::MAX, OutOfRange::Time)?;
        Ok(v2::PersistedConnection {
            id,
            token,
            parameters,
            state,
            subscriptions,
            last_seen,
            // v1 connections cannot hibernate.
            hibernatable_request_id: None,
        })
    }

    fn persisted_schedule_event(
        &mut self,
        from: v1::PersistedScheduleEvent,
    ) -> Migrated<v2::PersistedScheduleEvent> {
        let v1::PersistedScheduleEvent { event_id, timestamp, kind } = from;
        let timestamp = self.fit("timestamp", timestamp, i64::MAX, OutOfRange::Time)?;
        Ok(v2::PersistedScheduleEvent { event_id, timestamp, kind })
    }
}
