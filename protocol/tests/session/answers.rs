//! Row 13: the answer to an open waits until the socket is stored, so that no crash ends a client that was accepted.

use super::gateway::TestGateway;
use super::runner::{TestRunner, stored};
use super::{ACTOR, SOCKET, at};
use barewire_protocol::session::gateway::{ActorEvent, Status};
use barewire_protocol::session::runner::{self, CommandError, Config, Stop, Stored};
use barewire_protocol::session::{Client, Close, Hibernation, SocketId};

#[test]
fn the_answer_and_what_follows_it_wait_until_the_socket_is_stored() {
    let mut runner = TestRunner::storing();
    runner.send("hello").unwrap();
    assert_eq!(runner.machine.status(runner.socket()), Some(runner::Status::Storing));
    let save = runner.begin();
    // Where the answer stands is stored with it.
    assert_eq!((save.sockets[0].index, save.sockets[0].reply), (0.into(), 2.into()));
    runner.send("again").unwrap();
    assert_eq!(runner.sent(), [""; 0]);
    runner.commit(save).unwrap();
    let texts = ["open yes", "`hello`", "`again`"].map(str::to_owned);
    assert_eq!(runner.sent_with_indices(), (0..).zip(texts).collect::<Vec<_>>());
    assert_eq!(runner.machine.status(runner.socket()), Some(runner::Status::Open));
    runner.send("at once").unwrap();
    assert_eq!(runner.sent(), ["`at once`"]);
}

/// Between any two outputs of the runner, with a save that was stored or not.
#[test]
fn no_crash_ends_a_client_that_was_accepted() {
    // Whether the process hears of its save, whether that is stored, and whether the answer arrives.
    let moments = [(false, false, false), (false, true, false), (true, true, false), (true, true, true)];
    for (commits, is_stored, arrives) in moments {
        let mut gateway = TestGateway::opening();
        let mut runner = TestRunner::running();
        runner.gateway_opens(0).unwrap();
        runner.accept(Hibernation::Allowed).unwrap();
        runner.told();
        // What the process has said before it ends.
        let save = runner.begin();
        if commits {
            runner.commit(save).unwrap();
        }
        let sent = runner.sent();
        assert_eq!(sent.len(), usize::from(commits), "an answer stands behind its save");
        if arrives {
            gateway.runner_opens(true).unwrap();
            assert_eq!(gateway.outputs(), ["accept"]);
        }
        gateway.actor(ActorEvent::Stopped);
        // The next process.
        let mut runner = TestRunner::new(Config::default());
        let listed = gateway.machine.hibernating_requests(ACTOR, at(gateway.now));
        let listed: Vec<_> = listed
            .iter()
            .map(|request| SocketId {
                gateway: request.gateway_id.into(),
                request: request.request_id.into(),
            })
            .collect();
        assert_eq!(listed, if arrives { vec![SOCKET] } else { vec![] });
        runner.start(2, &listed);
        let found: Vec<Stored> = is_stored.then(|| stored(SOCKET, 0)).into_iter().collect();
        runner.started(found).unwrap();
        if !arrives {
            assert_eq!(gateway.wait(200), ["runner: 0 open"]);
            runner.gateway_opens(0).unwrap();
            runner.accept(Hibernation::Allowed).unwrap();
            runner.save();
            assert_eq!(runner.sent(), ["open yes"]);
            gateway.runner_opens(true).unwrap();
            assert_eq!(gateway.outputs(), ["accept"]);
        }
        gateway.ready();
        assert_eq!(runner.sent(), [""; 0], "nobody is told of an end");
        runner.told();
        assert_eq!(gateway.client_sends("a"), Ok(1));
        runner.handles(1);
        assert_eq!(gateway.status(), Some(Status::Active));
    }
}

#[test]
fn a_failed_save_lets_the_answer_wait_for_the_next_one() {
    let mut runner = TestRunner::storing();
    let save = runner.begin();
    runner.abort(save).unwrap();
    assert_eq!(runner.sent(), [""; 0]);
    runner.wait(5_000);
    assert_eq!(runner.told(), ["save: Deadline"]);
    runner.save();
    assert_eq!(runner.sent(), ["open yes"]);
}

#[test]
fn a_socket_that_is_taken_while_too_many_saves_are_on_their_way_is_asked_for_behind_them() {
    let mut runner = TestRunner::running_with(Config { saves: 1, ..Config::default() });
    let earlier = runner.begin();
    runner.gateway_opens(0).unwrap();
    runner.accept(Hibernation::Allowed).unwrap();
    assert_eq!(runner.told(), ["open", "save: Opened"]);
    assert_eq!(runner.machine.begin_save(ACTOR, at(runner.now)), Err(CommandError::TooManySaves));
    // It does not hold the socket.
    runner.commit(earlier).unwrap();
    assert_eq!((runner.told(), runner.sent()), (vec!["save: Refused".to_owned()], vec![]));
    runner.save();
    assert_eq!(runner.sent(), ["open yes"]);
}

