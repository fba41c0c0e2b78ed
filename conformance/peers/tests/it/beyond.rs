//! Types that neither family has: where the peers are right, and where types by `rivet-vbare-gen` are not.

use barewire::{FixedData, FixedList, Message};
use barewire_peers::codec::{Codec, SerdeBare, Vbare};
use barewire_peers::{draw, for_serde_bare, for_vbare, ours};

/// How many values are drawn.
const CASES: usize = 4096;

/// Compares fields that have the same names on both sides; floats by their bits, since NaN equals nothing.
macro_rules! assert_same {
    ($ours:expr, $theirs:expr) => {
        assert_same!($ours, $theirs, u8, i8, i16, i32, twice, three, octets);
        assert_eq!($ours.f32.to_bits(), $theirs.f32.to_bits());
        assert_eq!($ours.f64.to_bits(), $theirs.f64.to_bits());
    };
    ($ours:expr, $theirs:expr, $($field:ident),*) => {
        $(assert_eq!($ours.$field, $theirs.$field);)*
    };
}

#[test]
fn numbers_are_the_same_everywhere() {
    for ours in draw::ours(ours::beyond::strategies::numbers(), CASES) {
        let octets = ours.encode_to_vec();

        let theirs: for_serde_bare::beyond::Numbers = SerdeBare::decode(&octets).expect("a message");
        assert_same!(ours, theirs);
        assert_eq!((ours.uint, ours.int), (theirs.uint.0, theirs.int.0));
        assert!(ours.uints.iter().eq(theirs.uints.iter().map(|number| &number.0)));
        assert_eq!(SerdeBare::encode(&theirs), octets);

        let theirs: for_vbare::beyond::Numbers = Vbare::decode(&octets).expect("a message");
        assert_same!(ours, theirs);
        assert_same!(ours, theirs, uint, int, uints);
        assert_eq!(Vbare::encode(&theirs), octets);
    }
}

/// An enum value is its number (A.1). Derived for `serde`, it is its position.
#[test]
fn types_for_serde_bare_have_positions_for_the_numbers_of_enum_values() {
    let right = ours::beyond::Level::High.encode_to_vec();
    assert_eq!(right, [0xac, 0x02]);
    assert_eq!(Vbare::encode(&for_vbare::beyond::Level::High), right);
    assert_eq!(SerdeBare::encode(&for_serde_bare::beyond::Level::High), [1]);
}

/// Data and lists of fixed length have no count, whatever that length is (A.1). Above 32, a vector of `serde` has one.
#[test]
fn types_for_serde_bare_count_what_has_a_fixed_length_above_32() {
    let (octets, list) = ([7; 33], [8; 33]);
    let ours = ours::beyond::Long { octets: FixedData::from(octets), list: FixedList::from(list) };
    let right = [&octets[..], &[8, 0].repeat(33)].concat();
    assert_eq!(ours.encode_to_vec(), right);
    assert_eq!(Vbare::encode(&for_vbare::beyond::Long { octets: octets.into(), list }), right);

    let theirs = for_serde_bare::beyond::Long { octets: octets.to_vec(), list: list.to_vec() };
    assert_eq!(SerdeBare::encode(&theirs), [&[33], &octets[..], &[33], &[8, 0].repeat(33)].concat());
}
