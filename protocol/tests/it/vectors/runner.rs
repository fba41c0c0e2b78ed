//! The vectors of the runner protocol.

use super::{TIME, Vectors};
use crate::rows::RUNNER;
use barewire::{Bytes, Map};

/// The request id and the message id of versions 1 and 2.
const REQUEST: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
const MESSAGE: [u8; 16] = [16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31];

#[test]
fn v1() {
    use barewire_protocol::runner::v1::*;

    let from_runner =
        |message_kind| ToServerTunnelMessage { request_id: REQUEST, message_id: MESSAGE, message_kind };
    let to_server = |kind| ToServer::ToServerTunnelMessage(from_runner(kind));
    let to_client = |message_kind, gateway_reply_to: Option<&str>| {
        let gateway_reply_to = gateway_reply_to.map(Into::into);
        let (request_id, message_id) = (REQUEST, MESSAGE);
        ToClient::ToClientTunnelMessage(
            ToClientTunnelMessage { request_id, message_id, message_kind, gateway_reply_to }.into(),
        )
    };

    let mut vectors = Vectors::of(RUNNER, "v1");
    vectors.check("R1-a", to_server(ToServerTunnelMessageKind::TunnelAck));
    vectors.check("R1-b", to_server(ToServerTunnelMessageKind::ToServerWebSocketOpen));
    vectors.check(
        "R1-c",
        to_server(ToServerTunnelMessageKind::ToServerWebSocketMessage(ToServerWebSocketMessage {
            data: Bytes::from_static(b"hi"),
            binary: false,
        })),
    );
    vectors.check(
        "R1-d",
        to_server(ToServerTunnelMessageKind::ToServerWebSocketClose(ToServerWebSocketClose {
            code: Some(1000),
            reason: Some("bye".into()),
        })),
    );
    vectors.check(
        "R1-e",
        to_client(
            ToClientTunnelMessageKind::ToClientWebSocketMessage(ToClientWebSocketMessage {
                data: Bytes::from_static(b"hi"),
                binary: false,
            }),
            None,
        ),
    );
    vectors.check(
        "R1-h",
        to_client(
            ToClientTunnelMessageKind::ToClientWebSocketOpen(ToClientWebSocketOpen {
                actor_id: "a1".into(),
                path: "/connect".into(),
                headers: Map::new(),
            }),
            Some("gw"),
        ),
    );
    vectors.check(
        "R1-i",
        to_client(
            ToClientTunnelMessageKind::ToClientWebSocketClose(ToClientWebSocketClose {
                code: None,
                reason: None,
            }),
            None,
        ),
    );
    vectors.check("R1-f", start_actor());
    vectors
        .check("R1-g", ToGateway { message: from_runner(ToServerTunnelMessageKind::ToServerWebSocketOpen) });
    vectors.all_checked();

    fn start_actor() -> ToClient {
        ToClient::ToClientCommands(vec![CommandWrapper {
            index: 7,
            inner: Command::CommandStartActor(
                CommandStartActor { actor_id: "a1".into(), generation: 2, config: super::runner::config() }
                    .into(),
            ),
        }])
    }
}

#[test]
fn v2() {
    use barewire_protocol::runner::v2::*;

    let from_runner =
        |message_kind| ToServerTunnelMessage { request_id: REQUEST, message_id: MESSAGE, message_kind };
    let to_server = |kind| ToServer::ToServerTunnelMessage(from_runner(kind));
    let open = |can_hibernate, last_msg_index| {
        to_server(ToServerTunnelMessageKind::ToServerWebSocketOpen(ToServerWebSocketOpen {
            can_hibernate,
            last_msg_index,
        }))
    };
    let ack =
        |index| ToServerTunnelMessageKind::ToServerWebSocketMessageAck(ToServerWebSocketMessageAck { index });
    let message =
        |index, data: &'static [u8], binary, gateway_reply_to: Option<&str>| {
            let data = Bytes::from_static(data);
            ToClient::ToClientTunnelMessage(
                ToClientTunnelMessage {
                    request_id: REQUEST,
                    message_id: MESSAGE,
                    message_kind: ToClientTunnelMessageKind::ToClientWebSocketMessage(
                        ToClientWebSocketMessage { index, data, binary },
                    ),
                    gateway_reply_to: gateway_reply_to.map(Into::into),
                }
                .into(),
            )
        };

    let mut vectors = Vectors::of(RUNNER, "v2");
    vectors.check("R2-a", open(true, -1));
    vectors.check("R2-b", open(true, 258));
    vectors.check("R2-i", open(false, 65535));
    vectors.check("R2-j", open(true, 65536));
    vectors.check("R2-c", to_server(ack(258)));
    vectors.check("R2-k", to_server(ack(0)));
    vectors.check(
        "R2-d",
        to_server(ToServerTunnelMessageKind::ToServerWebSocketClose(ToServerWebSocketClose {
            code: Some(1000),
            reason: Some("bye".into()),
            retry: true,
        })),
    );
    vectors.check(
        "R2-e",
        to_server(ToServerTunnelMessageKind::ToServerWebSocketClose(ToServerWebSocketClose {
            code: None,
            reason: None,
            retry: false,
        })),
    );
    vectors.check("R2-f", message(258, b"hi", false, None));
    vectors.check("R2-g", message(65535, b"\xff", true, Some("gw")));
    vectors.check(
        "R2-h",
        ToClient::ToClientCommands(vec![CommandWrapper {
            index: 7,
            inner: Command::CommandStartActor(
                CommandStartActor { actor_id: "a1".into(), generation: 2, config: config() }.into(),
            ),
        }]),
    );
    vectors.check("R2-l", ToGateway { message: from_runner(ack(258)) });
    vectors.all_checked();
}

