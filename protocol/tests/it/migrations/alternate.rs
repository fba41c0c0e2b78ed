//! The two layouts that were released as version 2 of a stored actor (`protocol-layout` 4.2).

use crate::rows::octets;
use barewire::{Bytes, Codec, CodecError, Limits, Message, ReadAs};
use barewire_protocol::Migrations;
use barewire_protocol::actor::{Family, latest, v1, v2, v2_older};
use barewire_protocol::migrations::LeftBehind;

fn older(connections: Vec<v1::PersistedConnection>, index: Option<u64>) -> v2_older::PersistedActor {
    let socket = |msg_index| v2_older::PersistedHibernatableWebSocket {
        request_id: Bytes::from_static(b"0123456789abcdef"),
        last_seen_timestamp: 1_700_000_000_000,
        msg_index,
    };
    v2_older::PersistedActor {
        input: None,
        has_initialized: true,
        state: Bytes::from_static(&[0xf6]),
        connections,
        scheduled_events: Vec::new(),
        hibernatable_web_socket: index.map(socket).into_iter().collect(),
    }
}

fn connection() -> v1::PersistedConnection {
    v1::PersistedConnection {
        id: "c1".into(),
        token: "t".into(),
        parameters: Bytes::from_static(&[0xf6]),
        state: Bytes::from_static(&[0xf6]),
        subscriptions: Vec::new(),
        last_seen: 1_700_000_000_000,
    }
}

/// The actor in version 3 or the error, what it left behind, and how it was read.
fn read(octets: &[u8]) -> (Result<latest::Actor, CodecError>, LeftBehind, ReadAs) {
    let (actor, migrations, read_as) = read_by(octets, Migrations::strict(), Limits::default());
    (actor, migrations.left_behind().clone(), read_as)
}

fn read_by(
    octets: &[u8],
    migrations: Migrations,
    limits: Limits,
) -> (Result<latest::Actor, CodecError>, Migrations, ReadAs) {
    let mut codec = Codec::<Family, _>::new(2, migrations).expect("a version").with_limits(limits);
    let actor = codec.decode(octets);
    let read_as = codec.read_as().expect("a known version");
    (actor, codec.migrations().clone(), read_as)
}

/// Octets of the older layout with a connection are no actor of the current one: the older is tried after it.
#[test]
fn the_older_layout_is_read_where_the_current_one_refuses() {
    let octets = older(vec![connection()], Some(258)).encode_to_vec();
    let (actor, left, read_as) = read(&octets);
    assert_eq!(actor.expect("it has the older layout").state, Bytes::from_static(&[0xf6]));
    assert_eq!((left.connections.len(), left.web_sockets[0].index), (1, Some(258)));
    assert_eq!((read_as.version, read_as.alternate, read_as.ambiguous_with), (2, Some("older"), None));
}

/// Without connections the layouts are the same octets, and mean the same.
#[test]
fn both_layouts_agree_without_connections() {
    for index in [None, Some(0), Some(65535)] {
        let octets = older(Vec::new(), index).encode_to_vec();
        let (actor, left, read_as) = read(&octets);
        assert!(actor.is_ok());
        assert_eq!(
            left.web_sockets.first().map(|socket| socket.index),
            index.map(|index| u16::try_from(index).ok())
        );
        assert_eq!((read_as.alternate, read_as.ambiguous_with), (None, None));
    }
}

/// The only numbers that the layouts tell apart without connections are those above 2^63, which are negative in one. No
/// program wrote them in the other, where they are no index and no time: they are not ambiguous, whatever is done about
/// losses.
#[test]
fn numbers_without_a_meaning_in_the_older_layout_are_not_ambiguous() {
    let octets = octets("00 01 00 00 00 01 00 0000000000000000 ffffffffffffffff");
    for migrations in [Migrations::strict(), Migrations::lenient()] {
        let (actor, migrations, read_as) = read_by(&octets, migrations, Limits::default());
        assert!(actor.is_ok());
        assert_eq!(migrations.left_behind().web_sockets[0].index, None);
        assert_eq!(migrations.lost(), []);
        assert_eq!((read_as.alternate, read_as.ambiguous_with), (None, None));
    }
}

/// Octets of the older layout with a connection that are an actor of the current one, too, and another: the socket of
/// index 1024 is an event there, whose action is of four octets.
#[test]
fn the_current_layout_wins_where_both_accept() {
    let written = older(vec![connection()], Some(1024));
    let octets = written.encode_to_vec();
    let current = v2::PersistedActor::decode(&octets).expect("by accident");
    assert_eq!(&*current.scheduled_events[0].event_id, "0123456789abcdef");
    assert_eq!(v2_older::PersistedActor::decode(&octets), Ok(written));

    let (actor, left, read_as) = read(&octets);
    let events = actor.expect("both accept it").scheduled_events;
    assert_eq!((events.len(), left.web_sockets.len()), (1, 0));
    assert_eq!((read_as.alternate, read_as.ambiguous_with), (None, Some("older")));
}

