//! The laws of a codec, for each case: what golden text looks like says little of what it does.
//!
//! The types named here reach all the others of their case.

mod passing;
mod steps;

use std::fmt::Debug;

use barewire::{Bytes, Decode, DecodeErrorKind, Limits, Message};
use barewire_conformance::parts;
use barewire_golden as golden;
use proptest::prelude::{BoxedStrategy, ProptestConfig, TestCaseError};
use proptest::test_runner::TestRunner;
use proptest::{prop_assert, prop_assert_eq};

/// Decoding inverts encoding, lengths are exact, views agree with owned values, and nothing else is accepted.
#[track_caller]
fn laws<M>(values: BoxedStrategy<M>)
where
    M: Message + for<'a> Decode<'a> + Clone + Debug + PartialEq,
{
    let config = ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(config).run(&values, |message| holds(&message)).unwrap();
}

/// The stack that all but the deepest types have to do with.
const STACK: usize = 64 << 10;

/// What is done with the value that is encoded as `octets` takes less than `stack` octets of stack, without optimisation, too.
fn fits<M>(stack: usize, octets: Vec<u8>)
where
    M: Message + for<'a> Decode<'a> + Clone + Debug + PartialEq,
{
    let limits = Limits::trusted();
    let work = move || {
        let message = M::decode_with(&octets, &limits).unwrap();
        let view = M::View::decode_with(&octets, &limits).unwrap();
        assert_eq!(message.encode_to_vec(), octets);
        assert_eq!(view.encode_to_vec(), octets);
        assert_eq!(view.to_message_with::<M>(&limits).unwrap().encode_to_vec(), octets);
        assert_eq!(message.clone().encode_to_vec(), octets);
        assert_eq!(view.clone().encode_to_vec(), octets);
        // Comparing takes stack, too; what comes out is open, since a NaN does not equal itself.
        let _ = (message == message.clone(), view == view.clone());
        assert!(!format!("{message:?}{view:?}").is_empty());
    };
    std::thread::Builder::new().stack_size(stack).spawn(work).unwrap().join().unwrap();
}

fn holds<M>(message: &M) -> Result<(), TestCaseError>
where
    M: Message + for<'a> Decode<'a> + Clone + Debug + PartialEq,
{
    let limits = Limits::trusted();
    let octets = message.encode_to_vec();
    prop_assert_eq!(octets.len(), message.encoded_len());
    let decoded = M::decode_with(&octets, &limits)?;
    prop_assert_eq!(&octets, &decoded.encode_to_vec());
    let frame = Bytes::from(octets);
    prop_assert_eq!(&frame, &M::decode_with(&frame, &limits)?.encode_to_vec());
    let view = M::View::decode_with(&frame, &limits)?;
    prop_assert_eq!(parts::same(message, &decoded), Ok(()));
    prop_assert_eq!(parts::same(message, &view), Ok(()));
    prop_assert_eq!(&frame, &view.encode_to_vec());
    prop_assert_eq!(frame.len(), view.encoded_len());

    // Every prefix of a short message, some of a long one.
    for end in (0..frame.len()).step_by(1 + frame.len() / 64) {
        let owned = M::decode_with(&frame[..end], &limits).expect_err("a prefix is no message");
        prop_assert!(owned.needed().is_some(), "{owned}");
        prop_assert_eq!(
            owned,
            M::View::decode_with(&frame[..end], &limits).expect_err("a prefix is no message")
        );
    }
    fits::<M>(STACK, frame.to_vec());
    let mut longer = frame.to_vec();
    longer.push(0);
    let trailing = M::decode_with(&longer, &limits).expect_err("an octet is left");
    prop_assert_eq!(trailing.kind(), DecodeErrorKind::TrailingBytes { count: 1 });

    // Owned values and views accept and refuse the same bytes, for the same reason at the same place.
    for position in (0..frame.len()).step_by(1 + frame.len() / 16) {
        let mut changed = frame.to_vec();
        changed[position] ^= 0x81;
        let owned = M::decode_with(&changed, &limits).map(|message| message.encode_to_vec());
        let view = M::View::decode_with(&changed, &limits).map(|message| message.encode_to_vec());
        prop_assert_eq!(owned, view);
    }
    Ok(())
}

macro_rules! cases {
    ($($case:ident: $file:literal { $($ty:ident),* $(,)? })*) => {$(
        mod $case {
            use super::golden::$case::*;
            include!($file);

            $(
                #[test]
                #[allow(non_snake_case, reason = "the test is named for the type")]
                fn $ty() {
                    super::laws(strategies::$ty());
                }
            )*
        }
    )*};
}

cases! {
    choices: "choices/strategies.rs" { actor, blob }
    containers: "containers/strategies.rs" { everything }
    docs: "docs/strategies.rs" { documented }
    enums: "enums/strategies.rs" { department, wide, two, outcome }
    inline: "inline/strategies.rs" { order, order_lines, order_paid, rows }
    keys: "keys/strategies.rs" { keys }
    large: "large/strategies.rs" { record, choice, optional, has_wide, d4, e6 }
    names: "names/strategies.rs" { s, self_, encode, send, json, message, union }
    roots: "roots/strategies.rs" { counter, octets, empty, ids, lookup, floats, maybe, small }
    structs: "structs/strategies.rs" { point, shape }
    unions: "unions/strategies.rs" { content, plain }
}

mod one {
    use super::golden::one::{Codec, latest, v1};
    use barewire::Message;
    include!("one/strategies.rs");

    #[test]
    fn a() {
        super::laws(strategies::v1::a());
    }

