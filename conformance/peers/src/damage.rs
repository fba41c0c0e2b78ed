//! Changes to the octets of a message, which may be no message afterwards.

use proptest::prelude::*;
use proptest::sample::Index;

/// A change to a few octets.
#[derive(Clone, Debug)]
pub enum Damage {
    /// Inverts some bits of an octet.
    Flip(Index, u8),
    /// Writes another octet over one.
    Replace(Index, u8),
    /// Puts an octet between two.
    Insert(Index, u8),
    /// Takes an octet away.
    Delete(Index),
    /// Takes everything from an octet on away.
    Cut(Index),
    /// Gives a number one octet more than it needs, if one of its last octet stands there.
    Stretch(Index),
    /// Writes octets that stand at the first place over those at the second: of two keys it makes one.
    Repeat(Index, Index, usize),
}

impl Damage {
    /// Any change.
    pub fn any() -> impl Strategy<Value = Self> {
        let octet = prop_oneof![Just(0x00), Just(0x01), Just(0x80), Just(0xff), any::<u8>()];
        prop_oneof![
            (any::<Index>(), 0..8_u32).prop_map(|(at, bit)| Self::Flip(at, 1 << bit)),
            (any::<Index>(), octet.clone()).prop_map(|(at, octet)| Self::Replace(at, octet)),
            (any::<Index>(), octet).prop_map(|(at, octet)| Self::Insert(at, octet)),
            any::<Index>().prop_map(Self::Delete),
            any::<Index>().prop_map(Self::Cut),
            any::<Index>().prop_map(Self::Stretch),
            (any::<Index>(), any::<Index>(), 1..4_usize)
                .prop_map(|(from, to, len)| Self::Repeat(from, to, len)),
        ]
    }

    /// The octets with the change.
    #[must_use]
    pub fn apply(&self, mut octets: Vec<u8>) -> Vec<u8> {
        let len = octets.len();
        match self {
            Self::Insert(at, octet) => octets.insert(at.index(len + 1), *octet),
            _ if len == 0 => {}
            Self::Flip(at, bits) => octets[at.index(len)] ^= bits,
            Self::Replace(at, octet) => octets[at.index(len)] = *octet,
            Self::Delete(at) => drop(octets.remove(at.index(len))),
            Self::Cut(at) => octets.truncate(at.index(len)),
            Self::Stretch(at) => {
                let at = at.index(len);
                octets[at] |= 0x80;
                octets.insert(at + 1, 0);
            }
            Self::Repeat(from, to, wanted) => {
                let (from, to) = (from.index(len), to.index(len));
                let wanted = (*wanted).min(len - from).min(len - to);
                octets.copy_within(from..from + wanted, to);
            }
        }
        octets
    }
}