/// A limit says nothing about the layout: the frame is refused, not read as another one.
///
/// In the current layout the second connection has 60,000 subscriptions; in the older one their octets are the state of a
/// connection, which takes no heap.
#[test]
fn a_limit_is_no_reason_to_try_the_older_layout() {
    let parts = [
        octets("00 01 00 02"),
        vec![0; 13],
        octets("01 11"),
        vec![0; 12],
        octets("00 01 f3d403 00000000 e0d403"),
        vec![0; 60_000],
        vec![0; 8],
        octets("00 00 01 00"),
        vec![0; 16],
    ];
    let octets = parts.concat();
    let (actor, _, read_as) = read_by(&octets, Migrations::strict(), Limits::trusted());
    assert!(actor.is_ok());
    assert_eq!((read_as.alternate, read_as.ambiguous_with), (None, Some("older")));

    let (actor, _, read_as) = read_by(&octets, Migrations::strict(), Limits::default());
    let error = actor.expect_err("more than the default budget").to_string();
    assert!(
        error.contains("above the limit of") && error.ends_with("connections[1].subscriptions"),
        "{error}"
    );
    assert_eq!((read_as.alternate, read_as.ambiguous_with), (None, None));
}

/// As octets that both accept, but the time of the socket is none in the older layout: nobody meant that.
#[test]
fn a_layout_that_loses_something_was_not_meant() {
    let mut written = older(vec![connection()], Some(1024));
    written.hibernatable_web_socket[0].last_seen_timestamp = 1 << 63;
    let octets = written.encode_to_vec();
    for migrations in [Migrations::strict(), Migrations::lenient()] {
        let (actor, migrations, read_as) = read_by(&octets, migrations, Limits::default());
        assert_eq!(actor.expect("the current layout").scheduled_events[0].timestamp, i64::MIN);
        assert_eq!(migrations.lost(), []);
        assert_eq!((read_as.alternate, read_as.ambiguous_with), (None, None));
    }
}

/// The alternate is tried within what is left of the budget: what does not fit is not seen.
#[test]
fn the_older_layout_is_tried_within_the_budget() {
    let octets = older(vec![connection()], Some(1024)).encode_to_vec();
    let ambiguous = |heap| {
        let (actor, _, read_as) = read_by(&octets, Migrations::strict(), Limits::with_heap(heap));
        actor.is_ok().then_some(read_as.ambiguous_with)
    };
    let accepted: Vec<_> = (0..2000).filter_map(ambiguous).collect();
    assert_eq!((accepted.first(), accepted.last()), (Some(&None), Some(&Some("older"))));
    assert!(accepted.is_sorted());
    // Both messages are there at once.
    let unseen = accepted.iter().filter(|other| other.is_none()).count();
    let is_enough =
        |heap: &usize| v2_older::PersistedActor::decode_with(&octets, &Limits::with_heap(*heap)).is_ok();
    let older = (0..2000).find(is_enough).expect("some budget is enough");
    assert!(unseen >= older, "{unseen} octets more for a message that takes {older}");
}

/// Where only the older layout is left, its limit is the reason and not what the current one says.
#[test]
fn a_limit_that_the_older_layout_reaches_is_the_error() {
    let mut written = older(vec![connection(), connection()], Some(258));
    // The current layout refuses the first connection, so that only the older one takes heap for the sockets.
    written.hibernatable_web_socket = vec![written.hibernatable_web_socket[0].clone(); 10];
    let octets = written.encode_to_vec();
    let is_its_limit = |heap| {
        let (actor, _, read_as) = read_by(&octets, Migrations::strict(), Limits::with_heap(heap));
        let is_limit = matches!(&actor, Err(CodecError::Decode(error)) if error.kind().rule().is_none());
        is_limit && read_as.alternate == Some("older")
    };
    assert!((0..2000).any(is_its_limit));
}

/// The error is that of the layout that version 2 has.
#[test]
fn octets_of_neither_layout_are_refused_as_those_of_the_current_one() {
    let octets = octets("00 01 01f6 02");
    let (actor, _, read_as) = read(&octets);
    let expected = v2::PersistedActor::decode(&octets).expect_err("it is cut");
    assert_eq!(actor.expect_err("it is cut").to_string(), expected.to_string());
    assert_eq!((read_as.alternate, read_as.ambiguous_with), (None, None));
}
