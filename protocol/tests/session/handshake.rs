//! Rows 1 and 13: the open, its retries, and the indices of messages.

use super::gateway::TestGateway;
use super::runner::{TestRunner, message};
use super::{REQUEST, at};
use barewire_protocol::session::gateway::{
    ActorEvent, ClientMessage, CommandError, Config, MessageError, Refused, Status,
};
use barewire_protocol::session::runner::{self, CommandError as RunnerError, Stop};
use barewire_protocol::session::{Client, Close, CloseReason, Hibernation, Version};

#[test]
fn the_first_message_follows_the_open() {
    let mut gateway = TestGateway::active();
    assert_eq!(gateway.client_sends("a"), Ok(1));
    assert_eq!(gateway.client_sends("b"), Ok(2));
    assert_eq!(gateway.outputs(), ["runner: 1 `a`", "runner: 2 `b`"]);
    gateway.client_closes(None).unwrap();
    assert_eq!(gateway.outputs(), ["runner: 3 close 1000", "closed"]);
}

#[test]
fn nothing_is_sent_before_the_answer() {
    let mut gateway = TestGateway::opening();
    let wrong = CommandError::WrongState { status: Status::Opening };
    assert_eq!(gateway.client_sends("a"), Err(MessageError::Command(wrong)));
    assert_eq!(gateway.outputs(), [""; 0]);
}

#[test]
fn an_open_without_answer_is_tried_three_times_more() {
    let mut gateway = TestGateway::opening();
    assert_eq!(gateway.wait(15_000), [""; 0]);
    assert_eq!(gateway.wait(1), [""; 0]);
    let mut waits = Vec::new();
    for _ in 0..3 {
        let asked = (0..1_000).find(|_| {
            gateway.now += 1;
            gateway.machine.handle_timeout(at(gateway.now));
            gateway.outputs() == ["runner: 0 open"]
        });
        waits.push(asked.expect("within a second") + 1);
        assert_eq!(gateway.wait(15_000), [""; 0]);
        gateway.now += 1;
        gateway.machine.handle_timeout(at(gateway.now));
    }
    assert_eq!(waits, [100, 200, 400]);
    let unavailable = "client: close 1011 guard.websocket_service_unavailable";
    assert_eq!(gateway.outputs(), ["runner: 1 close 1011 ws.downstream_closed", unavailable, "closed"]);
}

#[test]
fn a_refusal_is_tried_again_and_not_answered() {
    let mut gateway = TestGateway::opening();
    for _ in 0..3 {
        gateway.runner_closes(CloseReason::ActorNotFound.into(), false).unwrap();
        assert_eq!(gateway.wait(1_000), ["runner: 0 open"]);
    }
    gateway.actor(ActorEvent::Stopped);
    assert_eq!(gateway.outputs(), ["client: close 1011 guard.websocket_service_unavailable", "closed"]);
}

/// Either the actor has gone since the open was taken, or an earlier open was refused, which nobody can tell apart: whoever
/// wakes actors finds out where it runs, and it gets once more what waits for it.
#[test]
fn a_late_refusal_does_not_end_a_socket_that_can_hibernate() {
    for (mut gateway, outputs, status) in [
        (TestGateway::active(), vec!["hibernating"], Status::Hibernating),
        (TestGateway::hibernating(), vec![], Status::Hibernating),
        (TestGateway::waking(), vec![], Status::Waking),
    ] {
        assert_eq!(gateway.runner_refuses(0), Err(Refused::LateRefusal));
        assert_eq!(
            (gateway.outputs(), gateway.status()),
            (outputs.iter().map(<&str>::to_string).collect(), Some(status))
        );
        gateway.ready();
        assert_eq!(gateway.status(), Some(Status::Active));
        gateway.outputs();
        // As the answer to an open has the index 0, any other is about the socket itself.
        gateway.runner_refuses(1).unwrap();
        assert_eq!(gateway.outputs(), ["client: close 1011 Actor not found", "closed"]);
    }
}

/// There are as many in good faith as there are attempts.
#[test]
fn refusals_of_what_was_taken_end_the_socket_if_they_do_not_end() {
    let mut gateway = TestGateway::active();
    for _ in 0..15 {
        assert_eq!(gateway.runner_refuses(0), Err(Refused::LateRefusal));
        gateway.ready();
    }
    gateway.outputs();
    assert_eq!(gateway.runner_refuses(0), Err(Refused::LateRefusal));
    let closes = ["runner: 1 close 1011 ws.downstream_closed", "client: close 1008 ws.protocol_error"];
    assert_eq!(gateway.outputs(), [closes[0], closes[1], "closed"]);
}

