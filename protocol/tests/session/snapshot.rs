//! Rows 4 and 23: what survives is a value of the persisted actor, and a later life reads what an older one has written.

use super::runner::TestRunner;
use super::{SOCKET, at};
use barewire::Bytes;
use barewire_protocol::Migrations;
use barewire_protocol::actor::{Codec, latest::Actor, latest::Conn, v2};
use barewire_protocol::session::runner::{Connection, Stored};
use barewire_protocol::session::{MessageIndex, StoredIndex};

#[test]
fn a_connection_is_written_read_and_restored() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    runner.handles(2);
    runner.send("counted").unwrap();
    let save = runner.begin();
    let connection =
        Connection { id: "c1".into(), state: Bytes::from_static(b"\xf6"), ..Connection::default() };
    let conn = save.sockets[0].clone().into_conn(connection);
    assert_eq!((&*conn.request_path, conn.request_headers.len()), ("/path", 1));

    let mut codec = Codec::new(3, Migrations::strict()).unwrap();
    let written = codec.encode_embedded(&conn).unwrap();
    assert_eq!(written[..2], [3, 0]);
    let read: Conn = codec.decode_embedded(&written).unwrap();
    assert_eq!(read, conn);

    let kept = Stored::from(&read);
    assert_eq!((kept.id, kept.index, kept.reply.get()), (SOCKET, StoredIndex::Index(2.into()), 2));
    let mut next = TestRunner::new(Default::default());
    next.start(2, &[SOCKET]);
    next.started(vec![kept]).unwrap();
    next.told();
    next.handles(3);
}

fn v2_actor(request_id: &'static [u8], msg_index: i64) -> v2::PersistedActor {
    let socket = v2::PersistedHibernatableWebSocket {
        request_id: Bytes::from_static(request_id),
        last_seen_timestamp: 0,
        msg_index,
    };
    v2::PersistedActor {
        input: None,
        has_initialized: true,
        state: Bytes::new(),
        connections: vec![],
        scheduled_events: vec![],
        hibernatable_web_sockets: vec![socket],
    }
}

fn left_behind(actor: &v2::PersistedActor) -> Vec<Option<Stored>> {
    let mut frame = vec![2, 0];
    frame.extend(barewire::Message::encode_to_vec(actor));
    let mut codec = Codec::new(3, Migrations::strict()).unwrap();
    let _: Actor = codec.decode_embedded(&frame).unwrap();
    codec.migrations().left_behind().web_sockets.iter().map(Stored::from_v2).collect()
}

/// The id in which the bridge of version 3 shows the socket to a runner of version 2.
const PACKED: &[u8] = &[1, 2, 3, 4, 5, 6, 0x40, 7, 0x80, 8, 0, 0, 0, 0, 0, 0];

#[test]
fn what_version_2_has_stored_is_restored_if_the_gateway_knows_it() {
    for (msg_index, first) in [(-1, 1), (0, 1), (258, 259), (65_535, 0)] {
        let kept = left_behind(&v2_actor(PACKED, msg_index)).remove(0).expect("an id that packs both");
        assert_eq!((kept.id, i64::from(kept.index)), (SOCKET, msg_index));
        let mut runner = TestRunner::new(Default::default());
        runner.start(2, &[SOCKET]);
        runner.started(vec![kept]).unwrap();
        assert_eq!(runner.told(), [format!("restored {msg_index}")]);
        runner.handles(first);
        assert_eq!(runner.begin().sockets[0].index, MessageIndex::from(first));
    }
}

#[test]
fn an_id_that_packs_nothing_is_nobody_s() {
    assert_eq!(left_behind(&v2_actor(&[7; 16], 5)), [None]);
    assert_eq!(left_behind(&v2_actor(&[1, 2, 3], 5)), [None]);
}

#[test]
fn a_number_that_is_no_index_is_refused() {
    let mut frame = vec![2, 0];
    frame.extend(barewire::Message::encode_to_vec(&v2_actor(PACKED, 65_536)));
    let mut codec = Codec::new(3, Migrations::strict()).unwrap();
    assert!(codec.decode_embedded::<Actor>(&frame).is_err());
    assert_eq!(at(5).as_millis(), 5);
}
