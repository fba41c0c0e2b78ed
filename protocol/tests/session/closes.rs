//! Row 14: who ends a socket, who is told, and how often.

use super::gateway::TestGateway;
use super::runner::{TestRunner, message};
use super::{ACTOR, REQUEST, SOCKET, at};
use barewire_protocol::session::runner::{ActorStatus, CommandError, Refused, Stop};
use barewire_protocol::session::{Client, Close};

#[test]
fn the_close_of_the_gateway_is_not_answered() {
    for (mut runner, generation) in
        [(TestRunner::open(), 1), (TestRunner::ordinary(), 1), (TestRunner::restored(3), 2)]
    {
        runner.gateway_closes(9, Close::new(4001, "")).unwrap();
        assert_eq!(runner.told()[0], "closed by Gateway: 4001 ");
        assert_eq!(runner.sent(), [""; 0]);
        // Neither to it nor to anything later.
        assert_eq!(runner.gateway_closes(9, Close::default()), Err(Refused::UnknownSocket(SOCKET)));
        runner.stop(generation, Stop::Destroy);
        assert_eq!((runner.told(), runner.sent()), (vec![], vec![]));
    }
}

#[test]
fn the_close_of_the_actor_is_sent_once() {
    let mut runner = TestRunner::open();
    let socket = runner.socket();
    let close = |runner: &mut TestRunner| {
        runner.machine.close(socket, Close::new(4000, "done"), Client::default(), at(runner.now))
    };
    close(&mut runner).unwrap();
    assert_eq!(runner.told(), ["closed by Actor: 4000 done", "remove 01020304/05060708"]);
    assert_eq!(runner.sent(), ["close 4000 done"]);
    assert_eq!(close(&mut runner), Err(CommandError::UnknownSocket(SOCKET)));
    assert_eq!(runner.machine.terminate(socket, at(runner.now)), Err(CommandError::UnknownSocket(SOCKET)));
    assert_eq!((runner.told(), runner.sent()), (vec![], vec![]));
}

#[test]
fn a_socket_is_cut_off_once() {
    let mut runner = TestRunner::ordinary();
    let socket = runner.socket();
    runner.machine.terminate(socket, at(runner.now)).unwrap();
    assert!(runner.machine.terminate(socket, at(runner.now)).is_err());
    assert_eq!(runner.told(), ["closed by Actor: 1006 Abnormal Closure"]);
    assert_eq!(runner.sent(), ["close 1006 Abnormal Closure"]);
}

#[test]
fn nothing_goes_to_a_socket_that_has_ended() {
    let mut runner = TestRunner::open();
    let socket = runner.socket();
    runner.gateway_closes(1, Close::default()).unwrap();
    runner.told();
    let sent = runner.machine.send(
        socket,
        barewire_protocol::runner::latest::ToServerWebSocketMessage {
            data: Default::default(),
            binary: true,
        },
        at(runner.now),
    );
    assert_eq!(sent, Err(CommandError::UnknownSocket(SOCKET)));
    assert_eq!(runner.gateway_says(2, message("x")), Err(Refused::UnknownSocket(SOCKET)));
}

/// A close without a code stays one, and an empty reason is not none.
#[test]
fn codes_and_reasons_arrive_as_they_were_sent() {
    for close in [
        Close::default(),
        Close { code: Some(1000), reason: None },
        Close::new(1000, ""),
        Close { code: None, reason: Some("why".into()) },
        Close::new(0, "zero"),
    ] {
        let mut runner = TestRunner::ordinary();
        runner.gateway_closes(1, close.clone()).unwrap();
        assert_eq!(runner.told(), [format!("closed by Gateway: {}", super::shown(&close))]);
        let mut gateway = TestGateway::active();
        gateway.runner_closes(close.clone(), false).unwrap();
        assert_eq!(gateway.outputs()[0], format!("client: close {}", super::shown(&close)));
        let mut gateway = TestGateway::active();
        gateway.client_closes(Some(close.clone())).unwrap();
        assert_eq!(gateway.outputs()[0], format!("runner: 1 close {}", super::shown(&close)));
    }
}

#[test]
fn the_close_of_the_runner_is_not_sent_back() {
    for mut gateway in [TestGateway::active(), TestGateway::ordinary(), TestGateway::hibernating()] {
        gateway.runner_closes(Close::new(4000, "done"), false).unwrap();
        assert_eq!(gateway.outputs(), ["client: close 4000 done", "closed"]);
        assert!(gateway.runner_closes(Close::default(), false).is_err());
        assert!(gateway.client_closes(None).is_err());
        assert_eq!(gateway.outputs(), [""; 0]);
    }
}

#[test]
fn an_ordinary_client_cannot_stay() {
    let mut gateway = TestGateway::ordinary();
    gateway.runner_closes(Close::new(4000, "later"), true).unwrap();
    assert_eq!(gateway.outputs(), ["client: close 4000 later", "closed"]);

    let mut runner = TestRunner::ordinary();
    let socket = runner.socket();
    let closed = runner.machine.close(socket, Close::default(), Client::Stays, at(runner.now));
    assert_eq!(closed, Err(CommandError::NotHibernatable));
}

#[test]
fn a_client_stays_only_where_its_actor_is_stopping() {
    assert_eq!(Client::default(), Client::Leaves);
    let mut runner = TestRunner::open();
    let socket = runner.socket();
    let stays = |runner: &mut TestRunner| {
        runner.machine.close(socket, Close::default(), Client::Stays, at(runner.now))
    };
    let wrong = CommandError::WrongActorState { status: ActorStatus::Running };
    assert_eq!(stays(&mut runner), Err(wrong));
    runner.machine.stop_actor(ACTOR, 1, at(runner.now)).unwrap();
    stays(&mut runner).unwrap();
    assert_eq!(runner.told(), [""; 0]);
    assert_eq!(runner.sent(), ["close -, client stays"]);
}

/// The client has left and its messages have not: they go first.
#[test]
fn a_close_waits_behind_messages_that_are_not_taken_yet() {
    for mut gateway in [TestGateway::active(), TestGateway::ordinary()] {
        gateway.client_sends("a").unwrap();
        gateway.client_sends("b").unwrap();
        gateway.client_closes(None).unwrap();
        assert!(gateway.machine.status(REQUEST).is_some());
        assert_eq!(gateway.outputs(), ["runner: 1 `a`", "runner: 2 `b`", "runner: 3 close 1000", "closed"]);
    }
}
