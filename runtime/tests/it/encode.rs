//! Writing messages: exactly as long as announced, to every destination, all or nothing.

use std::cell::Cell;
use std::fmt::Debug;

use barewire::{Bytes, Decode, Encode, EncodeError, FixedList, Message, Reader, Sink, Str};
use bytes::{Buf, BufMut, BytesMut};

use crate::generated::{Nothing, Pixel, deep};
use crate::shop::{PersonView, customer};

#[track_caller]
fn every_way_writes_the_same(message: &impl Message) {
    let octets = message.encode_to_vec();
    assert_eq!(message.encoded_len(), octets.len());
    assert_eq!(octets.capacity(), octets.len());

    let mut reused = Vec::from(*b"before");
    message.encode_into(&mut reused);
    assert_eq!(reused, [&b"before"[..], &octets].concat());
    let capacity = reused.capacity();
    reused.clear();
    message.encode_into(&mut reused);
    assert_eq!((reused.capacity(), &reused), (capacity, &octets));

    let mut buf = BytesMut::new();
    message.encode_to(&mut buf).unwrap();
    assert_eq!(buf, octets);

    let mut slice = vec![0xee; octets.len() + 2];
    assert_eq!(message.encode_to_slice(&mut slice), Ok(octets.len()));
    assert_eq!(slice[..octets.len()], octets);
    assert_eq!(slice[octets.len()..], [0xee, 0xee]);

    let mut exact = vec![0; octets.len()];
    let mut bounded = exact.as_mut_slice();
    message.encode_to(&mut bounded).unwrap();
    assert_eq!(bounded.remaining_mut(), 0);
    assert_eq!(exact, octets);
}

#[test]
fn every_destination_gets_the_same_octets() {
    every_way_writes_the_same(&Nothing);
    every_way_writes_the_same(&Pixel { a: 1, b: true });
    every_way_writes_the_same(&deep());
    every_way_writes_the_same(&customer());
    every_way_writes_the_same(&PersonView::decode(&customer().encode_to_vec()).unwrap());
}

/// A number, and a part behind it.
#[derive(Clone, Debug, PartialEq)]
struct Part<T>(T);

impl<T: Encode> Encode for Part<T> {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.field(&0xfeff_u16);
        s.field(&self.0);
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for Part<T> {
    fn read(r: &mut Reader<'a>) -> barewire::Result<Self> {
        r.field::<u16>("number")?;
        Ok(Self(r.field("part")?))
    }
}

impl<T: Clone + Debug + Encode + PartialEq + for<'a> Decode<'a>> Message for Part<T> {
    const NAME: &'static str = "Part";
    type View<'a> = Self;
}

#[test]
fn optionals_and_lists_are_as_long_as_announced() {
    every_way_writes_the_same(&Part(Some(7_u32)));
    every_way_writes_the_same(&Part(None::<u32>));
    every_way_writes_the_same(&Part(Some(Str::from("seven"))));
    every_way_writes_the_same(&Part(None::<Str>));
    every_way_writes_the_same(&Part(vec![1_u32, 2, 3]));
    every_way_writes_the_same(&Part(vec![Str::from("one"), Str::from("two")]));
    every_way_writes_the_same(&Part(vec![Some(7_u32), None, Some(9)]));
    every_way_writes_the_same(&Part([[1_u16, 2], [3, 4]]));
}

#[test]
fn a_vector_that_is_nearly_long_enough_is_not_made_much_longer() {
    #[track_caller]
    fn check(message: &impl Message) {
        let needed = message.encoded_len();
        let mut buf = Vec::with_capacity(needed - 1);
        message.encode_into(&mut buf);
        assert_eq!(buf, message.encode_to_vec());
        assert!(buf.capacity() <= 2 * needed, "{} for {needed}", buf.capacity());
    }
    check(&Part(FixedList::<u16, 500>::from_fn(|index| index as u16)));
    check(&Part(Bytes::from(vec![7; 1000])));
}

#[test]
fn a_short_buffer_is_refused_and_left_as_it_was() {
    let message = customer();
    let needed = message.encoded_len();
    for available in [0, 1, needed - 1] {
        let refusal = EncodeError::BufferTooShort { needed, available };
        let mut slice = vec![0xee; available];
        assert_eq!(message.encode_to_slice(&mut slice), Err(refusal));
        assert_eq!(slice, vec![0xee; available]);

        let mut bounded = slice.as_mut_slice();
        assert_eq!(message.encode_to(&mut bounded), Err(refusal));
        assert_eq!(bounded.remaining_mut(), available);

        let mut limited = Vec::new().limit(available);
        assert_eq!(message.encode_to(&mut limited), Err(refusal));
        assert!(limited.into_inner().is_empty());
    }
    let refusal = EncodeError::BufferTooShort { needed: 1, available: 0 };
    assert_eq!(refusal.to_string(), "the message takes 1 byte, the buffer has 0");
}

/// Strings and data of one length, between numbers.
#[derive(Clone, Debug, PartialEq)]
struct Texts {
    short: Str,
    text: String,
    data: Bytes,
    last: u16,
}

impl Encode for Texts {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.field(&self.short);
        s.field(&self.text);
        s.field(&self.data);
        s.field(&self.last);
    }
}

