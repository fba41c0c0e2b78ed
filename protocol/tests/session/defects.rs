//! The defects that the deployed system had or has, by their numbers in the behaviour reference.
//!
//! The numbers without a test are not those of a state machine.

use super::gateway::TestGateway;
use super::runner::{TestRunner, open, stored};
use super::{ACTOR, GATEWAY, REQUEST, SOCKET, at};
use barewire_protocol::session::gateway::{
    ActorEvent, Config, Refused as GatewayRefused, Status, WindowLimits,
};
use barewire_protocol::session::runner::{CommandError, Refused, Stop};
use barewire_protocol::session::{Client, Close, Hibernation, RequestId, SocketId, StoredIndex};

#[test]
fn d01_an_ack_waits_for_storage() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    let save = runner.begin();
    runner.wait(60_000);
    assert_eq!(runner.sent(), [""; 0]);
    // A crash here finds the gateway with the message, and storage without it.
    runner.commit(save).unwrap();
    assert_eq!(runner.sent(), ["ack 1"]);
}

#[test]
fn d02_the_stored_index_waits_for_the_handler() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    runner.gateway_sends(2, "still at work").unwrap();
    assert_eq!(runner.begin().sockets[0].index, 1.into());
}

#[test]
fn d04_nothing_of_a_socket_outlives_its_actor() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    // It ends without having been stopped.
    runner.machine.actor_stopped(ACTOR, 1, Stop::Sleep, at(runner.now)).unwrap();
    assert_eq!(runner.machine.len(), 0);
    assert_eq!(runner.machine.poll_timeout(), None);
    runner.start(2, &[]);
    runner.started(vec![]).unwrap();
    assert_eq!(runner.begin().sockets, []);
}

#[test]
fn d05_every_end_removes_what_is_stored() {
    let removed = ["remove 01020304/05060708"];
    let mut closed = TestRunner::open();
    closed.gateway_closes(1, Close::default()).unwrap();
    assert_eq!(closed.told()[1..], removed);
    let mut failed = TestRunner::open();
    failed.gateway_sends(2, "gap").unwrap_err();
    assert_eq!(failed.told()[1..], removed);
    let mut destroyed = TestRunner::open();
    destroyed.stop(1, Stop::Destroy);
    assert_eq!(destroyed.told()[1..], removed);
}

#[test]
fn d06_a_record_that_nobody_renews_expires() {
    let mut gateway = TestGateway::hibernating();
    gateway.keep_alive = false;
    assert_eq!(gateway.machine.hibernating_requests(ACTOR, at(gateway.now + 90_001)), []);
    let outputs = gateway.wait(90_100);
    assert_eq!(outputs[outputs.len() - 1], "closed");
    assert!(gateway.machine.is_empty());
}

#[test]
fn d07_none_and_index_0_are_not_the_same() {
    let [none, zero] = [-1, 0].map(|number| StoredIndex::try_from(number).unwrap());
    assert_eq!((none, zero), (StoredIndex::None, StoredIndex::Index(0.into())));
    assert_eq!([none, zero].map(i64::from), [-1, 0]);
}

#[test]
fn d08_a_number_out_of_range_is_no_index() {
    for number in [-2, 65_536, 65_541, (1 << 53) + 1] {
        assert!(StoredIndex::try_from(number).is_err(), "{number}");
    }
    assert_eq!(StoredIndex::try_from(65_535), Ok(StoredIndex::Index(65_535.into())));
}

#[test]
fn d09_index_0_is_an_index() {
    let mut runner = TestRunner::restored(65_535);
    runner.handles(0);
    runner.save();
    assert_eq!(runner.sent(), ["ack 0"]);
    let mut ordinary = TestRunner::ordinary();
    ordinary.gateway_sends(0, "x").unwrap();
    assert_eq!(ordinary.told(), ["message 0 `x`"]);
}

#[test]
fn d10_the_sequence_is_checked_behind_a_save_and_across_the_wrap() {
    let mut runner = TestRunner::restored(65_534);
    runner.handles(65_535);
    runner.save();
    let duplicate = Err(Refused::Duplicate { index: 65_535.into() });
    assert_eq!(runner.gateway_sends(65_535, "x"), duplicate);
    runner.handles(0);
    runner.save();
    assert_eq!(runner.gateway_sends(2, "x"), Err(Refused::Gap { missing: 1 }));
}

