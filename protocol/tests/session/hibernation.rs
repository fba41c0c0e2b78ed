//! Rows 10 and 11: when a socket hibernates, and how it wakes.

use super::gateway::TestGateway;
use super::{REQUEST, at};
use barewire_protocol::session::gateway::{ActorEvent, Config, Status};
use barewire_protocol::session::{Close, CloseReason};

#[test]
fn a_socket_hibernates_when_its_actor_stops() {
    let mut gateway = TestGateway::hibernating();
    assert_eq!(gateway.status(), Some(Status::Hibernating));
    // Not even after an hour, and nobody is asked for anything but its record.
    assert_eq!(gateway.wait(3_600_000), [""; 0]);
    gateway.ready();
    assert_eq!(gateway.status(), Some(Status::Active));
    gateway.client_sends("a").unwrap();
    assert_eq!(gateway.outputs(), ["runner: 1 `a`"]);
}

#[test]
fn a_close_that_keeps_the_client_hibernates() {
    let mut gateway = TestGateway::active();
    gateway.runner_closes(Close::default(), true).unwrap();
    assert_eq!(gateway.outputs(), ["hibernating"]);
    // Once more is the same as once.
    gateway.runner_closes(Close::default(), true).unwrap();
    assert_eq!(gateway.outputs(), [""; 0]);
}

#[test]
fn a_message_wakes() {
    let mut gateway = TestGateway::hibernating();
    assert_eq!(gateway.client_sends("a"), Ok(1));
    assert_eq!(gateway.client_sends("b"), Ok(2));
    assert_eq!(gateway.outputs(), ["wake"]);
    assert_eq!(gateway.status(), Some(Status::Waking));
    gateway.ready();
    assert_eq!(gateway.outputs(), ["runner: 1 `a`", "runner: 2 `b`"]);
}

#[test]
fn what_waits_when_the_actor_stops_wakes_it_at_once() {
    let mut gateway = TestGateway::active();
    gateway.client_sends("a").unwrap();
    gateway.outputs();
    gateway.actor(ActorEvent::Stopped);
    assert_eq!((gateway.outputs(), gateway.status()), (vec!["wake".to_owned()], Some(Status::Waking)));
}

#[test]
fn late_messages_of_the_runner_reach_the_client_and_the_window() {
    let mut gateway = TestGateway::active();
    gateway.client_sends("a").unwrap();
    gateway.outputs();
    gateway.actor(ActorEvent::Stopped);
    gateway.runner_sends("bye").unwrap();
    gateway.runner_acks(1).unwrap();
    assert_eq!(gateway.outputs(), ["wake", "client: `bye`", "hibernating"]);
    assert_eq!(gateway.machine.pending(REQUEST), Some((0, 0)));

    let mut gateway = TestGateway::hibernating();
    gateway.runner_sends("bye").unwrap();
    assert_eq!(gateway.outputs(), ["client: `bye`"]);
    gateway.runner_closes(Close::new(4000, "done"), false).unwrap();
    assert_eq!(gateway.outputs(), ["client: close 4000 done", "closed"]);
}

/// Otherwise it would end because nobody wakes the actor, for which there is no need.
#[test]
fn a_late_ack_of_all_that_waits_puts_the_socket_to_sleep_again() {
    let mut gateway = TestGateway::active();
    gateway.client_sends("a").unwrap();
    gateway.client_sends("b").unwrap();
    gateway.outputs();
    gateway.actor(ActorEvent::Stopped);
    gateway.runner_acks(1).unwrap();
    assert_eq!((gateway.outputs(), gateway.status()), (vec!["wake".to_owned()], Some(Status::Waking)));
    gateway.runner_acks(2).unwrap();
    assert_eq!(gateway.outputs(), ["hibernating"]);
    assert_eq!((gateway.wait(3_600_000), gateway.status()), (vec![], Some(Status::Hibernating)));
    // What comes next is woken for, although nobody has answered that.
    assert_eq!(gateway.client_sends("c"), Ok(3));
    assert_eq!(gateway.outputs(), ["wake"]);
    gateway.runner_acks(3).unwrap_err();
    gateway.ready();
    assert_eq!(gateway.outputs(), ["runner: 3 `c`"]);

    // The close of the client waits, too.
    let mut gateway = TestGateway::active();
    gateway.client_sends("a").unwrap();
    gateway.outputs();
    gateway.actor(ActorEvent::Stopped);
    gateway.client_closes(None).unwrap();
    gateway.runner_acks(1).unwrap();
    assert_eq!((gateway.outputs(), gateway.status()), (vec!["wake".to_owned()], Some(Status::Waking)));
    gateway.ready();
    assert_eq!(gateway.outputs(), ["runner: 2 close 1000", "closed"]);
}