#[test]
fn v3() {
    use barewire_protocol::runner::v3::*;

    let id = |message_index| MessageId { gateway_id: [1, 2, 3, 4], request_id: [5, 6, 7, 8], message_index };
    let from_runner = |index, message_kind| ToServerTunnelMessage { message_id: id(index), message_kind };
    let from_gateway = |index, message_kind| ToClientTunnelMessage { message_id: id(index), message_kind };
    let to_server = |index, kind| ToServer::ToServerTunnelMessage(from_runner(index, kind));
    let to_client = |index, kind| ToClient::ToClientTunnelMessage(from_gateway(index, kind));

    let mut vectors = Vectors::of(RUNNER, "v3");
    vectors.check("R3-a", id(258));

    // Messages of WebSockets.
    let ack =
        |index| ToServerTunnelMessageKind::ToServerWebSocketMessageAck(ToServerWebSocketMessageAck { index });
    let close = |code, reason: Option<&str>, hibernate| {
        let reason = reason.map(Into::into);
        ToServerTunnelMessageKind::ToServerWebSocketClose(ToServerWebSocketClose { code, reason, hibernate })
    };
    let message = |data, binary| {
        let data = Bytes::from_static(data);
        ToClientTunnelMessageKind::ToClientWebSocketMessage(ToClientWebSocketMessage { data, binary })
    };
    vectors.check(
        "R3-b",
        to_server(
            0,
            ToServerTunnelMessageKind::ToServerWebSocketOpen(ToServerWebSocketOpen { can_hibernate: true }),
        ),
    );
    vectors.check("R3-c", to_server(1, ack(258)));
    vectors.check("R3-d", to_server(2, close(Some(1008), Some("ws.message_index_skip"), false)));
    vectors.check("R3-e", to_server(2, close(None, None, true)));
    vectors.check(
        "R3-v",
        to_client(
            0,
            ToClientTunnelMessageKind::ToClientWebSocketOpen(ToClientWebSocketOpen {
                actor_id: "a1".into(),
                path: "/connect".into(),
                headers: Map::from([("h".into(), "v".into())]),
            }),
        ),
    );
    vectors.check("R3-f", to_client(258, message(b"hi", false)));
    vectors.check("R3-g", to_client(65535, message(b"\xff", true)));
    vectors.check(
        "R3-w",
        to_client(
            9,
            ToClientTunnelMessageKind::ToClientWebSocketClose(ToClientWebSocketClose {
                code: Some(1011),
                reason: Some("ws.downstream_closed".into()),
            }),
        ),
    );
    vectors.check("R3-h", to_client(0, ToClientTunnelMessageKind::DeprecatedTunnelAck));

    // Messages of HTTP requests.
    vectors.check(
        "R3-y",
        to_client(
            0,
            ToClientTunnelMessageKind::ToClientRequestStart(
                ToClientRequestStart {
                    actor_id: "a1".into(),
                    method: "GET".into(),
                    path: "/".into(),
                    headers: Map::new(),
                    body: None,
                    stream: false,
                }
                .into(),
            ),
        ),
    );
    vectors.check(
        "R3-z",
        to_server(
            0,
            ToServerTunnelMessageKind::ToServerResponseStart(ToServerResponseStart {
                status: 204,
                headers: Map::new(),
                body: None,
                stream: false,
            }),
        ),
    );

    // Commands.
    let start = |hibernating_requests| {
        let start = CommandStartActor {
            actor_id: "a1".into(),
            generation: 2,
            config: config(),
            hibernating_requests,
        };
        let inner = Command::CommandStartActor(start.into());
        ToClient::ToClientCommands(vec![CommandWrapper { index: 7, inner }])
    };
    let waiting = HibernatingRequest { gateway_id: [1, 2, 3, 4], request_id: [5, 6, 7, 8] };
    vectors.check("R3-i", start(vec![]));
    vectors.check("R3-j", start(vec![waiting]));
    vectors.check("R3-C", ToServer::ToServerAckCommands(ToServerAckCommands { last_command_idx: 7 }));

    // Messages inside the engine, and of a serverless runner.
    vectors.check(
        "R3-k",
        ToRunner::ToRunnerPing(ToRunnerPing { gateway_id: [1, 2, 3, 4], request_id: [5, 6, 7, 8], ts: TIME }),
    );
    vectors.check("R3-x", ToRunner::ToClientTunnelMessage(from_gateway(258, message(b"hi", false))));
    vectors.check("R3-l", ToGateway::ToGatewayPong(ToGatewayPong { request_id: [5, 6, 7, 8], ts: TIME }));
    vectors.check("R3-m", ToGateway::ToServerTunnelMessage(from_runner(1, ack(258))));
    vectors.check(
        "R3-n",
        ToServerlessServer::ToServerlessServerInit(ToServerlessServerInit { runner_id: "r1".into() }),
    );

    // The life of the connection.
    let name = ActorName { metadata: "{}".into() };
    vectors.check(
        "R3-o",
        ToServer::ToServerInit(ToServerInit {
            name: "n".into(),
            version: 1,
            total_slots: 10,
            last_command_idx: None,
            prepopulate_actor_names: Some(Map::from([("chat".into(), name)])),
            metadata: Some("{}".into()),
        }),
    );
    vectors.check(
        "R3-u",
        ToClient::ToClientInit(ToClientInit {
            runner_id: "r1".into(),
            last_event_idx: -1,
            metadata: ProtocolMetadata { runner_lost_threshold: 15_000 },
        }),
    );
    vectors.check("R3-r", ToServer::ToServerPing(ToServerPing { ts: -2 }));
    vectors.check("R3-s", ToServer::ToServerStopping);
    vectors.check("R3-t", ToClient::ToClientClose);

    // Events.
    let (actor_id, generation) = ("a1", 2);
    vectors.check(
        "R3-p",
        ToServer::ToServerEvents(vec![EventWrapper {
            index: 3,
            inner: Event::EventActorStateUpdate(EventActorStateUpdate {
                actor_id: actor_id.into(),
                generation,
                state: ActorState::ActorStateStopped(ActorStateStopped {
                    code: StopCode::Error,
                    message: Some("x".into()),
                }),
            }),
        }]),
    );
    let sleep =
        EventActorIntent { actor_id: actor_id.into(), generation, intent: ActorIntent::ActorIntentSleep };
    let clear_alarm = EventActorSetAlarm { actor_id: actor_id.into(), generation, alarm_ts: None };
    vectors.check(
        "R3-A",
        ToServer::ToServerEvents(vec![
            EventWrapper { index: 0, inner: Event::EventActorIntent(sleep) },
            EventWrapper { index: 1, inner: Event::EventActorSetAlarm(clear_alarm) },
        ]),
    );
    vectors.check("R3-D", ToClient::ToClientAckEvents(ToClientAckEvents { last_event_idx: 3 }));

    // The key-value store.
    let below = KvListPrefixQuery { key: Bytes::from_static(&[2]) };
    vectors.check(
        "R3-q",
        ToServer::ToServerKvRequest(
            ToServerKvRequest {
                actor_id: "a1".into(),
                request_id: 9,
                data: KvRequestData::KvListRequest(KvListRequest {
                    query: KvListQuery::KvListPrefixQuery(below),
                    reverse: None,
                    limit: Some(100),
                }),
            }
            .into(),
        ),
    );
    vectors.check(
        "R3-B",
        ToClient::ToClientKvResponse(ToClientKvResponse {
            request_id: 9,
            data: KvResponseData::KvGetResponse(KvGetResponse {
                keys: vec![Bytes::from_static(&[1])],
                values: vec![Bytes::from_static(&[2, 3])],
                metadata: vec![KvMetadata { version: Bytes::new(), create_ts: TIME }],
            }),
        }),
    );
    vectors.all_checked();
}

/// What the actor of the command vectors was created with, the same in all versions.
fn config() -> barewire_protocol::runner::v1::ActorConfig {
    barewire_protocol::runner::v1::ActorConfig {
        name: "chat".into(),
        key: Some("k".into()),
        create_ts: TIME,
        input: None,
    }
}
