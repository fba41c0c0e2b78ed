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

mod to_server {
    use super::*;
    use runner::migrate::{V1ToV2, V2ToV1, V2ToV3, V3ToV2};
    use runner::{v1, v2, v3};

    fn newest() -> BoxedStrategy<v3::ToServer> {
        mostly_tunnel!(v3 to_server to_server_tunnel_message v3::ToServer::ToServerTunnelMessage)
    }

    fn older_v2() -> BoxedStrategy<v2::ToServer> {
        let messages =
            mostly_tunnel!(v2 to_server to_server_tunnel_message v2::ToServer::ToServerTunnelMessage);
        with_ids!(messages, v2, ToServer::ToServerTunnelMessage)
    }

    fn older_v1() -> BoxedStrategy<v1::ToServer> {
        let messages =
            mostly_tunnel!(v1 to_server to_server_tunnel_message v1::ToServer::ToServerTunnelMessage);
        with_ids!(messages, v1, ToServer::ToServerTunnelMessage)
    }

    fn restored_v2(mut message: v2::ToServer, kept: &Migrations) -> v2::ToServer {
        if let v2::ToServer::ToServerTunnelMessage(tunnel) = &mut message {
            restore(&mut tunnel.request_id, &mut tunnel.message_id, kept.tunnel());
            if let v2::ToServerTunnelMessageKind::ToServerWebSocketOpen(open) = &mut tunnel.message_kind {
                open.last_msg_index =
                    kept.tunnel().and_then(|kept| kept.last_msg_index).expect("an open message");
            }
        }
        message
    }

    fn restored_v1(mut message: v1::ToServer, kept: &Migrations) -> v1::ToServer {
        if let v1::ToServer::ToServerTunnelMessage(tunnel) = &mut message {
            restore(&mut tunnel.request_id, &mut tunnel.message_id, kept.tunnel());
        }
        message
    }

    #[test]
    fn v1_and_v2() {
        let older = older_v1();
        let newer = older_v2();
        hold(
            older,
            newer,
            Steps { up: V1ToV2::to_server, down: V2ToV1::to_server, restored: complete, path: same },
        );
    }

    #[test]
    fn v2_and_v3() {
        let older = older_v2();
        let steps =
            Steps { up: V2ToV3::to_server, down: V3ToV2::to_server, restored: restored_v2, path: hibernate };
        hold(older, newest(), steps);
    }

    #[test]
    fn v1_and_v3() {
        let older = older_v1();
        let steps = Steps {
            up: |m, older| V1ToV2::to_server(m, older).and_then(|message| V2ToV3::to_server(m, message)),
            down: |m, newer| V3ToV2::to_server(m, newer).and_then(|message| V2ToV1::to_server(m, message)),
            restored: restored_v1,
            path: hibernate,
        };
        hold(older, newest(), steps);
    }
}

mod to_client {
    use super::*;
    use runner::migrate::{V1ToV2, V2ToV1, V2ToV3, V3ToV2};
    use runner::{v1, v2, v3};

    fn newest() -> BoxedStrategy<v3::ToClient> {
        mostly_tunnel!(v3 to_client to_client_tunnel_message v3::ToClient::ToClientTunnelMessage)
    }

    macro_rules! older {
        ($name:ident $version:ident) => {
            fn $name() -> BoxedStrategy<$version::ToClient> {
                let boxed = |message| $version::ToClient::ToClientTunnelMessage(Box::new(message));
                let messages = mostly_tunnel!($version to_client to_client_tunnel_message boxed);
                with_ids!(messages, $version, ToClient::ToClientTunnelMessage)
            }
        };
    }

    older! { older_v1 v1 }
    older! { older_v2 v2 }

    macro_rules! restored {
        ($name:ident $version:ident) => {
            fn $name(mut message: $version::ToClient, kept: &Migrations) -> $version::ToClient {
                if let $version::ToClient::ToClientTunnelMessage(tunnel) = &mut message {
                    restore(&mut tunnel.request_id, &mut tunnel.message_id, kept.tunnel());
                    tunnel.gateway_reply_to = reply_to(kept.tunnel());
                }
                message
            }
        };
    }

    restored! { restored_v1 v1 }
    restored! { restored_v2 v2 }

    #[test]
    fn v1_and_v2() {
        let older = older_v1();
        let newer = older_v2();
        hold(
            older,
            newer,
            Steps { up: V1ToV2::to_client, down: V2ToV1::to_client, restored: complete, path: same },
        );
    }

