//! Row 21: the ends of actors and of the runner itself.

use super::runner::{TestRunner, stored};
use super::{ACTOR, SOCKET, at};
use barewire_protocol::runner::latest::ToServerWebSocketMessage;
use barewire_protocol::session::runner::{ActorStatus, CommandError, Refused, StartActor, Stop};
use barewire_protocol::session::{Client, Close};

#[test]
fn an_ordinary_socket_ends_with_its_actor_and_nobody_is_told() {
    for stop in [Stop::Sleep, Stop::Destroy] {
        let mut runner = TestRunner::ordinary();
        runner.stop(1, stop);
        assert_eq!(runner.told(), ["closed by ActorStopped: 1000 actor.stopped"]);
        assert_eq!(runner.sent(), [""; 0]);
    }
}

#[test]
fn a_command_for_another_start_has_no_effect() {
    let mut runner = TestRunner::open();
    let now = at(runner.now);
    let wrong = Err(CommandError::WrongGeneration { generation: 1 });
    assert_eq!(runner.machine.stop_actor(ACTOR, 2, now), wrong);
    assert_eq!(runner.machine.actor_stopped(ACTOR, 0, Stop::Destroy, now), wrong);
    assert_eq!(runner.machine.actor_status(ACTOR), Some(ActorStatus::Running));
    runner.machine.stop_actor(ACTOR, 1, now).unwrap();
    let stopping = Err(CommandError::WrongActorState { status: ActorStatus::Stopping });
    assert_eq!(runner.machine.stop_actor(ACTOR, 1, now), stopping);
    let unknown = CommandError::UnknownActor("nobody".into());
    assert_eq!(runner.machine.stop_actor("nobody", 1, now), Err(unknown));
}

#[test]
fn an_actor_starts_once() {
    let mut runner = TestRunner::open();
    let start = barewire_protocol::session::runner::StartActor {
        actor: ACTOR.into(),
        generation: 2,
        waiting: vec![],
    };
    let running = Err(CommandError::WrongActorState { status: ActorStatus::Running });
    assert_eq!(runner.machine.start_actor(start, at(runner.now)), running);
}

#[test]
fn a_short_break_of_the_connection_changes_nothing() {
    let mut runner = TestRunner::open();
    runner.machine.disconnected(at(runner.now)).unwrap();
    runner.wait(15_000);
    assert_eq!(runner.told(), [""; 0]);
    runner.connect();
    runner.wait(60_000);
    runner.handles(1);
}

#[test]
fn a_runner_that_is_given_up_stops_its_actors() {
    let mut runner = TestRunner::open();
    runner.machine.disconnected(at(runner.now)).unwrap();
    runner.send("nobody will read this").unwrap();
    assert_eq!(runner.machine.poll_timeout(), Some(at(runner.now + 15_001)));
    runner.wait(15_001);
    assert_eq!(runner.told(), ["stop chat 1", "dropped 1"]);
    assert_eq!(runner.machine.actor_status(ACTOR), Some(ActorStatus::Stopping));
    runner.wait(60_000);
    assert_eq!(runner.told(), [""; 0]);
    runner.machine.actor_stopped(ACTOR, 1, Stop::Sleep, at(runner.now)).unwrap();
    runner.connect();
    assert_eq!((runner.told(), runner.sent()), (vec![], vec![]));
}

/// Its clients are with another runner by now, which knows nothing of what is said here.
#[test]
fn a_runner_that_was_given_up_is_silent_when_it_is_back() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    let save = runner.begin();
    let socket = runner.socket();
    runner.machine.disconnected(at(runner.now)).unwrap();
    runner.wait(15_001);
    assert_eq!(runner.told(), ["stop chat 1"]);
    assert!(runner.machine.is_empty());
    runner.connect();
    let text = ToServerWebSocketMessage { data: "x".into(), binary: false };
    let unknown = CommandError::UnknownSocket(SOCKET);
    assert_eq!(runner.machine.send(socket, text, at(runner.now)), Err(unknown.clone()));
    let closed = runner.machine.close(socket, Close::default(), Client::Leaves, at(runner.now));
    assert_eq!(closed, Err(unknown));
    // What it saved without being heard counts for nobody, and a later save would overwrite what the other one has stored.
    assert_eq!(runner.commit(save), Err(CommandError::UnknownSave));
    let begun = runner.machine.begin_save(ACTOR, at(runner.now));
    assert_eq!(begun, Err(CommandError::GivenUp));
    assert_eq!(runner.gateway_sends(2, "x"), Err(Refused::UnknownSocket(SOCKET)));
    runner.wait(60_000);
    assert_eq!((runner.told(), runner.sent()), (vec![], vec![]));
    // Until it has stopped, no other life of it starts here.
    let start = StartActor { actor: ACTOR.into(), generation: 2, waiting: vec![] };
    let stopping = Err(CommandError::WrongActorState { status: ActorStatus::Stopping });
    assert_eq!(runner.machine.start_actor(start, at(runner.now)), stopping);
    runner.machine.actor_stopped(ACTOR, 1, Stop::Sleep, at(runner.now)).unwrap();
    runner.start(2, &[SOCKET]);
    runner.started(vec![stored(SOCKET, 1)]).unwrap();
    assert_eq!(runner.told(), ["restored 1"]);

    let mut runner = TestRunner::ordinary();
    runner.machine.disconnected(at(runner.now)).unwrap();
    runner.wait(15_001);
    assert_eq!(runner.told(), ["closed by Shutdown: 1000 ws.tunnel_shutdown", "stop chat 1"]);
    runner.connect();
    assert_eq!((runner.machine.len(), runner.sent()), (0, vec![]));
}

#[test]
fn shutdown_ends_ordinary_sockets_and_leaves_the_others_alone() {
    let mut runner = TestRunner::ordinary();
    runner.machine.shutdown(at(runner.now)).unwrap();
    assert_eq!(
        runner.told(),
        ["closed by Shutdown: 1000 ws.tunnel_shutdown", "close engine 1000 pegboard.runner_shutdown"]
    );
    assert_eq!(runner.sent(), [""; 0]);

    let mut runner = TestRunner::open();
    runner.send("last words").unwrap();
    runner.machine.shutdown(at(runner.now)).unwrap();
    assert_eq!(runner.told(), ["close engine 1000 pegboard.runner_shutdown"]);
    assert_eq!(runner.sent(), ["`last words`"]);
    assert!(runner.machine.is_empty());
    assert_eq!(runner.gateway_opens(0), Err(Refused::Ended));
    assert_eq!(runner.machine.shutdown(at(runner.now)), Err(CommandError::Ended));
}

#[test]
fn an_evicted_runner_sends_and_acknowledges_nothing_more() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    let save = runner.begin();
    runner.send("too late").unwrap();
    runner.machine.evicted(at(runner.now)).unwrap();
    assert_eq!(runner.told(), ["stop chat 1", "dropped 1"]);
    assert_eq!(runner.commit(save), Err(CommandError::Ended));
    assert_eq!(runner.sent(), [""; 0]);

    let mut runner = TestRunner::ordinary();
    runner.machine.evicted(at(runner.now)).unwrap();
    assert_eq!(runner.told(), ["closed by Shutdown: 1000 ws.eviction", "stop chat 1"]);
}
