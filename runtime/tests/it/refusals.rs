//! The vectors of invalid messages: each is refused by its own rule, at the offset of the offending value, with the
//! path to it, and alike by owned types and views.

use barewire::{
    Decode, DecodeError, DecodeErrorKind as Kind, Elements, Encode, FixedData, FixedList, FixedListView,
    Input, Limits, ListView, Map, MapView, Message, PathSegment, Plain, Reader, Str, Varint,
};
use bytes::Bytes;
use core::fmt::Debug;

use crate::generated::{Deep, DeepView, Letter, MaybeOctet, Nothing, Number, Pixel};
use crate::shop::{Person, PersonView, customer};
use crate::wire::{decode, hex};

/// Decoding `digits` fails by `rule` at `offset`.
#[track_caller]
fn refused<'a, W, T: Decode<'a, W> + Debug>(octets: &'a [u8], rule: &str, offset: usize) -> DecodeError {
    let error = decode::<W, T>(octets).expect_err("an invalid value");
    assert_eq!(error.kind().rule(), Some(rule), "{error}");
    assert_eq!(error.offset(), offset, "{error}");
    error
}

#[track_caller]
fn refuse_as<W, T: for<'a> Decode<'a, W> + Debug>(digits: &str, rule: &str, offset: usize) {
    refused::<W, T>(&hex(digits), rule, offset);
}

#[track_caller]
fn refuse<T: for<'a> Decode<'a> + Debug>(digits: &str, rule: &str, offset: usize) {
    refuse_as::<Plain, T>(digits, rule, offset);
}

#[test]
fn varints() {
    let rows = [
        ("", "D1", 0),
        ("80", "D1", 1),
        ("ffffff", "D1", 3),
        ("8000", "D2", 0),
        ("ff00", "D2", 0),
        ("ff8000", "D2", 0),
        ("80808080808080808000", "D2", 0),
        ("ffffffffffffffffff02", "D3", 0),
        ("ffffffffffffffffff81", "D3", 0),
        ("8080808080808080808001", "D3", 0),
        ("0000", "D11", 1),
    ];
    for (digits, rule, offset) in rows {
        refuse_as::<Varint, u64>(digits, rule, offset);
        refuse_as::<Varint, i64>(digits, rule, offset);
    }
    refuse_as::<Varint, i64>("8100", "D2", 0);
    refuse_as::<Varint, i64>("ffffffffffffffffff03", "D3", 0);
}

#[test]
fn values_of_a_fixed_size() {
    refuse::<u16>("01", "D1", 1);
    refuse::<i64>("01020304050607", "D1", 7);
    refuse::<f32>("000000", "D1", 3);
    refuse::<f64>("00000000000000", "D1", 7);
    refuse::<u8>("0102", "D11", 1);
    refuse::<bool>("02", "D4", 0);
    refuse::<bool>("ff", "D4", 0);
    refuse::<Nothing>("00", "D11", 0);
}

#[test]
fn text_and_data() {
    let rows = [
        ("016162", "D11", 2),
        ("0561", "D10", 0),
        ("01ff", "D6", 1),
        ("0261ff", "D6", 2),
        ("02c080", "D6", 1),
        ("03eda080", "D6", 1),
        ("04f4908080", "D6", 1),
        ("02e282", "D6", 1),
        ("810061", "D2", 0),
        ("ffffffffffffffffff01", "D10", 0),
    ];
    for (digits, rule, offset) in rows {
        refuse::<Str>(digits, rule, offset);
        refuse::<String>(digits, rule, offset);
        refused::<Plain, &str>(&hex(digits), rule, offset);
    }
    refuse::<Bytes>("03aabb", "D10", 0);
    refuse::<Bytes>("ffffffffffffffffff01", "D10", 0);
    refuse::<[u8; 4]>("aabbcc", "D1", 3);
    refuse::<FixedData<4>>("aabbcc", "D1", 3);
    refuse::<FixedData<4>>("aabbccddee", "D11", 4);
    refused::<Plain, &[u8; 4]>(&hex("aabbcc"), "D1", 3);
}

