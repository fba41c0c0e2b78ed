//! The sessions: each rule of the behaviour reference, by its row, and each defect that it knows, by its number.
//!
//! They are a binary of their own, so that a changed machine is tested in seconds.
//! Both machines are driven through what anybody can call, and what they say is compared as short texts.

mod gateway;
mod runner;

mod acks;
mod actors;
mod answers;
mod bounds;
mod closes;
mod defects;
mod handshake;
mod hibernation;
mod index;
mod keepalive;
mod outbound;
mod ping;
mod reasons;
mod restore;
mod saves;
mod sequence;
mod siblings;
mod snapshot;
mod tunnel_acks;
mod versions;
mod window;

use barewire_protocol::session::{Close, GatewayId, Instant, RequestId, SocketId};

const GATEWAY: GatewayId = GatewayId([1, 2, 3, 4]);
const REQUEST: RequestId = RequestId([5, 6, 7, 8]);
const SOCKET: SocketId = SocketId { gateway: GATEWAY, request: REQUEST };
const ACTOR: &str = "chat";

fn at(millis: u64) -> Instant {
    Instant::from_millis(millis)
}

/// `1000 reason`, `1000` or `-`, with `-` for what is not there.
fn shown(close: &Close) -> String {
    let code = close.code.map_or("-".into(), |code| code.to_string());
    match &close.reason {
        Some(reason) => format!("{code} {reason}"),
        None => code,
    }
}
