//! Prints what barewire encoded, and the same damaged, for libraries that are called from other languages.
//!
//! One frame a line: family, version, message, the verdict of barewire (`accepts` or the rule by which it refuses), and
//! the octets in hexadecimal. The same lines at every run:
//!
//! ```text
//! cargo run -q --manifest-path conformance/peers/Cargo.toml --example frames > conformance/bare-ts/frames.txt
//! ```

#![forbid(unsafe_code)]

use std::collections::BTreeMap;

use barewire::Message;
use barewire_peers::damage::Damage;
use barewire_peers::draw;
use barewire_peers::messages::{Case, Visitor, visit_all};
use proptest::prelude::*;

/// Frames above this length are left out: they take room and show nothing that short ones do not.
const MOST_OCTETS: usize = 160;

/// How many values are drawn for each message.
const DRAWN: usize = 256;

/// How many undamaged frames are printed for each message.
const UNDAMAGED: usize = 10;

/// How many damaged frames are printed for each message and verdict.
const DAMAGED: usize = 2;

fn main() {
    println!("# Octets by barewire: family, version, message, verdict, hexadecimal digits.");
    println!("# Written by the example `frames` in conformance/peers, which says how.");
    visit_all(&mut Print);
}

struct Print;

impl Visitor for Print {
    fn visit<C: Case>(&mut self) {
        let damages = prop::collection::vec(prop::collection::vec(Damage::any(), 1..3), 8);
        let frames = draw::ours((C::strategy(), damages), DRAWN)
            .map(|(message, damages)| (message.encode_to_vec(), damages))
            .filter(|(octets, _)| octets.len() <= MOST_OCTETS);
        let (mut undamaged, mut damaged) = (Vec::new(), BTreeMap::new());
        for (octets, damages) in frames {
            for damage in damages {
                let octets = damage.iter().fold(octets.clone(), |octets, damage| damage.apply(octets));
                let of_verdict: &mut Vec<_> = damaged.entry(verdict::<C>(&octets)).or_default();
                // A line without octets would end in white space.
                if of_verdict.len() < DAMAGED && !octets.is_empty() && !of_verdict.contains(&octets) {
                    of_verdict.push(octets);
                }
            }
            if undamaged.len() < UNDAMAGED && !undamaged.contains(&octets) {
                undamaged.push(octets);
            }
        }
        let frames = undamaged.iter().map(|octets| ("accepts", octets));
        let damaged = damaged.iter().flat_map(|(verdict, all)| all.iter().map(|octets| (*verdict, octets)));
        for (verdict, octets) in frames.chain(damaged) {
            let hex: String = octets.iter().map(|octet| format!("{octet:02x}")).collect();
            println!("{} {verdict} {hex}", C::NAME);
        }
    }
}

fn verdict<C: Case>(octets: &[u8]) -> &'static str {
    match C::Ours::decode(octets) {
        Ok(_) => "accepts",
        Err(error) => error.kind().rule().expect("no message is so large"),
    }
}
