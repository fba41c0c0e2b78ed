//! Decoding: owned values, views and the values made of them agree on every input.

use std::fmt::Debug;

use barewire::{Bytes, Decode, DecodeError, DecodeErrorKind, Limits, Message};
use barewire_conformance::parts;

use crate::subject::{Subject, chosen};
use crate::value;

/// Holds the codec of one type, which the first two octets choose, to its laws for the octets behind them.
///
/// # Panics
///
/// If a law is broken.
pub fn any(input: &[u8]) {
    if let Some((subject, octets)) = choose(input) {
        let _ = agree(subject, octets);
    }
}

/// Holds generated code and what knows only the schema to their laws for the same octets, and to each other.
///
/// # Errors
///
/// What refuses the octets.
///
/// # Panics
///
/// If a law is broken.
pub fn agree(subject: &Subject, octets: &[u8]) -> Result<(), DecodeError> {
    let generated = subject.codec.judge(octets);
    let dynamic = value::laws(subject.dynamic(), octets);
    match (&generated, dynamic) {
        (Ok(()), Ok(())) if octets.len() <= SHOWN => {
            assert_eq!(subject.codec.leaves(octets), value::leaves(subject.dynamic(), octets));
        }
        (Ok(()), Ok(())) => {}
        (Err(generated), Err(dynamic)) => {
            assert_eq!(dynamic.to_string(), generated.to_string());
            assert_eq!((dynamic.kind(), dynamic.offset()), (generated.kind(), generated.offset()));
        }
        (generated, dynamic) => panic!("{subject:?}: generated code {generated:?}, dynamic {dynamic:?}"),
    }
    generated
}

/// The type whose number the first two octets are, and the octets behind them.
#[must_use]
pub fn choose(input: &[u8]) -> Option<(&'static Subject, &[u8])> {
    let (number, octets) = input.split_first_chunk()?;
    Some((chosen(u16::from_le_bytes(*number)), octets))
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
            // Comparing must not panic; what comes out is open, since a NaN does not equal itself.
            let _ = (shared == copied, view == view.clone());
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
