//! The vectors of the persisted actors.

use super::{TIME, Vectors};
use crate::rows::ACTOR;
use barewire::{Bytes, Map};

/// `null` in CBOR.
const NULL: Bytes = Bytes::from_static(&[0xf6]);
/// An empty array in CBOR.
const NO_ARGUMENTS: Bytes = Bytes::from_static(&[0x80]);
/// The request id of version 2.
const REQUEST: Bytes = Bytes::from_static(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);

#[test]
fn v1() {
    use barewire_protocol::actor::v1::*;

    let mut vectors = Vectors::of(ACTOR, "v1");
    vectors.check(
        "P1-a",
        PersistedActor {
            input: None,
            has_initialized: true,
            state: NULL,
            connections: vec![PersistedConnection {
                id: "c1".into(),
                token: "t".into(),
                parameters: NULL,
                state: NULL,
                subscriptions: vec![PersistedSubscription { event_name: "e".into() }],
                last_seen: TIME.cast_unsigned(),
            }],
            scheduled_events: vec![PersistedScheduleEvent {
                event_id: "s1".into(),
                timestamp: TIME.cast_unsigned() + 1,
                kind: PersistedScheduleEventKind::GenericPersistedScheduleEvent(
                    GenericPersistedScheduleEvent { action: "act".into(), args: Some(NO_ARGUMENTS) },
                ),
            }],
        },
    );
    vectors.all_checked();
}

#[test]
fn v2() {
    use barewire_protocol::actor::v2::*;

    let socket = |last_seen_timestamp, msg_index| PersistedHibernatableWebSocket {
        request_id: REQUEST,
        last_seen_timestamp,
        msg_index,
    };
    let actor = |hibernatable_request_id, hibernatable_web_sockets| PersistedActor {
        input: None,
        has_initialized: true,
        state: NULL,
        connections: vec![PersistedConnection {
            id: "c1".into(),
            token: "t".into(),
            parameters: NULL,
            state: NULL,
            subscriptions: vec![],
            last_seen: TIME,
            hibernatable_request_id,
        }],
        scheduled_events: vec![],
        hibernatable_web_sockets,
    };

    let mut vectors = Vectors::of(ACTOR, "v2");
    vectors.check("P2-a", socket(TIME, -1));
    vectors.check("P2-b", socket(TIME, 258));
    vectors.check("P2-c", actor(None, vec![]));
    vectors.check("P2-d", actor(Some(REQUEST), vec![socket(TIME, -1)]));
    vectors.check(
        "P2-e",
        PersistedActor {
            input: Some(Bytes::from_static(&[1])),
            has_initialized: false,
            state: Bytes::new(),
            connections: vec![],
            scheduled_events: vec![PersistedScheduleEvent {
                event_id: "s1".into(),
                timestamp: -1,
                kind: PersistedScheduleEventKind::GenericPersistedScheduleEvent(
                    GenericPersistedScheduleEvent { action: "act".into(), args: None },
                ),
            }],
            hibernatable_web_sockets: vec![socket(0, 65535)],
        },
    );
    vectors.all_checked();
}

#[test]
fn v3() {
    use barewire_protocol::actor::v3::*;

    let mut vectors = Vectors::of(ACTOR, "v3");
    vectors.check(
        "P3-a",
        Conn {
            id: "c1".into(),
            parameters: NULL,
            state: NULL,
            subscriptions: vec![Subscription { event_name: "e".into() }],
            gateway_id: [1, 2, 3, 4],
            request_id: [5, 6, 7, 8],
            server_message_index: 258,
            client_message_index: 3,
            request_path: "/connect".into(),
            request_headers: Map::from([("a".into(), "b".into())]),
        },
    );
    vectors.check(
        "P3-c",
        Conn {
            id: "c1".into(),
            parameters: Bytes::new(),
            state: Bytes::new(),
            subscriptions: vec![],
            gateway_id: [1, 2, 3, 4],
            request_id: [5, 6, 7, 8],
            server_message_index: 65535,
            client_message_index: 0,
            request_path: "/".into(),
            request_headers: Map::new(),
        },
    );
    vectors.check(
        "P3-b",
        Actor {
            input: None,
            has_initialized: true,
            state: NULL,
            scheduled_events: vec![ScheduleEvent {
                event_id: "s1".into(),
                timestamp: TIME + 1,
                action: "act".into(),
                args: Some(NO_ARGUMENTS),
            }],
        },
    );
    vectors.all_checked();
}
