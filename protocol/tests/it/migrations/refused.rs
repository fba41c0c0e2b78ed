//! What strict migrations refuse, by the words of the error, and what lenient ones then say they lost.

use super::carry;
use crate::rows::octets;
use barewire::{CodecError, Decode, Downgrade, Family, Loss, Message, Migrated, Upgrade};
use barewire_protocol::actor::migrate::{V2OlderToV2, V2ToV1};
use barewire_protocol::actor::{v2, v2_older};
use barewire_protocol::migrations::{ForeignId, OutOfRange};
use barewire_protocol::{Migrations, actor, runner};

/// The error of a strict migration, and what a lenient one makes of the octets, with the losses that it names.
#[track_caller]
fn check<F: Family, T>(
    versions: (u16, u16),
    hex: &str,
    refusal: &str,
    lenient: &str,
    losses: &[&str],
) -> CodecError
where
    T: Upgrade<F, Migrations> + Downgrade<F, Migrations> + Clone,
{
    let (strict, migrations) = carry::<F, T>(&octets(hex), versions, Migrations::strict());
    let error = strict.expect_err("a loss");
    assert_eq!(error.to_string(), refusal);
    assert_eq!(migrations.lost(), []);

    let mut codec = barewire::Codec::<F, _>::new(versions.0, Migrations::lenient()).expect("a version");
    codec.pin_writer(versions.1).expect("a version");
    let message: T = codec.decode(&octets(hex)).expect("nothing is refused");
    let mut found = shown(codec.migrations().lost());
    assert_eq!(codec.encode(&message).expect("nothing is refused"), octets(lenient));
    found.extend(shown(codec.migrations().lost()));
    assert_eq!(found, losses);
    error
}

fn shown(losses: &[Loss]) -> Vec<String> {
    losses.iter().map(ToString::to_string).collect()
}

fn to_server(versions: (u16, u16), hex: &str, refusal: &str, lenient: &str, losses: &[&str]) -> CodecError {
    check::<runner::Family, runner::latest::ToServer>(versions, hex, refusal, lenient, losses)
}

fn to_client(versions: (u16, u16), hex: &str, refusal: &str, lenient: &str, losses: &[&str]) -> CodecError {
    check::<runner::Family, runner::latest::ToClient>(versions, hex, refusal, lenient, losses)
}

fn to_gateway(versions: (u16, u16), hex: &str, refusal: &str, lenient: &str, losses: &[&str]) -> CodecError {
    check::<runner::Family, runner::latest::ToGateway>(versions, hex, refusal, lenient, losses)
}

fn stored(versions: (u16, u16), hex: &str, refusal: &str, lenient: &str, losses: &[&str]) -> CodecError {
    check::<actor::Family, actor::latest::Actor>(versions, hex, refusal, lenient, losses)
}

#[test]
fn hibernation_does_not_reach_version_1() {
    to_server(
        (3, 1),
        "06 01020304 05060708 0000 04 01",
        "version 1 has no place for this value in ToServer.ToServerTunnelMessage.messageKind.ToServerWebSocketOpen.\
         canHibernate",
        "06 01020304050640078008000000000000 01020304050640078008000000000000 04",
        &["dropped in ToServer.ToServerTunnelMessage.messageKind.ToServerWebSocketOpen.canHibernate"],
    );
    to_server(
        (3, 1),
        "06 01020304 05060708 0200 07 00 00 01",
        "version 1 has no place for this value in ToServer.ToServerTunnelMessage.messageKind.ToServerWebSocketClose.retry",
        "06 01020304050640078008000000000000 01020304050640078008020000000000 06 00 00",
        &["dropped in ToServer.ToServerTunnelMessage.messageKind.ToServerWebSocketClose.retry"],
    );
}

#[test]
fn waiting_sockets_do_not_reach_version_2() {
    to_client(
        (3, 2),
        "02 02 0700000000000000 01 026131 02000000 \
         0800000000000000 00 026131 02000000 0463686174 00 0068e5cf8b010000 00 01 01020304 05060708",
        "version 2 has no place for this value in ToClient.ToClientCommands[1].inner.CommandStartActor.\
         hibernatingRequests",
        "02 02 0700000000000000 01 026131 02000000 \
         0800000000000000 00 026131 02000000 0463686174 00 0068e5cf8b010000 00",
        &["dropped in ToClient.ToClientCommands[1].inner.CommandStartActor.hibernatingRequests"],
    );
}

