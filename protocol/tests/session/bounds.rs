//! Every buffer has a bound, and something happens there.

use super::gateway::TestGateway;
use super::runner::{TestRunner, message, open};
use super::{ACTOR, GATEWAY, REQUEST, SOCKET, at};
use barewire_protocol::runner::latest::ToClientTunnelMessageKind as ToClient;
use barewire_protocol::runner::latest::{ToServerTunnelMessageKind, ToServerWebSocketMessage};
use barewire_protocol::session::gateway::{
    ActorEvent, CommandError, Config, MessageError, Refused, Status, WindowLimits,
};
use barewire_protocol::session::runner::{self, StartActor};
use barewire_protocol::session::{Close, CloseReason, Hibernation, RequestId, SocketId, Version};

fn id(number: u8) -> SocketId {
    SocketId { gateway: GATEWAY, request: RequestId([number, 0, 0, 0]) }
}

#[test]
fn outputs_of_a_gateway_have_to_be_taken() {
    let mut gateway = TestGateway::active_with(Config { outputs: 2, ..Config::default() });
    gateway.runner_sends("a").unwrap();
    gateway.runner_sends("b").unwrap();
    assert_eq!(gateway.runner_sends("c"), Err(Refused::Full));
    assert_eq!(gateway.connect(id(1).request, Version::V3), Err(CommandError::Full));
    assert!(gateway.machine.is_full());
    gateway.now += 100_000;
    gateway.machine.handle_timeout(at(gateway.now));
    assert_eq!(gateway.outputs(), ["client: `a`", "client: `b`"]);
    assert_eq!((gateway.status(), gateway.machine.is_full()), (Some(Status::Active), false));
}

#[test]
fn a_message_that_comes_while_outputs_wait_is_given_back_and_asked_for() {
    let window = WindowLimits { bytes: 3, count: 9 };
    let mut gateway = TestGateway::active_with(Config { outputs: 2, window, ..Config::default() });
    gateway.runner_sends("a").unwrap();
    gateway.runner_sends("b").unwrap();
    for _ in 0..3 {
        let Err(MessageError::Full(message)) = gateway.client_sends("abc") else { panic!("it is full") };
        assert_eq!(&message.data[..], b"abc");
    }
    // Once, and behind all that had to be taken.
    assert_eq!(gateway.outputs(), ["client: `a`", "client: `b`", "room"]);
    assert_eq!(gateway.client_sends("abc"), Ok(1));
    // One that waits for the window as well is asked for twice, and not more often.
    assert!(matches!(gateway.client_sends("d"), Err(MessageError::NoRoom(_))));
    gateway.runner_sends("c").unwrap();
    assert!(matches!(gateway.client_sends("d"), Err(MessageError::Full(_))));
    assert_eq!(gateway.outputs(), ["runner: 1 `abc`", "client: `c`", "room"]);
    assert!(matches!(gateway.client_sends("d"), Err(MessageError::NoRoom(_))));
    gateway.runner_acks(1).unwrap();
    assert_eq!(gateway.outputs(), ["room"]);
    assert_eq!(gateway.client_sends("d"), Ok(2));
}

#[test]
fn a_socket_that_takes_no_message_says_so_whatever_waits() {
    let mut gateway = TestGateway::opening_with(Config { outputs: 1, ..Config::default() }, Version::V3);
    gateway.connect(id(1).request, Version::V3).unwrap();
    assert!(gateway.machine.is_full());
    let status = Status::Opening;
    assert_eq!(gateway.client_sends("a"), Err(CommandError::WrongState { status }.into()));
    assert_eq!(gateway.outputs(), ["runner: 0 open"]);
}

/// An end, or what has become of an actor, is said once, and nobody may forget it.
#[test]
fn what_cannot_be_said_again_is_taken_however_much_waits() {
    let mut gateway = TestGateway::active_with(Config { outputs: 1, ..Config::default() });
    gateway.runner_sends("a").unwrap();
    for _ in 0..100 {
        gateway.actor(ActorEvent::Stopped);
        gateway.ready();
    }
    gateway.actor(ActorEvent::Stopped);
    assert_eq!(gateway.status(), Some(Status::Hibernating));
    // Once, however often it was said.
    assert_eq!(gateway.outputs(), ["client: `a`", "hibernating"]);
    gateway.ready();
    gateway.runner_sends("b").unwrap();
    gateway.client_closes(Some(Close::new(1001, "away"))).unwrap();
    assert_eq!(gateway.outputs(), ["client: `b`", "runner: 1 close 1001 away", "closed"]);
    let mut gateway = TestGateway::active_with(Config { outputs: 1, ..Config::default() });
    gateway.runner_sends("a").unwrap();
    gateway.machine.fail(REQUEST, CloseReason::BufferOverflow, at(gateway.now)).unwrap();
    assert_eq!(gateway.outputs().last().unwrap(), "closed");
}

