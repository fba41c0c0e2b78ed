//! Rows 6 and 18: when to save, and what becomes of saves that fail or overlap.

use super::runner::{TestRunner, message};
use super::{ACTOR, SOCKET, at};
use barewire_protocol::session::Hibernation;
use barewire_protocol::session::runner::{ActorStatus, CommandError, Config, Stop};

#[test]
fn what_is_handled_waits_five_seconds_at_most() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    let by = runner.now + 5_000;
    assert_eq!(runner.machine.save_by(ACTOR), Some(at(by)));
    runner.now += 1_000;
    runner.handles(2);
    assert_eq!(runner.machine.save_by(ACTOR), Some(at(by)));
    assert_eq!(runner.machine.poll_timeout(), Some(at(by)));
    runner.wait(3_999);
    assert_eq!(runner.told(), [""; 0]);
    runner.wait(1);
    assert_eq!(runner.told(), ["save: Deadline"]);
    // Once is enough until it begins.
    runner.handles(3);
    runner.wait(60_000);
    assert_eq!(runner.told(), [""; 0]);
    runner.save();
    runner.handles(4);
    runner.wait(5_000);
    assert_eq!(runner.told(), ["save: Deadline"]);
}

#[test]
fn many_octets_are_saved_at_once() {
    let mut runner = TestRunner::open_with(Config { save_bytes: 10, ..Config::default() });
    for (index, text) in [(1, "12345"), (2, "6789")] {
        runner.gateway_says(index, message(text)).unwrap();
        runner.handled(index).unwrap();
    }
    runner.told();
    runner.gateway_says(3, message("0")).unwrap();
    runner.told();
    runner.handled(3).unwrap();
    assert_eq!(runner.told(), ["save: Size"]);
    runner.save();
    runner.handles(4);
    assert_eq!(runner.told(), [""; 0]);
}

#[test]
fn a_failed_save_is_as_if_it_had_not_been() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    let save = runner.begin();
    runner.handles(2);
    runner.abort(save).unwrap();
    assert_eq!(runner.sent(), [""; 0]);
    runner.wait(5_000);
    assert_eq!(runner.told(), ["save: Deadline"]);
    let save = runner.begin();
    assert_eq!(save.sockets[0].index, 2.into());
    runner.commit(save).unwrap();
    assert_eq!(runner.sent(), ["ack 2"]);
}

#[test]
fn a_stopping_actor_takes_no_socket_and_none_of_what_waits_for_it() {
    let mut runner = TestRunner::running();
    runner.gateway_opens(0).unwrap();
    runner.gateway_sends(1, "x").unwrap();
    assert_eq!(runner.told(), ["open"]);
    runner.machine.stop_actor(ACTOR, 1, at(runner.now)).unwrap();
    for hibernation in [Hibernation::Allowed, Hibernation::Impossible] {
        let stopping = CommandError::WrongActorState { status: ActorStatus::Stopping };
        assert_eq!(runner.accept(hibernation), Err(stopping));
    }
    assert_eq!((runner.told(), runner.sent()), (vec![], vec![]));
    // It can still refuse it, or leave that to its end.
    runner.machine.actor_stopped(ACTOR, 1, Stop::Sleep, at(runner.now)).unwrap();
    assert_eq!(runner.told(), ["closed by ActorStopped: 1000 actor.stopped"]);
}

#[test]
fn overlapping_saves_count_in_the_order_in_which_they_began() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    let first = runner.begin();
    runner.handles(2);
    let second = runner.begin();
    let again = second.ticket.clone();
    runner.commit(second).unwrap();
    assert_eq!(runner.sent(), [""; 0]);
    assert_eq!(runner.machine.commit_save(again, at(runner.now)), Err(CommandError::UnknownSave));
    runner.commit(first).unwrap();
    assert_eq!(runner.sent(), ["ack 2"]);
}

/// Otherwise the state of the actor in the second save would be ahead of the index that is stored.
#[test]
fn a_save_holds_what_is_on_its_way_already() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    let first = runner.begin();
    let second = runner.begin();
    assert_eq!(second.sockets, first.sockets);
    runner.commit(second).unwrap();
    runner.abort(first).unwrap();
    assert_eq!(runner.sent(), ["ack 1"]);
}

