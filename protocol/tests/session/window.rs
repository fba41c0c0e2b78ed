//! Rows 7, 8 and 9: what waits for an acknowledgement, and what is sent again.

use super::gateway::TestGateway;
use super::{REQUEST, at};
use barewire_protocol::session::gateway::{
    ActorEvent, BadAck, Config, MessageError, Refused, Status, WindowLimits,
};

#[test]
fn an_ack_empties_the_window_up_to_it() {
    let mut gateway = TestGateway::active();
    for text in ["a", "bb", "ccc"] {
        gateway.client_sends(text).unwrap();
    }
    gateway.outputs();
    assert_eq!(gateway.machine.pending(REQUEST), Some((3, 6)));
    gateway.runner_acks(2).unwrap();
    assert_eq!(gateway.machine.pending(REQUEST), Some((1, 3)));
    for index in [2, 1, 0, 65_535] {
        let stale = BadAck::Stale { index: index.into() };
        assert_eq!(gateway.runner_acks(index), Err(Refused::BadAck(stale)));
    }
    let bad = BadAck::NotSent { index: 4.into(), last: 3.into() };
    assert_eq!(gateway.runner_acks(4), Err(Refused::BadAck(bad)));
    assert_eq!(gateway.machine.pending(REQUEST), Some((1, 3)));
    gateway.runner_acks(3).unwrap();
    assert_eq!(gateway.machine.pending(REQUEST), Some((0, 0)));
}

#[test]
fn acks_of_what_was_never_sent_end_the_socket() {
    let mut gateway = TestGateway::active_with(Config { violations: 3, ..Config::default() });
    for _ in 0..3 {
        assert_eq!(gateway.outputs(), [""; 0]);
        assert!(gateway.runner_acks(9).is_err());
    }
    let closes = ["runner: 1 close 1011 ws.downstream_closed", "client: close 1008 ws.protocol_error"];
    assert_eq!(gateway.outputs(), [closes[0], closes[1], "closed"]);
}

/// What an ordinary socket has sent is not kept, so that there is room as soon as it has gone.
#[test]
fn the_full_window_of_an_ordinary_socket_says_so_too() {
    let window = WindowLimits { bytes: 4, count: 2 };
    let mut gateway = TestGateway::ordinary_with(Config { window, ..Config::default() });
    for index in [1, 4] {
        for place in 0..2 {
            assert_eq!(gateway.client_sends("ab"), Ok(index + place));
        }
        assert!(matches!(gateway.client_sends("c"), Err(MessageError::NoRoom(_))));
        // Once, however much goes.
        let [first, second] = [index, index + 1].map(|index| format!("runner: {index} `ab`"));
        assert_eq!(gateway.outputs(), [first, second, "room".to_owned()]);
        assert_eq!(gateway.client_sends("c"), Ok(index + 2));
        assert_eq!(gateway.outputs(), [format!("runner: {} `c`", index + 2)]);
    }
}

#[test]
fn a_full_window_says_when_there_is_room() {
    let window = WindowLimits { bytes: 100, count: 2 };
    let mut gateway = TestGateway::active_with(Config { window, ..Config::default() });
    gateway.client_sends("a").unwrap();
    gateway.client_sends("b").unwrap();
    gateway.outputs();
    gateway.runner_acks(1).unwrap();
    assert_eq!(gateway.outputs(), [""; 0]);
    gateway.client_sends("c").unwrap();
    assert!(gateway.client_sends("d").is_err());
    gateway.outputs();
    // A runner that has been replaced does not make it forget.
    gateway.ready();
    gateway.outputs();
    gateway.runner_acks(2).unwrap();
    gateway.runner_acks(3).unwrap();
    assert_eq!(gateway.outputs(), ["room"]);
}

#[test]
fn a_window_never_holds_more_than_can_be_told_apart() {
    let window = WindowLimits { bytes: usize::MAX, count: u16::MAX };
    let mut gateway = TestGateway::active_with(Config { window, ..Config::default() });
    for _ in 0..WindowLimits::MAX_COUNT {
        gateway.client_sends("").unwrap();
    }
    assert!(gateway.client_sends("").is_err());
    assert_eq!(gateway.outputs().len(), usize::from(WindowLimits::MAX_COUNT));
    gateway.runner_acks(WindowLimits::MAX_COUNT).unwrap();
    assert_eq!(gateway.machine.pending(REQUEST), Some((0, 0)));
}

