//! Views of the vectors with the most to show, field by field.

use super::TIME;
use crate::rows::{ACTOR, RUNNER, octets, rows};
use barewire::{ListView, MapView, Message, Union};
use barewire_protocol::{actor, runner};

/// The octets of the vector with this id.
#[track_caller]
fn vector(id: &str) -> Vec<u8> {
    let found = rows(RUNNER).into_iter().chain(rows(ACTOR)).find(|row| row.mark == id);
    octets(found.expect("a file has the row").hex)
}

const ID: runner::v3::MessageId =
    runner::v3::MessageId { gateway_id: [1, 2, 3, 4], request_id: [5, 6, 7, 8], message_index: 0 };

#[test]
fn of_a_void_member() {
    use runner::v3::ToServerView;

    let frame = vector("R3-s");
    let view = ToServerView::decode(&frame).expect("recorded");
    assert_eq!(view, ToServerView::ToServerStopping);
    assert_eq!((view.tag(), view.name()), (3, "ToServerStopping"));
}

#[test]
fn of_an_opened_web_socket_with_headers() {
    use runner::v3::*;

    let open = ToClientWebSocketOpenView {
        actor_id: "a1",
        path: "/connect",
        headers: MapView::try_from_pairs(&[("h", "v")]).expect("one key"),
    };
    assert_eq!(open.headers.get(&"h"), Some("v"));
    let message_kind = ToClientTunnelMessageKindView::ToClientWebSocketOpen(open);
    let message = ToClientTunnelMessageView { message_id: ID, message_kind };
    let expected = ToClientView::ToClientTunnelMessage(message);

    let frame = vector("R3-v");
    assert_eq!(ToClientView::decode(&frame), Ok(expected));
    assert_eq!(expected.encode_to_vec(), frame);
}

#[test]
fn of_a_closed_web_socket() {
    use runner::v2::*;

    let close = ToServerWebSocketCloseView { code: Some(1000), reason: Some("bye"), retry: true };
    let expected = ToServerView::ToServerTunnelMessage(ToServerTunnelMessageView {
        request_id: std::array::from_fn(|index| index as u8),
        message_id: std::array::from_fn(|index| 16 + index as u8),
        message_kind: ToServerTunnelMessageKindView::ToServerWebSocketClose(close),
    });

    let frame = vector("R2-d");
    assert_eq!(ToServerView::decode(&frame), Ok(expected));
    assert_eq!(expected.encode_to_vec(), frame);
}

#[test]
fn of_a_message_with_an_address_for_answers() {
    use runner::v2::*;

    let frame = vector("R2-g");
    let ToClientView::ToClientTunnelMessage(message) = ToClientView::decode(&frame).expect("recorded") else {
        panic!("another member")
    };
    let ToClientTunnelMessageView { request_id, message_id, message_kind, gateway_reply_to } = message.get();
    assert_eq!((request_id[15], message_id[15]), (0x0f, 0x1f));
    assert_eq!(
        message_kind,
        ToClientTunnelMessageKindView::ToClientWebSocketMessage(ToClientWebSocketMessageView {
            index: 65535,
            data: b"\xff",
            binary: true,
        })
    );
    assert_eq!(gateway_reply_to, Some("gw"));
}

#[test]
fn of_a_started_actor_with_a_waiting_web_socket() {
    use runner::v3::*;

    let waiting = [HibernatingRequest { gateway_id: [1, 2, 3, 4], request_id: [5, 6, 7, 8] }];
    let commands = [CommandWrapperView {
        index: 7,
        inner: CommandView::CommandStartActor(CommandStartActorView {
            actor_id: "a1",
            generation: 2,
            config: ActorConfigView { name: "chat", key: Some("k"), create_ts: TIME, input: None },
            hibernating_requests: ListView::from(&waiting),
        }),
    }];
    let expected = ToClientView::ToClientCommands(ListView::from(&commands));

    let frame = vector("R3-j");
    assert_eq!(ToClientView::decode(&frame), Ok(expected));
    assert_eq!(expected.encode_to_vec(), frame);
}

