//! What runners are sent.

use super::*;
use runner::migrate::{V1ToV2, V2ToV1, V2ToV3, V3ToV2};
use runner::{v1, v2, v3};

fn newest() -> BoxedStrategy<v3::ToClient> {
    mostly_tunnel!(v3 to_client to_client_tunnel_message v3::ToClient::ToClientTunnelMessage)
}

macro_rules! older {
    ($name:ident $version:ident) => {
        fn $name() -> BoxedStrategy<$version::ToClient> {
            let boxed = |message| $version::ToClient::ToClientTunnelMessage(Box::new(message));
            let messages = mostly_tunnel!($version to_client to_client_tunnel_message boxed);
            with_ids!(messages, $version, ToClient::ToClientTunnelMessage)
        }
    };
}

older! { older_v1 v1 }
older! { older_v2 v2 }

macro_rules! restored {
    ($name:ident $version:ident) => {
        fn $name(mut message: $version::ToClient, kept: &Migrations) -> $version::ToClient {
            if let $version::ToClient::ToClientTunnelMessage(tunnel) = &mut message {
                restore(&mut tunnel.request_id, &mut tunnel.message_id, kept.tunnel());
                tunnel.gateway_reply_to = reply_to(kept.tunnel());
            }
            message
        }
    };
}

restored! { restored_v1 v1 }
restored! { restored_v2 v2 }

#[test]
fn v1_and_v2() {
    let older = older_v1();
    let newer = older_v2();
    hold(
        older,
        newer,
        Steps { up: V1ToV2::to_client, down: V2ToV1::to_client, restored: complete, path: same },
    );
}

#[test]
fn v2_and_v3() {
    let older = older_v2();
    let steps = Steps { up: V2ToV3::to_client, down: V3ToV2::to_client, restored: restored_v2, path: same };
    hold(older, newest(), steps);
}

#[test]
fn v1_and_v3() {
    let older = older_v1();
    let steps = Steps {
        up: |m, older| V1ToV2::to_client(m, older).and_then(|message| V2ToV3::to_client(m, message)),
        down: |m, newer| V3ToV2::to_client(m, newer).and_then(|message| V2ToV1::to_client(m, message)),
        restored: restored_v1,
        path: same,
    };
    hold(older, newest(), steps);
}
