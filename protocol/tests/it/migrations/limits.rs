//! The heap budget of a message holds for its migration, too.

use crate::rows::octets;
use barewire::{Bytes, CodecError, Limits, MigrateErrorKind};
use barewire_protocol::Migrations;
use barewire_protocol::runner::{Codec, latest::ToClient};

/// Orders to start `count` actors, the same in versions 1 and 2.
fn commands(count: u8) -> Bytes {
    let command = "0700000000000000 00 026131 02000000 0463686174 01016b 0068e5cf8b010000 00";
    let all = std::iter::repeat_n(octets(command), count.into()).flatten();
    [2, count].into_iter().chain(all).collect::<Vec<u8>>().into()
}

/// The error for `frame` within `heap` octets, or nothing if they are enough.
fn refusal(version: u16, frame: &Bytes, heap: usize) -> Option<CodecError> {
    let codec = Codec::new(version, Migrations::strict()).expect("a version");
    codec.with_limits(Limits::with_heap(heap)).decode::<ToClient>(frame).err()
}

fn is_limit(error: &CodecError) -> bool {
    error.to_string().contains("more bytes of heap, above the limit of")
}

/// More than the old message alone takes, and less than both messages do that a step has at once.
#[test]
fn a_migration_is_charged_to_the_budget() {
    let frame = commands(100);
    let needed = |version: u16| {
        let enough = |heap: &usize| match refusal(version, &frame, *heap) {
            None => true,
            Some(error) => {
                assert!(is_limit(&error), "{error}");
                false
            }
        };
        (0..).step_by(100).find(enough).expect("some budget is enough")
    };
    let (old, oldest) = (needed(2), needed(1));
    assert_eq!(old, oldest, "the first step moves the list");
    let error = refusal(2, &frame, old - 100).expect("not enough");
    let CodecError::Migrate(error) = error else { panic!("the octets alone fit: {error:?}") };
    assert!(matches!(error.kind(), MigrateErrorKind::LimitExceeded { .. }));
    assert!(error.to_string().contains("for this input in ToClient.ToClientCommands"), "{error}");
    assert!(old < 100 * 1024, "a thousand octets for each actor are plenty: {old}");
}

/// The limits of the codec hold whichever way a frame is decoded.
#[test]
fn limits_hold_for_every_way_in() {
    let (older, newest) = (commands(100), {
        let mut codec = Codec::new(2, Migrations::strict()).expect("a version");
        codec.pin_writer(3).expect("a version");
        let message: ToClient = codec.decode(&commands(100)).expect("within the default");
        codec.encode(&message).expect("the newest version")
    });
    assert!(is_limit(&refusal(1, &older, 1000).expect("too little")));
    assert!(is_limit(&refusal(3, &newest, 1000).expect("too little")));
    let mut codec =
        Codec::new(2, Migrations::strict()).expect("a version").with_limits(Limits::with_heap(1000));
    assert!(is_limit(&codec.read::<ToClient>(&older).expect_err("too little")));
    let embedded = [&[3, 0][..], &newest].concat();
    assert!(is_limit(&codec.decode_embedded::<ToClient>(&embedded).expect_err("too little")));
}
