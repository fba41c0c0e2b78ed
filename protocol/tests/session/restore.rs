//! Rows 16 and 17: what an actor has stored against what waits for it, and how long what is stored lives.

use super::runner::{TestRunner, stored};
use super::{ACTOR, SOCKET, at};
use barewire_protocol::session::runner::{CommandError, Refused, StartActor, Stop, Stored, restore};
use barewire_protocol::session::{Close, GatewayId, RequestId, SocketId};

fn id(number: u8) -> SocketId {
    SocketId { gateway: GatewayId([number; 4]), request: RequestId([0, 0, 0, number]) }
}

fn ids(stored: &[Stored]) -> Vec<SocketId> {
    stored.iter().map(|stored| stored.id).collect()
}

#[test]
fn every_socket_of_either_side_stands_in_one_list() {
    let live = [id(4), id(2), id(1), id(2)];
    let kept = [stored(id(3), 7), stored(id(2), 5), stored(id(4), 1), stored(id(3), 6)];
    let found = restore(live, kept);
    assert_eq!(ids(&found.restored), [id(2), id(4)]);
    assert_eq!(found.zombies, [id(1)]);
    assert_eq!(ids(&found.stale), [id(3)]);
    assert_eq!(found.duplicates, [id(2), id(3)]);
    // What is handled twice is better than what is handled never.
    assert_eq!(found.stale[0], stored(id(3), 6));
    assert_eq!(restore([], []), Default::default());
}

#[test]
fn of_two_that_are_stored_the_earlier_index_counts_across_the_wrap() {
    for both in [[65_535, 2], [2, 65_535]] {
        let found = restore([], both.map(|index| stored(id(1), index)));
        assert_eq!(found.stale, [stored(id(1), 65_535)]);
    }
}

#[test]
fn all_three_are_dealt_with() {
    let mut runner = TestRunner::new(Default::default());
    runner.start(2, &[id(1), id(2)]);
    let found = runner.started(vec![stored(id(2), 5), stored(id(3), 7)]).unwrap();
    assert_eq!((found.restored.len(), found.zombies.len(), found.stale.len()), (1, 1, 1));
    let three = id(3).to_string();
    assert_eq!(runner.told(), [format!("stale {three}"), format!("remove {three}"), "restored 5".to_owned()]);
    assert_eq!(runner.sent(), ["close 1000 ws.meta_not_found_during_restore"]);
    assert_eq!(runner.machine.len(), 1);
    assert!(matches!(runner.started(vec![]), Err(CommandError::WrongActorState { .. })));
}

#[test]
fn what_comes_while_the_actor_starts_waits_for_it() {
    let mut runner = TestRunner::new(Default::default());
    runner.start(2, &[SOCKET]);
    for (index, text) in [(5, "old"), (6, "a"), (7, "b")] {
        runner.gateway_sends(index, text).unwrap();
    }
    assert_eq!(runner.machine.held(SOCKET), (3, 5));
    runner.started(vec![stored(SOCKET, 5)]).unwrap();
    assert_eq!(runner.told(), ["restored 5", "message 6 `a`", "message 7 `b`"]);
    assert_eq!(runner.sent(), ["ack 5"]);
}

/// What was on its way to the life before is part of what is sent again.
#[test]
fn what_was_meant_for_an_older_life_gives_way_to_what_is_sent_again() {
    let mut runner = TestRunner::new(Default::default());
    runner.start(2, &[SOCKET]);
    for index in [9, 10, 6, 7, 7, 8] {
        runner.gateway_sends(index, "x").unwrap();
    }
    runner.started(vec![stored(SOCKET, 5)]).unwrap();
    assert_eq!(runner.told(), ["restored 5", "message 6 `x`", "message 7 `x`", "message 8 `x`"]);

    // Nothing is sent again: something is missing.
    let mut runner = TestRunner::new(Default::default());
    runner.start(2, &[SOCKET]);
    runner.gateway_sends(9, "x").unwrap();
    runner.started(vec![stored(SOCKET, 5)]).unwrap();
    assert_eq!(runner.sent(), ["close 1008 ws.message_index_skip"]);
}

