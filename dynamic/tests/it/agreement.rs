//! Generated code and values agree on every input: whether it is a message, which one, and what is wrong with it.

use std::fmt::Debug;

use barewire::{Decode, Limits, Message};
use barewire_dynamic::MessageType;
use barewire_syntax::Checked;
use barewire_syntax::ir::Schema;
use proptest::prelude::*;
use proptest::test_runner::{TestCaseResult, TestRunner};

use crate::schemas::{family, golden};
use crate::strategies;

/// Lists types of the golden cases; each case is a test.
macro_rules! golden {
    ($($case:ident { $($ty:ident),* $(,)? })*) => {$(
        #[test]
        fn $case() {
            let schema = golden(stringify!($case));
            $(agree::<barewire_golden::$case::$ty>(&schema);)*
        }
    )*};
}

golden! {
    choices { Actor, Blob }
    containers { Everything }
    docs { Documented }
    enums { Department, Wide, Two, Outcome }
    inline { Order, Rows }
    keys { Keys }
    large { Choice, Optional, HasWide, D6, E8 }
    names { S, Self_, Encode, Send, JSON, Message, Union, FooBar, Choice, Result }
    roots { Counter, Octets, Empty, Ids, Lookup, Floats, Maybe, Small }
    structs { Point, Shape }
    unions { Content, Plain }
}

/// Lists the messages of the protocol; each version is a test.
macro_rules! protocol {
    ($($family:ident { $($version:ident { $($message:ident),* $(,)? })* })*) => {
        /// The messages that are compared.
        const COMPARED: &[(&str, &str, &str)] = &[
            $($($((stringify!($family), stringify!($version), stringify!($message)),)*)*)*
        ];

        $(mod $family {
            $(#[test]
            fn $version() {
                let versions = super::family(stringify!($family));
                let (_, schema) =
                    versions.iter().find(|(name, _)| name == stringify!($version)).expect("a version");
                $(super::agree::<barewire_protocol::$family::$version::$message>(schema);)*
            })*
        })*
    };
}

protocol! {
    runner {
        v1 { ToServer, ToClient, ToGateway, ToServerlessServer }
        v2 { ToServer, ToClient, ToGateway, ToServerlessServer }
        v3 { ToServer, ToClient, ToRunner, ToGateway, ToServerlessServer }
    }
    actor {
        v1 { PersistedActor }
        v2 { PersistedActor }
        v3 { MessageIndex, Conn, Actor }
        v2_older { PersistedActor }
    }
}

#[test]
fn no_message_of_the_protocol_is_left_out() {
    for name in ["runner", "actor"] {
        for (version, schema) in family(name) {
            for id in schema.ids().filter(|id| !schema.is_used(*id)) {
                let message = (name, version.as_str(), schema.definition(id).name.as_str());
                assert!(COMPARED.contains(&message), "{message:?}");
            }
        }
    }
}

/// Compares both on random values and on what becomes of their octets by mistake.
#[track_caller]
fn agree<M>(schema: &Checked<Schema>)
where
    M: Message + for<'a> Decode<'a> + Debug,
{
    let dynamic = MessageType::new(schema, M::NAME).expect("the type of the message");
    let config = ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() };
    let values = strategies::value(schema, dynamic.type_id());
    let noise = proptest::collection::vec(any::<u8>(), 0..40);
    let result = TestRunner::new(config).run(&(values, noise), |(value, noise)| {
        let octets = dynamic.encode(&value)?;
        compare::<M>(&dynamic, &octets)?;
        prop_assert_eq!(&dynamic.decode_with(&octets, &Limits::trusted())?, &value);
        compare::<M>(&dynamic, &noise)?;
        for input in mistakes(&octets) {
            compare::<M>(&dynamic, &input)?;
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{}: {error}", M::NAME));
}

/// Inputs that differ from `octets` in one place; of a long input, not in every place.
fn mistakes(octets: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let places = (0..octets.len()).step_by(1 + octets.len() / 64);
    places.flat_map(|place| {
        let changed = [0, 1, 2, 0x7f, 0x80, 0xff, octets[place] ^ 0x81, octets[place].wrapping_add(1)];
        let changed = changed.map(|octet| {
            let mut changed = octets.to_vec();
            changed[place] = octet;
            changed
        });
        let cut = octets[..place].to_vec();
        let without = [&octets[..place], &octets[place + 1..]].concat();
        let repeated = [&octets[..=place], &octets[place..]].concat();
        changed.into_iter().chain([cut, without, repeated])
    })
}

/// Compares what both make of `input`.
fn compare<M: Message + for<'a> Decode<'a>>(dynamic: &MessageType<'_>, input: &[u8]) -> TestCaseResult {
    let limits = Limits::trusted();
    let found = dynamic.decode_with(input, &limits);
    // The limits refuse more, and change nothing else.
    let limited = dynamic.decode(input);
    if limited.as_ref().map_or_else(|error| error.kind().rule().is_some(), |_| true) {
        prop_assert_eq!(&limited, &found);
    }
    match (M::decode_with(input, &limits), found) {
        (Ok(message), Ok(value)) => {
            prop_assert_eq!(message.encode_to_vec(), input);
            prop_assert_eq!(dynamic.encode(&value)?, input);
        }
        (Err(expected), Err(found)) => {
            prop_assert_eq!(found.kind(), expected.kind());
            prop_assert_eq!(found.offset(), expected.offset());
            let path = |path: &mut dyn Iterator<Item = String>| path.collect::<Vec<_>>();
            prop_assert_eq!(
                path(&mut found.path().map(|segment| format!("{segment:?}"))),
                path(&mut expected.path().map(|segment| format!("{segment:?}")))
            );
            prop_assert_eq!(found.to_string(), expected.to_string());
            prop_assert_eq!(found.needed(), expected.needed());
            prop_assert_eq!(found.tag(), expected.tag());
        }
        (expected, found) => {
            let expected = expected.map(|message| message.encode_to_vec());
            return Err(TestCaseError::fail(format!(
                "generated code says {expected:?}, values say {found:?} of {input:02x?}"
            )));
        }
    }
    Ok(())
}