#[test]
fn enums_and_unions() {
    refuse::<Letter>("01", "D7", 0);
    refuse::<Letter>("fe01", "D7", 0);
    refuse::<Letter>("8000", "D2", 0);
    refuse::<Number>("0100", "D8", 0);
    refuse::<Number>("810100", "D8", 0);
    refuse::<Number>("800000", "D2", 0);
    refuse::<Number>("00", "D1", 1);
    refuse::<MaybeOctet>("0100", "D11", 1);
    assert_eq!(decode::<Plain, Number>(&hex("810100")).unwrap_err().tag(), Some(129));
    assert_eq!(decode::<Plain, Letter>(&hex("fe01")).unwrap_err().tag(), Some(254));
}

#[test]
fn optional() {
    refuse::<Option<u32>>("02", "D5", 0);
    refuse::<Option<u32>>("0200000000", "D5", 0);
    refuse::<Option<u32>>("01000000", "D1", 4);
    refuse::<Option<u32>>("0000", "D11", 1);
}

#[test]
fn lists() {
    let rows = [("0201", "D10", 0), ("ffffffffffffffffff01", "D10", 0)];
    for (digits, rule, offset) in rows {
        refuse::<Vec<u8>>(digits, rule, offset);
        refused::<Plain, ListView<'_, u8>>(&hex(digits), rule, offset);
    }
    refuse_as::<Elements, [u8; 3]>("0102", "D10", 0);
    refuse::<FixedList<u8, 3>>("0102", "D10", 0);
    refused::<Plain, FixedListView<'_, u8, 3>>(&hex("0102"), "D10", 0);
    // As many octets are left as there are elements, but each element takes two.
    refuse::<Vec<u16>>("02010203", "D1", 4);
    refused::<Plain, ListView<'_, u16>>(&hex("02010203"), "D1", 4);
    refuse::<[u16; 3]>("01020304", "D1", 4);
    refused::<Plain, FixedListView<'_, u16, 3>>(&hex("01020304"), "D1", 4);

    refuse::<Vec<bool>>("020102", "D4", 2);
    let octets = hex("020102");
    let error = refused::<Plain, ListView<'_, bool>>(&octets, "D4", 2);
    assert!(error.path().eq([PathSegment::Index(1)]));
}

/// A type written by hand may read elements whose count nothing has announced.
#[test]
fn elements_of_an_unchecked_count_end_with_the_input() {
    let mut r = Reader::new(&[0; 5][..], &Limits::default());
    let failed = <[u8; 4] as Decode>::read_list(&mut r, 2).unwrap_err();
    let error = r.error(failed);
    assert_eq!(error.kind(), Kind::UnexpectedEnd { needed: 3 });
    assert_eq!(error.offset(), 5);
    assert!(error.path().eq([PathSegment::Index(1)]));

    // The octets of so many numbers are one more than a `usize` counts, which is more than zero.
    let failed = <u64 as Decode>::read_list(&mut r, usize::MAX / 8 + 1).unwrap_err();
    assert_eq!(r.error(failed).kind(), Kind::UnexpectedEnd { needed: usize::MAX - 1 });
}