#[test]
fn octets_for_clients_have_to_be_taken() {
    let mut gateway = TestGateway::active_with(Config { output_bytes: 5, ..Config::default() });
    gateway.runner_sends("abcdef").unwrap();
    assert_eq!(gateway.runner_sends(""), Err(Refused::Full));
    assert_eq!(gateway.outputs(), ["client: `abcdef`"]);
    gateway.runner_sends("").unwrap();
}

#[test]
fn a_gateway_has_so_many_sockets() {
    let mut gateway = TestGateway::new(Config { sockets: 2, ..Config::default() });
    gateway.connect(id(1).request, Version::V3).unwrap();
    gateway.connect(id(2).request, Version::V3).unwrap();
    assert_eq!(gateway.connect(id(3).request, Version::V3), Err(CommandError::TooManySockets));
    assert_eq!(gateway.machine.len(), 2);
}

#[test]
fn http_is_not_for_sockets_and_ends_them() {
    let mut gateway = TestGateway::active_with(Config { violations: 2, ..Config::default() });
    let abort = || ToServerTunnelMessageKind::ToServerResponseAbort;
    let refused = Err(Refused::NotForWebSockets { message: "ToServerResponseAbort" });
    assert_eq!(gateway.runner_says(abort()), refused);
    assert_eq!(gateway.outputs(), [""; 0]);
    assert_eq!(gateway.runner_says(abort()), refused);
    assert_eq!(gateway.outputs().last().unwrap(), "closed");
    assert_eq!(gateway.runner_says(abort()), Err(Refused::UnknownSocket(REQUEST)));
}

#[test]
fn http_for_a_socket_of_a_runner_ends_it() {
    let mut runner = TestRunner::open_with(runner::Config { violations: 2, ..Default::default() });
    let refused = Err(runner::Refused::NotForWebSockets { message: "ToClientRequestAbort" });
    assert_eq!(runner.gateway_says(1, ToClient::ToClientRequestAbort), refused);
    // One that names another request does not count against it.
    assert_eq!(runner.gateway_says_to(id(1), 1, ToClient::ToClientRequestAbort), refused);
    assert_eq!((runner.told(), runner.sent()), (vec![], vec![]));
    assert_eq!(runner.gateway_says(2, ToClient::ToClientRequestAbort), refused);
    assert_eq!(runner.sent(), ["close 1008 ws.protocol_error"]);
    assert_eq!(runner.machine.len(), 0);
}

#[test]
fn a_message_for_another_gateway_has_no_effect() {
    let mut gateway = TestGateway::active();
    let other = barewire_protocol::session::GatewayId([9; 4]);
    let ack = ToServerTunnelMessageKind::DeprecatedTunnelAck;
    let refused = gateway.runner_says_to(SocketId { gateway: other, request: REQUEST }, ack);
    assert_eq!(refused, Err(Refused::OtherGateway(other)));
    assert_eq!((gateway.outputs(), gateway.status()), (vec![], Some(Status::Active)));
}

#[test]
fn text_for_a_client_is_utf_8() {
    let mut gateway = TestGateway::active();
    let data = barewire::Bytes::from_static(&[0xff]);
    let mut say = |binary| {
        let message = ToServerWebSocketMessage { data: data.clone(), binary };
        gateway.runner_says(ToServerTunnelMessageKind::ToServerWebSocketMessage(message))
    };
    assert_eq!(say(true), Ok(()));
    assert_eq!(say(false), Err(Refused::NotText));
    let outputs = gateway.outputs();
    assert_eq!(outputs[2..], ["client: close 1008 ws.protocol_error", "closed"]);
}

