//! Row 11: several sockets of one actor, which wakes once for all of them.

use super::ACTOR;
use super::gateway::TestGateway;
use barewire_protocol::runner::latest::{ToServerTunnelMessageKind, ToServerWebSocketOpen};
use barewire_protocol::session::gateway::{ActorEvent, ClientMessage, Config, Status};
use barewire_protocol::session::{GatewayId, RequestId, SocketId, Version};

const COUNT: u8 = 20;

fn request(number: u8) -> RequestId {
    RequestId([number, 0, 0, 0])
}

/// With sockets that can hibernate and do.
fn hibernating(config: Config) -> TestGateway {
    let mut gateway = TestGateway::new(config);
    for number in 0..COUNT {
        gateway.connect(request(number), Version::V3).unwrap();
        let id = SocketId { gateway: GatewayId([1, 2, 3, 4]), request: request(number) };
        let open = ToServerWebSocketOpen { can_hibernate: true };
        gateway.runner_says_to(id, ToServerTunnelMessageKind::ToServerWebSocketOpen(open)).unwrap();
    }
    gateway.outputs();
    gateway.actor(ActorEvent::Stopped);
    // Once for all of them.
    assert_eq!(gateway.outputs(), ["hibernating"]);
    gateway
}

/// Each of the sockets has a message.
fn all_send(gateway: &mut TestGateway) {
    for number in 0..COUNT {
        let message = ClientMessage { data: "a".into(), binary: false };
        gateway.machine.handle_client_message(request(number), message, super::at(gateway.now)).unwrap();
    }
}

fn count(gateway: &TestGateway, status: Status) -> usize {
    (0..COUNT).filter(|&number| gateway.machine.status(request(number)) == Some(status)).count()
}

#[test]
fn an_actor_is_asked_for_once_however_many_sockets_wait() {
    let mut gateway = hibernating(Config::default());
    all_send(&mut gateway);
    assert_eq!(gateway.outputs(), ["wake"]);
    // Whoever joins them waits with them.
    all_send(&mut gateway);
    assert_eq!((gateway.outputs(), count(&gateway, Status::Waking)), (vec![], usize::from(COUNT)));
    gateway.ready();
    assert_eq!(count(&gateway, Status::Active), usize::from(COUNT));
    assert_eq!(gateway.outputs(), ["runner: 1 `a`", "runner: 2 `a`"].repeat(usize::from(COUNT)));
    // The next sleep is another one.
    gateway.actor(ActorEvent::Stopped);
    assert_eq!(gateway.outputs(), ["wake"]);
}

/// Whoever is told that an actor runs tells it once for each socket, perhaps.
#[test]
fn what_is_said_of_an_actor_many_times_costs_no_socket_its_client() {
    let mut gateway = hibernating(Config::default());
    all_send(&mut gateway);
    assert_eq!(gateway.outputs(), ["wake"]);
    for _ in 0..100 {
        gateway.ready();
        gateway.outputs();
    }
    assert_eq!(count(&gateway, Status::Active), usize::from(COUNT));
    // That it has stopped counts once for each time that somebody was asked to wake it.
    for _ in 0..100 {
        gateway.actor(ActorEvent::Stopped);
    }
    assert_eq!(
        (gateway.outputs(), count(&gateway, Status::Waking)),
        (vec!["wake".to_owned()], usize::from(COUNT))
    );
}

#[test]
fn an_actor_that_does_not_start_ends_all_that_wait_for_it() {
    let mut gateway = hibernating(Config { wakes: 2, ..Config::default() });
    all_send(&mut gateway);
    for _ in 0..3 {
        assert_eq!(
            (gateway.outputs(), count(&gateway, Status::Waking)),
            (vec!["wake".to_owned()], usize::from(COUNT))
        );
        gateway.actor(ActorEvent::Stopped);
    }
    let ends = ["client: close 1011 guard.websocket_service_unavailable", "closed"];
    assert_eq!(gateway.outputs(), ends.repeat(usize::from(COUNT)));
    assert!(gateway.machine.is_empty());
}

/// Nobody has said what became of the actor: it is asked for again as soon as something waits again.
#[test]
fn a_wake_that_nobody_has_answered_is_not_waited_for_twice() {
    let mut gateway = hibernating(Config::default());
    gateway.machine.handle_client_close(request(0), None, super::at(gateway.now)).unwrap();
    assert_eq!(gateway.outputs(), ["wake"]);
    assert_eq!(gateway.wait(90_100), ["closed"]);
    gateway.machine.handle_client_close(request(1), None, super::at(gateway.now)).unwrap();
    assert_eq!(gateway.outputs(), ["wake"]);
    gateway.machine.handle_client_close(request(2), None, super::at(gateway.now)).unwrap();
    assert_eq!(gateway.outputs(), [""; 0]);
    gateway.ready();
    assert_eq!(gateway.machine.hibernating_requests(ACTOR, super::at(gateway.now)).len(), 17);
}

/// A wake that nobody has taken is not for those that come after the last socket has gone.
#[test]
fn a_wake_goes_with_the_sockets_that_wanted_it() {
    let mut gateway = TestGateway::hibernating();
    gateway.client_sends("a").unwrap();
    gateway
        .machine
        .fail(super::REQUEST, barewire_protocol::session::CloseReason::ServerError, super::at(gateway.now))
        .unwrap();
    gateway.connect(request(1), Version::V3).unwrap();
    assert_eq!(gateway.outputs(), ["client: close 1011 Server Error", "closed", "runner: 0 open"]);
}