#[test]
fn an_acknowledgement_has_no_form_in_version_1() {
    for migrations in [Migrations::strict(), Migrations::lenient()] {
        let ack = octets("06 01020304 05060708 0100 06 0201");
        let (carried, _) = carry::<runner::Family, runner::latest::ToServer>(&ack, (3, 1), migrations);
        assert_eq!(
            carried.expect_err("no place").to_string(),
            "version 1 has no place for this value in ToServer.ToServerTunnelMessage.messageKind.\
             ToServerWebSocketMessageAck"
        );
    }
}

#[test]
fn ping_and_pong_have_no_form_below_version_3() {
    for migrations in [Migrations::strict(), Migrations::lenient()] {
        let pong = octets("00 05060708 0068e5cf8b010000");
        let (carried, _) =
            carry::<runner::Family, runner::latest::ToGateway>(&pong, (3, 2), migrations.clone());
        let expected = "version 2 has no place for this value in ToGateway.ToGatewayPong";
        assert_eq!(carried.expect_err("no place").to_string(), expected);
        let ping = octets("00 01020304 05060708 0068e5cf8b010000");
        let (carried, _) = carry::<runner::Family, runner::latest::ToRunner>(&ping, (3, 2), migrations);
        let expected = "`ToRunner` is no message in version 2: it is one in version 3";
        assert_eq!(carried.expect_err("no message").to_string(), expected);
    }
}

#[test]
fn a_foreign_id_is_refused_with_its_octets() {
    let message = "000102030405060708090a0b0c0d0e0f 101112131415161718191a1b1c1d1e1f 03";
    let error = to_server(
        (2, 3),
        &format!("06 {message}"),
        "expected an id that packs those of a gateway and a request, found 000102030405060708090a0b0c0d0e0f in \
         ToServer.ToServerTunnelMessage.requestId",
        "06 00010203 04050709 0000 03",
        &["altered in ToServer.ToServerTunnelMessage.requestId"],
    );
    let CodecError::Migrate(error) = error else { panic!("{error:?}") };
    let id = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
    assert_eq!(error.reason(), Some(&ForeignId(id)));
    to_gateway(
        (2, 3),
        message,
        "expected an id that packs those of a gateway and a request, found 000102030405060708090a0b0c0d0e0f in \
         ToGateway.message.requestId",
        "01 00010203 04050709 0000 03",
        &["altered in ToGateway.message.requestId"],
    );
}

/// One octet that the packed form fixes is enough: each of them would be lost.
#[test]
fn every_octet_of_the_packed_form_is_checked() {
    let packed = octets("01020304050640078008000000000000");
    for at in [6, 8, 10, 11, 12, 13, 14, 15] {
        let mut id = packed.clone();
        id[at] ^= 1;
        let frame = [&[6][..], &id, &packed, &[3]].concat();
        let carried = |frame: &[u8]| {
            carry::<runner::Family, runner::latest::ToServer>(frame, (2, 3), Migrations::strict()).0
        };
        assert!(carried(&frame).is_err(), "octet {at}");
        let frame = [&[6][..], &packed, &id, &[3]].concat();
        assert!(carried(&frame).is_ok(), "the message id may be any, octet {at}");
    }
}

#[test]
fn an_index_without_a_place_is_refused() {
    stored(
        (2, 3),
        "00 01 00 00 00 02 00 0000000000000000 ffffffffffffffff 00 0000000000000000 feffffffffffffff",
        "expected -1 or an index up to 65535, found -2 in PersistedActor.hibernatableWebSockets[1].msgIndex",
        "00 01 00 00",
        &["altered in PersistedActor.hibernatableWebSockets[1].msgIndex"],
    );
    let error = stored(
        (2, 3),
        "00 01 00 00 00 01 00 0000000000000000 0000010000000000",
        "expected -1 or an index up to 65535, found 65536 in PersistedActor.hibernatableWebSockets[0].msgIndex",
        "00 01 00 00",
        &["altered in PersistedActor.hibernatableWebSockets[0].msgIndex"],
    );
    let CodecError::Migrate(error) = error else { panic!("{error:?}") };
    assert_eq!(error.reason(), Some(&OutOfRange::Index(65536)));
}

#[test]
fn times_out_of_range_are_refused() {
    stored(
        (1, 3),
        "00 01 00 00 01 00 0000000000000080 00 00 00",
        "expected milliseconds from 0 to 9223372036854775807, found 9223372036854775808 in \
         PersistedActor.scheduledEvents[0].timestamp",
        "00 01 00 01 00 ffffffffffffff7f 00 00",
        &["altered in PersistedActor.scheduledEvents[0].timestamp"],
    );
    stored(
        (3, 1),
        "00 01 00 01 00 ffffffffffffffff 00 00",
        "expected milliseconds from 0 to 9223372036854775807, found -1 in Actor.scheduledEvents[0].timestamp",
        "00 01 00 00 01 00 0000000000000000 00 00 00",
        &["altered in Actor.scheduledEvents[0].timestamp"],
    );
}

