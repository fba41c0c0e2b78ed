//! Frames: a stream is cut into the same messages, however it arrives.

use barewire::{Bytes, FrameError, Frames};
use bytes::BytesMut;

/// Cuts a stream, whose frames have at most as many octets as the first two say, and which arrives in pieces as long as the
/// next eight octets say, again and again.
///
/// # Panics
///
/// If it is cut in another way than the stream at once.
pub fn any(input: &[u8]) {
    let Some((&[low, high], rest)) = input.split_first_chunk() else { return };
    let Some((pieces, stream)) = rest.split_first_chunk::<8>() else { return };
    let max_len = usize::from(u16::from_le_bytes([low, high]));

    let mut frames = Frames::new(max_len);
    let mut buf = BytesMut::new();
    let mut cut = Vec::new();
    let mut end = Ok(());
    let mut rest = stream;
    let mut pieces = pieces.iter().cycle();
    while end.is_ok() && !rest.is_empty() {
        let len = usize::from(*pieces.next().expect("a cycle")).clamp(1, rest.len());
        let (piece, behind) = rest.split_at(len);
        buf.extend_from_slice(piece);
        rest = behind;
        end = take_all(&mut frames, &mut buf, &mut cut);
        if end.is_ok() {
            // No frame is there, and none can be before so many octets more.
            assert!(frames.needed() > 0);
        }
    }
    let end = end.and_then(|()| frames.finish());
    assert_eq!((cut, end), reference(stream, max_len));
}

fn take_all(frames: &mut Frames, buf: &mut BytesMut, cut: &mut Vec<Bytes>) -> Result<(), FrameError> {
    while let Some(frame) = frames.next(buf)? {
        cut.push(frame);
    }
    Ok(())
}

/// What the documentation of the frames says of a whole stream.
fn reference(mut stream: &[u8], max_len: usize) -> (Vec<Bytes>, Result<(), FrameError>) {
    let mut cut = Vec::new();
    while !stream.is_empty() {
        let Some((prefix, rest)) = stream.split_first_chunk() else {
            return (cut, Err(FrameError::Incomplete { needed: 4 - stream.len() }));
        };
        let len = u32::from_le_bytes(*prefix);
        if len as usize > max_len {
            return (cut, Err(FrameError::TooLong { len: len.into(), limit: max_len }));
        }
        let Some((frame, rest)) = rest.split_at_checked(len as usize) else {
            return (cut, Err(FrameError::Incomplete { needed: len as usize - rest.len() }));
        };
        cut.push(Bytes::copy_from_slice(frame));
        stream = rest;
    }
    (cut, Ok(()))
}
