//! Rows 3, 5 and 6: what is acknowledged, and when.

use super::runner::TestRunner;
use barewire_protocol::session::runner::{CommandError, Config, Refused};

#[test]
fn only_what_is_stored_is_acknowledged() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    runner.handles(2);
    let save = runner.begin();
    assert_eq!(save.sockets[0].index, 2.into());
    runner.handles(3);
    assert_eq!(runner.sent(), [""; 0]);
    runner.commit(save).unwrap();
    assert_eq!(runner.sent(), ["ack 2"]);
    runner.save();
    assert_eq!(runner.sent(), ["ack 3"]);
    // Nothing new.
    runner.save();
    assert_eq!(runner.sent(), [""; 0]);
}

#[test]
fn what_is_received_and_not_handled_is_not_stored() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    runner.gateway_sends(2, "x").unwrap();
    let save = runner.begin();
    assert_eq!(save.sockets[0].index, 1.into());
    runner.commit(save).unwrap();
    assert_eq!(runner.sent(), ["ack 1"]);
}

#[test]
fn messages_are_handled_one_after_the_other() {
    let mut runner = TestRunner::open();
    assert_eq!(runner.handled(1), Err(CommandError::NothingToHandle));
    for index in 1..=3 {
        runner.gateway_sends(index, "x").unwrap();
    }
    assert_eq!(runner.handled(2), Err(CommandError::NotNext { expected: 1.into() }));
    for index in 1..=3 {
        runner.handled(index).unwrap();
    }
    assert_eq!(runner.handled(4), Err(CommandError::NothingToHandle));
}

#[test]
fn what_is_stored_and_comes_again_is_acknowledged_again_once_a_second() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    runner.handles(2);
    runner.save();
    assert_eq!(runner.sent(), ["ack 2"]);
    runner.handles(3);
    let duplicate = |index: u16| Err(Refused::Duplicate { index: index.into() });
    for index in [1, 2, 1, 2, 3] {
        assert_eq!(runner.gateway_sends(index, "x"), duplicate(index));
    }
    assert_eq!(runner.sent(), ["ack 2"]);
    runner.now += 999;
    assert_eq!(runner.gateway_sends(2, "x"), duplicate(2));
    assert_eq!(runner.sent(), [""; 0]);
    runner.now += 1;
    // That one is not stored.
    assert_eq!(runner.gateway_sends(3, "x"), duplicate(3));
    assert_eq!(runner.sent(), [""; 0]);
    assert_eq!(runner.gateway_sends(2, "x"), duplicate(2));
    assert_eq!(runner.sent(), ["ack 2"]);
}

#[test]
fn acknowledgements_that_wait_are_one() {
    let mut runner = TestRunner::open();
    runner.machine.disconnected(super::at(runner.now)).unwrap();
    for index in 1..=5 {
        runner.handles(index);
        runner.save();
    }
    runner.connect();
    assert_eq!(runner.sent_with_indices(), [(1, "ack 5".to_owned())]);
    runner.handles(6);
    runner.save();
    assert_eq!(runner.sent_with_indices(), [(2, "ack 6".to_owned())]);
}

#[test]
fn a_full_queue_takes_an_acknowledgement_all_the_same() {
    let mut runner = TestRunner::open_with(Config { outbound: 2, ..Config::default() });
    runner.handles(1);
    runner.machine.disconnected(super::at(runner.now)).unwrap();
    runner.send("a").unwrap();
    runner.send("b").unwrap();
    runner.save();
    runner.connect();
    assert_eq!(runner.sent(), ["`a`", "`b`", "ack 1"]);
}
