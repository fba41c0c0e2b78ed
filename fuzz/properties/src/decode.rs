//! Decoding: owned values, views and the values made of them agree on every input.

use std::fmt::Debug;

use barewire::{Bytes, Decode, DecodeError, DecodeErrorKind, Limits, Message};
use barewire_conformance::parts;

use crate::subject::{Subject, subjects};

/// Holds the codec of one type, which the first two octets choose, to its laws for the octets behind them.
///
/// # Panics
///
/// If a law is broken.
pub fn any(input: &[u8]) {
    if let Some((subject, octets)) = choose(input) {
        let _ = subject.codec.judge(octets);
    }
}

/// The subject that the first two octets choose, and the octets behind them.
#[must_use]
pub fn choose(input: &[u8]) -> Option<(&'static Subject, &[u8])> {
    let (choice, octets) = input.split_first_chunk()?;
    let all = subjects();
    Some((all[usize::from(u16::from_le_bytes(*choice)) % all.len()], octets))
}

/// The longest message whose parts are shown: each takes many letters.
const SHOWN: usize = 1 << 16;

/// What holds for any octets and the type `M`.
///
/// # Errors
///
/// What refused the octets.
///
/// # Panics
///
/// If a law is broken.
pub fn laws<M>(octets: &[u8]) -> Result<(), DecodeError>
where
    M: Message + for<'a> Decode<'a> + Clone + Debug + PartialEq,
{
    let limits = Limits::trusted();
    let frame = Bytes::copy_from_slice(octets);
    let shared = M::decode_with(&frame, &limits);
    let copied = M::decode_with(octets, &limits);
    let view = M::View::decode_with(octets, &limits);
    within_limits::<M>(octets, shared.as_ref().err());
    match (shared, copied, view) {
        (Ok(shared), Ok(copied), Ok(view)) => {
            // There is one encoding of a value.
            writes(&shared, octets);
            writes(&copied, octets);
            writes(&view, octets);
            if octets.len() <= SHOWN {
                // Every part of the view is read again, and shows what the owned value holds.
                assert_eq!(parts::same(&shared, &view), Ok(()));
                assert_eq!(parts::same(&shared, &copied), Ok(()));
            }
            let from_view: M = view.to_message_with(&limits).expect("the octets were accepted");
            writes(&from_view, octets);
            writes(&shared.clone(), octets);
            writes(&view.clone(), octets);
            prefixes::<M>(octets);
            Ok(())
        }
        (Err(shared), Err(copied), Err(view)) => {
            assert_eq!(shared, copied);
            assert_eq!(shared, view);
            let text = shared.to_string();
            assert!(text.chars().count() <= 200, "{text}");
            assert!(shared.offset() <= octets.len(), "{text}");
            assert!(shared.kind().rule().is_some(), "trusted limits refuse nothing: {text}");
            Err(shared)
        }
        (shared, copied, view) => panic!(
            "owned values and views disagree: {:?}, {:?}, {:?}",
            shared.err(),
            copied.err(),
            view.err()
        ),
    }
}

/// Under the default limits the same is accepted, but for what takes too much heap.
fn within_limits<M: Message + for<'a> Decode<'a>>(octets: &[u8], refusal: Option<&DecodeError>) {
    match M::decode(octets) {
        Err(error) if matches!(error.kind(), DecodeErrorKind::LimitExceeded { .. }) => {}
        result => assert_eq!(result.err().as_ref(), refusal),
    }
}

/// Each way of writing `message` gives `octets`.
fn writes<M: Message>(message: &M, octets: &[u8]) {
    assert_eq!(message.encoded_len(), octets.len());
    assert_eq!(message.encode_to_vec(), octets);
}

/// A message that was cut is refused, and no more octets are asked for than it goes on with.
fn prefixes<M: Message + for<'a> Decode<'a>>(octets: &[u8]) {
    for len in [0, octets.len() / 2, octets.len().saturating_sub(1)] {
        if len == octets.len() {
            continue;
        }
        let Err(error) = M::View::decode_with(&octets[..len], &Limits::trusted()) else {
            panic!("{len} of {} octets are a message, too", octets.len())
        };
        let needed = error.needed().unwrap_or_else(|| panic!("more octets would help: {error}"));
        assert!((1..=octets.len() - len).contains(&needed), "{error}");
    }
}
