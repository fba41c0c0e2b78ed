//! The fields that a hibernating WebSocket depends on, through the versions.
//!
//! Each property writes out the frame in every version that can hold the value, and carries it from each to each.

use super::carry;
use crate::fields::{BOOL, I64, U16, for_each};
use crate::rows::octets;
use barewire::{CodecError, Downgrade, Family, Upgrade};
use barewire_protocol::{Migrations, actor, runner};
use runner::latest::{ToClient, ToGateway, ToServer};

/// The ids of version 3, and the request id that packs them.
const IDS: &str = "01020304 05060708";
const REQUEST: &str = "010203040506 40 07 80 08 000000000000";

/// The message id of versions 1 and 2 with this index.
fn message_id(index: u16) -> String {
    format!("010203040506 40 07 80 08 {} 00000000", hex(index.to_le_bytes()))
}

fn hex(octets: impl AsRef<[u8]>) -> String {
    octets.as_ref().iter().map(|octet| format!("{octet:02x}")).collect()
}

/// Checks that the frames are one message in several versions, and that the versions without one refuse it.
fn check<F: Family, T>(frames: &[(u16, String)])
where
    T: Upgrade<F, Migrations> + Downgrade<F, Migrations> + Clone,
{
    for (from, frame) in frames {
        let frame = octets(frame);
        for to in F::FIRST..=F::LATEST {
            let (carried, _) = carry::<F, T>(&frame, (*from, to), Migrations::strict());
            match (frames.iter().find(|(version, _)| *version == to), carried) {
                (Some((_, expected)), Ok(carried)) => {
                    assert_eq!(hex(&carried), hex(octets(expected)), "{from} to {to}")
                }
                (None, Err(CodecError::Migrate(_))) => {}
                (expected, carried) => panic!("{from} to {to}: {carried:?} instead of {expected:?}"),
            }
        }
    }
}

fn to_server(frames: &[(u16, String)]) {
    check::<runner::Family, ToServer>(frames);
}

fn to_client(frames: &[(u16, String)]) {
    check::<runner::Family, ToClient>(frames);
}

#[test]
fn event_index() {
    for_each(I64, |index: i64| {
        let frame = format!("01 01 {} 00 026131 02000000 01", hex(index.to_le_bytes()));
        to_server(&[(1, frame.clone()), (2, frame.clone()), (3, frame)]);
    });
}

#[test]
fn command_index() {
    for_each(I64, |index: i64| {
        let frame = format!("02 01 {} 01 026131 02000000", hex(index.to_le_bytes()));
        to_client(&[(1, frame.clone()), (2, frame.clone()), (3, frame)]);
    });
}

#[test]
fn index_of_a_web_socket_message() {
    for_each(U16, |index: u16| {
        let (id, octets) = (message_id(index), hex(index.to_le_bytes()));
        to_client(&[
            (1, format!("05 {REQUEST} {id} 05 026869 00 00")),
            (2, format!("05 {REQUEST} {id} 05 {octets} 026869 00 00")),
            (3, format!("05 {IDS} {octets} 05 026869 00")),
        ]);
    });
}

/// A runner of version 2 makes message ids at random: the index in the message is the one that counts.
#[test]
fn index_of_a_web_socket_message_with_a_random_id() {
    for_each(U16, |index: u16| {
        let octets = hex(index.to_le_bytes());
        let random = format!("05 {REQUEST} 101112131415161718191a1b1c1d1e1f 05 {octets} 026869 00 00");
        let (carried, _) =
            carry::<runner::Family, ToClient>(&crate::rows::octets(&random), (2, 3), Migrations::strict());
        assert_eq!(
            hex(carried.expect("strict")),
            hex(crate::rows::octets(&format!("05 {IDS} {octets} 05 026869 00")))
        );
    });
}

/// The index of an id counts only if the id belongs to the request: the same gateway alone or the same number is not
/// enough.
#[test]
fn index_of_another_request() {
    for other in ["010203040506 40 07 80 09 0201 00000000", "010203090506 40 07 80 08 0201 00000000"] {
        let frame = octets(&format!("06 {REQUEST} {other} 03"));
        let (carried, _) = carry::<runner::Family, ToServer>(&frame, (2, 3), Migrations::strict());
        assert_eq!(hex(carried.expect("strict")), hex(octets(&format!("06 {IDS} 0000 03"))));
    }
}

#[test]
fn index_of_an_acknowledgement() {
    for_each(U16, |index: u16| {
        let (id, octets) = (message_id(7), hex(index.to_le_bytes()));
        to_server(&[
            (2, format!("06 {REQUEST} {id} 06 {octets}")),
            (3, format!("06 {IDS} 0700 06 {octets}")),
        ]);
    });
}

#[test]
fn message_index() {
    for_each(U16, |index: u16| {
        let (id, octets) = (message_id(index), hex(index.to_le_bytes()));
        // An aborted response, and an aborted request.
        let older = format!("06 {REQUEST} {id} 03");
        to_server(&[(1, older.clone()), (2, older), (3, format!("06 {IDS} {octets} 03"))]);
        let older = format!("05 {REQUEST} {id} 03 00");
        to_client(&[(1, older.clone()), (2, older), (3, format!("05 {IDS} {octets} 03"))]);
        let older = format!("{REQUEST} {id} 03");
        check::<runner::Family, ToGateway>(&[
            (1, older.clone()),
            (2, older),
            (3, format!("01 {IDS} {octets} 03")),
        ]);
    });
}

