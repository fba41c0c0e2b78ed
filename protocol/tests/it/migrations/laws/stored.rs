//! Actors as they are stored.

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
    actor.connections = V2ToV1::persisted_actor(&mut m, older).expect("it came from version 1").connections;
    actor
}

#[test]
fn v1_and_v2() {
    let steps =
        Steps { up: V1ToV2::persisted_actor, down: V2ToV1::persisted_actor, restored: complete, path: same };
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
                prop_assert_eq!(strictly.hibernatable_web_sockets.len(), older.hibernatable_web_socket.len());
                let same = strictly.hibernatable_web_sockets.iter().zip(&older.hibernatable_web_socket);
                for (new, old) in same {
                    prop_assert_eq!(i128::from(new.msg_index), i128::from(old.msg_index));
                    prop_assert_eq!(i128::from(new.last_seen_timestamp), i128::from(old.last_seen_timestamp));
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
