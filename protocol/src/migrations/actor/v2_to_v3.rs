//! Up from version 2: connections are stored by themselves, with more than version 2 knows of them.

use barewire::{Migrated, Migrator};

use super::{HibernatableWebSocket, LeftBehind, OutOfRange};
use crate::Migrations;
use crate::actor::migrate::V2ToV3;
use crate::actor::{v2, v3};

impl Migrations {
    fn web_socket_left(
        &mut self,
        from: v2::PersistedHibernatableWebSocket,
    ) -> Migrated<HibernatableWebSocket> {
        let v2::PersistedHibernatableWebSocket { request_id, last_seen_timestamp, msg_index } = from;
        let index = u16::try_from(msg_index).ok();
        if index.is_none() && msg_index != -1 {
            self.losses.altered("msgIndex", OutOfRange::Index(msg_index.into()))?;
        }
        Ok(HibernatableWebSocket { request_id, last_seen_timestamp, index })
    }
}

impl V2ToV3 for Migrations {
    fn actor(&mut self, from: v2::PersistedActor) -> Migrated<v3::Actor> {
        let v2::PersistedActor {
            input,
            has_initialized,
            state,
            connections,
            scheduled_events,
            hibernatable_web_sockets,
        } = from;
        let web_sockets =
            self.each("hibernatableWebSockets", hibernatable_web_sockets, Self::web_socket_left)?;
        self.left_behind = LeftBehind { connections, web_sockets };
        let scheduled_events =
            self.each("scheduledEvents", scheduled_events, |_, event| Ok(flattened(event)))?;
        Ok(v3::Actor { input, has_initialized, state, scheduled_events })
    }
}

/// The event without the union around its only kind.
fn flattened(from: v2::PersistedScheduleEvent) -> v3::ScheduleEvent {
    let v2::PersistedScheduleEvent { event_id, timestamp, kind } = from;
    let v2::PersistedScheduleEventKind::GenericPersistedScheduleEvent(kind) = kind;
    let v2::GenericPersistedScheduleEvent { action, args } = kind;
    v3::ScheduleEvent { event_id, timestamp, action, args }
}
