//! What holds for every value of every message, and for octets that may be no message.

use crate::schemas::{FAMILIES, roots};
use barewire::{Bytes, Decode, DecodeErrorKind, Limits, Message};
use barewire_conformance::parts;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestCaseResult, TestRunner};
use std::fmt::Debug;

/// Lists the messages: for each a test named after its strategy.
macro_rules! laws {
    ($($family:ident {
        $($version:ident { $($strategy:ident: $message:ident),* $(,)? })*
    })*) => {
        /// The messages whose laws are tested.
        const TESTED: &[(&str, &str, &str)] = &[
            $($($((stringify!($family), stringify!($version), stringify!($message)),)*)*)*
        ];

        $(mod $family {
            $(mod $version {
                $(#[test]
                fn $strategy() {
                    use crate::$family::{$version, strategies};
                    crate::laws::hold_for::<$version::$message>(strategies::$version::$strategy());
                })*
            })*
        })*
    };
}

laws! {
    runner {
        v1 {
            to_server: ToServer,
            to_client: ToClient,
            to_gateway: ToGateway,
            to_serverless_server: ToServerlessServer,
        }
        v2 {
            to_server: ToServer,
            to_client: ToClient,
            to_gateway: ToGateway,
            to_serverless_server: ToServerlessServer,
        }
        v3 {
            to_server: ToServer,
            to_client: ToClient,
            to_runner: ToRunner,
            to_gateway: ToGateway,
            to_serverless_server: ToServerlessServer,
        }
    }
    actor {
        v1 { persisted_actor: PersistedActor }
        v2 { persisted_actor: PersistedActor }
        v3 { message_index: MessageIndex, conn: Conn, actor: Actor }
    }
}

#[test]
fn no_message_is_forgotten() {
    for family in FAMILIES {
        let tested = TESTED.iter().filter(|(of, ..)| *of == family);
        let mut tested: Vec<_> =
            tested.map(|(_, version, name)| (version.to_string(), name.to_string())).collect();
        let mut roots = roots(family);
        tested.sort();
        roots.sort();
        assert_eq!(tested, roots);
    }
}

/// How many values are drawn for each message.
const CASES: u32 = 128;

/// A message is cut at every length up to this one.
const EVERY_CUT: usize = 1024;

/// How many cuts are tried where not every one is.
const CUTS: usize = 48;

