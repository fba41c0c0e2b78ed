//! The price of an older version: the same message decoded into the newest types, from each version.

use barewire::{Bytes, Map};
use barewire_protocol::runner::latest::{
    ActorConfig, Command, CommandStartActor, CommandWrapper, KvGetResponse, KvMetadata, KvResponseData,
    MessageId, ToClient, ToClientKvResponse, ToClientRequestStart, ToClientTunnelMessage,
    ToClientTunnelMessageKind, ToClientWebSocketClose, ToClientWebSocketMessage,
};
use barewire_protocol::{Migrations, runner};
use criterion::{BenchmarkId, Criterion};
use std::hint::black_box;

/// A message of the newest version that every version can hold.
pub struct Case {
    /// What the report calls it.
    pub name: &'static str,
    message: ToClient,
}

/// The messages that are measured.
pub fn cases() -> Vec<Case> {
    let tunnel = |message_kind| {
        let message_id = MessageId { gateway_id: [1, 2, 3, 4], request_id: [5, 6, 7, 8], message_index: 258 };
        ToClient::ToClientTunnelMessage(ToClientTunnelMessage { message_id, message_kind })
    };
    let data = |len| Bytes::from(vec![7; len]);
    let web_socket = |len| {
        let message = ToClientWebSocketMessage { data: data(len), binary: true };
        tunnel(ToClientTunnelMessageKind::ToClientWebSocketMessage(message))
    };
    let headers = (0..10).map(|i| (format!("x-header-{i}").into(), format!("value of header {i}").into()));
    let request = ToClientRequestStart {
        actor_id: "0123456789abcdef0123456789abcdef".into(),
        method: "POST".into(),
        path: "/api/v1/things?filter=new".into(),
        headers: Map::from_iter(headers),
        body: Some(data(256)),
        stream: false,
    };
    let command = |index| CommandWrapper {
        index,
        inner: Command::CommandStartActor(Box::new(CommandStartActor {
            actor_id: "0123456789abcdef0123456789abcdef".into(),
            generation: 3,
            config: ActorConfig {
                name: "chat-room".into(),
                key: Some("lobby".into()),
                create_ts: 1_700_000_000_000,
                input: Some(data(64)),
            },
            hibernating_requests: Vec::new(),
        })),
    };
    let entries = |len: u8| (0..len).map(|i| Bytes::from(vec![i; 32])).collect();
    let values = KvGetResponse {
        keys: entries(20),
        values: entries(20),
        metadata: (0..20).map(|i| KvMetadata { version: Bytes::from(vec![i; 8]), create_ts: 1 }).collect(),
    };
    let values = ToClientKvResponse { request_id: 7, data: KvResponseData::KvGetResponse(values) };
    let close = ToClientWebSocketClose { code: Some(1000), reason: Some("going away".into()) };
    vec![
        Case { name: "response with 20 entries", message: ToClient::ToClientKvResponse(values) },
        Case {
            name: "web socket close",
            message: tunnel(ToClientTunnelMessageKind::ToClientWebSocketClose(close)),
        },
        Case { name: "web socket message, 64 octets", message: web_socket(64) },
        Case { name: "web socket message, 16 KiB", message: web_socket(16 << 10) },
        Case {
            name: "request with ten headers",
            message: tunnel(ToClientTunnelMessageKind::ToClientRequestStart(Box::new(request))),
        },
        Case { name: "64 commands", message: ToClient::ToClientCommands((0..64).map(command).collect()) },
    ]
}

/// Decodes each case from each version into the newest types.
pub fn bench(c: &mut Criterion) {
    for case in cases() {
        let mut group = c.benchmark_group(case.name);
        for version in [3, 2, 1] {
            let mut codec = runner::Codec::new(version, Migrations::strict()).expect("a version");
            let frame = codec.encode(&case.message).expect("every version can hold it");
            let decoded: ToClient = codec.decode(&frame).expect("just encoded");
            assert_eq!(decoded, case.message);
            group.bench_function(BenchmarkId::from_parameter(format!("v{version}")), |b| {
                b.iter(|| codec.decode::<ToClient>(black_box(&frame)).expect("decoded before"));
            });
        }
        group.finish();
    }
}
