//! Indices and ids of the persisted actors.

use super::{I64, U16, check, for_each, frame};
use barewire::{Bytes, ListView, Map, MapView};

#[test]
fn v2_msg_index() {
    use barewire_protocol::actor::v2::*;

    const ID: &[u8] = &[9; 16];
    const SOCKET: &str = "10 09090909090909090909090909090909 0068e5cf8b010000";
    for_each(I64, |msg_index: i64| {
        let (octets, last_seen_timestamp) = (msg_index.to_le_bytes(), 1_700_000_000_000);
        let socket = PersistedHibernatableWebSocket {
            request_id: Bytes::from_static(ID),
            last_seen_timestamp,
            msg_index,
        };
        let view = PersistedHibernatableWebSocketView { request_id: ID, last_seen_timestamp, msg_index };
        check(&frame(SOCKET, octets, ""), socket.clone(), view);

        check(
            &frame(&format!("00 01 00 00 00 01 {SOCKET}"), octets, ""),
            PersistedActor {
                input: None,
                has_initialized: true,
                state: Bytes::new(),
                connections: vec![],
                scheduled_events: vec![],
                hibernatable_web_sockets: vec![socket],
            },
            PersistedActorView {
                input: None,
                has_initialized: true,
                state: &[],
                connections: ListView::default(),
                scheduled_events: ListView::default(),
                hibernatable_web_sockets: ListView::from(&[view]),
            },
        );
    });
}

/// An absent id and an empty one are not the same.
#[test]
fn v2_hibernatable_request_id() {
    use barewire_protocol::actor::v2::*;

    for_each([None, Some(vec![]), Some(vec![9; 16]), Some(vec![9; 127])], |id: Option<Vec<u8>>| {
        let octets = match &id {
            None => vec![0],
            Some(id) => {
                let len = u8::try_from(id.len()).expect("a short id");
                assert!(len < 128, "the length takes one octet");
                [&[1, len], &id[..]].concat()
            }
        };
        let connection = PersistedConnection {
            id: "c1".into(),
            token: "t".into(),
            parameters: Bytes::new(),
            state: Bytes::new(),
            subscriptions: vec![],
            last_seen: -1,
            hibernatable_request_id: id.clone().map(Bytes::from),
        };
        let view = PersistedConnectionView {
            id: "c1",
            token: "t",
            parameters: &[],
            state: &[],
            subscriptions: ListView::default(),
            last_seen: -1,
            hibernatable_request_id: id.as_deref(),
        };
        check(
            &frame("00 01 00 01 026331 0174 00 00 00 ffffffffffffffff", octets, "00 00"),
            PersistedActor {
                input: None,
                has_initialized: true,
                state: Bytes::new(),
                connections: vec![connection],
                scheduled_events: vec![],
                hibernatable_web_sockets: vec![],
            },
            PersistedActorView {
                input: None,
                has_initialized: true,
                state: &[],
                connections: ListView::from(&[view]),
                scheduled_events: ListView::default(),
                hibernatable_web_sockets: ListView::default(),
            },
        );
    });
}

#[test]
fn v3_server_and_client_message_index() {
    use barewire_protocol::actor::v3::*;

    for_each(
        U16.into_iter().flat_map(|one| U16.map(|other| (one, other))),
        |(server, client): (u16, u16)| {
            let octets = [server.to_le_bytes(), client.to_le_bytes()].concat();
            check(
                &frame("026331 00 00 00 01020304 05060708", octets, "012f 00"),
                Conn {
                    id: "c1".into(),
                    parameters: Bytes::new(),
                    state: Bytes::new(),
                    subscriptions: vec![],
                    gateway_id: [1, 2, 3, 4],
                    request_id: [5, 6, 7, 8],
                    server_message_index: server,
                    client_message_index: client,
                    request_path: "/".into(),
                    request_headers: Map::new(),
                },
                ConnView {
                    id: "c1",
                    parameters: &[],
                    state: &[],
                    subscriptions: ListView::default(),
                    gateway_id: [1, 2, 3, 4],
                    request_id: [5, 6, 7, 8],
                    server_message_index: server,
                    client_message_index: client,
                    request_path: "/",
                    request_headers: MapView::default(),
                },
            );
        },
    );
}

#[test]
fn v3_message_index() {
    use barewire_protocol::actor::v3::*;

    for_each(U16, |index: u16| {
        check(&frame("", index.to_le_bytes(), ""), MessageIndex(index), MessageIndex(index));
    });
}