/// If it is about an earlier open after all, the runner learns that nobody is left.
#[test]
fn a_late_refusal_ends_an_ordinary_socket_on_both_sides() {
    let mut gateway = TestGateway::ordinary();
    assert_eq!(gateway.runner_refuses(0), Err(Refused::LateRefusal));
    let unavailable = "client: close 1011 guard.websocket_service_unavailable";
    assert_eq!(gateway.outputs(), ["runner: 1 close 1011 ws.downstream_closed", unavailable, "closed"]);
}

/// The actor has taken the socket, and stopped before the gateway had its answer. The open that is tried again has the same
/// index, so that what is stored of the socket is what its messages follow.
#[test]
fn the_answer_of_a_life_that_has_ended_fits_the_next_one() {
    let mut gateway = TestGateway::opening();
    let mut runner = TestRunner::open();
    gateway.actor(ActorEvent::Stopped);
    assert_eq!(gateway.wait(200), ["runner: 0 open"]);
    gateway.runner_opens(true).unwrap();
    assert_eq!(gateway.client_sends("a"), Ok(1));
    assert_eq!(gateway.outputs(), ["accept", "runner: 1 `a`"]);
    runner.stop(1, Stop::Sleep);
    runner.gateway_opens(0).unwrap_err();
    assert_eq!(runner.sent(), ["close 1011 Actor not found"]);
    assert_eq!(gateway.runner_refuses(0), Err(Refused::LateRefusal));
    assert_eq!(gateway.outputs(), ["wake"]);
    runner.start(2, &[super::SOCKET]);
    runner.started(vec![super::runner::stored(super::SOCKET, 0)]).unwrap();
    gateway.ready();
    assert_eq!(gateway.outputs(), ["runner: 1 `a`"]);
    runner.gateway_sends(1, "a").unwrap();
    assert_eq!(runner.told(), ["restored 0", "message 1 `a`"]);
}

#[test]
fn a_late_answer_counts() {
    let mut gateway = TestGateway::opening();
    assert_eq!(gateway.wait(15_200), ["runner: 0 open"]);
    gateway.runner_opens(true).unwrap();
    assert_eq!(gateway.client_sends("a"), Ok(1));
    // That of the second attempt says the same.
    gateway.runner_opens(true).unwrap();
    assert_eq!(gateway.outputs(), ["accept", "runner: 1 `a`"]);
    assert_eq!(gateway.runner_opens(false), Err(Refused::ContradictoryOpen));
    let closes = ["runner: 2 close 1011 ws.downstream_closed", "client: close 1008 ws.protocol_error"];
    assert_eq!(gateway.outputs(), [closes[0], closes[1], "closed"]);
}

/// Nobody would take the messages that follow.
#[test]
fn the_answer_of_an_actor_that_has_stopped_does_not_count() {
    for event in [ActorEvent::Stopped, ActorEvent::Unreachable] {
        let mut gateway = TestGateway::opening();
        gateway.actor(event);
        let wrong = Refused::WrongState { message: "ToServerWebSocketOpen", status: Status::Opening };
        assert_eq!(gateway.runner_opens(true), Err(wrong));
        assert_eq!(gateway.wait(200), ["runner: 0 open"]);
        gateway.runner_opens(true).unwrap();
        assert_eq!(gateway.outputs(), ["accept"]);
    }
}

/// It is about an earlier attempt, whatever has become of that since.
#[test]
fn a_refusal_between_two_attempts_changes_nothing() {
    let refuse = |gateway: &mut TestGateway| gateway.runner_closes(CloseReason::ServerError.into(), false);
    let mut gateway = TestGateway::opening();
    gateway.actor(ActorEvent::Stopped);
    refuse(&mut gateway).unwrap();
    // The life that refused and then answered has ended.
    let wrong = Refused::WrongState { message: "ToServerWebSocketOpen", status: Status::Opening };
    assert_eq!(gateway.runner_opens(false), Err(wrong));
    assert_eq!(gateway.wait(200), ["runner: 0 open"]);
    // It counts once as an attempt, and after that it is late.
    for _ in 0..9 {
        refuse(&mut gateway).unwrap();
    }
    assert_eq!(gateway.wait(1_000), ["runner: 0 open"]);
    gateway.runner_opens(true).unwrap();
    assert_eq!(gateway.outputs(), ["accept"]);
    // But for one that no attempt can change.
    let mut gateway = TestGateway::opening();
    gateway.actor(ActorEvent::Stopped);
    gateway.runner_closes(CloseReason::HibernationUnsupported.into(), false).unwrap();
    assert_eq!(gateway.outputs(), ["client: close 1011 ws.hibernation_unsupported", "closed"]);
}

