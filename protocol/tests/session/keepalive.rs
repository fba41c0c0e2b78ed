//! Row 12: the records of sockets that wait, and the 90 seconds for which they count.

use super::gateway::TestGateway;
use super::{ACTOR, REQUEST, at};
use barewire_protocol::runner::latest::ToGatewayPong;
use barewire_protocol::session::gateway::{CommandError, Config, Status};
use barewire_protocol::session::{RequestId, Version};

fn open(gateway: &mut TestGateway, request: RequestId) {
    gateway.connect(request, Version::V3).unwrap();
    let socket = barewire_protocol::session::SocketId { gateway: super::GATEWAY, request };
    let open = barewire_protocol::runner::latest::ToServerWebSocketOpen { can_hibernate: true };
    gateway
        .runner_says_to(
            socket,
            barewire_protocol::runner::latest::ToServerTunnelMessageKind::ToServerWebSocketOpen(open),
        )
        .unwrap();
}

#[test]
fn the_record_is_written_at_once_and_every_45_seconds() {
    let mut gateway = TestGateway::opening();
    gateway.keep_alive = false;
    gateway.runner_opens(true).unwrap();
    assert_eq!(gateway.outputs(), ["accept", "keepalive"]);
    let mut asked = Vec::new();
    for _ in 0..136_000 {
        let keepalives = gateway.wait(1).iter().filter(|output| *output == "keepalive").count();
        asked.extend(vec![gateway.now - 1_000_000; keepalives]);
        gateway.machine.handle_keepalive_stored(REQUEST, at(gateway.now)).unwrap();
        let pong = ToGatewayPong { request_id: REQUEST.0, ts: 0 };
        gateway.machine.handle_pong(pong, at(gateway.now)).unwrap();
    }
    // 5 of the 127 milliseconds that the request id chooses from.
    assert_eq!(asked, [45_005, 90_010, 135_015]);
}

#[test]
fn a_record_counts_for_exactly_90_seconds() {
    let mut gateway = TestGateway::hibernating();
    gateway.keep_alive = false;
    let stored = gateway.now;
    let listed = |gateway: &TestGateway, now| gateway.machine.hibernating_requests(ACTOR, at(now)).len();
    assert_eq!((listed(&gateway, stored + 90_000), listed(&gateway, stored + 90_001)), (1, 0));
    gateway.now = stored + 90_000;
    gateway.machine.handle_timeout(at(gateway.now));
    assert_eq!(gateway.status(), Some(Status::Hibernating));
    gateway.outputs();
    gateway.now += 1;
    gateway.machine.handle_timeout(at(gateway.now));
    assert_eq!(gateway.outputs(), ["client: close 1011 guard.websocket_service_timeout", "closed"]);
}

#[test]
fn the_list_is_in_the_order_of_the_records_and_then_of_the_ids() {
    let mut gateway = TestGateway::new(Config::default());
    for request in [[9, 0, 0, 0], [3, 0, 0, 0], [7, 0, 0, 0]] {
        open(&mut gateway, RequestId(request));
    }
    gateway.outputs();
    gateway.now += 10;
    gateway.machine.handle_keepalive_stored(RequestId([3, 0, 0, 0]), at(gateway.now)).unwrap();
    let listed = gateway.machine.hibernating_requests(ACTOR, at(gateway.now));
    let firsts: Vec<_> = listed.iter().map(|request| request.request_id[0]).collect();
    assert_eq!(firsts, [7, 9, 3]);
    assert!(listed.iter().all(|request| request.gateway_id == super::GATEWAY.0));
    assert_eq!(gateway.machine.hibernating_requests("another", at(gateway.now)), []);
}

#[test]
fn a_socket_leaves_the_list_however_it_ends() {
    type End = fn(&mut TestGateway);
    let ends: [End; 4] = [
        |gateway| {
            gateway.client_closes(None).unwrap();
            // What is left of it goes to the actor first.
            gateway.ready();
        },
        |gateway| gateway.runner_closes(Default::default(), false).unwrap(),
        |gateway| {
            gateway.keep_alive = false;
            gateway.wait(200_000);
        },
        |gateway| {
            let reason = barewire_protocol::session::CloseReason::PendingLimitReached;
            gateway.machine.fail(REQUEST, reason, at(gateway.now)).unwrap();
        },
    ];
    let states = [TestGateway::active, TestGateway::hibernating, TestGateway::waking, || {
        let mut gateway = TestGateway::active();
        gateway.client_sends("never acknowledged").unwrap();
        gateway
    }];
    for end in ends {
        for state in states {
            let mut gateway = state();
            assert_eq!(gateway.machine.hibernating_requests(ACTOR, at(gateway.now)).len(), 1);
            end(&mut gateway);
            gateway.outputs();
            assert_eq!(gateway.machine.hibernating_requests(ACTOR, at(gateway.now)), []);
            assert!(gateway.machine.is_empty());
            let gone = CommandError::UnknownSocket(REQUEST);
            assert_eq!(gateway.machine.handle_keepalive_stored(REQUEST, at(gateway.now)), Err(gone));
        }
    }
}

#[test]
fn an_ordinary_socket_has_no_record() {
    let mut gateway = TestGateway::ordinary();
    assert_eq!(gateway.machine.hibernating_requests(ACTOR, at(gateway.now)), []);
    let wrong = CommandError::WrongState { status: Status::Active };
    assert_eq!(gateway.machine.handle_keepalive_stored(REQUEST, at(gateway.now)), Err(wrong));
    gateway.keep_alive = false;
    let outputs = gateway.wait(29_000);
    assert!(outputs.iter().all(|output| output.starts_with("ping")), "{outputs:?}");
}
