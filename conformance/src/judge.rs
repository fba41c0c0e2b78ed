//! Judging one row by compiled code: the laws that a message and a refusal have to keep.
//!
//! This file is part of two crates.
//! Here it is checked and tested; the runner copies it into the crate that it generates from the rows,
//! so it uses nothing but the standard library, the runtime and `parts`, which goes with it.

use std::fmt::{Debug, Write as _};
use std::panic::{self, UnwindSafe};

use barewire::{Bytes, Decode, DecodeError, DecodeErrorKind, Input, Limits, Message, PathSegment};

use crate::parts;

/// What was found wrong; a row without problems holds.
pub type Problems = Vec<String>;

/// Judges the row called `name` and prints the verdict: the name, a tab, and what is wrong, if anything.
pub fn row(name: &str, judge: impl FnOnce() -> Problems + UnwindSafe) {
    let problems = panic::catch_unwind(judge).unwrap_or_else(|cause| {
        // The two payloads of `panic!`: a formatted text and a literal.
        let text = cause.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| cause.downcast_ref::<&str>().copied());
        vec![format!("panicked: {}", text.unwrap_or("without a text"))]
    });
    // One line each, whatever a problem quotes.
    println!("{name}\t{}", problems.join("; ").replace(['\n', '\r'], " "));
}

/// What is wrong with the claim that `octets` are the message `expected`.
#[must_use]
pub fn message<M>(octets: &[u8], expected: &M) -> Problems
where
    M: Debug + Message + for<'a> Decode<'a>,
    for<'a> M::View<'a>: Debug,
{
    let mut problems = Vec::new();
    check_octets(&mut problems, "encoding the expected value", &expected.encode_to_vec(), octets);
    if expected.encoded_len() != octets.len() {
        problems.push(format!("expected the length {}, found {}", octets.len(), expected.encoded_len()));
    }
    let shared = Bytes::copy_from_slice(octets);
    for (what, input) in [("shared", Input::Shared(&shared)), ("borrowed", Input::Borrowed(octets))] {
        match decode::<M>(input) {
            Ok(found) => {
                check_value(&mut problems, &format!("decoding from {what} octets"), &found, expected);
            }
            Err(error) => problems.push(format!("expected a message in {what} octets, found: {error}")),
        }
    }
    match decode::<M::View<'_>>(Input::Borrowed(octets)) {
        Ok(view) => {
            check_octets(&mut problems, "encoding the view", &view.encode_to_vec(), octets);
            if view.encoded_len() != octets.len() {
                let found = view.encoded_len();
                problems.push(format!("expected the length {} of the view, found {found}", octets.len()));
            }
            problems.extend(parts::same(expected, &view).err());
            match view.to_message::<M>() {
                Ok(found) => check_value(&mut problems, "making the view a message", &found, expected),
                // There is no other call that takes a larger budget.
                Err(error) if matches!(error.kind(), DecodeErrorKind::LimitExceeded { .. }) => {}
                Err(error) => problems.push(format!("expected the view to become a message, found: {error}")),
            }
        }
        Err(error) => problems.push(format!("expected a view of the octets, found: {error}")),
    }
    check_prefixes::<M>(&mut problems, octets);
    check_trailing::<M>(&mut problems, octets);
    problems
}

/// What is wrong with the claim that `octets` are no message of type `M`, by `rule`.
#[must_use]
pub fn no_message<M>(octets: &[u8], rule: &str) -> Problems
where
    M: Debug + Message + for<'a> Decode<'a>,
    for<'a> M::View<'a>: Debug,
{
    let mut problems = Vec::new();
    if let Some(error) = refusal::<M>(&mut problems, octets) {
        let found = error.kind().rule();
        if found != Some(rule) {
            problems.push(format!("expected {rule}, found {}: {error}", found.unwrap_or("no rule")));
        }
    }
    problems
}

/// Decodes one message, however much heap it takes: the budget is a limit of the reader, not a rule of the format.
fn decode<'a, M: Message + Decode<'a>>(input: Input<'a>) -> Result<M, DecodeError> {
    match M::decode(input) {
        Err(error) if matches!(error.kind(), DecodeErrorKind::LimitExceeded { .. }) => {
            M::decode_with(input, &Limits::trusted())
        }
        result => result,
    }
}

