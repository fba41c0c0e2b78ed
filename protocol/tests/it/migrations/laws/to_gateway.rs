//! What gateways are sent.

use super::*;
use crate::runner::strategies;
use runner::migrate::{V1ToV2, V2ToV1, V2ToV3, V3ToV2};
use runner::{v1, v2};

fn restored_v2(mut message: v2::ToGateway, kept: &Migrations) -> v2::ToGateway {
    let tunnel = &mut message.message;
    restore(&mut tunnel.request_id, &mut tunnel.message_id, kept.tunnel());
    if let v2::ToServerTunnelMessageKind::ToServerWebSocketOpen(open) = &mut tunnel.message_kind {
        open.last_msg_index = kept.tunnel().and_then(|kept| kept.last_msg_index).expect("an open message");
    }
    message
}

fn restored_v1(mut message: v1::ToGateway, kept: &Migrations) -> v1::ToGateway {
    restore(&mut message.message.request_id, &mut message.message.message_id, kept.tunnel());
    message
}

#[test]
fn v1_and_v2() {
    let steps = Steps { up: V1ToV2::to_gateway, down: V2ToV1::to_gateway, restored: complete, path: same };
    hold(gateways_with_ids!(v1), gateways_with_ids!(v2), steps);
}

#[test]
fn v2_and_v3() {
    let steps =
        Steps { up: V2ToV3::to_gateway, down: V3ToV2::to_gateway, restored: restored_v2, path: gateway };
    hold(gateways_with_ids!(v2), strategies::v3::to_gateway(), steps);
}

#[test]
fn v1_and_v3() {
    let steps = Steps {
        up: |m, older| V1ToV2::to_gateway(m, older).and_then(|message| V2ToV3::to_gateway(m, message)),
        down: |m, newer| V3ToV2::to_gateway(m, newer).and_then(|message| V2ToV1::to_gateway(m, message)),
        restored: restored_v1,
        path: gateway,
    };
    hold(gateways_with_ids!(v1), strategies::v3::to_gateway(), steps);
}