    #[test]
    fn v2_and_v3() {
        let older = older_v2();
        let steps =
            Steps { up: V2ToV3::to_client, down: V3ToV2::to_client, restored: restored_v2, path: same };
        hold(older, newest(), steps);
    }

    #[test]
    fn v1_and_v3() {
        let older = older_v1();
        let steps = Steps {
            up: |m, older| V1ToV2::to_client(m, older).and_then(|message| V2ToV3::to_client(m, message)),
            down: |m, newer| V3ToV2::to_client(m, newer).and_then(|message| V2ToV1::to_client(m, message)),
            restored: restored_v1,
            path: same,
        };
        hold(older, newest(), steps);
    }
}

mod to_gateway {
    use super::*;
    use crate::runner::strategies;
    use runner::migrate::{V1ToV2, V2ToV1, V2ToV3, V3ToV2};
    use runner::{v1, v2};

    fn restored_v2(mut message: v2::ToGateway, kept: &Migrations) -> v2::ToGateway {
        let tunnel = &mut message.message;
        restore(&mut tunnel.request_id, &mut tunnel.message_id, kept.tunnel());
        if let v2::ToServerTunnelMessageKind::ToServerWebSocketOpen(open) = &mut tunnel.message_kind {
            open.last_msg_index =
                kept.tunnel().and_then(|kept| kept.last_msg_index).expect("an open message");
        }
        message
    }

    fn restored_v1(mut message: v1::ToGateway, kept: &Migrations) -> v1::ToGateway {
        restore(&mut message.message.request_id, &mut message.message.message_id, kept.tunnel());
        message
    }

    #[test]
    fn v1_and_v2() {
        let steps =
            Steps { up: V1ToV2::to_gateway, down: V2ToV1::to_gateway, restored: complete, path: same };
        hold(gateways_with_ids!(v1), gateways_with_ids!(v2), steps);
    }

    #[test]
    fn v2_and_v3() {
        let steps =
            Steps { up: V2ToV3::to_gateway, down: V3ToV2::to_gateway, restored: restored_v2, path: gateway };
        hold(gateways_with_ids!(v2), strategies::v3::to_gateway(), steps);
    }

    #[test]
    fn v1_and_v3() {
        let steps = Steps {
            up: |m, older| V1ToV2::to_gateway(m, older).and_then(|message| V2ToV3::to_gateway(m, message)),
            down: |m, newer| V3ToV2::to_gateway(m, newer).and_then(|message| V2ToV1::to_gateway(m, message)),
            restored: restored_v1,
            path: gateway,
        };
        hold(gateways_with_ids!(v1), strategies::v3::to_gateway(), steps);
    }
}

mod stored {
    use super::*;
    use crate::actor::strategies;
    use actor::migrate::{V1ToV2, V2OlderToV2, V2ToV1, V2ToV3, V3ToV2};
    use actor::{v1, v2, v3};

    /// Actors as they are stored: three in four have only times since the epoch, and indices that are some.
    fn actors_v2() -> BoxedStrategy<v2::PersistedActor> {
        let index = prop_oneof![Just(-1), any::<u16>().prop_map(i64::from)];
        (strategies::v2::persisted_actor(), 0..4_u8, index)
            .prop_map(|(mut actor, kind, index)| {
                if kind > 0 {
                    actor.connections.iter_mut().for_each(|it| it.last_seen &= i64::MAX);
                    actor.scheduled_events.iter_mut().for_each(|it| it.timestamp &= i64::MAX);
                    actor.hibernatable_web_sockets.iter_mut().for_each(|it| it.msg_index = index);
                }
                // Version 1 knows no sockets.
                if kind > 1 {
                    actor.connections.iter_mut().for_each(|it| it.hibernatable_request_id = None);
                    actor.hibernatable_web_sockets.clear();
                }
                actor
            })
            .boxed()
    }

    fn actors_v1() -> BoxedStrategy<v1::PersistedActor> {
        (strategies::v1::persisted_actor(), 0..4_u8)
            .prop_map(|(mut actor, kind)| {
                if kind > 0 {
                    actor.connections.iter_mut().for_each(|it| it.last_seen &= i64::MAX.cast_unsigned());
                    actor.scheduled_events.iter_mut().for_each(|it| it.timestamp &= i64::MAX.cast_unsigned());
                }
                actor
            })
            .boxed()
    }

    fn actors_v3() -> BoxedStrategy<v3::Actor> {
        (strategies::v3::actor(), 0..4_u8)
            .prop_map(|(mut actor, kind)| {
                if kind > 0 {
                    actor.scheduled_events.iter_mut().for_each(|it| it.timestamp &= i64::MAX);
                }
                actor
            })
            .boxed()
    }