impl<'a> Decode<'a> for Texts {
    fn read(r: &mut Reader<'a>) -> barewire::Result<Self> {
        Ok(Self {
            short: r.field("short")?,
            text: r.field("text")?,
            data: r.field("data")?,
            last: r.field("last")?,
        })
    }
}

impl Message for Texts {
    const NAME: &'static str = "Texts";
    type View<'a> = Self;
}

/// A message has to be readable by its type; this one is not read.
macro_rules! only_written {
    ($message:ident) => {
        impl<'a> Decode<'a> for $message {
            fn read(_: &mut Reader<'a>) -> barewire::Result<Self> {
                unreachable!("it is only written")
            }
        }

        impl Message for $message {
            const NAME: &'static str = stringify!($message);
            type View<'a> = Self;
        }
    };
}

/// A list of texts between numbers, by calls of their own.
#[derive(Clone, Debug, PartialEq)]
struct Apart(Vec<Texts>);

impl Encode for Apart {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.field_apart(&0xfeff_u16);
        s.member_apart(3, &self.0);
        s.field(&0xfeff_u16);
        self.0.iter().for_each(|texts| s.field_apart(texts));
    }
}

only_written!(Apart);

#[test]
fn what_is_written_by_calls_is_the_same_whatever_room_is_left() {
    let texts = |len: usize| {
        let text = "x".repeat(len);
        Texts { short: text.as_str().into(), data: text.clone().into(), text, last: 0xfeff }
    };
    let apart = Apart([0, 3, 33, 150].map(texts).into());
    let parts: Vec<u8> = apart.0.iter().flat_map(Message::encode_to_vec).collect();
    let expected = [&[0xff, 0xfe, 3, 4][..], &parts, &[0xff, 0xfe], &parts].concat();
    every_way_writes_the_same(&apart);
    assert_eq!(joined(&apart), expected);
    for room in 0..expected.len() + 3 {
        let mut buf = Vec::with_capacity(room);
        apart.encode_into(&mut buf);
        assert_eq!(buf, expected, "room for {room}");
        let mut slice = vec![0xee; room];
        let written = apart.encode_to_slice(&mut slice);
        assert_eq!(written.is_ok(), room >= expected.len(), "room for {room}");
        assert!(written.is_ok() || slice.iter().all(|&octet| octet == 0xee), "room for {room}");
    }
}

/// An octet, and a part that panics, which is caught.
#[derive(Clone, Debug, PartialEq)]
struct Caught(u8);

#[derive(Clone, Debug, PartialEq)]
struct Panics;

impl Encode for Panics {
    fn write<'s, S: Sink<'s>>(&'s self, _: &mut S) {
        std::panic::resume_unwind(Box::new("nothing of it is written"));
    }
}

impl Encode for Caught {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.octet(self.0);
        let by_call = std::panic::AssertUnwindSafe(|| s.field_apart(&Panics));
        assert!(std::panic::catch_unwind(by_call).is_err());
        s.octet(self.0);
    }
}

only_written!(Caught);

/// Memory that was not written must not become octets of the message.
#[test]
fn a_type_that_catches_a_panic_has_written_what_it_wrote() {
    for room in [0, 1, 2, 3, 64, 4096] {
        let mut buf = Vec::with_capacity(room);
        Caught(7).encode_into(&mut buf);
        assert_eq!(buf, [7, 7], "room for {room}");
        let mut buf = BytesMut::with_capacity(room);
        assert_eq!(Caught(7).encode_to(&mut buf), Ok(()));
        assert_eq!(buf[..], [7, 7], "room for {room}");
    }
    assert_eq!(joined(&Caught(7)), [7, 7]);
}

#[test]
fn parts_of_every_length_are_written_whatever_room_is_left() {
    for len in (0..140).chain([0x3fff, 0x4000]) {
        let text: String = (0..len).map(|at| char::from(b'a' + (at % 26) as u8)).collect();
        let texts = Texts { short: text.as_str().into(), data: text.clone().into(), text, last: 0xfeff };
        let mut expected = Vec::new();
        for _ in 0..3 {
            let mut rest = len;
            while rest >= 0x80 {
                expected.push(rest as u8 | 0x80);
                rest >>= 7;
            }
            expected.push(rest as u8);
            expected.extend(texts.text.as_bytes());
        }
        expected.extend([0xff, 0xfe]);
        assert_eq!(texts.encode_to_vec(), expected);
        assert_eq!(joined(&texts), expected);
        let near = expected.len().saturating_sub(90)..expected.len() + 3;
        for room in (0..8).chain(near) {
            let mut buf = Vec::with_capacity(room);
            texts.encode_into(&mut buf);
            assert_eq!(buf, expected, "room for {room}");
            assert!(buf.capacity() < 2 * (expected.len().max(room) + 8), "grown too much");
        }
    }
}