#[test]
fn a_failed_save_is_saved_again_although_an_older_one_is_stored() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    let first = runner.begin();
    runner.handles(2);
    let second = runner.begin();
    runner.abort(second).unwrap();
    runner.commit(first).unwrap();
    assert_eq!(runner.sent(), ["ack 1"]);
    runner.save();
    assert_eq!(runner.sent(), ["ack 2"]);
}

#[test]
fn saves_on_their_way_are_bounded() {
    let mut runner = TestRunner::open_with(Config { saves: 2, save_bytes: 10, ..Config::default() });
    let [first, second] = [runner.begin(), runner.begin()];
    runner.handles(1);
    // Whether it was asked for or not.
    for _ in 0..2 {
        let refused = runner.machine.begin_save(ACTOR, at(runner.now));
        assert_eq!(refused, Err(CommandError::TooManySaves));
    }
    // Nobody is asked for what cannot be done.
    assert_eq!(runner.machine.save_by(ACTOR), None);
    runner.gateway_sends(2, "0123456789").unwrap();
    runner.told();
    runner.handled(2).unwrap();
    runner.wait(60_000);
    assert_eq!(runner.told(), [""; 0]);
    // The second leaves no place before the first does.
    runner.commit(second).unwrap();
    assert_eq!(runner.told(), [""; 0]);
    runner.abort(first).unwrap();
    assert_eq!(runner.told(), ["save: Refused"]);
    assert_eq!(runner.begin().sockets[0].index, 2.into());
}

#[test]
fn one_save_at_a_time_is_the_least() {
    let mut runner = TestRunner::open_with(Config { saves: 0, ..Config::default() });
    let save = runner.begin();
    assert_eq!(runner.machine.begin_save(ACTOR, at(runner.now)), Err(CommandError::TooManySaves));
    runner.commit(save).unwrap();
    assert_eq!(runner.told(), ["save: Refused"]);
    runner.save();
    assert_eq!(runner.told(), [""; 0]);
}

#[test]
fn a_stopping_actor_saves_what_it_has_handled_and_takes_no_more() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    runner.gateway_sends(2, "not taken").unwrap();
    runner.machine.stop_actor(ACTOR, 1, at(runner.now)).unwrap();
    assert_eq!(runner.told(), [""; 0]);
    let refused = runner.gateway_sends(3, "x");
    assert_eq!(refused, Err(barewire_protocol::session::runner::Refused::Stopping));
    runner.save();
    assert_eq!(runner.sent(), ["ack 1"]);
    runner.machine.actor_stopped(ACTOR, 1, Stop::Sleep, at(runner.now)).unwrap();
    assert_eq!((runner.told(), runner.sent()), (vec![], vec![]));
}

#[test]
fn a_save_that_outlives_its_actor_acknowledges_nothing() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    let save = runner.begin();
    runner.stop(1, Stop::Sleep);
    runner.start(2, &[SOCKET]);
    runner.started(vec![super::runner::stored(SOCKET, 0)]).unwrap();
    assert_eq!(runner.commit(save), Err(CommandError::UnknownSave));
    assert_eq!(runner.sent(), [""; 0]);
}

#[test]
fn a_save_holds_the_sockets_that_have_changed() {
    let mut runner = TestRunner::open();
    let mut other = SOCKET;
    other.request.0[0] = 99;
    runner.gateway_says_to(other, 0, super::runner::open(ACTOR)).unwrap();
    let socket = runner.machine.socket(other).unwrap();
    runner.machine.accept(socket, barewire_protocol::session::Hibernation::Allowed, at(runner.now)).unwrap();
    let ids = |save: &barewire_protocol::session::runner::Save| -> Vec<_> {
        save.sockets.iter().map(|saved| saved.socket.id()).collect()
    };
    let save = runner.begin();
    assert_eq!(ids(&save), [other]);
    runner.commit(save).unwrap();
    runner.told();
    runner.handles(1);
    assert_eq!(ids(&runner.begin()), [SOCKET]);
}
