//! Row 19: ids of messages to the gateway, and where they wait while the connection is down.

use super::runner::TestRunner;
use super::{SOCKET, at};
use barewire_protocol::session::runner::{CommandError, Config, Refused};

#[test]
fn what_is_said_while_the_connection_is_down_is_sent_afterwards() {
    let mut runner = TestRunner::open();
    runner.machine.disconnected(at(runner.now)).unwrap();
    assert_eq!(runner.machine.disconnected(at(runner.now)), Err(CommandError::AlreadyThere));
    runner.send("a").unwrap();
    runner.handles(1);
    runner.save();
    runner.send("b").unwrap();
    assert_eq!(runner.sent(), [""; 0]);
    runner.connect();
    let texts = ["`a`", "ack 1", "`b`"].map(str::to_owned);
    assert_eq!(runner.sent_with_indices(), [1, 2, 3].into_iter().zip(texts).collect::<Vec<_>>());
}

#[test]
fn indices_go_on_after_a_restore_and_across_the_wrap() {
    let mut runner = TestRunner::new(Default::default());
    runner.start(2, &[SOCKET]);
    let mut kept = super::runner::stored(SOCKET, 5);
    kept.reply = 65_534.into();
    runner.started(vec![kept]).unwrap();
    for text in ["a", "b", "c"] {
        runner.send(text).unwrap();
    }
    let indices: Vec<_> = runner.sent_with_indices().into_iter().map(|(index, _)| index).collect();
    assert_eq!(indices, [65_534, 65_535, 0]);
    assert_eq!(runner.told(), ["restored 5"]);
    runner.handles(6);
    assert_eq!(runner.begin().sockets[0].reply.get(), 1);
}

#[test]
fn what_does_not_fit_ends_its_socket_and_no_other() {
    let mut runner = TestRunner::open_with(Config { outbound_bytes: 5, ..Config::default() });
    runner.machine.disconnected(at(runner.now)).unwrap();
    runner.send("abcd").unwrap();
    assert_eq!(runner.machine.outbound(), (1, 4));
    assert_eq!(runner.send("ef"), Err(CommandError::Overflow));
    assert_eq!(runner.told(), ["closed by Runner: 1011 ws.buffer_overflow", "remove 01020304/05060708"]);
    runner.connect();
    assert_eq!(runner.sent(), ["`abcd`", "close 1011 ws.buffer_overflow"]);
    // The next socket has room again.
    runner.gateway_opens(1).unwrap();
}

#[test]
fn a_full_queue_takes_nothing_from_gateways() {
    let mut runner = TestRunner::open_with(Config { outbound: 1, ..Config::default() });
    runner.send("a").unwrap();
    assert_eq!(runner.gateway_sends(1, "x"), Err(Refused::Full));
    assert_eq!(runner.sent(), ["`a`"]);
    runner.handles(1);
}

#[test]
fn text_is_text() {
    let mut runner = TestRunner::open();
    let socket = runner.socket();
    let data = barewire::Bytes::from_static(&[0xff]);
    let mut send = |binary| {
        let message =
            barewire_protocol::runner::latest::ToServerWebSocketMessage { data: data.clone(), binary };
        runner.machine.send(socket, message, at(runner.now))
    };
    assert_eq!(send(false), Err(CommandError::NotText));
    assert_eq!(send(true), Ok(()));
}