/// The numbers of connections and sockets do not reach version 3: the steps below it are asked themselves.
#[test]
fn numbers_below_version_3_become_the_nearest() {
    let older = octets(
        "00 01 00 01 00 00 00 00 00 0000000000000080 01 00 0000000000000080 00 00 00 \
         01 00 0000000000000080 0000000000000080",
    );
    let older = v2_older::PersistedActor::decode(&older).expect("well formed");
    let refusal = V2OlderToV2::persisted_actor(&mut Migrations::strict(), older.clone()).expect_err("a loss");
    let expected = "expected milliseconds from 0 to 9223372036854775807, found 9223372036854775808 in \
                    connections[0].lastSeen";
    assert_eq!(refusal.to_string(), expected);
    let mut sockets =
        v2_older::PersistedActor { connections: Vec::new(), scheduled_events: Vec::new(), ..older.clone() };
    for reason in [OutOfRange::Time(1 << 63), OutOfRange::Index(1 << 63)] {
        let refusal = V2OlderToV2::persisted_actor(&mut Migrations::strict(), sockets.clone());
        assert_eq!(refusal.expect_err("a loss").reason(), Some(&reason));
        sockets.hibernatable_web_socket[0].last_seen_timestamp = 0;
    }

    let mut lenient = Migrations::lenient();
    let actor = V2OlderToV2::persisted_actor(&mut lenient, older).expect("lenient");
    assert_eq!((actor.connections[0].last_seen, actor.scheduled_events[0].timestamp), (i64::MAX, i64::MAX));
    let socket = &actor.hibernatable_web_sockets[0];
    assert_eq!((socket.last_seen_timestamp, socket.msg_index), (i64::MAX, -1));
    let expected = [
        "altered in connections[0].lastSeen",
        "altered in scheduledEvents[0].timestamp",
        "altered in hibernatableWebSocket[0].lastSeenTimestamp",
        "altered in hibernatableWebSocket[0].msgIndex",
    ];
    assert_eq!(shown(lenient.lost()), expected);

    let negative = v2::PersistedActor { hibernatable_web_sockets: Vec::new(), ..actor };
    let connection = v2::PersistedConnection { last_seen: -1, ..negative.connections[0].clone() };
    let negative = v2::PersistedActor { connections: vec![connection], ..negative };
    let actor = V2ToV1::persisted_actor(&mut lenient, negative).expect("lenient");
    assert_eq!(actor.connections[0].last_seen, 0);
}

/// Version 3 has no place for it either: a program that goes down from version 2 by itself is told which version lacks one.
#[test]
fn what_only_version_2_has_is_refused_by_version_1() {
    #[track_caller]
    fn check<T: Message + for<'a> Decode<'a>, U>(
        step: fn(&mut Migrations, T) -> Migrated<U>,
        hex: &str,
        part: &str,
    ) {
        let message = T::decode(&octets(hex)).expect("well formed");
        let refusal = step(&mut Migrations::strict(), message).err().expect("a loss");
        assert_eq!(refusal.to_string(), format!("version 1 has no place for this value in {part}"));
    }
    let id = "01020304050640078008000000000000";
    check(
        runner::migrate::V2ToV1::to_server,
        &format!("06 {id} {id} 04 00 0201000000000000"),
        "ToServerTunnelMessage.messageKind.ToServerWebSocketOpen.lastMsgIndex",
    );
    check(
        runner::migrate::V2ToV1::to_client,
        &format!("05 {id} {id} 05 0201 026869 00 00"),
        "ToClientTunnelMessage.messageKind.ToClientWebSocketMessage.index",
    );
    check(
        V2ToV1::persisted_actor,
        "00 01 00 01 026331 0174 00 00 00 0000000000000000 01 02 aabb 00 00",
        "connections[0].hibernatableRequestId",
    );
    check(
        V2ToV1::persisted_actor,
        "00 01 00 00 00 01 00 0000000000000000 ffffffffffffffff",
        "hibernatableWebSockets",
    );
}

/// Nobody loses anything who did not ask for it.
#[test]
fn migrations_are_strict_unless_asked_otherwise() {
    let close = octets("06 01020304 05060708 0200 07 00 00 01");
    let (carried, _) =
        carry::<runner::Family, runner::latest::ToServer>(&close, (3, 1), Migrations::default());
    assert!(matches!(carried, Err(CodecError::Migrate(_))), "{carried:?}");
}