#[test]
fn a_client_that_leaves_while_hibernating_is_told_of_once_after_the_wake() {
    let mut gateway = TestGateway::hibernating();
    gateway.client_closes(Some(Close::new(1001, "away"))).unwrap();
    assert_eq!(gateway.outputs(), ["wake"]);
    assert!(gateway.client_closes(None).is_err());
    // It waits until then, as far as the actor is concerned.
    assert_eq!(gateway.machine.hibernating_requests(super::ACTOR, at(gateway.now)).len(), 1);
    gateway.ready();
    assert_eq!(gateway.outputs(), ["runner: 1 close 1001 away", "closed"]);
    assert_eq!(gateway.machine.hibernating_requests(super::ACTOR, at(gateway.now)).len(), 0);
}

#[test]
fn a_client_that_leaves_while_waking_is_told_of_behind_what_it_had_sent() {
    let mut gateway = TestGateway::hibernating();
    gateway.client_sends("a").unwrap();
    gateway.client_closes(None).unwrap();
    assert!(gateway.client_sends("b").is_err());
    assert_eq!(gateway.outputs(), ["wake"]);
    gateway.ready();
    assert_eq!(gateway.outputs(), ["runner: 1 `a`", "runner: 2 close 1000", "closed"]);
}

#[test]
fn an_actor_that_does_not_wake_ends_the_socket() {
    let mut gateway = TestGateway::hibernating();
    gateway.client_sends("a").unwrap();
    assert_eq!(gateway.wait(90_000), ["wake"]);
    let unavailable = "client: close 1011 guard.websocket_service_unavailable";
    assert_eq!(gateway.wait(100), [unavailable, "closed"]);
}

#[test]
fn an_actor_that_stops_again_is_woken_sixteen_times_more() {
    let mut gateway = TestGateway::hibernating();
    gateway.client_sends("a").unwrap();
    for _ in 0..16 {
        assert_eq!(gateway.outputs(), ["wake"]);
        gateway.actor(ActorEvent::Stopped);
    }
    assert_eq!(gateway.outputs(), ["wake"]);
    gateway.actor(ActorEvent::Stopped);
    assert_eq!(gateway.outputs(), ["client: close 1011 guard.websocket_service_unavailable", "closed"]);
}

#[test]
fn an_actor_that_acknowledges_nothing_is_not_woken_for_ever() {
    let mut gateway = TestGateway::active_with(Config { wakes: 3, ..Config::default() });
    gateway.client_sends("a").unwrap();
    let mut outputs = gateway.outputs();
    for _ in 0..9 {
        gateway.actor(ActorEvent::Stopped);
        gateway.ready();
        outputs.extend(gateway.outputs());
    }
    assert_eq!(outputs.iter().filter(|output| *output == "runner: 1 `a`").count(), 1 + 3);
    assert_eq!(
        outputs[outputs.len() - 2..],
        ["client: close 1011 guard.websocket_service_timeout", "closed"]
    );
}

#[test]
fn progress_makes_the_count_of_wakes_begin_again() {
    let mut gateway = TestGateway::active_with(Config { wakes: 1, ..Config::default() });
    for index in 1..20 {
        gateway.client_sends("a").unwrap();
        gateway.actor(ActorEvent::Stopped);
        gateway.ready();
        gateway.outputs();
        gateway.runner_acks(index).unwrap();
    }
    assert_eq!(gateway.status(), Some(Status::Active));
}

#[test]
fn a_broken_link_hibernates_and_is_made_good_by_replay() {
    let mut gateway = TestGateway::active();
    gateway.client_sends("a").unwrap();
    gateway.outputs();
    gateway.actor(ActorEvent::Unreachable);
    // Nobody has to wake an actor that is there again.
    gateway.ready();
    assert_eq!(gateway.outputs(), ["runner: 1 `a`"]);
}

#[test]
fn an_ordinary_socket_ends_with_its_actor() {
    let mut gateway = TestGateway::ordinary();
    gateway.actor(ActorEvent::Stopped);
    assert_eq!(gateway.outputs(), ["client: close 1000 actor.stopped", "closed"]);
}

#[test]
fn the_caller_ends_a_socket_for_reasons_of_its_own() {
    let mut gateway = TestGateway::hibernating();
    gateway.machine.fail(REQUEST, CloseReason::PendingLimitReached, at(gateway.now)).unwrap();
    let limit = "client: close 1011 guard.websocket_pending_limit_reached";
    assert_eq!(gateway.outputs(), [limit, "closed"]);
    assert!(gateway.machine.fail(REQUEST, CloseReason::ServerError, at(gateway.now)).is_err());
}
