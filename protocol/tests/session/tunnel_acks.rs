//! Row 15: acknowledgements of single tunnel messages, for peers below version 3.

use super::runner::TestRunner;
use super::{SOCKET, at};
use barewire_protocol::runner::latest::ToClientTunnelMessageKind as ToClient;
use barewire_protocol::session::Hibernation;
use barewire_protocol::session::Version;
use barewire_protocol::session::runner::Config;

/// With an ordinary socket, whose open was acknowledged.
fn old(version: Version, config: Config) -> TestRunner {
    let mut runner = TestRunner::running_with(Config { version, ..config });
    runner.gateway_opens(0).unwrap();
    runner.accept(Hibernation::Impossible).unwrap();
    assert_eq!(runner.told(), ["open"]);
    assert_eq!(runner.sent(), ["tunnel ack", "open no"]);
    runner
}

#[test]
fn every_message_is_acknowledged_but_acknowledgements() {
    let mut runner = old(Version::V2, Config::default());
    runner.gateway_sends(1, "x").unwrap();
    assert_eq!(runner.sent_with_indices(), [(1, "tunnel ack".to_owned())]);
    runner.gateway_says(0, ToClient::DeprecatedTunnelAck).unwrap();
    assert_eq!(runner.sent(), [""; 0]);
}

#[test]
fn a_message_without_acknowledgement_ends_its_socket() {
    for version in [Version::V1, Version::V2] {
        let mut runner = old(version, Config::default());
        runner.wait(5_000);
        assert_eq!(runner.told(), [""; 0]);
        runner.wait(1);
        assert_eq!(runner.told(), ["closed by Runner: 1000 ws.ack_timeout"]);
        assert_eq!(runner.sent(), ["close 1000 ws.ack_timeout"]);
        runner.wait(60_000);
        assert_eq!((runner.told(), runner.sent()), (vec![], vec![]));
    }
}

#[test]
fn acknowledgements_come_in_any_order() {
    let mut runner = old(Version::V2, Config::default());
    runner.send("a").unwrap();
    runner.sent();
    for index in [1, 0, 7] {
        runner.gateway_says(index, ToClient::DeprecatedTunnelAck).unwrap();
    }
    runner.wait(60_000);
    assert_eq!(runner.told(), [""; 0]);
}

#[test]
fn a_broken_connection_forgets_what_it_waited_for() {
    let mut runner = old(Version::V2, Config::default());
    runner.machine.disconnected(at(runner.now)).unwrap();
    runner.wait(14_000);
    runner.connect();
    runner.wait(60_000);
    assert_eq!(runner.told(), [""; 0]);
}

/// The messages of both lives have the same ids.
#[test]
fn what_an_older_life_waits_for_is_not_asked_of_the_next_one() {
    let mut runner = old(Version::V2, Config::default());
    runner.wait(4_000);
    runner.gateway_opens(1).unwrap();
    runner.accept(Hibernation::Impossible).unwrap();
    assert_eq!(runner.told(), ["closed by Replaced: 1000 ws.duplicate_open", "open"]);
    assert_eq!(runner.sent(), ["tunnel ack", "open no"]);
    runner.wait(5_000);
    assert_eq!(runner.told(), [""; 0]);
    runner.wait(1);
    assert_eq!(runner.told(), ["closed by Runner: 1000 ws.ack_timeout"]);

    // Nor what it had said before and what left afterwards.
    let mut runner = old(Version::V2, Config::default());
    runner.gateway_says(0, ToClient::DeprecatedTunnelAck).unwrap();
    runner.send("old").unwrap();
    runner.gateway_opens(1).unwrap();
    runner.accept(Hibernation::Impossible).unwrap();
    assert_eq!(runner.sent(), ["`old`", "tunnel ack", "open no"]);
    runner.told();
    runner.gateway_says(0, ToClient::DeprecatedTunnelAck).unwrap();
    runner.wait(60_000);
    assert_eq!(runner.told(), [""; 0]);
}

#[test]
fn those_that_are_waited_for_are_bounded() {
    let mut runner = old(Version::V2, Config { tunnel_acks: 2, ..Config::default() });
    runner.send("a").unwrap();
    runner.send("b").unwrap();
    assert_eq!(runner.sent(), ["`a`", "`b`", "close 1000 ws.ack_timeout"]);
}

#[test]
fn it_is_an_option_and_not_one_of_version_3() {
    let none = Config { tunnel_ack_timeout: None, version: Version::V2, ..Config::default() };
    for config in [none, Config::default()] {
        let mut runner = TestRunner::running_with(config);
        runner.gateway_opens(0).unwrap();
        runner.accept(Hibernation::Impossible).unwrap();
        assert_eq!(runner.sent(), ["open no"]);
        runner.gateway_says_to(SOCKET, 0, ToClient::DeprecatedTunnelAck).unwrap();
        runner.wait(60_000);
        assert_eq!((runner.told(), runner.sent()), (vec!["open".to_owned()], vec![]));
    }
}