    fn restored_v2(mut actor: v2::PersistedActor, kept: &Migrations) -> v2::PersistedActor {
        let left = kept.left_behind();
        actor.connections = left.connections.clone();
        let sockets = left.web_sockets.iter().map(|socket| v2::PersistedHibernatableWebSocket {
            request_id: socket.request_id.clone(),
            last_seen_timestamp: socket.last_seen_timestamp,
            msg_index: socket.index.map_or(-1, i64::from),
        });
        actor.hibernatable_web_sockets = sockets.collect();
        actor
    }

    fn restored_v1(mut actor: v1::PersistedActor, kept: &Migrations) -> v1::PersistedActor {
        let mut m = Migrations::strict();
        let older = v2::PersistedActor {
            input: None,
            has_initialized: false,
            state: Bytes::new(),
            connections: kept.left_behind().connections.clone(),
            scheduled_events: Vec::new(),
            hibernatable_web_sockets: Vec::new(),
        };
        actor.connections =
            V2ToV1::persisted_actor(&mut m, older).expect("it came from version 1").connections;
        actor
    }

    #[test]
    fn v1_and_v2() {
        let steps = Steps {
            up: V1ToV2::persisted_actor,
            down: V2ToV1::persisted_actor,
            restored: complete,
            path: same,
        };
        hold(actors_v1(), actors_v2(), steps);
    }

    #[test]
    fn v2_and_v3() {
        let steps = Steps { up: V2ToV3::actor, down: V3ToV2::actor, restored: restored_v2, path: same };
        hold(actors_v2(), actors_v3(), steps);
    }

    #[test]
    fn v1_and_v3() {
        let steps = Steps {
            up: |m, older| V1ToV2::persisted_actor(m, older).and_then(|actor| V2ToV3::actor(m, actor)),
            down: |m, newer| V3ToV2::actor(m, newer).and_then(|actor| V2ToV1::persisted_actor(m, actor)),
            restored: restored_v1,
            path: same,
        };
        hold(actors_v1(), actors_v3(), steps);
    }

    /// The older layout of version 2 is never written; what it holds is read in the current one, or named as lost.
    #[test]
    fn the_older_layout_of_v2() {
        for_each(strategies::v2_older::persisted_actor(), |older| {
            let (mut strict, mut lenient) = (Migrations::strict(), Migrations::lenient());
            let leniently = V2OlderToV2::persisted_actor(&mut lenient, older.clone());
            match V2OlderToV2::persisted_actor(&mut strict, older.clone()) {
                Ok(strictly) => {
                    prop_assert_eq!(lenient.lost(), []);
                    prop_assert_eq!(Some(&strictly), leniently.as_ref().ok());
                    prop_assert_eq!(
                        strictly.hibernatable_web_sockets.len(),
                        older.hibernatable_web_socket.len()
                    );
                    let same = strictly.hibernatable_web_sockets.iter().zip(&older.hibernatable_web_socket);
                    for (new, old) in same {
                        prop_assert_eq!(i128::from(new.msg_index), i128::from(old.msg_index));
                        prop_assert_eq!(
                            i128::from(new.last_seen_timestamp),
                            i128::from(old.last_seen_timestamp)
                        );
                        prop_assert_eq!(&new.request_id, &old.request_id);
                    }
                    // The rest is what version 1 has, too.
                    let v1 = v1::PersistedActor {
                        input: older.input,
                        has_initialized: older.has_initialized,
                        state: older.state,
                        connections: older.connections,
                        scheduled_events: older.scheduled_events,
                    };
                    let rest = v2::PersistedActor { hibernatable_web_sockets: Vec::new(), ..strictly };
                    prop_assert_eq!(V1ToV2::persisted_actor(&mut strict, v1).ok(), Some(rest));
                }
                Err(_) => prop_assert!(leniently.is_ok() && !lenient.lost().is_empty()),
            }
            Ok(lenient.lost().is_empty())
        });
    }
}

fn restore(request_id: &mut [u8; 16], message_id: &mut [u8; 16], kept: Option<&Tunnel>) {
    let kept = kept.expect("a tunnel message");
    (*request_id, *message_id) = (kept.request_id, kept.message_id);
}

fn reply_to(kept: Option<&Tunnel>) -> Option<Str> {
    kept.expect("a tunnel message").gateway_reply_to.clone()
}