#[test]
fn events_of_a_runner_have_to_be_taken() {
    let mut runner = TestRunner::open_with(runner::Config { events: 2, ..Default::default() });
    runner.gateway_sends(1, "a").unwrap();
    runner.gateway_sends(2, "b").unwrap();
    assert_eq!(runner.gateway_sends(3, "c"), Err(runner::Refused::Full));
    assert_eq!((runner.machine.events(), runner.machine.is_full()), ((2, 2), true));
    assert_eq!(runner.told(), ["message 1 `a`", "message 2 `b`"]);
    runner.gateway_sends(3, "c").unwrap();
    assert_eq!((runner.machine.events(), runner.machine.is_full()), ((1, 1), false));
    // Nor may messages to gateways be too many.
    let mut runner = TestRunner::open_with(runner::Config { outbound: 1, ..Default::default() });
    runner.send("a").unwrap();
    assert!(runner.machine.is_full());
    assert_eq!(runner.gateway_sends(1, "b"), Err(runner::Refused::Full));
    assert_eq!(runner.sent(), ["`a`"]);
    assert!(!runner.machine.is_full());
}

#[test]
fn what_is_held_for_an_actor_is_bounded() {
    for config in [
        runner::Config { held: 2, ..Default::default() },
        runner::Config { held_bytes: 2, ..Default::default() },
    ] {
        let mut runner = TestRunner::new(config);
        runner.start(2, &[SOCKET]);
        runner.gateway_sends(1, "a").unwrap();
        runner.gateway_sends(2, "b").unwrap();
        assert_eq!(runner.gateway_sends(3, "c"), Err(runner::Refused::NoRoom));
        assert_eq!(runner.sent(), ["close 1011 ws.buffer_overflow"]);
        // Nobody waits for it any more, so that what is stored is removed.
        runner.started(vec![super::runner::stored(SOCKET, 0)]).unwrap();
        assert_eq!(runner.told(), ["stale 01020304/05060708", "remove 01020304/05060708"]);
    }
}

/// However many sockets there are, and although a message without octets costs something, too.
#[test]
fn what_all_sockets_hold_is_bounded_together() {
    let config = runner::Config { total_held_bytes: 300, ..Default::default() };
    let mut runner = TestRunner::new(config);
    runner.start(2, &[id(1), id(2), id(3)]);
    runner.gateway_says_to(id(1), 1, message(&"a".repeat(100))).unwrap();
    runner.gateway_says_to(id(2), 1, message("")).unwrap();
    assert_eq!(runner.machine.total_held(), 100 + 2 * 64);
    let refused = runner.gateway_says_to(id(3), 1, message("abcdefghi"));
    assert_eq!(refused, Err(runner::Refused::NoRoom));
    assert_eq!(runner.sent(), ["close 1011 ws.buffer_overflow"]);
    assert_eq!(runner.machine.len(), 2);
    runner.gateway_says_to(id(2), 2, message("abcdefgh")).unwrap();
    assert_eq!(runner.machine.total_held(), 300);
    runner.gateway_says_to(id(2), 3, ToClient::ToClientWebSocketClose(Close::new(1001, "x").into())).unwrap();
    assert_eq!(runner.machine.total_held(), 300);
    // What a socket holds goes with it.
    runner.started(vec![super::runner::stored(id(1), 0), super::runner::stored(id(2), 0)]).unwrap();
    assert_eq!(runner.machine.total_held(), "/path".len());
    assert_eq!(
        runner.told()[4..],
        ["message 2 `abcdefgh`", "closed by Gateway: 1001", &format!("remove {}", id(2))]
    );
    runner.stop(2, runner::Stop::Destroy);
    assert_eq!(runner.machine.total_held(), 0);
}

#[test]
fn the_header_fields_of_requests_are_held_too() {
    let config = runner::Config { total_held_bytes: 14, ..Default::default() };
    let mut runner = TestRunner::running_with(config);
    // `/path`, `h` and `v`.
    runner.gateway_says_to(id(1), 0, open(ACTOR)).unwrap();
    runner.gateway_says_to(id(2), 0, open(ACTOR)).unwrap();
    assert_eq!((runner.machine.total_held(), runner.machine.events()), (14, (2, 14)));
    assert_eq!(runner.gateway_says_to(id(3), 0, open(ACTOR)), Err(runner::Refused::NoRoom));
    assert_eq!(runner.sent(), ["close 1011 ws.buffer_overflow"]);
    // An ordinary socket needs them no more, and one that can hibernate stores them with each change.
    let [one, two] = [id(1), id(2)].map(|id| runner.machine.socket(id).unwrap());
    runner.machine.accept(one, Hibernation::Impossible, at(runner.now)).unwrap();
    runner.machine.accept(two, Hibernation::Allowed, at(runner.now)).unwrap();
    assert_eq!(runner.machine.total_held(), 7);
    let close = Close::default();
    runner.machine.close(two, close, Default::default(), at(runner.now)).unwrap();
    assert_eq!(runner.machine.total_held(), 0);
}