fn joined(message: &impl Message) -> Vec<u8> {
    let mut segments = message.encode_segments();
    segments.copy_to_bytes(segments.remaining()).into()
}

/// A type written by hand, and wrong: its values are not of the length that it says, or not the same twice.
#[derive(Clone, Debug, PartialEq)]
struct Liar<const LEN: usize> {
    /// What it writes, one for each time.
    octets: Vec<Vec<u8>>,
    times: Cell<usize>,
}

impl<const LEN: usize> Liar<LEN> {
    fn new(octets: &[&[u8]]) -> Self {
        Self { octets: octets.iter().map(|octets| octets.to_vec()).collect(), times: Cell::new(0) }
    }
}

impl<const LEN: usize> Encode for Liar<LEN> {
    const LEN: Option<usize> = if LEN == usize::MAX { None } else { Some(LEN) };

    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        let octets = &self.octets[self.times.get().min(self.octets.len() - 1)];
        self.times.set(self.times.get() + 1);
        for octet in octets {
            s.put(&[*octet]);
        }
    }
}

impl<'a, const LEN: usize> Decode<'a> for Liar<LEN> {
    fn read(_: &mut Reader<'a>) -> barewire::Result<Self> {
        Ok(Self::new(&[]))
    }
}

impl<const LEN: usize> Message for Liar<LEN> {
    const NAME: &'static str = "Liar";
    type View<'a> = Self;
}

/// A part that lies, between parts that do not.
#[derive(Clone, Debug, PartialEq)]
struct Believer<const LEN: usize>(Liar<LEN>);

impl<const LEN: usize> Encode for Believer<LEN> {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.octet(0xaa);
        s.field(&self.0);
        s.octet(0xbb);
    }
}

impl<'a, const LEN: usize> Decode<'a> for Believer<LEN> {
    fn read(r: &mut Reader<'a>) -> barewire::Result<Self> {
        Ok(Self(r.field("0")?))
    }
}

impl<const LEN: usize> Message for Believer<LEN> {
    const NAME: &'static str = "Believer";
    type View<'a> = Self;
}

#[test]
fn a_type_that_is_not_of_the_length_it_says_is_written_as_it_writes() {
    fn check<const LEN: usize>() {
        for room in 0..12 {
            let mut buf = Vec::with_capacity(room);
            Believer(Liar::<LEN>::new(&[b"four"])).encode_into(&mut buf);
            assert_eq!(buf, b"\xaafour\xbb", "{LEN}, room for {room}");
        }
        assert_eq!(Believer(Liar::<LEN>::new(&[b"four"])).encode_to_vec(), b"\xaafour\xbb");
        assert_eq!(joined(&Believer(Liar::<LEN>::new(&[b"four"]))), b"\xaafour\xbb");
    }
    check::<0>();
    check::<3>();
    check::<4>();
    check::<5>();
    check::<20_000>();
}

#[test]
fn a_type_that_does_not_write_the_same_twice_writes_only_where_there_is_room() {
    for octets in [[&b"a"[..], b"longer", b"longer"], [b"longer", b"a", b"a"]] {
        let liar = || Liar::<{ usize::MAX }>::new(&octets);
        let written = |found: &[u8]| assert!(octets.contains(&found), "{found:?}");
        written(&liar().encode_to_vec());
        written(&joined(&liar()));
        let mut buf = BytesMut::new();
        liar().encode_to(&mut buf).unwrap();
        written(&buf);
        let mut slice = [0xee; 9];
        let len = liar().encode_to_slice(&mut slice).unwrap();
        written(&slice[..len]);
        let mut appended = Vec::new();
        liar().encode_into(&mut appended);
        written(&appended);
    }
}

/// A type written by hand, and wrong: it writes more than it has.
#[derive(Clone, Debug, PartialEq)]
struct Beyond([u8; 4]);

impl Encode for Beyond {
    fn write<'s, S: Sink<'s>>(&'s self, s: &mut S) {
        s.start(&self.0, 5);
    }
}

impl<'a> Decode<'a> for Beyond {
    fn read(r: &mut Reader<'a>) -> barewire::Result<Self> {
        Ok(Self(r.field("0")?))
    }
}

impl Message for Beyond {
    const NAME: &'static str = "Beyond";
    type View<'a> = Self;
}

/// Or what stood in the memory of the vector would become a part of the message.
#[test]
#[should_panic(expected = "out of range")]
fn what_is_behind_the_octets_of_a_type_is_never_written() {
    Beyond([7; 4]).encode_into(&mut Vec::with_capacity(64));
}

#[test]
fn a_buffer_in_parts_takes_a_message() {
    let message = customer();
    let octets = message.encode_to_vec();
    let (mut first, mut second) = (vec![0; 3], vec![0; octets.len()]);
    let mut buf = first.as_mut_slice().chain_mut(second.as_mut_slice());
    message.encode_to(&mut buf).unwrap();
    assert_eq!(buf.remaining_mut(), 3);
    assert_eq!([first, second].concat()[..octets.len()], octets);
}
