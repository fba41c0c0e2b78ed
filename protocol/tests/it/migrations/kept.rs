//! What version 3 has no place for is kept beside the message, and forgotten with the next one.

use crate::rows::octets;
use barewire::Bytes;
use barewire_protocol::migrations::{HibernatableWebSocket, LeftBehind, Tunnel};
use barewire_protocol::{Migrations, actor, runner};

const REQUEST: [u8; 16] = [1, 2, 3, 4, 5, 6, 0x40, 7, 0x80, 8, 0, 0, 0, 0, 0, 0];
const MESSAGE: [u8; 16] = [16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31];
const IDS: &str = "01020304050640078008000000000000 101112131415161718191a1b1c1d1e1f";

fn codec(version: u16) -> runner::Codec<Migrations> {
    runner::Codec::new(version, Migrations::strict()).expect("a version")
}

#[test]
fn an_open_message_keeps_the_last_index_of_its_runner() {
    let mut codec = codec(2);
    let open = octets(&format!("06 {IDS} 04 01 0201000000000000"));
    codec.decode::<runner::latest::ToServer>(&open).expect("a packed id");
    let tunnel = Tunnel {
        request_id: REQUEST,
        message_id: MESSAGE,
        last_msg_index: Some(258),
        gateway_reply_to: None,
    };
    assert_eq!(codec.migrations().tunnel(), Some(&tunnel));

    // A ping is no tunnel message.
    codec.decode::<runner::latest::ToServer>(&octets("04 0000000000000000")).expect("a ping");
    assert_eq!(codec.migrations().tunnel(), None);
}

#[test]
fn a_message_to_a_runner_keeps_where_to_answer() {
    for (version, kind) in [(1, "05 026869 00"), (2, "05 0201 026869 00")] {
        let mut codec = codec(version);
        let frame = octets(&format!("05 {IDS} {kind} 01 026777"));
        codec.decode::<runner::latest::ToClient>(&frame).expect("a packed id");
        let tunnel = codec.migrations().tunnel().expect("an older tunnel message");
        assert_eq!((tunnel.request_id, tunnel.message_id), (REQUEST, MESSAGE));
        assert_eq!((tunnel.last_msg_index, tunnel.gateway_reply_to.as_deref()), (None, Some("gw")));
    }
}

/// The answer to a message of an older runner repeats its ids, which the message in version 3 does not have.
#[test]
fn a_tunnel_ack_can_be_answered() {
    let mut codec = codec(2);
    let frame = octets(&format!("06 {IDS} 05 026869 00"));
    codec.decode::<runner::latest::ToServer>(&frame).expect("a packed id");
    let tunnel = codec.migrations().tunnel().expect("an older tunnel message");
    let ack = runner::v2::ToClient::ToClientTunnelMessage(Box::new(runner::v2::ToClientTunnelMessage {
        request_id: tunnel.request_id,
        message_id: tunnel.message_id,
        message_kind: runner::v2::ToClientTunnelMessageKind::TunnelAck,
        gateway_reply_to: None,
    }));
    assert_eq!(barewire::Message::encode_to_vec(&ack), octets(&format!("05 {IDS} 00 00")));
}

#[test]
fn an_actor_leaves_its_connections_and_sockets_behind() {
    let hex = "00 01 01f6 01 026331 0174 01f6 01f6 00 0068e5cf8b010000 01 10 000102030405060708090a0b0c0d0e0f 00 \
               02 02 aabb 0068e5cf8b010000 ffffffffffffffff 01 cc 0100000000000000 ffff000000000000";
    let mut codec = actor::Codec::new(2, Migrations::strict()).expect("a version");
    let actor: actor::latest::Actor = codec.decode(&octets(hex)).expect("strict accepts it");
    assert_eq!(actor.state, Bytes::from_static(&[0xf6]));
    let LeftBehind { connections, web_sockets } = codec.migrations().left_behind();
    let [connection] = &connections[..] else { panic!("{connections:?}") };
    assert_eq!((&*connection.id, connection.last_seen), ("c1", 1_700_000_000_000));
    assert_eq!(
        connection.hibernatable_request_id.as_deref(),
        Some(&octets("000102030405060708090a0b0c0d0e0f")[..])
    );
    let socket = |request_id: &'static [u8], last_seen_timestamp, index| HibernatableWebSocket {
        request_id: Bytes::from_static(request_id),
        last_seen_timestamp,
        index,
    };
    let expected = [socket(&[0xaa, 0xbb], 1_700_000_000_000, None), socket(&[0xcc], 1, Some(65535))];
    assert_eq!(web_sockets[..], expected);

    // An actor of version 3 leaves nothing, and neither does one that is encoded.
    codec.decode_embedded::<actor::latest::Actor>(&octets("0300 00 01 00 00")).expect("an empty actor");
    assert_eq!(codec.migrations().left_behind(), &LeftBehind::default());
    codec.decode::<actor::latest::Actor>(&octets(hex)).expect("as before");
    assert_ne!(codec.migrations().left_behind(), &LeftBehind::default());
    codec.encode(&actor).expect("version 2 can hold it");
    assert_eq!(codec.migrations().left_behind(), &LeftBehind::default());
}

/// Also a frame whose version nobody knows is another message.
#[test]
fn losses_are_those_of_the_last_message() {
    let close = octets("06 01020304 05060708 0200 07 00 00 01");
    let mut codec = runner::Codec::new(3, Migrations::lenient()).expect("a version");
    codec.pin_writer(1).expect("a version");
    let message: runner::latest::ToServer = codec.decode(&close).expect("version 3");
    let lossy = |codec: &mut runner::Codec<Migrations>| {
        codec.encode(&message).expect("lenient");
        assert_eq!(codec.migrations().lost().len(), 1);
    };
    lossy(&mut codec);
    codec.decode::<runner::latest::ToServer>(&close).expect("version 3");
    assert_eq!(codec.migrations().lost(), []);
    lossy(&mut codec);
    codec.decode_embedded::<runner::latest::ToServer>(&[9, 0, 3]).expect_err("no such version");
    assert_eq!(codec.migrations().lost(), []);
    lossy(&mut codec);
    codec.decode_embedded::<runner::latest::ToServer>(&[9]).expect_err("cut");
    assert_eq!(codec.migrations().lost(), []);
}
