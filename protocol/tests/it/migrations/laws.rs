//! What holds for every message between every two versions.

use super::differences::differences;
use barewire::{Bytes, Loss, Migrated, Str};
use barewire_protocol::migrations::Tunnel;
use barewire_protocol::{Migrations, actor, runner};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::cell::Cell;
use std::fmt::Debug;

/// How values of the older version `O` and the newer `N` become each other.
struct Steps<O, N> {
    up: fn(&mut Migrations, O) -> Migrated<N>,
    down: fn(&mut Migrations, N) -> Migrated<O>,
    /// Puts what was kept beside the message back into it.
    restored: fn(O, &Migrations) -> O,
    /// A path of a loss in the names of the newer version.
    path: fn(&str) -> String,
}

/// Holds both ways to their laws.
fn hold<O, N>(older: BoxedStrategy<O>, newer: BoxedStrategy<N>, steps: Steps<O, N>)
where
    O: Clone + Debug + PartialEq + 'static,
    N: Clone + Debug + PartialEq + 'static,
{
    for_each(newer, |newer| down_and_up(newer, &steps));
    for_each(older, |older| up_and_down(older, &steps));
}

/// Whether the strict migration accepts a value.
type Accepted = bool;

/// The laws say most of values that are accepted, so that a tenth has to be.
fn for_each<T: Debug>(values: BoxedStrategy<T>, law: impl Fn(T) -> Result<Accepted, TestCaseError>) {
    let config = Config { cases: 256, failure_persistence: None, ..Config::default() };
    let (accepted, all) = (Cell::new(0), Cell::new(0));
    let counted = |value| {
        let is_accepted = law(value)?;
        accepted.set(accepted.get() + u32::from(is_accepted));
        all.set(all.get() + 1);
        Ok(())
    };
    if let Err(failure) = TestRunner::new(config).run(&values, counted) {
        panic!("{failure}");
    }
    assert!(accepted.get() * 10 >= all.get(), "{} of {} values are accepted", accepted.get(), all.get());
}

fn down_and_up<O, N>(newer: N, steps: &Steps<O, N>) -> Result<Accepted, TestCaseError>
where
    O: Clone + Debug + PartialEq,
    N: Clone + Debug + PartialEq,
{
    let (mut strict, mut lenient) = (Migrations::strict(), Migrations::lenient());
    let strictly = (steps.down)(&mut strict, newer.clone());
    let leniently = (steps.down)(&mut lenient, newer.clone());
    let mut lost: Vec<String> = lenient.lost().iter().map(|loss| path_of(loss, steps.path)).collect();
    match (strictly, leniently) {
        (Ok(strictly), Ok(leniently)) => {
            prop_assert_eq!(&strictly, &leniently);
            prop_assert_eq!(lost, [""; 0]);
            prop_assert_eq!((steps.up)(&mut strict, strictly).ok(), Some(newer));
            Ok(true)
        }
        (Err(_), Ok(leniently)) => {
            let back = (steps.up)(&mut lenient, leniently);
            let back = back.map_err(|error| TestCaseError::fail(error.to_string()))?;
            let mut different = differences(&newer, &back);
            lost.sort();
            different.sort();
            prop_assert_eq!(lost, different, "{:?}\n{:?}", newer, back);
            Ok(false)
        }
        (Err(strictly), Err(leniently)) => {
            prop_assert_eq!(strictly.to_string(), leniently.to_string());
            Ok(false)
        }
        (Ok(_), Err(leniently)) => Err(TestCaseError::fail(leniently.to_string())),
    }
}

fn up_and_down<O, N>(older: O, steps: &Steps<O, N>) -> Result<Accepted, TestCaseError>
where
    O: Clone + Debug + PartialEq,
    N: Clone + Debug + PartialEq,
{
    let (mut strict, mut lenient) = (Migrations::strict(), Migrations::lenient());
    let leniently = (steps.up)(&mut lenient, older.clone());
    match (steps.up)(&mut strict, older.clone()) {
        Ok(strictly) => {
            prop_assert_eq!(Some(&strictly), leniently.as_ref().ok());
            prop_assert_eq!(lenient.lost(), []);
            let kept = strict.clone();
            let back = (steps.down)(&mut strict, strictly).map(|back| (steps.restored)(back, &kept));
            prop_assert_eq!(back.ok(), Some(older));
            Ok(true)
        }
        Err(refusal) => {
            prop_assert!(leniently.is_ok(), "old data stays readable: {:?}", leniently);
            // The first loss is what strict refuses.
            let (refusal, first) = (refusal.to_string(), lenient.lost()[0].to_string());
            let (_, place) = first.split_once(" in ").expect("a loss has a path");
            prop_assert!(refusal.ends_with(&format!(" in {place}")), "{}: {}", refusal, first);
            Ok(false)
        }
    }
}