/// Owned map and view refuse `digits` with the same error, which has this rule, offset and path.
#[track_caller]
fn refuse_map<'a, K, V, KView, VView>(octets: &'a [u8], rule: &str, offset: usize, path: &[PathSegment])
where
    K: Decode<'a> + Debug + Ord,
    V: Decode<'a> + Debug,
    KView: Clone + Debug + Decode<'a> + Ord + 'a,
    VView: Clone + Debug + Decode<'a> + 'a,
{
    let error = refused::<Plain, Map<K, V>>(octets, rule, offset);
    assert!(error.path().eq(path.iter().copied()), "{error}");
    assert_eq!(refused::<Plain, MapView<'_, KView, VView>>(octets, rule, offset), error);
}

#[test]
fn maps() {
    use PathSegment::{Index, Key};

    refuse_map::<u8, u8, u8, u8>(&hex("0201020103"), "D9", 3, &[Key(1)]);
    refuse_map::<u8, u8, u8, u8>(&hex("03010102020103"), "D9", 5, &[Key(2)]);
    refuse_map::<Str, u8, &str, u8>(&hex("02016101016102"), "D9", 4, &[Key(1)]);
    refuse_map::<Bytes, u8, &[u8], u8>(&hex("02016101016102"), "D9", 4, &[Key(1)]);
    refuse_map::<u8, u8, u8, u8>(&hex("0101"), "D1", 2, &[]);
    refuse_map::<u8, u8, u8, u8>(&hex("ffffffffffffffffff01"), "D10", 0, &[]);
    refuse_map::<Str, bool, &str, bool>(&hex("02 0161 01 0162 02"), "D4", 6, &[Index(1)]);
    refuse_map::<Str, bool, &str, bool>(&hex("02 0161 01 01ff 01"), "D6", 5, &[Key(1)]);
    refuse_map::<bool, Bytes, bool, &[u8]>(&hex("02 00 00 02 00"), "D4", 3, &[Key(1)]);
    // What is wrong inside the pairs is reported before a repeated key.
    refuse_map::<u8, bool, u8, bool>(&hex("03 0100 0100 0202"), "D4", 6, &[Index(2)]);
}

#[test]
fn structs() {
    refuse::<Pixel>("01", "D1", 1);
    refuse::<Pixel>("0102", "D4", 1);
}

/// The message is refused with `text`, alike by the owned type and the view.
#[track_caller]
fn says<'a, M: Debug + Message + Decode<'a>, V: Debug + Message + Decode<'a>>(octets: &'a [u8], text: &str) {
    let error = M::decode(octets).expect_err("an invalid message");
    assert_eq!(error.to_string(), text);
    assert!(text.chars().count() <= 200);
    assert_eq!(V::decode(octets).expect_err("an invalid message"), error);
}

#[track_caller]
fn pixel_says(digits: &str, text: &str) {
    says::<Pixel, Pixel>(&hex(digits), text);
}

#[track_caller]
fn number_says(digits: &str, text: &str) {
    says::<Number, Number>(&hex(digits), text);
}

#[test]
fn texts_name_what_where_and_in_which_field() {
    pixel_says("01", "input ended, 1 more byte needed at byte 1 in Pixel.b");
    number_says("ff01", "input ended, 1 more byte needed at byte 2 in Number.uint");
    number_says("008000", "varint is longer than its number needs at byte 1 in Number.int");
    number_says("00ffffffffffffffffff02", "varint is above 64 bits at byte 1 in Number.int");
    pixel_says("0102", "expected 00 or 01 for a bool, found 02 at byte 1 in Pixel.b");
    number_says("80020361ff62", "string is not UTF-8, 1 byte into it at byte 4 in Number.str");
    number_says("0100", "unknown union tag 1 at byte 0 in Number");
    number_says("80020361", "length 3 is more than the 1 byte left can hold at byte 2 in Number.str");
    says::<Nothing, Nothing>(&[0, 0], "2 bytes left after the value at byte 0 in Nothing");
    pixel_says("010100", "1 byte left after the value at byte 2 in Pixel");
}

/// The octets of a message in which the part that `octet` names is changed.
fn changed(message: &impl Encode, octet: usize, to: u8) -> Vec<u8> {
    let mut octets = crate::wire::encode::<Plain, _>(message);
    octets[octet] = to;
    octets
}