#[test]
fn d11_an_error_takes_no_ack_with_it_that_is_due() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    runner.save();
    runner.gateway_sends(7, "gap").unwrap_err();
    assert_eq!(runner.sent(), ["ack 1", "close 1008 ws.message_index_skip"]);
}

#[test]
fn d12_the_close_of_the_gateway_is_not_echoed() {
    let mut runner = TestRunner::open();
    runner.gateway_closes(1, Close::new(1001, "away")).unwrap();
    assert_eq!(runner.told()[0], "closed by Gateway: 1001 away");
    assert_eq!(runner.sent(), [""; 0]);
}

/// Whatever ends a socket whose close waits for the actor.
#[test]
fn d12_a_close_that_waits_for_the_actor_is_not_echoed() {
    type End = fn(&mut TestRunner);
    let closed = "closed by Gateway: 1001 away";
    let removed = "remove 01020304/05060708";
    let cases: [(&str, &[u16], End, &[&str]); 5] = [
        (
            "a gap before it",
            &[8],
            |runner| drop(runner.started(vec![stored(SOCKET, 5)]).unwrap()),
            &["restored 5", closed, removed],
        ),
        (
            "a gap behind what is delivered",
            &[6, 8, 9],
            |runner| drop(runner.started(vec![stored(SOCKET, 5)]).unwrap()),
            &["restored 5", "message 6 `x`", closed, removed],
        ),
        ("nothing is stored", &[6], |runner| drop(runner.started(vec![]).unwrap()), &[]),
        ("destroyed while it starts", &[6], |runner| runner.stop(2, Stop::Destroy), &[removed]),
        ("stopped while it starts", &[6], |runner| runner.stop(2, Stop::Sleep), &[]),
    ];
    for (case, messages, end, told) in cases {
        let mut runner = TestRunner::new(Default::default());
        runner.start(2, &[SOCKET]);
        for &index in messages {
            runner.gateway_sends(index, "x").unwrap();
        }
        runner.gateway_closes(10, Close::new(1001, "away")).unwrap();
        end(&mut runner);
        assert_eq!(runner.told(), told, "{case}");
        assert_eq!(runner.sent(), [""; 0], "{case}");
        assert_eq!(runner.machine.len(), 0, "{case}");
    }
}

/// More waits than any gateway keeps: its close counts, and not the fault.
#[test]
fn d12_a_close_behind_too_many_messages_is_not_echoed() {
    let mut runner = TestRunner::new(Default::default());
    runner.start(2, &[SOCKET]);
    for index in 1..=32_768 {
        runner.gateway_sends(index, "").unwrap();
    }
    runner.gateway_closes(32_769, Close::new(1001, "away")).unwrap();
    runner.started(vec![stored(SOCKET, 0)]).unwrap();
    let told = runner.told();
    assert_eq!(
        told[32_767..],
        ["message 32767 ``", "closed by Gateway: 1001 away", "remove 01020304/05060708"]
    );
    assert_eq!(runner.sent(), [""; 0]);
}

#[test]
fn d13_the_close_of_the_runner_is_not_echoed() {
    let mut gateway = TestGateway::active();
    gateway.runner_closes(Close::new(4000, "done"), false).unwrap();
    assert_eq!(gateway.outputs(), ["client: close 4000 done", "closed"]);
}

#[test]
fn d14_whether_the_client_stays_is_a_choice() {
    for (client, expected) in
        [(Client::Leaves, "close 4000 later"), (Client::Stays, "close 4000 later, client stays")]
    {
        let mut runner = TestRunner::open();
        runner.machine.stop_actor(ACTOR, 1, at(runner.now)).unwrap();
        let socket = runner.socket();
        runner.machine.close(socket, Close::new(4000, "later"), client, at(runner.now)).unwrap();
        assert_eq!(runner.sent(), [expected]);
    }
}

#[test]
fn d15_nothing_that_is_said_while_disconnected_is_dropped() {
    let mut runner = TestRunner::open();
    runner.machine.disconnected(at(runner.now)).unwrap();
    runner.send("a").unwrap();
    assert_eq!(runner.sent(), [""; 0]);
    runner.connect();
    assert_eq!(runner.sent(), ["`a`"]);
}

