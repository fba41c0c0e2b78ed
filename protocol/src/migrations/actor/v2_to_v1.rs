//! Down to version 1, whose connections cannot hibernate.

use barewire::{Migrated, Migrator};

use super::OutOfRange;
use crate::Migrations;
use crate::actor::migrate::V2ToV1;
use crate::actor::{v1, v2};

impl Migrations {
    fn connection(&mut self, from: v2::PersistedConnection) -> Migrated<v1::PersistedConnection> {
        let v2::PersistedConnection {
            id,
            token,
            parameters,
            state,
            subscriptions,
            last_seen,
            hibernatable_request_id,
        } = from;
        if hibernatable_request_id.is_some() {
            self.losses.dropped("hibernatableRequestId", 1)?;
        }
        let last_seen = self.fit("lastSeen", last_seen, 0, OutOfRange::Time)?;
        Ok(v1::PersistedConnection { id, token, parameters, state, subscriptions, last_seen })
    }

    fn schedule_event(&mut self, from: v2::PersistedScheduleEvent) -> Migrated<v1::PersistedScheduleEvent> {
        let v2::PersistedScheduleEvent { event_id, timestamp, kind } = from;
        let timestamp = self.fit("timestamp", timestamp, 0, OutOfRange::Time)?;
        Ok(v1::PersistedScheduleEvent { event_id, timestamp, kind })
    }
}

impl V2ToV1 for Migrations {
    fn persisted_actor(&mut self, from: v2::PersistedActor) -> Migrated<v1::PersistedActor> {
        let v2::PersistedActor {
            input,
            has_initialized,
            state,
            connections,
            scheduled_events,
            hibernatable_web_sockets,
        } = from;
        if !hibernatable_web_sockets.is_empty() {
            self.losses.dropped("hibernatableWebSockets", 1)?;
        }
        Ok(v1::PersistedActor {
            input,
            has_initialized,
            state,
            connections: self.each("connections", connections, Self::connection)?,
            scheduled_events: self.each("scheduledEvents", scheduled_events, Self::schedule_event)?,
        })
    }
}
