//! Down to version 2, in which an actor holds its connections; those of version 3 are stored by themselves.

use alloc::vec::Vec;

use barewire::{Migrated, Migrator};

use crate::Migrations;
use crate::actor::migrate::V3ToV2;
use crate::actor::{v2, v3};

impl V3ToV2 for Migrations {
    fn actor(&mut self, from: v3::Actor) -> Migrated<v2::PersistedActor> {
        let v3::Actor { input, has_initialized, state, scheduled_events } = from;
        let scheduled_events =
            self.each("scheduledEvents", scheduled_events, |_, event| Ok(wrapped(event)))?;
        // An actor of version 3 stores none.
        let (connections, hibernatable_web_sockets) = (Vec::new(), Vec::new());
        Ok(v2::PersistedActor {
            input,
            has_initialized,
            state,
            connections,
            scheduled_events,
            hibernatable_web_sockets,
        })
    }
}

/// The event with the union around its only kind.
fn wrapped(from: v3::ScheduleEvent) -> v2::PersistedScheduleEvent {
    let v3::ScheduleEvent { event_id, timestamp, action, args } = from;
    let kind = v2::GenericPersistedScheduleEvent { action, args };
    let kind = v2::PersistedScheduleEventKind::GenericPersistedScheduleEvent(kind);
    v2::PersistedScheduleEvent { event_id, timestamp, kind }
}
