//! What segments cost: the same for every length of a payload.

use barewire::Message;
use barewire_protocol::runner::latest::{
    MessageId, ToClientTunnelMessage, ToClientTunnelMessageKind, ToClientTunnelMessageKindView,
    ToClientTunnelMessageView, ToClientWebSocketMessage, ToClientWebSocketMessageView,
};

use crate::allocator;

const ID: MessageId = MessageId { gateway_id: [1; 4], request_id: [2; 4], message_index: 3 };

/// Checks that the segments of `message` take at most two allocations, of little together.
fn costs_little(message: &impl Message) {
    let (is_refused, pieces) = allocator::refusing(2, 0, || message.encode_segments().pieces().count());
    assert!(!is_refused, "more than two allocations");
    assert_eq!(pieces, 3);
    let (peak, _) = allocator::peak(|| message.encode_segments());
    assert!(peak < 256, "{peak}");
}

#[test]
fn payloads_of_all_lengths_take_two_small_allocations() {
    for len in [16 << 10, 1 << 20, 16 << 20] {
        let data = vec![7; len];
        // Framed from what is only borrowed, nothing but the header is copied.
        costs_little(&ToClientTunnelMessageView {
            message_id: ID,
            message_kind: ToClientTunnelMessageKindView::ToClientWebSocketMessage(
                ToClientWebSocketMessageView { data: &data, binary: true },
            ),
        });
        costs_little(&ToClientTunnelMessage {
            message_id: ID,
            message_kind: ToClientTunnelMessageKind::ToClientWebSocketMessage(ToClientWebSocketMessage {
                data: data.into(),
                binary: true,
            }),
        });
    }
}