#[test]
fn replay_sends_all_that_waits_in_order_and_new_messages_behind_it() {
    let mut gateway = TestGateway::active();
    for text in ["a", "b", "c"] {
        gateway.client_sends(text).unwrap();
    }
    gateway.outputs();
    gateway.runner_acks(1).unwrap();
    gateway.actor(ActorEvent::Stopped);
    assert_eq!(gateway.outputs(), ["wake"]);
    gateway.client_sends("d").unwrap();
    gateway.ready();
    gateway.client_sends("e").unwrap();
    assert_eq!(gateway.outputs(), ["runner: 2 `b`", "runner: 3 `c`", "runner: 4 `d`", "runner: 5 `e`"]);
    // Acknowledged in the middle of the next replay: the rest goes on.
    gateway.ready();
    assert!(gateway.machine.poll_output().is_some());
    gateway.runner_acks(3).unwrap();
    assert_eq!(gateway.outputs(), ["runner: 4 `d`", "runner: 5 `e`"]);
}

#[test]
fn indices_and_replay_go_across_the_wrap() {
    let mut gateway = TestGateway::active();
    for index in 1..=65_533 {
        assert_eq!(gateway.client_sends(""), Ok(index));
        gateway.outputs();
        gateway.runner_acks(index).unwrap();
    }
    for index in [65_534, 65_535, 0, 1] {
        assert_eq!(gateway.client_sends("x"), Ok(index));
    }
    gateway.outputs();
    gateway.runner_acks(65_534).unwrap();
    gateway.actor(ActorEvent::Stopped);
    gateway.ready();
    assert_eq!(gateway.outputs(), ["runner: 65535 `x`", "runner: 0 `x`", "runner: 1 `x`"]);
    gateway.runner_acks(0).unwrap();
    assert_eq!(gateway.machine.pending(REQUEST), Some((1, 1)));
}

#[test]
fn a_message_may_wait_for_half_a_minute_and_no_longer() {
    let mut gateway = TestGateway::active();
    gateway.client_sends("a").unwrap();
    gateway.outputs();
    gateway.now += 30_000;
    gateway.machine.handle_timeout(at(gateway.now));
    assert_eq!(gateway.status(), Some(Status::Active));
    gateway.outputs();
    gateway.now += 1;
    gateway.machine.handle_timeout(at(gateway.now));
    let closes =
        ["runner: 2 close 1011 ws.downstream_closed", "client: close 1011 guard.websocket_service_timeout"];
    assert_eq!(gateway.outputs(), [closes[0], closes[1], "closed"]);
    // Nothing comes of it a second time.
    assert_eq!(gateway.wait(100_000), [""; 0]);
}

#[test]
fn an_ack_gives_the_next_message_its_own_time() {
    let mut gateway = TestGateway::active();
    gateway.client_sends("a").unwrap();
    assert_eq!(gateway.wait(20_000), ["runner: 1 `a`"]);
    gateway.client_sends("b").unwrap();
    assert_eq!(gateway.wait(9_000), ["runner: 2 `b`"]);
    gateway.runner_acks(1).unwrap();
    assert_eq!(gateway.wait(20_000), [""; 0]);
    gateway.runner_acks(2).unwrap();
    assert_eq!(gateway.wait(60_000), [""; 0]);
}

#[test]
fn an_ordinary_socket_keeps_nothing() {
    let mut gateway = TestGateway::ordinary();
    gateway.client_sends("a").unwrap();
    assert_eq!(gateway.machine.pending(REQUEST), Some((1, 1)));
    assert_eq!(gateway.outputs(), ["runner: 1 `a`"]);
    assert_eq!(gateway.machine.pending(REQUEST), Some((0, 0)));
    assert_eq!(gateway.runner_acks(1), Err(Refused::NotHibernatable));
    assert_eq!(gateway.wait(100_000), [""; 0]);
}