/// `ToServer.messageKind` as `message_kind`: without the message, and in the names of Rust.
fn path_of(loss: &Loss, renamed: fn(&str) -> String) -> String {
    let text = loss.to_string();
    let (_, path) = text.split_once(" in ").expect("a loss has a path");
    let in_rust = path
        .split('.')
        .map(|part| if part.starts_with(char::is_uppercase) { part.to_owned() } else { snake(part) });
    renamed(&in_rust.collect::<Vec<_>>().join("."))
}

fn snake(name: &str) -> String {
    let letters = name.chars().map(|letter| match letter {
        'A'..='Z' => format!("_{}", letter.to_ascii_lowercase()),
        _ => letter.to_string(),
    });
    letters.collect()
}

/// The same names in both versions.
fn same(path: &str) -> String {
    path.to_owned()
}

/// Version 3 calls it `hibernate`.
fn hibernate(path: &str) -> String {
    path.replace(".retry", ".hibernate")
}

/// A struct in version 2, a union in version 3.
fn gateway(path: &str) -> String {
    let path = path.strip_prefix("message.").map(|rest| format!("ToServerTunnelMessage.{rest}"));
    hibernate(&path.expect("only the tunnel message loses anything"))
}

fn complete<T>(value: T, _: &Migrations) -> T {
    value
}

/// An id of a request as version 3 sends it, written by `protocol-layout` 5.2.
fn packed() -> impl Strategy<Value = [u8; 16]> {
    any::<[u8; 8]>()
        .prop_map(|[a, b, c, d, e, f, g, h]| [a, b, c, d, e, f, 0x40, g, 0x80, h, 0, 0, 0, 0, 0, 0])
}

/// The ids of a message: mostly as version 3 sends them, with an index or without, else anything.
fn ids() -> impl Strategy<Value = ([u8; 16], [u8; 16])> {
    let with_index = |(request, index): ([u8; 16], u16)| {
        let mut message = request;
        message[10..12].copy_from_slice(&index.to_le_bytes());
        (request, message)
    };
    prop_oneof![
        4 => (packed(), prop_oneof![Just(0), Just(258), Just(65535), any::<u16>()]).prop_map(with_index),
        2 => (packed(), any::<[u8; 16]>()),
        1 => any::<([u8; 16], [u8; 16])>(),
    ]
}

/// Mostly tunnel messages, which alone changed much.
macro_rules! mostly_tunnel {
    ($version:ident $all:ident $tunnel:ident $of:expr) => {
        prop_oneof![
            6 => crate::runner::strategies::$version::$tunnel().prop_map($of),
            1 => crate::runner::strategies::$version::$all(),
        ]
        .boxed()
    };
}

/// Sets the ids of a tunnel message.
macro_rules! with_ids {
    ($messages:expr, $version:ident, $message:ident :: $tunnel:ident) => {
        ($messages, ids())
            .prop_map(|(mut message, (request_id, message_id))| {
                if let runner::$version::$message::$tunnel(tunnel) = &mut message {
                    (tunnel.request_id, tunnel.message_id) = (request_id, message_id);
                }
                message
            })
            .boxed()
    };
}

macro_rules! gateways_with_ids {
    ($version:ident) => {
        (crate::runner::strategies::$version::to_gateway(), ids())
            .prop_map(|(mut message, (request_id, message_id))| {
                (message.message.request_id, message.message.message_id) = (request_id, message_id);
                message
            })
            .boxed()
    };
}

// Behind the macros that they use.
mod stored;
mod to_client;
mod to_gateway;
mod to_server;

fn restore(request_id: &mut [u8; 16], message_id: &mut [u8; 16], kept: Option<&Tunnel>) {
    let kept = kept.expect("a tunnel message");
    (*request_id, *message_id) = (kept.request_id, kept.message_id);
}

fn reply_to(kept: Option<&Tunnel>) -> Option<Str> {
    kept.expect("a tunnel message").gateway_reply_to.clone()
}
