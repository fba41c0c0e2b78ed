//! The ids of version 3 inside ids of 16 octets that look like UUIDs of version 4 (`protocol-layout` 5.2).
//!
//! ```text
//! octet    0  1  2  3  4  5   6   7   8   9  10 11  12 .. 15
//!          gateway id  request id                index
//!          g0 g1 g2 g3 r0 r1  40  r2  80  r3  lo hi  00 .. 00
//! ```

use crate::runner::v3::{GatewayId, MessageId, RequestId};

/// The packed form of `id`.
pub(super) fn pack(id: &MessageId) -> [u8; 16] {
    let [g0, g1, g2, g3] = id.gateway_id;
    let [r0, r1, r2, r3] = id.request_id;
    let [low, high] = id.message_index.to_le_bytes();
    [g0, g1, g2, g3, r0, r1, 0x40, r2, 0x80, r3, low, high, 0, 0, 0, 0]
}

/// The ids in the octets that hold them, whatever the others are.
pub(super) fn ids(packed: &[u8; 16]) -> (GatewayId, RequestId) {
    let [g0, g1, g2, g3, r0, r1, _, r2, _, r3, ..] = *packed;
    ([g0, g1, g2, g3], [r0, r1, r2, r3])
}

/// The ids in `packed`, if it is the packed form of a request id and nothing else.
pub(crate) fn unpacked(packed: &[u8; 16]) -> Option<(GatewayId, RequestId)> {
    let (gateway_id, request_id) = ids(packed);
    let id = MessageId { gateway_id, request_id, message_index: 0 };
    (*packed == pack(&id)).then_some((gateway_id, request_id))
}

/// The index that a message id carries, if it belongs to the request; 0 otherwise, since old runners make ids at random.
pub(super) fn index(request_id: &[u8; 16], message_id: &[u8; 16]) -> u16 {
    if ids(request_id) == ids(message_id) { u16::from_le_bytes([message_id[10], message_id[11]]) } else { 0 }
}