#[test]
fn d16_size_counter_falls_on_ack() {
    let window = WindowLimits { bytes: 10, count: 100 };
    let mut gateway = TestGateway::active_with(Config { window, ..Config::default() });
    for index in 1..=20 {
        assert_eq!(gateway.client_sends("1234567"), Ok(index));
        gateway.outputs();
        assert_eq!(gateway.machine.pending(REQUEST), Some((1, 7)));
        gateway.runner_acks(index).unwrap();
        assert_eq!(gateway.machine.pending(REQUEST), Some((0, 0)));
    }
}

#[test]
fn d17_an_ack_drops_nothing_behind_it_however_long_the_window() {
    let window = WindowLimits { bytes: 1 << 20, count: u16::MAX };
    let mut gateway = TestGateway::active_with(Config { window, ..Config::default() });
    let count = (0..=u16::MAX).take_while(|_| gateway.client_sends("").is_ok()).count();
    assert_eq!(count, 32_767);
    gateway.outputs();
    gateway.runner_acks(1).unwrap();
    assert_eq!(gateway.machine.pending(REQUEST), Some((count - 1, 0)));
    // Nor can it be taken for an old one.
    gateway.runner_acks(count as u16).unwrap();
    assert_eq!(gateway.machine.pending(REQUEST), Some((0, 0)));
}

#[test]
fn d18_an_ack_of_what_was_not_sent_changes_nothing() {
    let mut gateway = TestGateway::active();
    gateway.client_sends("a").unwrap();
    gateway.outputs();
    gateway.client_sends("not sent yet").unwrap();
    for index in [2, 3, 20_000] {
        assert!(matches!(gateway.runner_acks(index), Err(GatewayRefused::BadAck(_))));
        assert_eq!(gateway.machine.pending(REQUEST).map(|(count, _)| count), Some(2));
    }
}

#[test]
fn d19_a_duplicate_that_is_stored_is_acknowledged_again() {
    let mut runner = TestRunner::restored(5);
    runner.gateway_sends(5, "x").unwrap_err();
    assert_eq!(runner.sent(), ["ack 5"]);
}

#[test]
fn d20_a_young_message_does_not_time_out() {
    let mut gateway = TestGateway::active();
    gateway.client_sends("a").unwrap();
    gateway.outputs();
    assert_eq!(gateway.wait(29_900), [""; 0]);
    assert_eq!(gateway.status(), Some(Status::Active));
    // And an old one is told of.
    let outputs = gateway.wait(200);
    assert_eq!(outputs[0], "runner: 2 close 1011 ws.downstream_closed");
}

#[test]
fn d21_the_last_answer_of_a_bridge_is_as_young_as_the_wake() {
    let mut gateway = TestGateway::hibernating();
    gateway.wait(600_000);
    gateway.ready();
    gateway.keep_alive = false;
    let outputs = gateway.wait(20_000);
    assert!(outputs.iter().all(|output| output.starts_with("ping") || output == "keepalive"), "{outputs:?}");
    assert_eq!(gateway.status(), Some(Status::Active));
}

#[test]
fn d22_a_message_that_waited_for_the_wake_has_its_time_afterwards() {
    let mut gateway = TestGateway::hibernating();
    gateway.client_sends("a").unwrap();
    gateway.wait(60_000);
    gateway.ready();
    assert_eq!(gateway.outputs(), ["runner: 1 `a`"]);
    assert_eq!(gateway.wait(29_000), [""; 0]);
    assert_eq!(gateway.status(), Some(Status::Active));
}

/// The same where it had been sent before the actor stopped, and had been with it for almost as long as it may be.
#[test]
fn d22_a_message_that_was_sent_before_the_sleep_has_its_time_afterwards() {
    let mut gateway = TestGateway::active();
    gateway.client_sends("a").unwrap();
    assert_eq!(gateway.outputs(), ["runner: 1 `a`"]);
    assert_eq!(gateway.wait(29_000), [""; 0]);
    gateway.actor(ActorEvent::Stopped);
    assert_eq!(gateway.outputs(), ["wake"]);
    gateway.wait(60_000);
    gateway.ready();
    assert_eq!(gateway.outputs(), ["runner: 1 `a`"]);
    assert_eq!(gateway.wait(29_900), [""; 0]);
    assert_eq!(gateway.status(), Some(Status::Active));
    assert_eq!(gateway.wait(200)[0], "runner: 2 close 1011 ws.downstream_closed");
}