#[test]
fn the_close_of_a_client_that_left_meanwhile_is_told_with_its_code() {
    let mut runner = TestRunner::new(Default::default());
    runner.start(2, &[SOCKET]);
    runner.gateway_sends(6, "a").unwrap();
    runner.gateway_closes(7, Close::new(1001, "away")).unwrap();
    assert_eq!(runner.gateway_sends(8, "b"), Err(Refused::UnknownSocket(SOCKET)));
    runner.started(vec![stored(SOCKET, 5)]).unwrap();
    assert_eq!(
        runner.told(),
        ["restored 5", "message 6 `a`", "closed by Gateway: 1001 away", "remove 01020304/05060708"]
    );
    assert_eq!(runner.sent(), [""; 0]);
}

#[test]
fn a_socket_that_is_at_work_is_not_restored_a_second_time() {
    let mut runner = TestRunner::open();
    runner.told();
    let other = "other";
    let start = barewire_protocol::session::runner::StartActor {
        actor: other.into(),
        generation: 1,
        waiting: vec![SOCKET, id(1)],
    };
    runner.machine.start_actor(start, at(runner.now)).unwrap();
    let kept = vec![stored(SOCKET, 3), stored(id(1), 4)];
    let found = runner.machine.actor_started(other, kept, at(runner.now)).unwrap();
    assert_eq!((ids(&found.restored), found.duplicates), (vec![id(1)], vec![SOCKET]));
    assert_eq!(runner.told(), ["restored 4"]);
    runner.handles(1);
}

#[test]
fn a_socket_that_waits_for_another_actor_is_left_to_it() {
    for kept in [vec![], vec![stored(SOCKET, 9)]] {
        let mut runner = TestRunner::new(Default::default());
        runner.start(2, &[SOCKET]);
        let other = "other";
        let start = StartActor { actor: other.into(), generation: 1, waiting: vec![SOCKET] };
        runner.machine.start_actor(start, at(runner.now)).unwrap();
        let found = runner.machine.actor_started(other, kept, at(runner.now)).unwrap();
        assert_eq!((ids(&found.restored), found.zombies, ids(&found.stale)), (vec![], vec![], vec![]));
        assert_eq!(found.duplicates, [SOCKET]);
        assert_eq!((runner.told(), runner.sent()), (vec![], vec![]));
        runner.started(vec![stored(SOCKET, 5)]).unwrap();
        assert_eq!(runner.told(), ["restored 5"]);
        runner.handles(6);
    }
}

#[test]
fn sleep_keeps_what_is_stored_and_says_nothing() {
    let mut runner = TestRunner::open();
    runner.stop(1, Stop::Sleep);
    assert_eq!((runner.told(), runner.sent()), (vec![], vec![]));
    assert_eq!((runner.machine.len(), runner.machine.actor_status(ACTOR)), (0, None));
}

#[test]
fn destruction_removes_all_that_is_stored_and_tells_the_gateways() {
    let mut runner = TestRunner::open();
    runner.stop(1, Stop::Destroy);
    assert_eq!(runner.told(), ["closed by ActorStopped: 1000 actor.stopped", "remove 01020304/05060708"]);
    assert_eq!(runner.sent(), ["close 1000 actor.stopped"]);
}

/// Every way to end leads to one removal, and a socket that stores nothing to none.
#[test]
fn whatever_is_stored_is_removed_once() {
    type End = fn(&mut TestRunner);
    let mut gap = TestRunner::open();
    assert_eq!(gap.gateway_sends(9, "gap"), Err(Refused::Gap { missing: 8 }));
    assert_eq!(gap.told(), ["closed by Runner: 1008 ws.message_index_skip", "remove 01020304/05060708"]);
    // An ordinary socket is not checked for gaps.
    let mut ordinary = TestRunner::ordinary();
    ordinary.gateway_sends(9, "gap").unwrap();
    assert_eq!(ordinary.told(), ["message 9 `gap`"]);
    let ends: [End; 4] = [
        |runner| runner.gateway_closes(1, Close::default()).unwrap(),
        |runner| {
            let socket = runner.socket();
            runner.machine.terminate(socket, at(runner.now)).unwrap();
        },
        |runner| runner.stop(1, Stop::Destroy),
        |runner| runner.gateway_opens(1).unwrap(),
    ];
    for end in ends {
        for (mut runner, expected) in [(TestRunner::open(), 1), (TestRunner::ordinary(), 0)] {
            end(&mut runner);
            let told = runner.told();
            let removed = told.iter().filter(|event| event.starts_with("remove")).count();
            let closed = told.iter().filter(|event| event.starts_with("closed")).count();
            assert_eq!((removed, closed), (expected, 1), "{told:?}");
        }
    }
}