/// The one error with which owned values and views refuse `octets`.
fn refusal<M>(problems: &mut Problems, octets: &[u8]) -> Option<DecodeError>
where
    M: Debug + Message + for<'a> Decode<'a>,
    for<'a> M::View<'a>: Debug,
{
    let shared = Bytes::copy_from_slice(octets);
    let owned = refused("as an owned value", decode::<M>(Input::Shared(&shared)));
    let copied = refused("as a copied value", decode::<M>(Input::Borrowed(octets)));
    let view = refused("as a view", decode::<M::View<'_>>(Input::Borrowed(octets)));
    match (owned, copied, view) {
        (Ok(owned), Ok(copied), Ok(view)) => {
            for (what, other) in [("a copied value", copied), ("a view", view)] {
                if facts(&owned) != facts(&other) {
                    let (one, other) = (facts(&owned), facts(&other));
                    problems.push(format!("expected the same error for {what}, found {other:?} and {one:?}"));
                }
            }
            Some(owned)
        }
        (owned, copied, view) => {
            problems.extend([owned, copied, view].into_iter().filter_map(Result::err));
            None
        }
    }
}

fn refused<T: Debug>(what: &str, result: Result<T, DecodeError>) -> Result<DecodeError, String> {
    match result {
        Err(error) => Ok(error),
        Ok(value) => Err(format!("expected a refusal {what}, found {}", shortened(&format!("{value:?}")))),
    }
}

fn facts(error: &DecodeError) -> (DecodeErrorKind, usize, Vec<PathSegment>) {
    (error.kind(), error.offset(), error.path().collect())
}

fn check_prefixes<M>(problems: &mut Problems, octets: &[u8])
where
    M: Debug + Message + for<'a> Decode<'a>,
    for<'a> M::View<'a>: Debug,
{
    for len in 0..octets.len() {
        let before = problems.len();
        if let Some(error) = refusal::<M>(problems, &octets[..len]) {
            // At least one more, and never more than the octets that do follow.
            if error.needed().is_none_or(|needed| needed == 0 || needed > octets.len() - len) {
                problems.push(format!(
                    "expected a need of 1 to {} more octets, found {:?}: {error}",
                    octets.len() - len,
                    error.needed()
                ));
            }
        }
        // One wrong prefix explains as much as a thousand.
        if problems.len() > before {
            problems.push(format!("this was the prefix of {len} octets"));
            return;
        }
    }
}

fn check_trailing<M>(problems: &mut Problems, octets: &[u8])
where
    M: Debug + Message + for<'a> Decode<'a>,
    for<'a> M::View<'a>: Debug,
{
    let longer = [octets, &[0]].concat();
    if let Some(error) = refusal::<M>(problems, &longer)
        && (error.kind() != DecodeErrorKind::TrailingBytes { count: 1 } || error.offset() != octets.len())
    {
        problems.push(format!("expected D11 for an octet behind the message, found: {error}"));
    }
}

/// Equality by the text of `Debug` and by the octets: `==` would call no NaN equal to itself.
fn check_value<M: Debug + Message>(problems: &mut Problems, what: &str, found: &M, expected: &M) {
    let (found_text, expected_text) = (format!("{found:?}"), format!("{expected:?}"));
    if found_text != expected_text {
        let (expected, found) = (shortened(&expected_text), shortened(&found_text));
        problems.push(format!("{what}: expected {expected}, found {found}"));
    }
    check_octets(problems, what, &found.encode_to_vec(), &expected.encode_to_vec());
}

fn check_octets(problems: &mut Problems, what: &str, found: &[u8], expected: &[u8]) {
    if found != expected {
        let (expected, found) = (shortened(&hex(expected)), shortened(&hex(found)));
        problems.push(format!("{what}: expected the octets `{expected}`, found `{found}`"));
    }
}

fn hex(octets: &[u8]) -> String {
    octets.iter().fold(String::new(), |mut text, octet| {
        write!(text, "{octet:02x}").expect("a string takes any text");
        text
    })
}

/// The start of a text that is too long for a report.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(400) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
