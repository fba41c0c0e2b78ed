//! Which versions a codec speaks, and how.

use barewire::{
    Bytes, CodecError, DecodeError, DecodeErrorKind, Latest, Message, ReadAs, Unsupported, Upgrade,
};

use super::golden::{Codec, Family, LATEST, SUPPORTED, negotiate};
use super::{Migrations, v1, v2, v3};

fn codec(version: u16) -> Codec<Migrations> {
    Codec::new(version, Migrations::strict()).unwrap()
}

fn same() -> v3::Same {
    v3::Same { id: 1, text: "ab".into() }
}

#[test]
fn knows_the_versions_of_its_family() {
    assert_eq!((LATEST, SUPPORTED), (3, 1..=3));
    assert_eq!(<Family as barewire::Family>::NAME, "steps");
}

#[test]
fn refuses_versions_that_the_family_does_not_have() {
    for (version, expected) in [
        (0, "version 0 is not supported: expected versions 1 to 3"),
        (4, "version 4 is not supported: expected versions 1 to 3"),
    ] {
        assert_eq!(Codec::new(version, Migrations::strict()).unwrap_err().to_string(), expected);
        assert_eq!(codec(1).pin_writer(version).unwrap_err().to_string(), expected);
        let frame = [version.to_le_bytes().as_slice(), &[1, 0]].concat();
        assert_eq!(codec(1).decode_embedded::<v3::Same>(&frame).unwrap_err().to_string(), expected);
        assert_eq!(codec(1).read_embedded::<v3::Same>(&frame).unwrap_err().to_string(), expected);
    }
}

#[test]
fn refuses_a_message_in_versions_before_it() {
    let expected = "`Late` is no message in version 1: it is one in versions 2 to 3";
    let late = v3::Late { added: v3::Added::A };
    assert_eq!(codec(1).encode(&late).unwrap_err().to_string(), expected);
    assert_eq!(codec(1).decode::<v3::Late>(&[0]).unwrap_err().to_string(), expected);
    let error = codec(1).read::<v3::Late>(&[0]).unwrap_err();
    let CodecError::UnsupportedVersion(unsupported) = error else { panic!("{error}") };
    assert_eq!(
        (unsupported.version, unsupported.supported, unsupported.reason),
        (1, 2..=3, Unsupported::NoMessage("Late"))
    );
    assert_eq!(codec(2).encode(&late).unwrap(), [0].as_slice());
}

/// A frame that is laid out as in the newest version is not copied.
#[test]
fn views_what_did_not_change() {
    let frame = same().encode_to_vec();
    for version in SUPPORTED {
        let mut codec = codec(version);
        let read: Latest<'_, v3::Same> = codec.read(&frame).unwrap();
        assert!(matches!(read, Latest::View(_)), "{version}");
        assert_eq!(read.into_owned().unwrap(), same());
        assert_eq!(codec.read_as().unwrap().version, version);
    }
}

#[test]
fn migrates_what_changed() {
    let ids = |frame: &[u8], version| {
        codec(version).read::<v3::Ids>(frame).map(|ids| match ids {
            Latest::View(_) => "view",
            Latest::Owned(_) => "owned",
        })
    };
    assert_eq!(ids(&v1::Ids(vec![1]).encode_to_vec(), 1).unwrap(), "owned");
    assert_eq!(ids(&v2::Ids(vec![1]).encode_to_vec(), 2).unwrap(), "view");
    assert_eq!(ids(&v3::Ids(vec![1]).encode_to_vec(), 3).unwrap(), "view");
    assert!(ids(&v1::Ids(vec![1]).encode_to_vec(), 3).is_err());
}

#[test]
fn puts_the_version_in_front_of_what_is_embedded() {
    let mut codec = codec(1);
    let octets = codec.encode_embedded(&v3::Ids(vec![7])).unwrap();
    assert_eq!(octets, [1, 0, 1, 7].as_slice());
    assert_eq!(codec.decode_embedded::<v3::Ids>(&octets).unwrap(), v3::Ids(vec![7]));
    let newest = [3, 0, 1, 7, 0];
    assert_eq!(codec.decode_embedded::<v3::Ids>(&newest).unwrap(), v3::Ids(vec![7]));
    assert!(matches!(codec.read_embedded::<v3::Ids>(&newest).unwrap(), Latest::View(_)));
    assert_eq!(codec.read_as().unwrap().version, 3);
    assert!(matches!(codec.read_embedded::<v3::Ids>(&octets).unwrap(), Latest::Owned(_)));
    assert_eq!((codec.version(), codec.writer_version()), (1, 1));
}

