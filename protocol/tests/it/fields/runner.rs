//! Indices and flags of the runner protocol.

use super::{BOOL, I64, U16, check, for_each, frame};
use barewire::{Bytes, ListView};

/// The frames of version 2, in which a field stands behind a tag, two ids of 16 octets and the tag of its kind.
mod v2 {
    use barewire::LazyView;
    use barewire_protocol::runner::v2::*;

    pub(super) const TO_SERVER: &str = "06 000102030405060708090a0b0c0d0e0f 101112131415161718191a1b1c1d1e1f";
    pub(super) const TO_CLIENT: &str = "05 000102030405060708090a0b0c0d0e0f 101112131415161718191a1b1c1d1e1f";
    const REQUEST: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
    const MESSAGE: [u8; 16] = [16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31];

    pub(super) fn to_server(message_kind: ToServerTunnelMessageKind) -> ToServer {
        let (request_id, message_id) = (REQUEST, MESSAGE);
        ToServer::ToServerTunnelMessage(ToServerTunnelMessage { request_id, message_id, message_kind })
    }

    pub(super) fn to_server_view(message_kind: ToServerTunnelMessageKindView<'_>) -> ToServerView<'_> {
        let (request_id, message_id) = (REQUEST, MESSAGE);
        ToServerView::ToServerTunnelMessage(ToServerTunnelMessageView {
            request_id,
            message_id,
            message_kind,
        })
    }

    pub(super) fn to_client(message_kind: ToClientTunnelMessageKind) -> ToClient {
        let (request_id, message_id, gateway_reply_to) = (REQUEST, MESSAGE, None);
        let message = ToClientTunnelMessage { request_id, message_id, message_kind, gateway_reply_to };
        ToClient::ToClientTunnelMessage(message.into())
    }

    pub(super) fn tunnel_view(
        message_kind: ToClientTunnelMessageKindView<'_>,
    ) -> ToClientTunnelMessageView<'_> {
        let (request_id, message_id, gateway_reply_to) = (REQUEST, MESSAGE, None);
        ToClientTunnelMessageView { request_id, message_id, message_kind, gateway_reply_to }
    }

    pub(super) fn to_client_view<'a>(message: &'a ToClientTunnelMessageView<'a>) -> ToClientView<'a> {
        ToClientView::ToClientTunnelMessage(LazyView::from(message))
    }
}

/// The frames of version 3, in which a field stands behind a tag, two ids of 4 octets, an index of 2 octets
/// and the tag of its kind.
mod v3 {
    use barewire_protocol::runner::v3::*;

    pub(super) const GATEWAY: [u8; 4] = [1, 2, 3, 4];
    pub(super) const REQUEST: [u8; 4] = [5, 6, 7, 8];
    const ID: MessageId = MessageId { gateway_id: GATEWAY, request_id: REQUEST, message_index: 258 };
    pub(super) const TO_SERVER: &str = "06 01020304 05060708 0201";

    pub(super) fn to_server(message_kind: ToServerTunnelMessageKind) -> ToServer {
        ToServer::ToServerTunnelMessage(ToServerTunnelMessage { message_id: ID, message_kind })
    }

