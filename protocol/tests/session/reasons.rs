//! Section 4: the codes and reasons, and how they are read.

use barewire_protocol::session::{Close, CloseReason};

#[test]
fn codes_and_reasons_are_those_of_the_field() {
    let expected = "\
        1000 -\n1000 ws.ack_timeout\n1000 ws.meta_not_found_during_restore\n1000 ws.stale_metadata\n\
        1000 ws.duplicate_open\n1000 ws.tunnel_shutdown\n1000 actor.stopped\n1000 Actor stopped\n\
        1000 hack_force_close\n1000 pegboard.runner_shutdown\n1000 ws.eviction\n1000 ws.connection_closed\n\
        1006 Abnormal Closure\n1008 ws.message_index_skip\n1008 ws.message_index_duplicate\n\
        1008 ws.message_index_regressed\n1011 Actor not found\n1011 Server Error\n1011 Not Implemented\n\
        1011 ws.restore_error\n1011 ws.route_error\n1011 Failed to create connection\n1011 actor.not_loaded\n\
        1011 actor.hibernation_persist_failed\n1000 Message acknowledgment timeout\n\
        1011 ws.downstream_closed\n1011 ws.upstream_closed\n1011 guard.websocket_service_timeout\n\
        1011 guard.websocket_pending_limit_reached\n1011 guard.websocket_service_unavailable\n\
        1011 guard.websocket_service_hibernate\n1011 ws.hibernation_unsupported\n1008 ws.protocol_error\n\
        1011 ws.buffer_overflow\n";
    let all: String = CloseReason::ALL
        .iter()
        .map(|known| format!("{} {}\n", known.code(), known.reason().unwrap_or("-")))
        .collect();
    assert_eq!(all, expected);
}

#[test]
fn every_reason_is_known_again_with_or_without_a_ray() {
    for &known in CloseReason::ALL {
        let mut close = Close::from(known);
        assert_eq!(close.known(), Some(known));
        if let Some(reason) = known.reason() {
            close.reason = Some(format!("{reason}#ray-7").into());
            assert_eq!(close.known(), Some(known));
            close.code = Some(4999);
            assert_eq!(close.known(), None);
        }
    }
    assert_eq!(Close::new(1000, "").known(), None);
}

#[test]
fn a_frame_holds_a_code_that_may_be_sent_and_123_octets() {
    let frame = |close: Close| close.to_frame().map(|(code, reason)| (code, reason.to_owned()));
    assert_eq!(frame(Close::default()), None);
    assert_eq!(frame(Close { code: Some(1000), reason: None }), Some((1000, String::new())));
    for code in [0, 999, 1004, 1005, 1006, 1015, 2999, 5000, u16::MAX] {
        assert_eq!(frame(Close::new(code, "why")), Some((1011, "why".into())));
    }
    for code in [1000, 1003, 1007, 1014, 3000, 4999] {
        assert_eq!(frame(Close::new(code, "why")), Some((code, "why".into())));
    }
    let long = "ä".repeat(62);
    assert_eq!(frame(Close::new(1000, &long)), Some((1000, "ä".repeat(61))));
    assert_eq!(frame(Close::new(1000, &"a".repeat(200))), Some((1000, "a".repeat(123))));
}
