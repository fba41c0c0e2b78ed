//! Values of the peers' types, drawn and encoded by the peer: we decode them to the same values and write the same octets.

use barewire::{Decode, Message};
use barewire_peers::codec::{Codec, SerdeBare, Vbare};
use barewire_peers::draw;
use barewire_peers::messages::{Case, Visitor, visit_all};
use barewire_peers::tree::Tree;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// How many values are drawn for each message and peer.
const CASES: u64 = 1024;

#[test]
fn values_of_peers_are_read_and_written_back() {
    visit_all(&mut Drawn);
}

struct Drawn;

impl Visitor for Drawn {
    fn visit<C: Case>(&mut self) {
        for seed in 0..CASES {
            same::<SerdeBare, C::ForSerdeBare, C::Ours>(C::NAME, seed);
            same::<Vbare, C::ForVbare, C::Ours>(C::NAME, seed);
        }
    }
}

fn same<P, T, O>(name: &str, seed: u64)
where
    P: Codec<T>,
    T: DeserializeOwned + Serialize,
    O: Message + for<'a> Decode<'a> + Serialize,
{
    let theirs = draw::theirs::<T>(seed);
    let octets = P::encode(&theirs);
    let ours = match O::decode(&octets) {
        Ok(ours) => ours,
        Err(error) => panic!("{name} of {}, seed {seed}: {error}", P::NAME),
    };
    // The order of pairs is the peer's own, and ours keeps what it reads.
    assert_eq!(Tree::of(&ours), Tree::of(&theirs), "{name} of {}, seed {seed}", P::NAME);
    assert_eq!(ours.encode_to_vec(), octets, "{name} of {}, seed {seed}", P::NAME);
    let view = O::View::decode(&octets).expect("the owned message was accepted");
    assert_eq!(view.encode_to_vec(), octets, "{name} of {}, seed {seed}", P::NAME);
}