/// It may have taken the socket behind the break.
#[test]
fn a_runner_that_is_out_of_reach_is_told_of_the_end_of_the_attempts() {
    for (event, told) in [(ActorEvent::Unreachable, true), (ActorEvent::Stopped, false)] {
        let mut gateway =
            TestGateway::opening_with(Config { open_retries: 0, ..Config::default() }, Version::V3);
        gateway.actor(event);
        let close = told.then(|| "runner: 1 close 1011 ws.downstream_closed".to_owned());
        let rest = ["client: close 1011 guard.websocket_service_unavailable", "closed"].map(str::to_owned);
        assert_eq!(gateway.outputs(), close.into_iter().chain(rest).collect::<Vec<_>>());
    }
}

/// The answer has come after the client had left, and the close of that may be lost.
#[test]
fn a_socket_that_a_runner_takes_for_nobody_can_be_closed() {
    let mut gateway = TestGateway::opening();
    let mut runner = TestRunner::open();
    gateway.client_closes(None).unwrap();
    gateway.outputs();
    assert_eq!(gateway.runner_opens(true), Err(Refused::Orphan(REQUEST)));
    let close = gateway.machine.orphan_close(REQUEST);
    runner.machine.handle_tunnel(close.clone(), at(runner.now)).unwrap();
    assert_eq!(runner.told(), ["closed by Gateway: 1011 ws.downstream_closed", "remove 01020304/05060708"]);
    let unknown = runner::Refused::UnknownSocket(super::SOCKET);
    assert_eq!(runner.machine.handle_tunnel(close, at(runner.now)), Err(unknown));
    assert_eq!(runner.sent(), [""; 0]);
}

#[test]
fn a_client_that_leaves_early_ends_the_attempt() {
    let mut gateway = TestGateway::opening();
    gateway.client_closes(Some(Close::new(1001, "away"))).unwrap();
    assert_eq!(gateway.outputs(), ["runner: 1 close 1001 away", "closed"]);
    assert_eq!(gateway.runner_sends("x"), Err(Refused::UnknownSocket(REQUEST)));
}

#[test]
fn a_request_id_is_used_once_at_a_time() {
    let mut gateway = TestGateway::opening();
    assert_eq!(gateway.connect(REQUEST, Version::V3), Err(CommandError::Exists(REQUEST)));
    gateway.client_closes(None).unwrap();
    gateway.outputs();
    assert_eq!(gateway.connect(REQUEST, Version::V3), Ok(()));
}

#[test]
fn what_is_refused_takes_no_index() {
    let window = barewire_protocol::session::gateway::WindowLimits { bytes: 3, count: 9 };
    let mut gateway = TestGateway::active_with(Config { window, ..Config::default() });
    assert_eq!(gateway.client_sends("abc"), Ok(1));
    assert!(matches!(gateway.client_sends("d"), Err(MessageError::NoRoom(ClientMessage { .. }))));
    assert!(matches!(gateway.client_sends("abcd"), Err(MessageError::TooLarge(_))));
    gateway.outputs();
    gateway.runner_acks(1).unwrap();
    assert_eq!(gateway.client_sends("d"), Ok(2));
    assert_eq!(gateway.outputs(), ["room", "runner: 2 `d`"]);
}

#[test]
fn every_open_is_answered() {
    let mut runner = TestRunner::running();
    let refused = runner.gateway_says(0, super::runner::open("nobody"));
    assert_eq!(refused, Err(runner::Refused::UnknownActor(super::SOCKET)));
    assert_eq!(runner.sent(), ["close 1011 Actor not found"]);
    runner.gateway_opens(1).unwrap();
    let socket = runner.socket();
    runner.machine.close(socket, CloseReason::ServerError.into(), Client::Leaves, at(runner.now)).unwrap();
    assert_eq!(runner.told(), ["open", "closed by Actor: 1011 Server Error"]);
    assert_eq!(runner.sent(), ["close 1011 Server Error"]);
    runner.gateway_opens(2).unwrap();
    runner.accept(Hibernation::Impossible).unwrap();
    assert_eq!(runner.sent(), ["open no"]);
}