#[test]
fn of_a_runner_with_actor_names() {
    use runner::v3::*;

    let names = [("chat", ActorNameView { metadata: "{}" })];
    let expected = ToServerView::ToServerInit(ToServerInitView {
        name: "n",
        version: 1,
        total_slots: 10,
        last_command_idx: None,
        prepopulate_actor_names: Some(MapView::try_from_pairs(&names).expect("one key")),
        metadata: Some("{}"),
    });

    let frame = vector("R3-o");
    assert_eq!(ToServerView::decode(&frame), Ok(expected));
    assert_eq!(expected.encode_to_vec(), frame);
}

#[test]
fn of_entries_in_the_store() {
    use runner::v3::*;

    let (keys, values): ([&[u8]; 1], [&[u8]; 1]) = ([&[1]], [&[2, 3]]);
    let metadata = [KvMetadataView { version: &[], create_ts: TIME }];
    let expected = ToClientView::ToClientKvResponse(ToClientKvResponseView {
        request_id: 9,
        data: KvResponseDataView::KvGetResponse(KvGetResponseView {
            keys: ListView::from(&keys),
            values: ListView::from(&values),
            metadata: ListView::from(&metadata),
        }),
    });

    let frame = vector("R3-B");
    assert_eq!(ToClientView::decode(&frame), Ok(expected));
    assert_eq!(expected.encode_to_vec(), frame);
}

#[test]
fn of_two_events() {
    use runner::v3::*;

    let frame = vector("R3-A");
    let ToServerView::ToServerEvents(events) = ToServerView::decode(&frame).expect("recorded") else {
        panic!("another member")
    };
    assert_eq!(events.len(), 2);
    assert_eq!(
        events.get(0).map(|event| event.inner),
        Some(EventView::EventActorIntent(EventActorIntentView {
            actor_id: "a1",
            generation: 2,
            intent: ActorIntent::ActorIntentSleep,
        }))
    );
    assert_eq!(
        events.iter().last(),
        Some(EventWrapperView {
            index: 1,
            inner: EventView::EventActorSetAlarm(EventActorSetAlarmView {
                actor_id: "a1",
                generation: 2,
                alarm_ts: None,
            }),
        })
    );
    assert_eq!(events.get(2), None);
}

#[test]
fn of_a_persisted_actor_that_can_hibernate() {
    use actor::v2::*;

    const REQUEST: &[u8] = &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
    let connections = [PersistedConnectionView {
        id: "c1",
        token: "t",
        parameters: &[0xf6],
        state: &[0xf6],
        subscriptions: ListView::default(),
        last_seen: TIME,
        hibernatable_request_id: Some(REQUEST),
    }];
    let sockets = [PersistedHibernatableWebSocketView {
        request_id: REQUEST,
        last_seen_timestamp: TIME,
        msg_index: -1,
    }];
    let expected = PersistedActorView {
        input: None,
        has_initialized: true,
        state: &[0xf6],
        connections: ListView::from(&connections),
        scheduled_events: ListView::default(),
        hibernatable_web_sockets: ListView::from(&sockets),
    };

    let frame = vector("P2-d");
    assert_eq!(PersistedActorView::decode(&frame), Ok(expected));
    assert_eq!(expected.encode_to_vec(), frame);
}

#[test]
fn of_a_persisted_connection() {
    use actor::v3::*;

    let subscriptions = [SubscriptionView { event_name: "e" }];
    let expected = ConnView {
        id: "c1",
        parameters: &[0xf6],
        state: &[0xf6],
        subscriptions: ListView::from(&subscriptions),
        gateway_id: [1, 2, 3, 4],
        request_id: [5, 6, 7, 8],
        server_message_index: 258,
        client_message_index: 3,
        request_path: "/connect",
        request_headers: MapView::try_from_pairs(&[("a", "b")]).expect("one key"),
    };

    let frame = vector("P3-a");
    assert_eq!(ConnView::decode(&frame), Ok(expected));
    assert_eq!(expected.encode_to_vec(), frame);
}
