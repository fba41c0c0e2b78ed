//! Row 3: the next message, one that came before, and one that is missing.

use super::SOCKET;
use super::runner::TestRunner;
use barewire_protocol::session::runner::{Refused, Status};

#[test]
fn a_duplicate_is_dropped_and_the_socket_stays() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    runner.handles(2);
    for index in [2, 1] {
        assert_eq!(runner.gateway_sends(index, "x"), Err(Refused::Duplicate { index: index.into() }));
    }
    assert_eq!((runner.told(), runner.sent()), (vec![], vec![]));
    runner.handles(3);
}

#[test]
fn a_gap_ends_the_socket_once() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    assert_eq!(runner.gateway_sends(5, "x"), Err(Refused::Gap { missing: 3 }));
    assert_eq!(runner.told(), ["closed by Runner: 1008 ws.message_index_skip", "remove 01020304/05060708"]);
    assert_eq!(runner.sent(), ["close 1008 ws.message_index_skip"]);
    for index in [2, 5, 6] {
        assert_eq!(runner.gateway_sends(index, "x"), Err(Refused::UnknownSocket(SOCKET)));
    }
    assert_eq!((runner.told(), runner.sent()), (vec![], vec![]));
}

#[test]
fn messages_go_across_the_wrap() {
    let mut runner = TestRunner::restored(65_533);
    for index in [65_534, 65_535, 0, 1, 2] {
        runner.handles(index);
    }
    runner.save();
    assert_eq!(runner.sent(), ["ack 2"]);
    assert_eq!(runner.gateway_sends(65_535, "x"), Err(Refused::Duplicate { index: 65_535.into() }));
}

#[test]
fn an_ordinary_socket_is_not_checked() {
    let mut runner = TestRunner::ordinary();
    for index in [7, 7, 0, 40_000] {
        runner.gateway_sends(index, "x").unwrap();
        assert_eq!(runner.told(), [format!("message {index} `x`")]);
        runner.handled(index).unwrap();
    }
    assert_eq!((runner.sent(), runner.begin().sockets), (vec![], vec![]));
}

#[test]
fn nobody_may_send_more_than_a_window_ahead_of_storage() {
    let mut runner = TestRunner::open();
    for index in 1..=32_767 {
        runner.gateway_sends(index, "").unwrap();
    }
    assert_eq!(runner.gateway_sends(1, ""), Err(Refused::Duplicate { index: 1.into() }));
    let socket = runner.socket();
    assert_eq!(runner.machine.status(socket), Some(Status::Open));
    assert_eq!(runner.gateway_sends(32_768, ""), Err(Refused::TooFarAhead));
    assert_eq!(runner.sent(), ["close 1008 ws.protocol_error"]);
}
