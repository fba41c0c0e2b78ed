//! Frames are cut out of a stream wherever its pieces begin and end.

use barewire::{EncodeError, FrameError, Frames, Message, write_frame};
use bytes::{Buf, BufMut, Bytes, BytesMut};
use std::collections::VecDeque;

use crate::generated::{Nothing, Pixel};
use crate::shop::{Person, customer};

/// Three messages as frames, one of them empty.
fn stream() -> Vec<u8> {
    let mut stream = Vec::new();
    write_frame(&Pixel { a: 1, b: true }, &mut stream).unwrap();
    write_frame(&Nothing, &mut stream).unwrap();
    write_frame(&customer(), &mut stream).unwrap();
    stream
}

#[track_caller]
fn is_the_stream(frames: &[Bytes]) {
    let [pixel, nothing, person] = frames else { panic!("{} frames", frames.len()) };
    assert_eq!(Pixel::decode(pixel).unwrap(), Pixel { a: 1, b: true });
    assert_eq!(Nothing::decode(nothing).unwrap(), Nothing);
    assert_eq!(Person::decode(person).unwrap(), customer());
}

fn all(frames: &mut Frames, buf: &mut impl Buf) -> Vec<Bytes> {
    core::iter::from_fn(|| frames.next(buf).unwrap()).collect()
}

#[test]
fn a_frame_is_its_length_and_the_message() {
    let mut octets = Vec::new();
    write_frame(&Pixel { a: 1, b: true }, &mut octets).unwrap();
    assert_eq!(octets, [2, 0, 0, 0, 1, 1]);
}

#[test]
fn a_whole_stream_is_cut_at_once() {
    let mut frames = Frames::default();
    is_the_stream(&all(&mut frames, &mut &stream()[..]));
    frames.finish().unwrap();
}

#[test]
fn octets_that_arrive_one_by_one_make_the_same_frames() {
    let mut frames = Frames::default();
    let mut buf = BytesMut::new();
    let mut cut = Vec::new();
    for octet in stream() {
        buf.put_u8(octet);
        let needed = frames.needed();
        cut.extend(all(&mut frames, &mut buf));
        assert!(frames.needed() > 0);
        if buf.has_remaining() {
            assert_eq!(frames.needed(), needed - 1);
        }
    }
    is_the_stream(&cut);
    frames.finish().unwrap();
}

#[test]
fn buffers_in_pieces_are_read_across_their_ends() {
    let stream = stream();
    for at in 0..stream.len() {
        let (head, tail) = stream.split_at(at);
        is_the_stream(&all(&mut Frames::default(), &mut head.chain(tail)));
    }
    let mut deque = VecDeque::from(stream.clone());
    deque.rotate_left(7);
    deque.rotate_right(7);
    is_the_stream(&all(&mut Frames::default(), &mut deque));
}

#[test]
fn a_frame_shares_its_buffer() {
    let stream = Bytes::from(stream());
    let frame = Frames::default().next(&mut stream.clone()).unwrap().unwrap();
    assert_eq!(frame.as_ptr(), stream[4..].as_ptr());
}

#[test]
fn needed_counts_what_is_missing() {
    let mut frames = Frames::default();
    assert_eq!(frames.needed(), 4);
    let mut buf = BytesMut::from(&[3, 0][..]);
    assert_eq!(frames.next(&mut buf), Ok(None));
    assert_eq!(frames.needed(), 2);
    assert!(buf.is_empty());
    buf.extend_from_slice(&[0, 0, 9]);
    assert_eq!(frames.next(&mut buf), Ok(None));
    assert_eq!(frames.needed(), 2);
    assert_eq!(buf, [9][..]);
    assert_eq!(frames.finish(), Err(FrameError::Incomplete { needed: 2 }));
    buf.extend_from_slice(&[9, 9]);
    assert_eq!(frames.next(&mut buf).unwrap().unwrap(), [9, 9, 9][..]);
    assert_eq!((frames.needed(), frames.finish()), (4, Ok(())));
}

#[test]
fn a_frame_above_the_limit_is_refused_by_its_prefix() {
    let mut frames = Frames::new(8);
    let mut buf = &[8, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 9, 0, 0, 0][..];
    assert_eq!(frames.next(&mut buf).unwrap().unwrap().len(), 8);
    let refusal = FrameError::TooLong { len: 9, limit: 8 };
    assert_eq!(frames.next(&mut buf), Err(refusal));
    assert_eq!(frames.next(&mut buf), Err(refusal));
    assert_eq!(refusal.to_string(), "frame of 9 bytes is above the limit of 8");

    let mut huge = &[0xff; 4][..];
    let refusal = FrameError::TooLong { len: 0xffff_ffff, limit: 16 << 20 };
    assert_eq!(Frames::default().next(&mut huge), Err(refusal));
}

#[test]
fn a_stream_that_ends_inside_a_prefix_is_reported() {
    let mut frames = Frames::default();
    assert_eq!(frames.next(&mut &[1][..]), Ok(None));
    let error = frames.finish().unwrap_err();
    assert_eq!(error.to_string(), "stream ended inside a frame, 3 more bytes needed");
}

#[test]
fn a_frame_that_does_not_fit_leaves_the_buffer_as_it_was() {
    let mut room = [0xee; 5];
    let mut buf = &mut room[..];
    let refusal = EncodeError::BufferTooShort { needed: 6, available: 5 };
    assert_eq!(write_frame(&Pixel { a: 1, b: true }, &mut buf), Err(FrameError::Encode(refusal)));
    assert_eq!(room, [0xee; 5]);
}

#[test]
fn a_frame_may_fill_its_buffer() {
    let mut room = [0xee; 6];
    let mut buf = &mut room[..];
    write_frame(&Pixel { a: 1, b: true }, &mut buf).unwrap();
    assert!(buf.is_empty());
    assert_eq!(room, [2, 0, 0, 0, 1, 1]);
}

/// Whoever waits for `needed` octets after each frame must not wait for what is already there.
#[test]
fn needed_counts_what_follows_the_buffer_that_was_seen() {
    let mut frames = Frames::default();
    let mut buf = &[1, 0, 0, 0, 7, 1, 0, 0, 0, 8][..];
    assert_eq!(frames.next(&mut buf), Ok(Some(Bytes::from_static(&[7]))));
    assert_eq!(frames.needed(), 0);
    assert_eq!(frames.next(&mut buf), Ok(Some(Bytes::from_static(&[8]))));
    assert_eq!(frames.needed(), 4);
}

#[test]
fn a_stream_that_ends_behind_a_refused_prefix_is_refused_for_it() {
    let mut frames = Frames::new(8);
    let too_long = Err(FrameError::TooLong { len: 9, limit: 8 });
    assert_eq!(frames.next(&mut &[9, 0, 0, 0][..]), too_long);
    assert_eq!(frames.finish().map(|()| None), too_long);

    // A frame of the longest length is only incomplete.
    let mut frames = Frames::new(9);
    assert_eq!(frames.next(&mut &[9, 0, 0, 0][..]), Ok(None));
    assert_eq!(frames.finish(), Err(FrameError::Incomplete { needed: 9 }));
}
