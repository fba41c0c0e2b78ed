//! Row 20: whether the runner's bridge is there.

use super::gateway::TestGateway;
use super::{GATEWAY, REQUEST, at};
use barewire_protocol::runner::latest::{ToGatewayPong, ToRunnerPing};
use barewire_protocol::session::gateway::{ActorEvent, Output, Refused, Status};
use core::time::Duration;

fn pong(gateway: &mut TestGateway, ts: i64) -> Result<Duration, Refused> {
    gateway.machine.handle_pong(ToGatewayPong { request_id: REQUEST.0, ts }, at(gateway.now))
}

#[test]
fn a_ping_every_three_seconds_names_socket_and_time() {
    let mut gateway = TestGateway::active();
    gateway.now += 3_000;
    gateway.machine.handle_timeout(at(gateway.now));
    let expected = ToRunnerPing { gateway_id: GATEWAY.0, request_id: REQUEST.0, ts: 1_003_000 };
    match gateway.machine.poll_output() {
        Some(Output::Ping { ping, .. }) => assert_eq!(ping, expected),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_answer_says_how_long_it_took() {
    let mut gateway = TestGateway::active();
    assert_eq!(pong(&mut gateway, 999_900), Ok(Duration::from_millis(100)));
    // Of the future, and of no time at all.
    assert_eq!(pong(&mut gateway, i64::MAX), Ok(Duration::ZERO));
    assert_eq!(pong(&mut gateway, -1), Ok(Duration::from_millis(1_000_000)));
    let unknown = ToGatewayPong { request_id: [0; 4], ts: 0 };
    let refused = gateway.machine.handle_pong(unknown, at(gateway.now));
    assert_eq!(refused, Err(Refused::UnknownSocket(unknown.request_id.into())));
}

#[test]
fn without_answers_the_socket_ends_after_thirty_seconds() {
    let mut gateway = TestGateway::ordinary();
    gateway.keep_alive = false;
    for ping in 1..=10 {
        gateway.now += 3_000;
        gateway.machine.handle_timeout(at(gateway.now));
        assert_eq!(gateway.outputs(), [format!("ping {}", 1_000_000 + ping * 3_000)]);
    }
    gateway.now += 3_000;
    gateway.machine.handle_timeout(at(gateway.now));
    let runner = "runner: 1 close 1011 ws.downstream_closed";
    let client = "client: close 1011 guard.websocket_service_timeout";
    assert_eq!(gateway.outputs(), [runner, client, "closed"]);
}

#[test]
fn a_socket_that_hibernates_asks_nobody() {
    let mut gateway = TestGateway::hibernating();
    gateway.keep_alive = false;
    assert_eq!(gateway.wait(40_000), [""; 0]);
    gateway.actor(ActorEvent::Stopped);
    gateway.ready();
    // Its last answer is 40 seconds old, and counts from the wake.
    assert_eq!(gateway.wait(20_000).len(), 6 + 1);
    assert_eq!(gateway.status(), Some(Status::Active));
}
