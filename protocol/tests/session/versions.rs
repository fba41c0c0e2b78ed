//! Older peers: what they can do goes through the codec, and what they cannot is refused when a socket opens.

use super::gateway::TestGateway;
use super::runner::TestRunner;
use super::{SOCKET, at};
use barewire_protocol::Migrations;
use barewire_protocol::runner::{Codec, latest::ToClient, latest::ToServer};
use barewire_protocol::session::gateway::{ActorEvent, Config, Output};
use barewire_protocol::session::runner::{self, CommandError};
use barewire_protocol::session::{
    CannotHibernate, Client, CloseReason, Hibernation, UnknownVersion, Version,
};

#[test]
fn a_runner_does_not_promise_hibernation_to_an_older_engine() {
    for (version, why) in [
        (Version::V1, "no socket can hibernate in version 1, which has no acknowledgements"),
        (
            Version::V2,
            "no socket can hibernate in version 2, which does not tell a runner which sockets wait for it",
        ),
    ] {
        let config = runner::Config { version, tunnel_ack_timeout: None, ..runner::Config::default() };
        let mut runner = TestRunner::running_with(config);
        runner.gateway_opens(0).unwrap();
        let refused = runner.accept(Hibernation::Allowed).unwrap_err();
        assert_eq!(refused, CommandError::CannotHibernate(CannotHibernate { version }));
        assert_eq!(refused.to_string(), why);
        // Nothing has changed: it can be taken without, or refused for this reason.
        let socket = runner.socket();
        let reason = CloseReason::HibernationUnsupported;
        runner.machine.close(socket, reason.into(), Client::Leaves, at(runner.now)).unwrap();
        assert_eq!(runner.sent(), ["close 1011 ws.hibernation_unsupported"]);
    }
}

/// The list of those that wait does not exist there, so that whoever has one means another engine.
#[test]
fn a_runner_restores_nothing_with_an_older_engine() {
    for version in [Version::V1, Version::V2] {
        let mut runner = TestRunner::new(runner::Config { version, ..Default::default() });
        let start = |waiting| runner::StartActor { actor: super::ACTOR.into(), generation: 1, waiting };
        let refused = runner.machine.start_actor(start(vec![SOCKET]), at(runner.now));
        assert_eq!(refused, Err(CommandError::CannotHibernate(CannotHibernate { version })));
        assert_eq!(runner.machine.actor_status(super::ACTOR), None);
        runner.machine.start_actor(start(vec![]), at(runner.now)).unwrap();
        // What is stored of the time with a newer one has no client any more.
        runner.started(vec![super::runner::stored(SOCKET, 5)]).unwrap();
        assert_eq!(runner.told(), ["stale 01020304/05060708", "remove 01020304/05060708"]);
    }
}

#[test]
fn a_gateway_does_not_try_that_again() {
    let mut gateway = TestGateway::opening_with(Config::default(), Version::V2);
    gateway.runner_closes(CloseReason::HibernationUnsupported.into(), false).unwrap();
    assert_eq!(gateway.outputs(), ["client: close 1011 ws.hibernation_unsupported", "closed"]);
}

#[test]
fn a_gateway_does_not_believe_an_older_runner_that_promises_it() {
    for version in [Version::V1, Version::V2] {
        let mut gateway = TestGateway::opening_with(Config::default(), version);
        gateway.runner_opens(true).unwrap();
        assert_eq!(
            gateway.outputs(),
            [
                "runner: 1 close 1011 ws.hibernation_unsupported",
                "client: close 1011 ws.hibernation_unsupported",
                "closed"
            ]
        );
        let mut gateway = TestGateway::opening_with(Config::default(), version);
        gateway.runner_opens(false).unwrap();
        gateway.client_sends("a").unwrap();
        assert_eq!(gateway.outputs(), ["accept", "runner: 1 `a`"]);
    }
}

#[test]
fn a_socket_does_not_wake_on_an_older_runner() {
    for mut gateway in [TestGateway::hibernating(), TestGateway::active()] {
        gateway.client_sends("a").unwrap();
        gateway.outputs();
        gateway.actor(ActorEvent::Ready(Version::V2));
        let outputs = gateway.outputs();
        let client = "client: close 1011 ws.hibernation_unsupported".to_owned();
        assert_eq!(outputs[outputs.len() - 2..], [client, "closed".to_owned()]);
    }
}

/// All that an ordinary socket says reaches an older peer and comes back.
#[test]
fn ordinary_sockets_speak_every_version() {
    for version in [1, 2, 3] {
        let mut codec = Codec::new(version, Migrations::strict()).unwrap();
        let mut gateway = TestGateway::new(Config::default());
        gateway.keep_alive = false;
        let speaks = Version::try_from(version).unwrap();
        gateway.connect(super::REQUEST, speaks).unwrap();
        let config = runner::Config { version: speaks, tunnel_ack_timeout: None, ..Default::default() };
        let mut runner = TestRunner::running_with(config);
        let mut exchange = |gateway: &mut TestGateway, runner: &mut TestRunner| {
            for _ in 0..100 {
                if let Some(output) = gateway.machine.poll_output() {
                    if let Output::ToRunner { message, .. } = output {
                        let frame = codec.encode(&ToClient::ToClientTunnelMessage(message)).unwrap();
                        let ToClient::ToClientTunnelMessage(message) = codec.decode(&frame).unwrap() else {
                            panic!("a tunnel message");
                        };
                        runner.machine.handle_tunnel(message, at(runner.now)).unwrap();
                    }
                } else if let Some(message) = runner.machine.poll_transmit() {
                    let frame = codec.encode(&ToServer::ToServerTunnelMessage(message)).unwrap();
                    let ToServer::ToServerTunnelMessage(message) = codec.decode(&frame).unwrap() else {
                        panic!("a tunnel message");
                    };
                    gateway.machine.handle_tunnel(message, at(gateway.now)).unwrap();
                } else {
                    return runner.told();
                }
            }
            panic!("they never stop talking");
        };
        assert_eq!(exchange(&mut gateway, &mut runner), ["open"]);
        runner.accept(Hibernation::Impossible).unwrap();
        assert_eq!(exchange(&mut gateway, &mut runner), [""; 0]);
        gateway.client_sends("a").unwrap();
        // Version 1 has no indices, but ours read them in an id that it does not look at.
        assert_eq!(exchange(&mut gateway, &mut runner), ["message 1 `a`"]);
        runner.send("b").unwrap();
        exchange(&mut gateway, &mut runner);
        gateway.client_closes(None).unwrap();
        assert_eq!(exchange(&mut gateway, &mut runner), ["closed by Gateway: 1000"]);
        assert_eq!(runner.machine.socket(SOCKET), None);
    }
}

#[test]
fn there_are_three_versions() {
    assert_eq!(Version::try_from(0), Err(UnknownVersion(0)));
    assert_eq!(Version::try_from(4).unwrap_err().to_string(), "expected a version from 1 to 3, found 4");
    for version in 1..=3 {
        assert_eq!(u16::from(Version::try_from(version).unwrap()), version);
    }
}