#[test]
fn d23_an_open_for_an_unknown_actor_is_answered() {
    let mut runner = TestRunner::running();
    runner.gateway_says(0, open("nobody")).unwrap_err();
    assert_eq!(runner.sent(), ["close 1011 Actor not found"]);
}

#[test]
fn d24_the_baseline_is_the_index_of_the_open() {
    let mut runner = TestRunner::running();
    runner.opened(3);
    runner.handles(4);
}

#[test]
fn d25_sockets_leave_with_their_actor_and_stand_once() {
    let mut runner = TestRunner::new(Default::default());
    for generation in 1..50 {
        runner.start(generation, &[SOCKET, SOCKET]);
        assert_eq!(runner.machine.len(), 1);
        let found = runner.started(vec![stored(SOCKET, 0)]).unwrap();
        assert_eq!(found.duplicates, [SOCKET]);
        runner.stop(generation, Stop::Sleep);
        assert_eq!(runner.machine.len(), 0);
    }
    // A zombie leaves at once.
    runner.told();
    runner.start(50, &[SOCKET]);
    runner.started(vec![]).unwrap();
    assert_eq!(runner.machine.len(), 0);
}

#[test]
fn d26_what_is_stored_across_the_wrap_is_acknowledged() {
    let mut runner = TestRunner::restored(65_534);
    runner.handles(65_535);
    runner.save();
    assert_eq!(runner.sent(), ["ack 65535"]);
    runner.handles(0);
    runner.save();
    assert_eq!(runner.sent(), ["ack 0"]);
}

#[test]
fn d27_a_failed_save_loses_neither_the_index_nor_the_ack() {
    let mut runner = TestRunner::open();
    runner.handles(1);
    let save = runner.begin();
    runner.abort(save).unwrap();
    assert_eq!(runner.machine.save_by(ACTOR), Some(at(runner.now + 5_000)));
    let save = runner.begin();
    assert_eq!(save.sockets[0].index, 1.into());
    runner.commit(save).unwrap();
    assert_eq!(runner.sent(), ["ack 1"]);
}

#[test]
fn d28_removing_what_is_not_there_removes_nothing_else() {
    let mut runner = TestRunner::open();
    let other = SocketId { gateway: GATEWAY, request: RequestId([9; 4]) };
    let close = || {
        barewire_protocol::runner::latest::ToClientTunnelMessageKind::ToClientWebSocketClose(
            Close::default().into(),
        )
    };
    assert_eq!(runner.gateway_says_to(other, 1, close()), Err(Refused::UnknownSocket(other)));
    assert_eq!(runner.told(), [""; 0]);
    // Nor does the end of a life that is over touch the next one.
    let old = runner.socket();
    runner.gateway_opens(1).unwrap();
    runner.told();
    let closed = runner.machine.close(old, Close::default(), Client::Leaves, at(runner.now));
    assert_eq!(closed, Err(CommandError::UnknownSocket(SOCKET)));
    assert_eq!((runner.machine.len(), runner.told(), runner.sent()), (1, vec![], vec![]));
    runner.accept(Hibernation::Allowed).unwrap();
}

#[test]
fn d30_a_close_during_hibernation_keeps_its_code() {
    let mut gateway = TestGateway::hibernating();
    gateway.client_closes(Some(Close::new(1001, "away"))).unwrap();
    let waiting: Vec<SocketId> = gateway
        .machine
        .hibernating_requests(ACTOR, at(gateway.now))
        .into_iter()
        .map(|request| SocketId { gateway: request.gateway_id.into(), request: request.request_id.into() })
        .collect();
    let mut runner = TestRunner::new(Default::default());
    runner.start(2, &waiting);
    runner.started(vec![stored(SOCKET, 0)]).unwrap();
    assert_eq!(runner.told(), ["restored 0"]);
    gateway.ready();
    assert_eq!(gateway.outputs(), ["runner: 1 close 1001 away", "closed"]);
    runner.gateway_closes(1, Close::new(1001, "away")).unwrap();
    assert_eq!(runner.told()[0], "closed by Gateway: 1001 away");
}

#[test]
fn d31_an_ordinary_socket_does_not_hibernate() {
    for event in [ActorEvent::Unreachable, ActorEvent::Stopped] {
        let mut gateway = TestGateway::ordinary();
        gateway.actor(event);
        assert_eq!(gateway.outputs().last().map(String::as_str), Some("closed"));
        assert_eq!(gateway.status(), None);
    }
}
