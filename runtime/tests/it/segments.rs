//! A message in pieces: the same octets, with long payloads where they were.

use std::io::IoSlice;

use barewire::{Bytes, Decode, Encode, FixedData, Message, Reader, Segments, Sink, Str};
use bytes::Buf;
use proptest::prelude::*;

const LONG: usize = Segments::KEPT_FROM;

/// Payloads of every kind that can be long.
#[derive(Clone, Debug, PartialEq)]
struct Upload {
    name: Str,
    parts: Vec<Bytes>,
    digest: FixedData<LONG>,
    size: u64,
}

impl Encode for Upload {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.field(&self.name);
        s.field(&self.parts);
        s.field(&self.digest);
        s.field(&self.size);
    }
}

impl<'a> Decode<'a> for Upload {
    fn read(r: &mut Reader<'a>) -> barewire::Result<Self> {
        Ok(Self {
            name: r.field("name")?,
            parts: r.field("parts")?,
            digest: r.field("digest")?,
            size: r.field("size")?,
        })
    }
}

impl Message for Upload {
    const NAME: &'static str = "Upload";
    type View<'a> = Self;
}

fn upload(name: usize, parts: &[usize]) -> Upload {
    Upload {
        name: "n".repeat(name).as_str().into(),
        parts: parts.iter().map(|len| vec![*len as u8; *len].into()).collect(),
        digest: vec![9; LONG].try_into().unwrap(),
        size: u64::MAX,
    }
}

fn joined<'p>(pieces: impl IntoIterator<Item = &'p [u8]>) -> Vec<u8> {
    pieces.into_iter().flatten().copied().collect()
}

#[test]
fn long_payloads_stay_where_they_are() {
    let upload = upload(3, &[LONG - 1, LONG, 5]);
    let segments = upload.encode_segments();
    let pieces: Vec<_> = segments.pieces().collect();
    // Up to the long part, the part, what stands up to the digest, the digest, the size.
    assert_eq!(
        pieces.iter().map(|piece| piece.len()).collect::<Vec<_>>(),
        [4 + 1 + 2 + LONG - 1 + 2, LONG, 6, LONG, 8]
    );
    assert_eq!(pieces[1].as_ptr(), upload.parts[1].as_ptr());
    assert_eq!(pieces[3].as_ptr(), upload.digest.as_ptr());
    assert_eq!(segments.remaining(), upload.encoded_len());
    assert_eq!(joined(segments.pieces()), upload.encode_to_vec());
    let owned: Vec<Bytes> = segments.clone().into_bytes().collect();
    assert_eq!(owned[1].as_ptr(), upload.parts[1].as_ptr());
    assert_eq!(joined(owned.iter().map(|piece| &piece[..])), upload.encode_to_vec());
}

/// Parts of one length each: one that is copied, and two that are not.
#[derive(Clone, Debug, PartialEq)]
struct Digests {
    short: FixedData<{ LONG - 1 }>,
    long: FixedData<LONG>,
    longer: FixedData<{ LONG + 1 }>,
}

impl Encode for Digests {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.field(&self.short);
        s.field(&self.long);
        s.field(&self.longer);
    }
}

impl<'a> Decode<'a> for Digests {
    fn read(r: &mut Reader<'a>) -> barewire::Result<Self> {
        Ok(Self { short: r.field("short")?, long: r.field("long")?, longer: r.field("longer")? })
    }
}

impl Message for Digests {
    const NAME: &'static str = "Digests";
    type View<'a> = Self;
}

#[test]
fn long_data_of_one_length_stays_where_it_is() {
    let digests = Digests {
        short: vec![1; LONG - 1].try_into().unwrap(),
        long: vec![2; LONG].try_into().unwrap(),
        longer: vec![3; LONG + 1].try_into().unwrap(),
    };
    let segments = digests.encode_segments();
    let pieces: Vec<_> = segments.pieces().collect();
    assert_eq!(pieces.iter().map(|piece| piece.len()).collect::<Vec<_>>(), [LONG - 1, LONG, LONG + 1]);
    assert_eq!(pieces[1].as_ptr(), digests.long.as_ptr());
    assert_eq!(pieces[2].as_ptr(), digests.longer.as_ptr());
    assert_eq!(joined(pieces), digests.encode_to_vec());
}

#[test]
fn what_a_view_borrows_stays_where_it_is() {
    let text = "t".repeat(LONG);
    let view = Framed { text: &text };
    let segments = view.encode_segments();
    let pieces: Vec<_> = segments.pieces().collect();
    assert_eq!(pieces[1].as_ptr(), text.as_ptr());
    assert_eq!(joined(pieces), view.encode_to_vec());
    let owned: Vec<Bytes> = segments.into_bytes().collect();
    assert_eq!(owned[1], text.as_bytes());
}

/// A view that is built by hand.
#[derive(Clone, Debug, PartialEq)]
struct Framed<'a> {
    text: &'a str,
}

impl Encode for Framed<'_> {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.field(&self.text);
    }
}

impl<'a> Decode<'a> for Framed<'a> {
    fn read(r: &mut Reader<'a>) -> barewire::Result<Self> {
        Ok(Self { text: r.field("text")? })
    }
}

impl Message for Framed<'_> {
    const NAME: &'static str = "Framed";
    type View<'a> = Framed<'a>;
}

#[test]
fn a_message_of_no_octets_has_no_pieces() {
    let segments = crate::generated::Nothing.encode_segments();
    assert_eq!((segments.pieces().count(), segments.remaining(), segments.chunk()), (0, 0, &[][..]));
    assert_eq!(segments.into_bytes().count(), 0);
}

#[test]
#[should_panic(expected = "cannot advance by 2 bytes, 1 are left")]
fn one_cannot_advance_behind_the_end() {
    let mut segments = Framed { text: "" }.encode_segments();
    segments.advance(2);
}

proptest! {
    #[test]
    fn the_pieces_are_the_message_wherever_reading_stops(
        name in 0..2 * LONG,
        parts in proptest::collection::vec(prop_oneof![0..64usize, LONG - 2..LONG + 2], 0..6),
        steps in proptest::collection::vec(0..3 * LONG, 0..8),
        many in 1..9usize,
    ) {
        let upload = upload(name, &parts);
        let octets = upload.encode_to_vec();
        let mut segments = upload.encode_segments();
        prop_assert!(segments.pieces().all(|piece| !piece.is_empty()));
        let mut at = 0;
        for step in steps {
            let step = step.min(segments.remaining());
            segments.advance(step);
            at += step;
            prop_assert_eq!(segments.remaining(), octets.len() - at);
            prop_assert!(octets[at..].starts_with(segments.chunk()));
            prop_assert_eq!(segments.has_remaining(), !segments.chunk().is_empty());
            let mut slices = vec![IoSlice::new(&[]); many];
            let filled = segments.chunks_vectored(&mut slices);
            prop_assert_eq!(filled, many.min(segments.pieces().count()));
            prop_assert!(octets[at..].starts_with(&joined(slices[..filled].iter().map(|slice| &slice[..]))));
            prop_assert_eq!(joined(segments.pieces()), &octets[at..]);
            prop_assert_eq!(joined(segments.clone().into_bytes().collect::<Vec<_>>().iter().map(|piece| &piece[..])), &octets[at..]);
        }
        prop_assert_eq!(&segments.copy_to_bytes(octets.len() - at), &octets[at..]);
        prop_assert!(!segments.has_remaining());
    }
}