    /// A program writes the same with one version as with many.
    #[test]
    fn a_codec_speaks_the_only_version() {
        let mut codec = Codec::new(1, barewire::Losses::refused()).unwrap();
        let octets = codec.encode_embedded(&latest::A { a: 7 }).unwrap();
        assert_eq!(codec.decode_embedded::<latest::A>(&octets).unwrap(), latest::A { a: 7 });
        let error = Codec::new(2, barewire::Losses::refused()).unwrap_err();
        assert_eq!(error.to_string(), "version 2 is not supported: expected version 1");
        assert_eq!(latest::A { a: 7 }.encode_to_vec(), [7]);
    }
}

/// Version 2 was given up: what was stored in it is read, migrations go through it, and nobody speaks it.
mod retired {
    use super::golden::retired::migrate::{V1ToV2, V2ToV1, V2ToV3, V3ToV2};
    use super::golden::retired::{Codec, negotiate, v1, v2, v3};
    use barewire::{Losses, Migrated, Migrator};
    include!("retired/strategies.rs");

    struct Migrations(Losses);

    impl Migrator for Migrations {
        fn losses(&mut self) -> &mut Losses {
            &mut self.0
        }
    }

    impl V1ToV2 for Migrations {}

    impl V2ToV3 for Migrations {}

    impl V2ToV1 for Migrations {
        fn note(&mut self, from: v2::Note) -> Migrated<v1::Note> {
            let v2::Note { text, tags } = from;
            if !tags.is_empty() {
                self.0.dropped("tags", 1)?;
            }
            Ok(v1::Note { text })
        }
    }

    impl V3ToV2 for Migrations {
        fn note(&mut self, from: v3::Note) -> Migrated<v2::Note> {
            let v3::Note { text, tags, stars } = from;
            if stars.is_some() {
                self.0.dropped("stars", 2)?;
            }
            Ok(v2::Note { text, tags })
        }
    }

    #[test]
    fn note() {
        super::laws(strategies::v3::note());
    }

    #[test]
    fn nobody_speaks_it() {
        assert_eq!(negotiate(1..=2), Ok(1));
        assert_eq!(negotiate(1..=3), Ok(3));
        let error = negotiate(2..=2).unwrap_err();
        let expected = "no version in common: the peer speaks version 2, this program versions 1 to 3, of which 2 is retired";
        assert_eq!(error.to_string(), expected);
        let expected = "version 2 is retired: what was stored in it is read, nothing is written in it";
        let strict = || Migrations(Losses::refused());
        assert_eq!(Codec::new(2, strict()).err().unwrap().to_string(), expected);
        assert_eq!(Codec::latest(strict()).pin_writer(2).unwrap_err().to_string(), expected);
    }

    #[test]
    fn it_is_read_and_steps_go_through_it() {
        let mut codec = Codec::latest(Migrations(Losses::refused()));
        let note = v3::Note { text: "a".into(), tags: Vec::new(), stars: None };
        assert_eq!(codec.decode_embedded::<v3::Note>(&[2, 0, 1, b'a', 0]).unwrap(), note);
        assert_eq!(codec.decode_embedded::<v3::Note>(&[1, 0, 1, b'a']).unwrap(), note);
        codec.pin_writer(1).unwrap();
        assert_eq!(codec.encode_embedded(&note).unwrap(), [1, 0, 1, b'a'][..]);
    }
}

mod versions {
    use super::golden::versions::{v1, v2, v3};
    include!("versions/strategies.rs");

    #[test]
    fn v1_to_v3() {
        super::laws(strategies::v1::root());
        super::laws(strategies::v2::root());
        super::laws(strategies::v3::root());
        super::laws(strategies::v3::pair());
    }

    /// A type that did not change moves between versions without a conversion.
    #[test]
    fn an_unchanged_type_is_the_same_type() {
        let _: v3::Inner = v1::Inner { a: 1 };
        let _: fn(v1::Same) -> v2::Same = |same| same;
    }
}

/// The deepest nesting that is allowed. It stands here and not in the library: clippy takes exponential time for lists
/// in lists, and rustdoc asks whether they are `Send`, for which rustc wants a higher recursion limit.
#[cfg(not(clippy))]
mod nesting {
    use super::fits;

    include!("nesting/expected.rs");

    #[test]
    fn the_deepest_values_fit_a_small_stack() {
        const STACK: usize = 256 << 10;
        fits::<Lists>(STACK, [vec![1; 98], vec![2, 7, 8]].concat());
        fits::<Optionals>(STACK, [vec![1; 99], vec![2, b'o', b'k']].concat());
        fits::<Maps>(STACK, [[1, 5].repeat(99), vec![0x80, 0x01]].concat());
        fits::<N96>(STACK, vec![2, b'o', b'k']);
        fits::<U96>(STACK, [vec![0; 97], vec![2, b'o', b'k']].concat());
    }
}

mod runner_serde {
    use super::golden::runner_serde::v3::{ToServer, ToServerWebSocketClose, ToServerWebSocketOpen};

    /// Derives that the user chose work on every type, and serde keeps every value.
    #[test]
    fn survives_json() {
        let value = ToServerWebSocketClose { code: Some(1008), reason: Some("why".into()), hibernate: true };
        let json = serde_json::to_string(&value).unwrap();
        assert_eq!(json, r#"{"code":1008,"reason":"why","hibernate":true}"#);
        assert_eq!(serde_json::from_str::<ToServerWebSocketClose>(&json).unwrap(), value);
        let _ = ToServerWebSocketOpen { can_hibernate: true };
        assert_eq!(serde_json::to_string(&ToServer::ToServerStopping).unwrap(), r#""ToServerStopping""#);
    }
}
