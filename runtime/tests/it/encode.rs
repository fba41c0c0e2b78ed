//! Writing messages: exactly as long as announced, to every destination, all or nothing.

use barewire::{EncodeError, Message};
use bytes::{BufMut, BytesMut};

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