#[test]
fn another_open_replaces_the_socket_fully() {
    let mut runner = TestRunner::open();
    let old = runner.socket();
    runner.gateway_opens(1).unwrap();
    assert_eq!(
        runner.told(),
        ["closed by Replaced: 1000 ws.duplicate_open", "remove 01020304/05060708", "open"]
    );
    let handled = runner.machine.handled(old, 1.into(), at(runner.now));
    assert_eq!(handled, Err(RunnerError::UnknownSocket(super::SOCKET)));
    runner.accept(Hibernation::Allowed).unwrap();
    runner.save();
    assert_eq!(runner.sent(), ["open yes"]);
    runner.told();
    runner.handles(2);
}

/// The gateway may have tried again since the answer was lost. It has an answer once it sends messages.
#[test]
fn the_same_open_once_more_is_answered_until_the_first_message() {
    for (mut runner, answer) in [(TestRunner::open(), "open yes"), (TestRunner::ordinary(), "open no")] {
        runner.gateway_opens(0).unwrap();
        assert_eq!((runner.told(), runner.sent()), (vec![], vec![answer.to_owned()]));
        runner.gateway_sends(1, "a").unwrap();
        assert_eq!(runner.gateway_opens(0), Err(runner::Refused::OldOpen(super::SOCKET)));
        assert_eq!((runner.told(), runner.sent()), (vec!["message 1 `a`".to_owned()], vec![]));
    }
    // The first answer is still to come, and will do.
    let mut runner = TestRunner::running();
    runner.gateway_opens(0).unwrap();
    assert_eq!(runner.gateway_opens(0), Err(runner::Refused::OldOpen(super::SOCKET)));
    // Another actor cannot answer for it.
    let mut runner = TestRunner::open();
    let refused = runner.gateway_says(0, super::runner::open("other"));
    assert_eq!(refused, Err(runner::Refused::OldOpen(super::SOCKET)));
    assert_eq!(runner.sent(), [""; 0]);
}

#[test]
fn an_older_open_changes_nothing() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    for index in [0, 1, 65_535] {
        let refused = runner.gateway_opens(index);
        assert_eq!(refused, Err(runner::Refused::OldOpen(super::SOCKET)));
    }
    runner.handles(2);
}

#[test]
fn messages_wait_until_the_actor_has_taken_the_socket() {
    let mut runner = TestRunner::running();
    runner.gateway_opens(1).unwrap();
    runner.gateway_sends(2, "a").unwrap();
    runner.gateway_sends(2, "a").unwrap();
    runner.gateway_sends(3, "b").unwrap();
    assert_eq!(runner.told(), ["open"]);
    assert!(matches!(runner.send("too early"), Err(RunnerError::WrongState { .. })));
    runner.accept(Hibernation::Allowed).unwrap();
    assert_eq!(runner.told(), ["message 2 `a`", "message 3 `b`", "save: Opened"]);
    let accepted = runner.accept(Hibernation::Allowed);
    assert!(matches!(accepted, Err(RunnerError::WrongState { status: runner::Status::Storing })));
}

#[test]
fn opens_wait_until_the_actor_has_started() {
    let mut runner = TestRunner::new(Default::default());
    runner.start(1, &[]);
    runner.gateway_opens(0).unwrap();
    assert_eq!(runner.told(), [""; 0]);
    runner.started(vec![]).unwrap();
    assert_eq!(runner.told(), ["open"]);
}

#[test]
fn a_client_that_leaves_before_the_answer_is_told_of_once() {
    let mut runner = TestRunner::running();
    runner.gateway_opens(0).unwrap();
    runner.gateway_closes(1, Close::new(1001, "")).unwrap();
    assert_eq!(runner.told(), ["open", "closed by Gateway: 1001 "]);
    let refused = runner.gateway_says(2, message("a"));
    assert_eq!(refused, Err(runner::Refused::UnknownSocket(super::SOCKET)));
    runner.stop(1, Stop::Sleep);
    assert_eq!((runner.told(), runner.sent()), (vec![], vec![]));
}
