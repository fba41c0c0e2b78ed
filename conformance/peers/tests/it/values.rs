//! Values of ours, encoded by us: each peer decodes them to the same values and encodes them to the same octets.

use barewire::Message;
use barewire_peers::codec::{Codec, SerdeBare, Vbare};
use barewire_peers::draw;
use barewire_peers::messages::{Case, Visitor, visit_all};
use barewire_peers::tree::Tree;
use serde::Serialize;
use std::collections::BTreeSet;

/// How many values are drawn for each message.
const CASES: usize = 1024;

#[test]
fn peers_read_our_values_and_write_them_back() {
    let mut values = Values::default();
    visit_all(&mut values);
    // Both have maps that do not keep the order of the wire. The format leaves it free, so neither is wrong.
    assert_eq!(values.reordered, BTreeSet::from(["serde_bare", "vbare"]));
}

#[derive(Default)]
struct Values {
    /// The peers that wrote the pairs of some map in another order than they had read.
    reordered: BTreeSet<&'static str>,
}

impl Visitor for Values {
    fn visit<C: Case>(&mut self) {
        for ours in draw::ours(C::strategy(), CASES) {
            let reordered =
                [reorders::<SerdeBare, C::ForSerdeBare, C>(&ours), reorders::<Vbare, C::ForVbare, C>(&ours)];
            self.reordered.extend(reordered.into_iter().flatten());
        }
    }
}

/// Checks that the peer reads and writes this value; its name if it wrote the pairs of a map in another order.
fn reorders<P, T, C>(ours: &C::Ours) -> Option<&'static str>
where
    P: Codec<T>,
    T: Serialize,
    C: Case,
{
    let octets = ours.encode_to_vec();
    let theirs = match P::decode(&octets) {
        Ok(theirs) => theirs,
        Err(error) => panic!("{} of {} refuses {octets:02x?}: {error}", C::NAME, P::NAME),
    };
    let tree = Tree::of(ours);
    let sorted = tree.clone().sorted();
    assert_eq!(Tree::of(&theirs).sorted(), sorted, "{} of {}", C::NAME, P::NAME);

    let again = P::encode(&theirs);
    if again == octets {
        return None;
    }
    // Our maps keep the order that they are read in: it has to be what differs, and all that does.
    let reordered =
        C::Ours::decode(&again).map(|value| Tree::of(&value)).expect("what it wrote is a message");
    assert_ne!(reordered, tree, "{} of {}: other octets for the same value", C::NAME, P::NAME);
    assert_eq!(reordered.sorted(), sorted, "{} of {}", C::NAME, P::NAME);
    assert_eq!(again.len(), octets.len(), "{} of {}", C::NAME, P::NAME);
    Some(P::NAME)
}
