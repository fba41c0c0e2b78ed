//! Octets that were messages before some of them changed: who accepts what, and why not.

use std::collections::BTreeMap;

use barewire::{DecodeError, Message};
use barewire_peers::codec::{Codec, PANICKED, SerdeBare, Vbare};
use barewire_peers::damage::Damage;
use barewire_peers::draw;
use barewire_peers::messages::{Case, Visitor, visit_all};
use barewire_peers::tree::Tree;
use proptest::prelude::*;
use serde::Serialize;
use vbare::{Body, DecodeErrorKind};

/// How many values are drawn for each message, and how often each of them is damaged.
const CASES: usize = 512;
const DAMAGES: usize = 16;

/// A class of octets on which barewire and a peer disagree.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Disagreement {
    /// The peer accepts what we refuse by this rule.
    Accepts(&'static str),
    /// The peer refuses what we accept.
    Refuses,
    /// The peer panics, whatever we do.
    Panics,
}

#[test]
fn peers_disagree_on_what_the_list_has_and_on_nothing_else() {
    let mut damaged = Damaged::default();
    visit_all(&mut damaged);

    // The specification calls all of these octets invalid (A.2), so that the peer is wrong each time.
    let expected = ["D11", "D2", "D4", "D5", "D9"].map(|rule| ("serde_bare", Disagreement::Accepts(rule)));
    assert_eq!(damaged.disagreements.keys().copied().collect::<Vec<_>>(), expected, "{damaged:?}");

    // The list means something only if octets of every class were seen.
    let rules = ["D1", "D10", "D11", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9"];
    assert_eq!(damaged.refused.keys().copied().collect::<Vec<_>>(), rules, "{damaged:?}");
    assert_ne!(damaged.accepted, 0);
}

#[derive(Debug, Default)]
struct Damaged {
    /// How often each peer disagreed in each way.
    disagreements: BTreeMap<(&'static str, Disagreement), u32>,
    /// How often we refused by each rule.
    refused: BTreeMap<&'static str, u32>,
    /// How often we accepted what was damaged.
    accepted: u32,
}

impl Visitor for Damaged {
    fn visit<C: Case>(&mut self) {
        let damages = prop::collection::vec(prop::collection::vec(Damage::any(), 1..4), DAMAGES);
        for (message, damages) in draw::ours((C::strategy(), damages), CASES) {
            let octets = message.encode_to_vec();
            for damage in damages {
                self.judge::<C>(&damage.iter().fold(octets.clone(), |octets, damage| damage.apply(octets)));
            }
        }
    }
}

impl Damaged {
    fn judge<C: Case>(&mut self, octets: &[u8]) {
        let ours = C::Ours::decode(octets);
        match &ours {
            Ok(_) => self.accepted += 1,
            Err(error) => {
                *self.refused.entry(rule(error)).or_default() += 1;
                refuses_for_the_same_reason::<C>(octets, error);
            }
        }
        self.compare::<SerdeBare, C::ForSerdeBare, C>(octets, &ours);
        self.compare::<Vbare, C::ForVbare, C>(octets, &ours);
    }

    fn compare<P, T, C>(&mut self, octets: &[u8], ours: &Result<C::Ours, DecodeError>)
    where
        P: Codec<T>,
        T: Serialize,
        C: Case,
    {
        let disagreement = match (ours, P::decode(octets)) {
            (Ok(ours), Ok(theirs)) => {
                let (ours, theirs) = (Tree::of(ours).sorted(), Tree::of(&theirs).sorted());
                assert_eq!(theirs, ours, "{octets:02x?} of {} by {}", C::NAME, P::NAME);
                return;
            }
            (Err(error), Ok(theirs)) => {
                // It is lenient, and otherwise right: what it read is a value, which it writes as it should.
                let strict = C::Ours::decode(&P::encode(&theirs)).expect("what it wrote is a message");
                let (ours, theirs) = (Tree::of(&strict).sorted(), Tree::of(&theirs).sorted());
                assert_eq!(theirs, ours, "{octets:02x?} of {} by {}", C::NAME, P::NAME);
                Disagreement::Accepts(rule(error))
            }
            (_, Err(error)) if error == PANICKED => Disagreement::Panics,
            (Ok(_), Err(_)) => Disagreement::Refuses,
            (Err(_), Err(_)) => return,
        };
        *self.disagreements.entry((P::NAME, disagreement)).or_default() += 1;
    }
}

/// Only `vbare` says by which rule and where it refuses.
fn refuses_for_the_same_reason<C: Case>(octets: &[u8], ours: &DecodeError) {
    let Err(theirs) = C::ForVbare::from_body(octets.to_vec().into()) else { return };
    let rules: &[&str] = match theirs.kind() {
        DecodeErrorKind::Truncated => &["D1"],
        DecodeErrorKind::NonCanonicalVarint => &["D2"],
        DecodeErrorKind::VarintOverflow => &["D3"],
        DecodeErrorKind::InvalidBool => &["D4"],
        DecodeErrorKind::InvalidTag => &["D5", "D7", "D8"],
        DecodeErrorKind::InvalidUtf8 => &["D6"],
        DecodeErrorKind::DuplicateMapKey => &["D9"],
        DecodeErrorKind::LengthExceedsInput => &["D10"],
        DecodeErrorKind::TrailingBytes => &["D11"],
        _ => &[],
    };
    match rule(ours) {
        // That a count needs more octets than there are is an end to us, and to it a length or whatever stands first
        // in the elements.
        "D1" => {}
        // It places the mistake at the count of the map, we at the second key.
        "D9" => assert_eq!(rules, ["D9"], "{octets:02x?} of {}: {ours} and {theirs}", C::NAME),
        rule => {
            assert!(rules.contains(&rule), "{octets:02x?} of {}: {ours} and {theirs}", C::NAME);
            assert_eq!(theirs.offset(), ours.offset(), "{octets:02x?} of {}: {ours} and {theirs}", C::NAME);
        }
    }
}

fn rule(error: &DecodeError) -> &'static str {
    error.kind().rule().unwrap_or_else(|| panic!("no message is so large: {error}"))
}