#[test]
fn paths_reach_into_lists_maps_and_unions() {
    let deep = crate::generated::deep();
    // pixels: 02 0101 0200 | lists: 03 03 00 7f 8001 …
    says::<Deep, DeepView<'_>>(
        &changed(&deep, 4, 9),
        "expected 00 or 01 for a bool, found 09 at byte 4 in Deep.pixels[1].b",
    );
    says::<Deep, DeepView<'_>>(
        &changed(&deep, 10, 0),
        "varint is longer than its number needs at byte 9 in Deep.lists[0][2]",
    );
    let ids = 1 + 4 + 1 + 5 + 1 + 11;
    says::<Deep, DeepView<'_>>(
        &changed(&deep, ids + 2, 0),
        "varint is longer than its number needs at byte 24 in Deep.ids[0].key",
    );
    says::<Deep, DeepView<'_>>(
        &changed(&deep, ids + 6, 2),
        "expected 00 or 01 for a bool, found 02 at byte 29 in Deep.ids[0][1].b",
    );

    let person = customer();
    let octets = person.encode_to_vec();
    let key = octets.windows(2).rposition(|pair| pair == b"\x01a").unwrap();
    says::<Person, PersonView<'_>>(
        &changed(&person, key + 1, b'b'),
        &format!("map key repeats that of pair 0 at byte {key} in Person.Customer.metadata[1].key"),
    );
}

#[test]
fn optionals_and_enums_are_refused_by_texts_of_their_own() {
    let error = decode::<Plain, Option<u8>>(&[3]).unwrap_err();
    assert_eq!(error.to_string(), "expected 00 or 01 for an optional, found 03 at byte 0");
    let error = decode::<Plain, Letter>(&[3]).unwrap_err();
    assert_eq!(error.to_string(), "unknown enum value 3 at byte 0");
    assert_eq!(Letter::try_from(3).unwrap_err().to_string(), "unknown enum value 3");
}

#[test]
fn every_proper_prefix_of_a_message_is_incomplete() {
    for octets in [customer().encode_to_vec(), crate::generated::deep().encode_to_vec()] {
        for len in 0..octets.len() {
            let prefix = &octets[..len];
            let errors = if octets[0] == 0 {
                [Person::decode(prefix).unwrap_err(), PersonView::decode(prefix).unwrap_err()]
            } else {
                [Deep::decode(prefix).unwrap_err(), DeepView::decode(prefix).unwrap_err()]
            };
            let needed = errors[0].needed().expect("an incomplete input");
            assert!((1..=octets.len() - len).contains(&needed), "{needed} needed after {len} octets");
            assert_eq!(errors[0], errors[1]);
        }
    }
}

#[test]
fn a_prefix_is_decoded_with_its_length() {
    let person = customer();
    let mut octets = person.encode_to_vec();
    let len = octets.len();
    octets.extend_from_slice(b"next");
    let limits = Limits::default();
    assert_eq!(Person::decode_prefix(&octets, &limits).unwrap(), (person, len));
    let (view, used) = PersonView::decode_prefix(&octets, &limits).unwrap();
    assert_eq!((view.encode_to_vec(), used), (octets[..len].to_vec(), len));
    assert_eq!(Person::decode(&octets).unwrap_err().kind(), Kind::TrailingBytes { count: 4 });
    assert_eq!(Input::from(&octets).as_slice(), octets);
}

#[test]
fn an_error_takes_at_most_two_hundred_characters() {
    let kinds = [
        Kind::LimitExceeded { budget: usize::MAX, wanted: usize::MAX },
        Kind::LengthBeyondInput { announced: u64::MAX, remaining: usize::MAX, needed: None },
        Kind::InvalidBool { found: 2 },
    ];
    for kind in kinds {
        let deep = (0..100).fold(DecodeError::new(kind, usize::MAX), |error, index| {
            error.at_index(index).within("aFieldWithALongName")
        });
        let text = deep.within("Message").to_string();
        assert!(
            text.chars().count() <= 200 && text.chars().count() > 195,
            "{}: {text}",
            text.chars().count()
        );
        assert!(text.contains(" in Message.aField") && text.contains('…') && text.ends_with("[0]"), "{text}");
    }
}

/// The results of reading are returned everywhere: the error must not make them large.
#[test]
fn an_error_is_one_pointer_wide() {
    assert_eq!(size_of::<DecodeError>(), size_of::<usize>());
    assert_eq!(size_of::<Result<(), DecodeError>>(), size_of::<usize>());
}