    pub(super) fn to_server_view(message_kind: ToServerTunnelMessageKindView<'_>) -> ToServerView<'_> {
        ToServerView::ToServerTunnelMessage(ToServerTunnelMessageView { message_id: ID, message_kind })
    }
}

/// The place of an event in the sequence of its runner: the octets 2 to 9 of a report of one event.
macro_rules! index_of_an_event {
    ($($property:ident $version:ident)*) => {$(
        #[test]
        fn $property() {
            use barewire_protocol::runner::$version::*;

            for_each(I64, |index: i64| {
                let intent = ActorIntent::ActorIntentStop;
                let event = EventActorIntent { actor_id: "a1".into(), generation: 2, intent: intent.clone() };
                let view = EventActorIntentView { actor_id: "a1", generation: 2, intent };
                check(
                    &frame("01 01", index.to_le_bytes(), "00 026131 02000000 01"),
                    ToServer::ToServerEvents(vec![EventWrapper { index, inner: Event::EventActorIntent(event) }]),
                    ToServerView::ToServerEvents(ListView::from(&[EventWrapperView {
                        index,
                        inner: EventView::EventActorIntent(view),
                    }])),
                );
            });
        }
    )*};
}

index_of_an_event! { v1_event_index v1  v2_event_index v2  v3_event_index v3 }

/// The place of a command in the sequence of its runner: the octets 2 to 9 of one command.
macro_rules! index_of_a_command {
    ($($property:ident $version:ident)*) => {$(
        #[test]
        fn $property() {
            use barewire_protocol::runner::$version::*;

            for_each(I64, |index: i64| {
                let command = CommandStopActor { actor_id: "a1".into(), generation: 2 };
                let view = CommandStopActorView { actor_id: "a1", generation: 2 };
                check(
                    &frame("02 01", index.to_le_bytes(), "01 026131 02000000"),
                    ToClient::ToClientCommands(vec![CommandWrapper {
                        index,
                        inner: Command::CommandStopActor(command),
                    }]),
                    ToClientView::ToClientCommands(ListView::from(&[CommandWrapperView {
                        index,
                        inner: CommandView::CommandStopActor(view),
                    }])),
                );
            });
        }
    )*};
}

index_of_a_command! { v1_command_index v1  v2_command_index v2  v3_command_index v3 }

#[test]
fn v2_index_of_a_web_socket_message() {
    use barewire_protocol::runner::v2::*;

    for_each(U16, |index: u16| {
        let (data, binary) = (Bytes::from_static(b"hi"), false);
        let message = ToClientWebSocketMessage { index, data, binary };
        let view = ToClientWebSocketMessageView { index, data: b"hi", binary };
        let view = v2::tunnel_view(ToClientTunnelMessageKindView::ToClientWebSocketMessage(view));
        check(
            &frame(&format!("{} 05", v2::TO_CLIENT), index.to_le_bytes(), "026869 00 00"),
            v2::to_client(ToClientTunnelMessageKind::ToClientWebSocketMessage(message)),
            v2::to_client_view(&view),
        );
    });
}

#[test]
fn v2_index_of_an_acknowledgement() {
    use barewire_protocol::runner::v2::*;

    for_each(U16, |index: u16| {
        let ack = || ToServerWebSocketMessageAck { index };
        check(
            &frame(&format!("{} 06", v2::TO_SERVER), index.to_le_bytes(), ""),
            v2::to_server(ToServerTunnelMessageKind::ToServerWebSocketMessageAck(ack())),
            v2::to_server_view(ToServerTunnelMessageKindView::ToServerWebSocketMessageAck(ack())),
        );
    });
}

#[test]
fn v3_index_of_an_acknowledgement() {
    use barewire_protocol::runner::v3::*;

    for_each(U16, |index: u16| {
        let ack = || ToServerWebSocketMessageAck { index };
        check(
            &frame(&format!("{} 06", v3::TO_SERVER), index.to_le_bytes(), ""),
            v3::to_server(ToServerTunnelMessageKind::ToServerWebSocketMessageAck(ack())),
            v3::to_server_view(ToServerTunnelMessageKindView::ToServerWebSocketMessageAck(ack())),
        );
    });
}

/// The index is part of the id, so that it has the same place whatever the message is; only the tag in front differs.
#[test]
fn v3_message_index() {
    use barewire_protocol::runner::v3::*;

    for_each(U16, |message_index: u16| {
        let id = || MessageId { gateway_id: v3::GATEWAY, request_id: v3::REQUEST, message_index };
        let octets = message_index.to_le_bytes();
        check(&frame("01020304 05060708", octets, ""), id(), id());

        let abort = ToServerTunnelMessage {
            message_id: id(),
            message_kind: ToServerTunnelMessageKind::ToServerResponseAbort,
        };
        let view = ToServerTunnelMessageView {
            message_id: id(),
            message_kind: ToServerTunnelMessageKindView::ToServerResponseAbort,
        };
        check(
            &frame("06 01020304 05060708", octets, "03"),
            ToServer::ToServerTunnelMessage(abort.clone()),
            ToServerView::ToServerTunnelMessage(view),
        );
        check(
            &frame("01 01020304 05060708", octets, "03"),
            ToGateway::ToServerTunnelMessage(abort),
            ToGatewayView::ToServerTunnelMessage(view),
        );

        let abort = ToClientTunnelMessage {
            message_id: id(),
            message_kind: ToClientTunnelMessageKind::ToClientRequestAbort,
        };
        let view = ToClientTunnelMessageView {
            message_id: id(),
            message_kind: ToClientTunnelMessageKindView::ToClientRequestAbort,
        };
        check(
            &frame("05 01020304 05060708", octets, "03"),
            ToClient::ToClientTunnelMessage(abort.clone()),
            ToClientView::ToClientTunnelMessage(view),
        );
        check(
            &frame("06 01020304 05060708", octets, "03"),
            ToRunner::ToClientTunnelMessage(abort),
            ToRunnerView::ToClientTunnelMessage(view),
        );
    });
}

#[test]
fn v2_last_msg_index() {
    use barewire_protocol::runner::v2::*;

    for_each(I64, |last_msg_index: i64| {
        let open = || ToServerWebSocketOpen { can_hibernate: true, last_msg_index };
        check(
            &frame(&format!("{} 04 01", v2::TO_SERVER), last_msg_index.to_le_bytes(), ""),
            v2::to_server(ToServerTunnelMessageKind::ToServerWebSocketOpen(open())),
            v2::to_server_view(ToServerTunnelMessageKindView::ToServerWebSocketOpen(open())),
        );
    });
}

#[test]
fn v2_can_hibernate() {
    use barewire_protocol::runner::v2::*;

    for_each(BOOL, |can_hibernate: bool| {
        let open = || ToServerWebSocketOpen { can_hibernate, last_msg_index: -1 };
        check(
            &frame(&format!("{} 04", v2::TO_SERVER), [can_hibernate.into()], "ffffffffffffffff"),
            v2::to_server(ToServerTunnelMessageKind::ToServerWebSocketOpen(open())),
            v2::to_server_view(ToServerTunnelMessageKindView::ToServerWebSocketOpen(open())),
        );
    });
}

#[test]
fn v3_can_hibernate() {
    use barewire_protocol::runner::v3::*;

    for_each(BOOL, |can_hibernate: bool| {
        let open = || ToServerWebSocketOpen { can_hibernate };
        check(
            &frame(&format!("{} 04", v3::TO_SERVER), [can_hibernate.into()], ""),
            v3::to_server(ToServerTunnelMessageKind::ToServerWebSocketOpen(open())),
            v3::to_server_view(ToServerTunnelMessageKindView::ToServerWebSocketOpen(open())),
        );
    });
}

#[test]
fn v2_retry() {
    use barewire_protocol::runner::v2::*;

    for_each(BOOL, |retry: bool| {
        let close = ToServerWebSocketClose { code: Some(1000), reason: Some("bye".into()), retry };
        let view = ToServerWebSocketCloseView { code: Some(1000), reason: Some("bye"), retry };
        check(
            &frame(&format!("{} 07 01e803 0103627965", v2::TO_SERVER), [retry.into()], ""),
            v2::to_server(ToServerTunnelMessageKind::ToServerWebSocketClose(close)),
            v2::to_server_view(ToServerTunnelMessageKindView::ToServerWebSocketClose(view)),
        );
    });
}

#[test]
fn v3_hibernate() {
    use barewire_protocol::runner::v3::*;

    for_each(BOOL, |hibernate: bool| {
        let close = ToServerWebSocketClose { code: None, reason: None, hibernate };
        let view = ToServerWebSocketCloseView { code: None, reason: None, hibernate };
        check(
            &frame(&format!("{} 07 00 00", v3::TO_SERVER), [hibernate.into()], ""),
            v3::to_server(ToServerTunnelMessageKind::ToServerWebSocketClose(close)),
            v3::to_server_view(ToServerTunnelMessageKindView::ToServerWebSocketClose(view)),
        );
    });
}

/// The last field of a command to start an actor: a count, and eight octets for each WebSocket that waits.
#[test]
fn v3_hibernating_requests() {
    use barewire_protocol::runner::v3::*;

    const START: &str = "01 0700000000000000 00 026131 02000000 0463686174 00 0000000000000000 00";
    let ids = |len: usize| vec![([1_u8, 2, 3, 4], [5_u8, 6, 7, 8]); len];
    // The count takes a second octet from 128 on.
    for_each([0, 1, 2, 127, 128].map(ids), |ids: Vec<([u8; 4], [u8; 4])>| {
        let count: &[u8] = match ids.len() {
            len @ 0..128 => &[len as u8],
            len => &[len as u8 | 0x80, (len >> 7) as u8],
        };
        let each = ids.iter().flat_map(|(gateway, request)| [*gateway, *request].concat());
        let octets: Vec<u8> = count.iter().copied().chain(each).collect();

        let waiting = ids
            .iter()
            .map(|(gateway, request)| HibernatingRequest { gateway_id: *gateway, request_id: *request });
        let hibernating_requests: Vec<_> = waiting.collect();
        let config = ActorConfig { name: "chat".into(), key: None, create_ts: 0, input: None };
        let config_view = ActorConfigView { name: "chat", key: None, create_ts: 0, input: None };
        let start_view = CommandStartActorView {
            actor_id: "a1",
            generation: 2,
            config: config_view,
            hibernating_requests: ListView::from(&hibernating_requests),
        };
        let start = CommandStartActor {
            actor_id: "a1".into(),
            generation: 2,
            config,
            hibernating_requests: hibernating_requests.clone(),
        };
        let commands = vec![CommandWrapper { index: 7, inner: Command::CommandStartActor(start.into()) }];
        let views = [CommandWrapperView { index: 7, inner: CommandView::CommandStartActor(start_view) }];
        check(
            &frame(&format!("02 {START}"), &octets, ""),
            ToClient::ToClientCommands(commands.clone()),
            ToClientView::ToClientCommands(ListView::from(&views)),
        );
        check(
            &frame(&format!("03 {START}"), &octets, ""),
            ToRunner::ToClientCommands(commands),
            ToRunnerView::ToClientCommands(ListView::from(&views)),
        );
    });
}