/// Text behind a version shares the buffer of its frame.
#[test]
fn embedded_messages_share_their_frame() {
    let text = "long enough to be shared with the frame";
    let message = v3::Same { id: 1, text: text.into() };
    let frame: Bytes = codec(3).encode_embedded(&message).unwrap();
    let decoded: v3::Same = codec(3).decode_embedded(&frame).unwrap();
    assert_eq!(decoded, message);
    assert!(frame.as_ptr_range().contains(&decoded.text.as_ptr()));
}

#[track_caller]
fn check_embedded<T: Upgrade<Family, Migrations> + std::fmt::Debug>(
    frame: &[u8],
    expected: &str,
) -> DecodeError {
    let mut codec = codec(3);
    let error = codec.decode_embedded::<T>(frame).unwrap_err();
    assert_eq!(error.to_string(), expected);
    assert_eq!(codec.read_embedded::<T>(frame).map(drop).unwrap_err().to_string(), expected);
    let CodecError::Decode(error) = error else { panic!("{error}") };
    error
}

#[test]
fn offsets_count_the_version() {
    let newest = check_embedded::<v3::Same>(
        &[3, 0, 1, 2, b'a'],
        "length 2 is more than the 1 byte left can hold at byte 3 in Same.text",
    );
    assert_eq!(newest.offset(), 3);
    let older =
        check_embedded::<v3::Fields>(&[1, 0], "input ended, 1 more byte needed at byte 2 in Fields.id");
    assert_eq!(older.offset(), 2);
    check_embedded::<v3::Fields>(&[1, 0, 1, 2], "1 byte left after the value at byte 3 in Fields");
}

#[test]
fn a_version_takes_two_octets() {
    let empty = check_embedded::<v3::Same>(&[], "input ended, 2 more bytes needed at byte 0 in version");
    assert_eq!(empty.kind(), DecodeErrorKind::UnexpectedEnd { needed: 2 });
    let half = check_embedded::<v3::Same>(&[3], "input ended, 1 more byte needed at byte 1 in version");
    assert_eq!(half.needed(), Some(1));
}

/// Readers are deployed first.
#[test]
fn writes_the_version_that_it_is_pinned_to() {
    let mut codec = codec(3);
    assert_eq!((codec.version(), codec.writer_version()), (3, 3));
    codec.pin_writer(1).unwrap();
    assert_eq!((codec.version(), codec.writer_version()), (3, 1));
    assert_eq!(codec.encode(&v3::Ids(vec![7])).unwrap(), [1, 7].as_slice());
    assert_eq!(codec.decode::<v3::Ids>(&[1, 7, 0]).unwrap(), v3::Ids(vec![7]));
    assert_eq!(codec.encode_embedded(&v3::Ids(vec![7])).unwrap(), [1, 0, 1, 7].as_slice());
    assert_eq!(
        codec.encode(&v3::Ids(vec![256])).unwrap_err().to_string(),
        "version 1 has no place for this value in Ids[0]"
    );
}

#[test]
#[expect(clippy::reversed_empty_ranges, reason = "a peer may say so")]
fn negotiates_the_highest_version_in_common() {
    for (peer, version) in [(1..=1, 1), (0..=2, 2), (1..=3, 3), (2..=9, 3), (0..=u16::MAX, 3)] {
        assert_eq!(negotiate(peer.clone()), Ok(version), "{peer:?}");
    }
    for (peer, expected) in [
        (4..=9, "no version in common: the peer speaks versions 4 to 9, this program versions 1 to 3"),
        (0..=0, "no version in common: the peer speaks version 0, this program versions 1 to 3"),
        (3..=2, "no version in common: the peer speaks versions 3 to 2, this program versions 1 to 3"),
        (
            u16::MAX..=0,
            "no version in common: the peer speaks versions 65535 to 0, this program versions 1 to 3",
        ),
    ] {
        assert_eq!(negotiate(peer).unwrap_err().to_string(), expected);
    }
}

#[test]
fn says_nothing_of_a_frame_without_a_version() {
    let mut codec = codec(3);
    assert_eq!(codec.read_as(), None);
    codec.decode::<v3::Same>(&same().encode_to_vec()).unwrap();
    let ReadAs { version, alternate, ambiguous_with, .. } = codec.read_as().unwrap();
    assert_eq!((version, alternate, ambiguous_with), (3, None, None));
    codec.decode_embedded::<v3::Same>(&[9, 0, 1]).unwrap_err();
    assert_eq!(codec.read_as(), None);
    codec.decode::<v3::Same>(&[]).unwrap_err();
    assert_eq!(codec.read_as().unwrap().version, 3);
}

/// Nothing has to be answered for a message that never changed.
#[test]
fn needs_no_answers_for_what_did_not_change() {
    let mut codec = Codec::new(1, barewire::Losses::refused()).unwrap();
    let octets = codec.encode(&same()).unwrap();
    assert_eq!(codec.decode::<v3::Same>(&octets).unwrap(), same());
}