/// Version 3 has no place for it: it is kept beside the message, and is -1 in what version 3 sends.
#[test]
fn last_msg_index() {
    for_each(I64, |index: i64| {
        let mut codec = runner::Codec::new(2, Migrations::strict()).expect("a version");
        let frame = format!("06 {REQUEST} {} 04 01 {}", message_id(0), hex(index.to_le_bytes()));
        let message: ToServer = codec.decode(&octets(&frame)).expect("a packed id");
        let kept = codec.migrations().tunnel().and_then(|tunnel| tunnel.last_msg_index);
        assert_eq!(kept, Some(index));
        let expected = format!("06 {REQUEST} {} 04 01 ffffffffffffffff", message_id(0));
        assert_eq!(hex(codec.encode(&message).expect("version 2 has it")), hex(octets(&expected)));
    });
}

#[test]
fn can_hibernate() {
    for flag in BOOL {
        let (id, octet) = (message_id(0), hex([u8::from(flag)]));
        let mut frames = vec![
            (2, format!("06 {REQUEST} {id} 04 {octet} ffffffffffffffff")),
            (3, format!("06 {IDS} 0000 04 {octet}")),
        ];
        // v1 peers cannot hibernate.
        frames.extend((!flag).then(|| (1, format!("06 {REQUEST} {id} 04"))));
        to_server(&frames);
    }
}

#[test]
fn retry_and_hibernate() {
    for flag in BOOL {
        let (id, octet) = (message_id(2), hex([u8::from(flag)]));
        let mut frames = vec![
            (2, format!("06 {REQUEST} {id} 07 01e803 0103627965 {octet}")),
            (3, format!("06 {IDS} 0200 07 01e803 0103627965 {octet}")),
        ];
        // v1 peers close for good.
        frames.extend((!flag).then(|| (1, format!("06 {REQUEST} {id} 06 01e803 0103627965"))));
        to_server(&frames);
    }
}

#[test]
fn hibernating_requests() {
    let command = "02 01 0700000000000000 00 026131 02000000 0463686174 01016b 0068e5cf8b010000 00";
    let older = command.to_owned();
    to_client(&[(1, older.clone()), (2, older), (3, format!("{command} 00"))]);
    for_each([1, 2, 200], |count: u8| {
        let count = count.max(1);
        let requests = "01020304 05060708".repeat(count.into());
        let count = if count < 0x80 { hex([count]) } else { hex([count, 1]) };
        to_client(&[(3, format!("{command} {count} {requests}"))]);
    });
}

/// -1 is none, the numbers of 16 bits are indices, and anything else is refused.
#[test]
fn msg_index() {
    let u16s = U16.map(i64::from);
    for_each(I64.into_iter().chain(u16s), |index: i64| {
        let frame = format!("00 01 00 00 00 01 00 0000000000000000 {}", hex(index.to_le_bytes()));
        let mut codec = actor::Codec::new(2, Migrations::strict()).expect("a version");
        let stored = codec.decode::<actor::latest::Actor>(&octets(&frame));
        let kept = codec.migrations().left_behind().web_sockets.first().map(|socket| socket.index);
        match index {
            -1 => assert_eq!(kept, Some(None)),
            0..=0xffff => assert_eq!(kept, Some(u16::try_from(index).ok())),
            _ => assert!(matches!(stored, Err(CodecError::Migrate(_))), "{stored:?}"),
        }
    });
}

#[test]
fn hibernatable_request_id() {
    for (set, octets_of_it) in [(false, "00"), (true, "01 02 aabb")] {
        let frame = format!("00 01 00 01 026331 0174 00 00 00 0000000000000000 {octets_of_it} 00 00");
        let mut codec = actor::Codec::new(2, Migrations::strict()).expect("a version");
        codec.decode::<actor::latest::Actor>(&octets(&frame)).expect("it is kept");
        let kept = &codec.migrations().left_behind().connections[0].hibernatable_request_id;
        assert_eq!(kept.as_deref(), set.then_some(&[0xaa, 0xbb][..]));
    }
}

/// Connections are values of their own since version 3, which alone has their indices.
#[test]
fn server_and_client_message_index() {
    for_each(U16, |index: u16| {
        let indices = format!("{} {}", hex(index.to_le_bytes()), hex((!index).to_le_bytes()));
        let frame = octets(&format!("026331 00 00 00 {IDS} {indices} 012f 00"));
        let carried =
            |to| carry::<actor::Family, actor::latest::Conn>(&frame, (3, to), Migrations::strict()).0;
        assert_eq!(hex(carried(3).expect("the same version")), hex(&frame));
        for to in [1, 2] {
            assert!(matches!(carried(to), Err(CodecError::UnsupportedVersion(_))));
        }
    });
}
