//! Long text and data of a decoded message lie in its frame; nothing of it is copied.

use barewire::{Bytes, Detach, Map, Message, Str};
use barewire_protocol::runner::v3::{ToClientRequestStart, ToClientRequestStartView};

/// One octet more than is held inline.
const LONG: usize = 39;

fn request(text: &str) -> ToClientRequestStart {
    ToClientRequestStart {
        actor_id: "a1".into(),
        method: "GET".into(),
        path: text.into(),
        headers: Map::from([(Str::from(text), Str::from(text))]),
        body: Some(Bytes::from(text.to_owned())),
        stream: false,
    }
}

/// The parts of `request` that may be long.
fn parts(request: &ToClientRequestStart) -> [&[u8]; 4] {
    let (key, value) = &request.headers.as_slice()[0];
    let body = request.body.as_deref().expect("it was set");
    [request.path.as_bytes(), key.as_bytes(), value.as_bytes(), body]
}

fn lies_in(frame: &[u8], part: &[u8]) -> bool {
    let frame = frame.as_ptr_range();
    let part = part.as_ptr_range();
    frame.start <= part.start && part.end <= frame.end
}

#[test]
fn long_text_and_data_share_the_frame() {
    let frame = Bytes::from(request(&"x".repeat(LONG)).encode_to_vec());
    let decoded = ToClientRequestStart::decode(&frame).expect("just encoded");
    for part in parts(&decoded) {
        assert!(lies_in(&frame, part));
    }
    // The frame lives as long as the message needs it.
    drop(frame);
    assert_eq!(decoded, request(&"x".repeat(LONG)));
}

#[test]
fn short_text_does_not_hold_the_frame() {
    let frame = Bytes::from(request("short").encode_to_vec());
    let mut decoded = ToClientRequestStart::decode(&frame).expect("just encoded");
    let [path, key, value, body] = parts(&decoded);
    for text in [path, key, value] {
        assert!(!lies_in(&frame, text));
    }
    assert!(lies_in(&frame, body), "data is shared whatever its length");
    decoded.body.as_mut().expect("it was set").detach();
    assert!(frame.is_unique());
}

#[test]
fn nothing_shares_a_borrowed_slice() {
    let frame = request(&"x".repeat(LONG)).encode_to_vec();
    let decoded = ToClientRequestStart::decode(&frame).expect("just encoded");
    for part in parts(&decoded) {
        assert!(!lies_in(&frame, part));
    }
}

#[test]
fn views_borrow_text_and_data_of_any_length() {
    let frame = request("short").encode_to_vec();
    let view = ToClientRequestStartView::decode(&frame).expect("just encoded");
    let ToClientRequestStartView { actor_id, method, path, headers, body, stream: _ } = view;
    for text in [actor_id, method, path].into_iter().chain(headers.keys()).chain(headers.values()) {
        assert!(lies_in(&frame, text.as_bytes()));
    }
    assert!(lies_in(&frame, body.expect("it was set")));
}