/// The gateway has had no answer for 15 s, and will have one.
#[test]
fn an_open_that_comes_again_meanwhile_changes_nothing() {
    let mut runner = TestRunner::storing();
    assert_eq!(runner.gateway_opens(0), Err(runner::Refused::OldOpen(SOCKET)));
    assert_eq!((runner.told(), runner.sent()), (vec![], vec![]));
    runner.save();
    assert_eq!(runner.sent(), ["open yes"]);
    runner.gateway_opens(0).unwrap();
    assert_eq!(runner.sent(), ["open yes"]);
}

/// Its client sees what the actor has said: that it took it, and then ended it.
#[test]
fn an_actor_that_ends_a_socket_before_it_is_stored_has_answered() {
    let mut runner = TestRunner::storing();
    runner.send("bye").unwrap();
    let socket = runner.socket();
    runner.machine.close(socket, Close::new(4000, "bye"), Client::Leaves, at(runner.now)).unwrap();
    assert_eq!(runner.sent(), ["open yes", "`bye`", "close 4000 bye"]);
    assert_eq!(runner.told(), ["closed by Actor: 4000 bye", "remove 01020304/05060708"]);
    // Nothing is left of it to be answered.
    runner.save();
    assert_eq!(runner.sent(), [""; 0]);
}

#[test]
fn a_client_that_leaves_before_its_socket_is_stored_is_not_answered() {
    let mut runner = TestRunner::storing();
    let save = runner.begin();
    runner.gateway_closes(1, Close::new(1001, "away")).unwrap();
    assert_eq!(runner.told(), ["closed by Gateway: 1001 away", "remove 01020304/05060708"]);
    runner.commit(save).unwrap();
    assert_eq!(runner.sent(), [""; 0]);
}

#[test]
fn the_last_save_of_an_actor_answers_and_its_end_does_not() {
    let mut runner = TestRunner::storing();
    runner.machine.stop_actor(ACTOR, 1, at(runner.now)).unwrap();
    let stays = runner.machine.close(runner.socket(), Close::default(), Client::Stays, at(runner.now));
    assert_eq!(stays, Err(CommandError::WrongState { status: runner::Status::Storing }));
    runner.save();
    assert_eq!(runner.sent(), ["open yes"]);

    for stop in [Stop::Sleep, Stop::Destroy] {
        let mut runner = TestRunner::storing();
        runner.send("never heard").unwrap();
        runner.stop(1, stop);
        assert_eq!(runner.sent(), [""; 0]);
        // A save may have stored it. The next life of an actor that sleeps finds it stale, as nobody waits for it.
        let closed = "closed by ActorStopped: 1000 actor.stopped".to_owned();
        let removed = (stop == Stop::Destroy).then(|| format!("remove {SOCKET}"));
        assert_eq!(runner.told(), [closed].into_iter().chain(removed).collect::<Vec<_>>());
    }
}

#[test]
fn what_waits_for_the_storage_counts_towards_what_waits_for_the_link() {
    for config in
        [Config { outbound: 3, ..Config::default() }, Config { outbound_bytes: 2, ..Config::default() }]
    {
        let mut runner = TestRunner::storing_with(config);
        runner.send("a").unwrap();
        runner.send("b").unwrap();
        assert!(!runner.machine.is_full(), "nobody can take it");
        assert_eq!(runner.send("c"), Err(CommandError::Overflow));
        assert_eq!(runner.sent(), ["open yes", "`a`", "`b`", "close 1011 ws.buffer_overflow"]);
        // What has gone leaves its room.
        runner.gateway_opens(1).unwrap();
        runner.accept(Hibernation::Allowed).unwrap();
        runner.send("ab").unwrap();
        runner.save();
        assert_eq!(runner.sent(), ["open yes", "`ab`"]);
    }
}

/// Messages that came before, from a gateway that has the answer of an earlier life.
#[test]
fn nothing_stands_before_the_answer() {
    let mut runner = TestRunner::running();
    runner.gateway_opens(0).unwrap();
    runner.gateway_sends(1, "x").unwrap();
    runner.accept(Hibernation::Allowed).unwrap();
    assert_eq!(runner.told(), ["open", "message 1 `x`", "save: Opened"]);
    runner.handled(1).unwrap();
    assert_eq!(
        runner.gateway_says(0, super::runner::message("y")),
        Err(runner::Refused::Duplicate { index: 0.into() })
    );
    assert_eq!(runner.sent(), [""; 0]);
    runner.save();
    assert_eq!(runner.sent_with_indices(), [(0, "open yes".to_owned()), (1, "ack 1".to_owned())]);
}