fn hold_for<M>(messages: BoxedStrategy<M>)
where
    M: Message + for<'a> Decode<'a> + Clone + Debug + PartialEq,
{
    // A failure is printed with all that is needed to write a test of it.
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let damages = prop::collection::vec(prop::collection::vec(Damage::any(), 1..4), 8);
    let result = TestRunner::new(config).run(&(messages, damages), |(message, damages)| {
        let octets = message.encode_to_vec();
        decoding_gives_it_back(&message, &octets)?;
        no_prefix_is_accepted::<M>(&octets)?;
        nothing_may_follow::<M>(&octets)?;
        for damage in damages {
            let octets = damage.iter().fold(octets.clone(), Damage::apply);
            views_and_owned_agree::<M>(&octets)?;
        }
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

fn decoding_gives_it_back<M>(message: &M, octets: &Vec<u8>) -> TestCaseResult
where
    M: Message + for<'a> Decode<'a> + Debug + PartialEq,
{
    let frame = Bytes::from(octets.clone());
    let (shared, copied) = (M::decode(&frame), M::decode(octets));
    prop_assert_eq!(shared.as_ref(), Ok(message));
    prop_assert_eq!(copied.as_ref(), Ok(message));
    let view = M::View::decode(octets);
    prop_assert!(view.is_ok());
    let (Ok(shared), Ok(copied), Ok(view)) = (shared, copied, view) else { unreachable!("asserted above") };
    let from_view = view.to_message::<M>();
    prop_assert_eq!(from_view.as_ref(), Ok(message));
    prop_assert_eq!(parts::same(message, &view), Ok(()));

    for again in [shared.encode_to_vec(), copied.encode_to_vec(), view.encode_to_vec()] {
        prop_assert_eq!(&again, octets);
    }
    for len in [message.encoded_len(), shared.encoded_len(), view.encoded_len()] {
        prop_assert_eq!(len, octets.len());
    }
    Ok(())
}

fn no_prefix_is_accepted<M>(octets: &[u8]) -> TestCaseResult
where
    M: Message + for<'a> Decode<'a> + Debug + PartialEq,
{
    let sampled = |from: usize| (from..octets.len()).step_by(octets.len() / CUTS + 1);
    let every = 0..octets.len().min(EVERY_CUT);
    for len in every.chain(sampled(EVERY_CUT)).chain(octets.len().checked_sub(1)) {
        let prefix = &octets[..len];
        let error = M::decode(prefix).err();
        prop_assert_eq!(&error, &M::View::decode(prefix).err());
        let needed = error.as_ref().and_then(|error| error.needed());
        // The message itself goes on with these octets, so no more than they can be needed.
        let honest = needed.is_some_and(|needed| (1..=octets.len() - len).contains(&needed));
        prop_assert!(honest, "{} of {} octets: {:?}", len, octets.len(), error);
    }
    for len in sampled(0) {
        views_and_owned_agree::<M>(&octets[..len])?;
    }
    Ok(())
}

fn nothing_may_follow<M>(octets: &[u8]) -> TestCaseResult
where
    M: Message + for<'a> Decode<'a> + Debug + PartialEq,
{
    let longer = [octets, &[0]].concat();
    views_and_owned_agree::<M>(&longer)?;
    let error = M::decode(&longer).err();
    let found = error.map(|error| (error.kind(), error.offset()));
    prop_assert_eq!(found, Some((DecodeErrorKind::TrailingBytes { count: 1 }, octets.len())));
    Ok(())
}

/// Owned messages and views accept the same octets, and refuse the others for the same reason.
fn views_and_owned_agree<M>(octets: &[u8]) -> TestCaseResult
where
    M: Message + for<'a> Decode<'a> + Debug + PartialEq,
{
    let limits = Limits::trusted();
    let frame = Bytes::copy_from_slice(octets);
    let shared = M::decode_with(&frame, &limits);
    prop_assert_eq!(&shared, &M::decode_with(octets, &limits));
    match (shared, M::View::decode_with(octets, &limits)) {
        (Ok(owned), Ok(view)) => {
            // There is one encoding of a value, whatever it was damaged from.
            prop_assert_eq!(owned.encode_to_vec(), octets);
            prop_assert_eq!(view.encode_to_vec(), octets);
            prop_assert_eq!(parts::same(&owned, &view), Ok(()));
        }
        (owned, view) => {
            let (owned, view) = (owned.err(), view.err());
            prop_assert_eq!(owned, view, "{:02x?}", octets);
        }
    }
    Ok(())
}

/// A change to one octet.
#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    Replace(Index, u8),
    Insert(Index, u8),
    Delete(Index),
}

impl Damage {
    fn any() -> impl Strategy<Value = Self> {
        let octet = prop_oneof![Just(0x00), Just(0x01), Just(0x80), Just(0xff), any::<u8>()];
        prop_oneof![
            (any::<Index>(), 0..8_u32).prop_map(|(at, bit)| Self::Flip(at, 1 << bit)),
            (any::<Index>(), octet.clone()).prop_map(|(at, octet)| Self::Replace(at, octet)),
            (any::<Index>(), octet).prop_map(|(at, octet)| Self::Insert(at, octet)),
            any::<Index>().prop_map(Self::Delete),
        ]
    }

    fn apply(mut octets: Vec<u8>, damage: &Self) -> Vec<u8> {
        let len = octets.len();
        match damage {
            Self::Insert(at, octet) => octets.insert(at.index(len + 1), *octet),
            Self::Flip(..) | Self::Replace(..) | Self::Delete(_) if len == 0 => {}
            Self::Flip(at, bits) => octets[at.index(len)] ^= bits,
            Self::Replace(at, octet) => octets[at.index(len)] = *octet,
            Self::Delete(at) => drop(octets.remove(at.index(len))),
        }
        octets
    }
}
