//! What runners send.

use super::*;
use runner::migrate::{V1ToV2, V2ToV1, V2ToV3, V3ToV2};
use runner::{v1, v2, v3};

fn newest() -> BoxedStrategy<v3::ToServer> {
    mostly_tunnel!(v3 to_server to_server_tunnel_message v3::ToServer::ToServerTunnelMessage)
}

fn older_v2() -> BoxedStrategy<v2::ToServer> {
    let messages = mostly_tunnel!(v2 to_server to_server_tunnel_message v2::ToServer::ToServerTunnelMessage);
    with_ids!(messages, v2, ToServer::ToServerTunnelMessage)
}

fn older_v1() -> BoxedStrategy<v1::ToServer> {
    let messages = mostly_tunnel!(v1 to_server to_server_tunnel_message v1::ToServer::ToServerTunnelMessage);
    with_ids!(messages, v1, ToServer::ToServerTunnelMessage)
}

fn restored_v2(mut message: v2::ToServer, kept: &Migrations) -> v2::ToServer {
    if let v2::ToServer::ToServerTunnelMessage(tunnel) = &mut message {
        restore(&mut tunnel.request_id, &mut tunnel.message_id, kept.tunnel());
        if let v2::ToServerTunnelMessageKind::ToServerWebSocketOpen(open) = &mut tunnel.message_kind {
            open.last_msg_index =
                kept.tunnel().and_then(|kept| kept.last_msg_index).expect("an open message");
        }
    }
    message
}

fn restored_v1(mut message: v1::ToServer, kept: &Migrations) -> v1::ToServer {
    if let v1::ToServer::ToServerTunnelMessage(tunnel) = &mut message {
        restore(&mut tunnel.request_id, &mut tunnel.message_id, kept.tunnel());
    }
    message
}

#[test]
fn v1_and_v2() {
    let older = older_v1();
    let newer = older_v2();
    hold(
        older,
        newer,
        Steps { up: V1ToV2::to_server, down: V2ToV1::to_server, restored: complete, path: same },
    );
}

#[test]
fn v2_and_v3() {
    let older = older_v2();
    let steps =
        Steps { up: V2ToV3::to_server, down: V3ToV2::to_server, restored: restored_v2, path: hibernate };
    hold(older, newest(), steps);
}

#[test]
fn v1_and_v3() {
    let older = older_v1();
    let steps = Steps {
        up: |m, older| V1ToV2::to_server(m, older).and_then(|message| V2ToV3::to_server(m, message)),
        down: |m, newer| V3ToV2::to_server(m, newer).and_then(|message| V2ToV1::to_server(m, message)),
        restored: restored_v1,
        path: hibernate,
    };
    hold(older, newest(), steps);
}