/// Not only payloads: whatever a peer can make long.
#[test]
fn texts_of_peers_count_in_queues() {
    let mut runner = TestRunner::running();
    runner.gateway_opens(0).unwrap();
    runner.gateway_closes(1, Close::new(1001, "four")).unwrap();
    assert_eq!(runner.machine.events(), (2, 7 + 4));
    runner.told();
    runner.gateway_opens(2).unwrap();
    let socket = runner.socket();
    runner.machine.close(socket, Close::new(1001, "seventy"), Default::default(), at(runner.now)).unwrap();
    assert_eq!(runner.machine.outbound(), (1, 7));
    let mut runner = TestRunner::new(Default::default());
    runner.start(2, &[SOCKET]);
    runner.started(vec![super::runner::stored(SOCKET, 5), super::runner::stored(id(1), 5)]).unwrap();
    assert_eq!(runner.machine.events(), (3, 5 + 5));

    let config = Config { output_bytes: 1, ..Config::default() };
    let mut gateway = TestGateway::new(config);
    // The open has the path `/`.
    gateway.connect(id(1).request, Version::V3).unwrap();
    assert_eq!(gateway.connect(id(2).request, Version::V3), Err(CommandError::Full));
    let mut gateway = TestGateway::active_with(Config { output_bytes: 2, ..Config::default() });
    gateway.client_closes(Some(Close::new(1001, "no"))).unwrap();
    assert_eq!(gateway.connect(id(2).request, Version::V3), Err(CommandError::Full));
}

#[test]
fn a_request_of_a_client_has_so_many_octets() {
    let mut gateway = TestGateway::new(Config { request_bytes: 0, ..Config::default() });
    assert_eq!(gateway.connect(id(1).request, Version::V3), Err(CommandError::TooLarge));
    assert!(gateway.machine.is_empty());
    let mut gateway = TestGateway::new(Config { request_bytes: 1, ..Config::default() });
    gateway.connect(id(1).request, Version::V3).unwrap();
}

#[test]
fn a_runner_has_so_many_sockets() {
    let mut runner = TestRunner::running_with(runner::Config { sockets: 1, ..Default::default() });
    runner.gateway_says_to(id(1), 0, open(ACTOR)).unwrap();
    let refused = runner.gateway_says_to(id(2), 0, open(ACTOR));
    assert_eq!(refused, Err(runner::Refused::TooManySockets(id(2))));
    assert_eq!(runner.sent(), ["close 1011 ws.buffer_overflow"]);
    let start = StartActor { actor: "other".into(), generation: 1, waiting: vec![id(3)] };
    let refused = runner.machine.start_actor(start, at(runner.now));
    assert_eq!(refused, Err(runner::CommandError::TooManySockets));
}

/// The end of time, and a clock that goes back.
#[test]
fn no_clock_makes_a_machine_panic_or_lose_anything() {
    let mut gateway = TestGateway::active();
    let mut runner = TestRunner::open();
    for millis in [0, 5, u64::MAX, u64::MAX - 1, 0, 1 << 40] {
        (gateway.now, runner.now) = (millis, millis);
        gateway.machine.handle_timeout(at(millis));
        runner.machine.handle_timeout(at(millis));
        gateway.outputs();
    }
    let mut gateway = TestGateway::active();
    gateway.client_sends("a").unwrap();
    gateway.now = 0;
    gateway.machine.handle_timeout(at(0));
    assert_eq!(gateway.outputs(), ["runner: 1 `a`"]);
    gateway.runner_acks(1).unwrap();
    runner.gateway_says(1, message("a")).unwrap();
}

#[test]
fn texts_of_errors_name_what_is_wrong() {
    let status = Status::Waking;
    assert_eq!(CommandError::WrongState { status }.to_string(), "the socket is waking");
    let refused = Refused::WrongState { message: "ToServerWebSocketMessageAck", status };
    assert_eq!(refused.to_string(), "`ToServerWebSocketMessageAck` for a socket that is waking");
    let gap = runner::Refused::Gap { missing: 3 };
    assert_eq!(gap.to_string(), "3 messages are missing");
    let unknown = runner::CommandError::UnknownActor("a\nb".into());
    assert_eq!(unknown.to_string(), "there is no actor `a\\nb`");
}
