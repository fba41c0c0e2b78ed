//! Encoding: every way of writing a value gives the same octets.

use arbitrary::Unstructured;
use barewire::{Bytes, EncodeError, FrameError, Frames, Message, write_frame};
use bytes::{Buf as _, BytesMut};

use crate::decode;
use crate::random::{Size, octets};

/// Holds encoding to its laws for a value of a type, which the first two octets choose, drawn from the octets behind them.
///
/// # Panics
///
/// If a law is broken.
pub fn any(input: &[u8]) {
    let Some((subject, entropy)) = decode::choose(input) else { return };
    // Drawing a value of megabytes says little and takes long.
    if subject.schema().min_len(subject.ty()) > 1 << 16 {
        return;
    }
    let mut entropy = Unstructured::new(entropy);
    if let Ok(octets) = octets(subject.schema(), subject.ty(), &mut entropy, Size { room: 64, fill: 0 }) {
        subject.codec.encode(&octets);
        decode::agree(subject, &octets).expect("drawn as a value of the type");
    }
}

/// What holds for a value that is encoded as `octets`.
///
/// # Panics
///
/// If a law is broken.
pub fn laws<M: Message>(message: &M, octets: &[u8]) {
    let len = octets.len();
    assert_eq!(message.encoded_len(), len);
    assert_eq!(message.encode_to_vec(), octets);

    let mut appended = vec![0xaa; 3];
    message.encode_into(&mut appended);
    assert_eq!(appended, [&[0xaa; 3], octets].concat());

    let segments = message.encode_segments();
    assert_eq!(segments.remaining(), len);
    assert_eq!(segments.pieces().collect::<Vec<_>>().concat(), octets);
    assert_eq!(segments.into_bytes().collect::<Vec<_>>().concat(), octets);

    let mut exact = vec![0xaa; len + 1];
    assert_eq!(message.encode_to_slice(&mut exact), Ok(len));
    assert_eq!(exact, [octets, &[0xaa]].concat());
    let mut buf = BytesMut::new();
    assert_eq!(message.encode_to(&mut buf), Ok(()));
    assert_eq!(buf, octets);

    if let Some(available) = len.checked_sub(1) {
        let mut short = vec![0xaa; available];
        let refusal = EncodeError::BufferTooShort { needed: len, available };
        assert_eq!(message.encode_to_slice(&mut short), Err(refusal));
        assert_eq!(message.encode_to(&mut &mut short[..]), Err(refusal));
        assert_eq!(short, vec![0xaa; available]);
    }
    framed(message, octets);
}

/// A frame holds the message, and is not written where it does not fit.
fn framed<M: Message>(message: &M, octets: &[u8]) {
    let mut buf = BytesMut::new();
    assert_eq!(write_frame(message, &mut buf), Ok(()));
    assert_eq!(Frames::default().next(&mut buf), Ok(Some(Bytes::copy_from_slice(octets))));
    let (needed, available) = (octets.len() + 4, octets.len() + 3);
    let refusal = FrameError::Encode(EncodeError::BufferTooShort { needed, available });
    assert_eq!(write_frame(message, &mut &mut vec![0; available][..]), Err(refusal));
}
