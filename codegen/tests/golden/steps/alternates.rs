//! Two layouts were released as version 2, and two as version 3: see `steps/v2-older.bare` and `steps/v3-narrow.bare`.

use barewire::{Latest, Message, ReadAs};

use super::golden::Codec;
use super::{Migrations, v1, v2, v2_older, v3, v3_narrow};

fn note(kind: u8, text: &str) -> v3::Note {
    v3::Note { kind, text: text.into() }
}

/// What a frame of version 2 is, or why it is nothing, and how it was read.
fn read(frame: &[u8]) -> (Result<v3::Note, String>, ReadAs) {
    let mut codec = Codec::new(2, Migrations::recording()).unwrap();
    let note = codec.decode(frame).map_err(|error| error.to_string());
    let read_as = codec.read_as().unwrap();
    let latest = codec.read::<v3::Note>(frame).map_err(|error| error.to_string());
    assert!(!matches!(latest, Ok(Latest::View(_))), "only a look at both layouts tells which it is");
    assert_eq!(latest.map(|latest| latest.into_owned().unwrap()), note);
    assert_eq!(codec.read_as(), Some(read_as));
    (note, read_as)
}

#[track_caller]
fn check(
    frame: &[u8],
    expected: Result<v3::Note, &str>,
    alternate: Option<&str>,
    ambiguous_with: Option<&str>,
) {
    let (note, read_as) = read(frame);
    assert_eq!(note, expected.map_err(str::to_owned));
    assert_eq!(read_as.version, 2);
    assert_eq!((read_as.alternate, read_as.ambiguous_with), (alternate, ambiguous_with));
}

#[test]
fn the_layout_of_the_version_wins() {
    let frame = v2::Note { kind: 5, text: "ab".into() }.encode_to_vec();
    check(&frame, Ok(note(5, "ab")), None, None);
}

#[test]
fn an_alternate_is_read_where_the_version_refuses() {
    let frame = v2_older::Note { text: "ab".into(), kind: 5 }.encode_to_vec();
    assert_eq!(frame, [2, b'a', b'b', 5]);
    check(&frame, Ok(note(5, "ab")), Some("older"), None);
}

#[test]
fn says_where_both_layouts_would_do() {
    // The text `a` behind the kind 1, or the kind 97 behind the text `\u{1}`.
    check(&[1, 1, b'a'], Ok(note(1, "a")), None, Some("older"));
    // The same message either way.
    check(&[0, 0], Ok(note(0, "")), None, None);
}

/// The alternate refuses the kind 9 when it is migrated; its octets are well-formed all the same.
#[test]
fn an_alternate_may_be_recognised_and_refused() {
    check(
        &[2, b'a', b'b', 9],
        Err("version 2 has no place for this value in Note.kind"),
        Some("older"),
        None,
    );
    // What it refuses, nobody meant by it.
    check(&[1, 1, 9], Ok(note(1, "\t")), None, None);
}

#[test]
fn the_error_is_that_of_the_version_where_both_refuse() {
    check(&[5], Err("input ended, 1 more byte needed at byte 1 in Note.text"), None, None);
    check(
        &[5, 9, b'a'],
        Err("length 9 is more than the 1 byte left can hold at byte 1 in Note.text"),
        None,
        None,
    );
}

#[test]
fn other_versions_have_no_alternate() {
    let frame = v2_older::Note { text: "ab".into(), kind: 5 }.encode_to_vec();
    let mut codec = Codec::new(3, Migrations::strict()).unwrap();
    assert!(codec.decode::<v3::Note>(&frame).is_err());
    let frame = note(5, "ab").encode_to_vec();
    assert!(matches!(codec.read::<v3::Note>(&frame).unwrap(), Latest::View(_)));
}

#[test]
fn an_alternate_is_read_behind_its_version() {
    let mut codec = Codec::new(3, Migrations::strict()).unwrap();
    assert_eq!(codec.decode_embedded::<v3::Note>(&[2, 0, 2, b'a', b'b', 5]).unwrap(), note(5, "ab"));
    assert_eq!(codec.read_as().unwrap().alternate, Some("older"));
    // What is written has the layout of the version.
    codec.pin_writer(2).unwrap();
    assert_eq!(codec.encode_embedded(&note(5, "ab")).unwrap(), [2, 0, 5, 2, b'a', b'b'].as_slice());
}

/// The newest version has an alternate: its frames are never views, those of the versions before are as ever.
#[test]
fn the_newest_version_may_have_an_alternate() {
    let sizes = |codec: &mut Codec<Migrations>, frame: &[u8]| {
        let read = codec.read::<v3::Sizes>(frame).unwrap();
        assert!(matches!(read, Latest::Owned(_)));
        (read.into_owned().unwrap().0, codec.read_as().unwrap().alternate)
    };
    let mut codec = Codec::new(3, Migrations::strict()).unwrap();
    assert_eq!(sizes(&mut codec, &v3::Sizes(vec![1, 2]).encode_to_vec()), (vec![1, 2], None));
    assert_eq!(
        sizes(&mut codec, &v3_narrow::Sizes(vec![1, 2]).encode_to_vec()),
        (vec![1, 2], Some("narrow"))
    );
    let mut codec = Codec::new(1, Migrations::strict()).unwrap();
    assert_eq!(sizes(&mut codec, &v1::Sizes(vec![1, 2]).encode_to_vec()), (vec![1, 2], None));
}

/// Nothing else of this message ever changed.
#[test]
fn an_alternate_may_be_the_only_other_layout() {
    let only = v3::Only { id: 9, text: "ab".into() };
    let mut codec = Codec::new(3, Migrations::strict()).unwrap();
    let frame = v3_narrow::Only { text: "ab".into(), id: 9 }.encode_to_vec();
    assert_eq!(codec.decode::<v3::Only>(&frame).unwrap(), only);
    assert_eq!(codec.read_as().unwrap().alternate, Some("narrow"));
    assert_eq!(codec.decode::<v3::Only>(&only.encode_to_vec()).unwrap(), only);
    assert_eq!(codec.read_as().unwrap().alternate, None);
}
