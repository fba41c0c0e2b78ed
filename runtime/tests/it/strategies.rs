//! What the strategies draw survives the wire, and reaches the edges they promise.

use barewire::{Decode, Encode, FixedData, FixedList, Map, Pair, Plain, Str, Varint, strategies};
use bytes::Bytes;
use core::fmt::Debug;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::wire::{decode, encode};

fn survives<W, T: for<'a> Decode<'a, W> + Encode<W> + Debug>(value: &T) -> Result<(), TestCaseError> {
    let octets = encode::<W, T>(value);
    let decoded = decode::<W, T>(&octets).unwrap();
    prop_assert_eq!(encode::<W, T>(&decoded), octets);
    Ok(())
}

proptest! {
    #[test]
    fn numbers_survive(
        uint in strategies::uint(), int in strategies::int(), bool in strategies::bool(),
        unsigned in (strategies::u8(), strategies::u16(), strategies::u32(), strategies::u64()),
        signed in (strategies::i8(), strategies::i16(), strategies::i32(), strategies::i64()),
        floats in (strategies::f32(), strategies::f64()),
    ) {
        survives::<Varint, u64>(&uint)?;
        survives::<Varint, i64>(&int)?;
        survives::<Plain, bool>(&bool)?;
        survives::<Plain, u8>(&unsigned.0)?;
        survives::<Plain, u16>(&unsigned.1)?;
        survives::<Plain, u32>(&unsigned.2)?;
        survives::<Plain, u64>(&unsigned.3)?;
        survives::<Plain, i8>(&signed.0)?;
        survives::<Plain, i16>(&signed.1)?;
        survives::<Plain, i32>(&signed.2)?;
        survives::<Plain, i64>(&signed.3)?;
        survives::<Plain, f32>(&floats.0)?;
        survives::<Plain, f64>(&floats.1)?;
    }

    #[test]
    fn parts_survive(
        text in strategies::text(), data in strategies::data(),
        string in strategies::string(), octets in strategies::vec_u8(),
        optional in strategies::optional(strategies::text()),
        list in strategies::list(strategies::uint()),
        array in strategies::array::<_, 4>(strategies::boxed(strategies::int())),
        fixed in strategies::fixed_list::<_, 100>(strategies::u16()),
        blob in strategies::fixed_data::<100>(),
        map in strategies::map(strategies::uint(), strategies::text()),
    ) {
        survives::<Plain, Str>(&text)?;
        survives::<Plain, Bytes>(&data)?;
        survives::<Plain, String>(&string)?;
        survives::<Plain, Vec<u8>>(&octets)?;
        survives::<Plain, Option<Str>>(&optional)?;
        survives::<Varint, Vec<u64>>(&list)?;
        survives::<Varint, [Box<i64>; 4]>(&array)?;
        survives::<Plain, FixedList<u16, 100>>(&fixed)?;
        survives::<Plain, FixedData<100>>(&blob)?;
        survives::<Pair<Varint, Plain>, Map<u64, Str>>(&map)?;
    }
}

/// What `strategy` draws in 3000 cases of a fixed seed.
fn drawn<T: Debug>(strategy: BoxedStrategy<T>) -> Vec<T> {
    let mut runner = TestRunner::deterministic();
    (0..3000).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

#[test]
fn every_edge_is_reached() {
    let uints = drawn(strategies::uint());
    for groups in 1..10 {
        let edge = 1_u64 << (7 * groups);
        assert!(uints.contains(&(edge - 1)) && uints.contains(&edge), "{edge}");
    }
    for edge in [0, 1, 65_535, 65_536, u64::MAX] {
        assert!(uints.contains(&edge), "{edge}");
    }
    let ints = drawn(strategies::int());
    for edge in [0, 1, -1, 63, 64, -64, -65, 65_535, 65_536, i64::MIN, i64::MAX] {
        assert!(ints.contains(&edge), "{edge}");
    }
    let octets = drawn(strategies::i8());
    assert!(octets.contains(&i8::MIN) && octets.contains(&i8::MAX));

    let texts = drawn(strategies::text());
    for len in [0, 1, 38, 39, 200] {
        assert!(texts.iter().any(|text| text.len() == len), "{len}");
    }
    for len in 2..=4 {
        assert!(texts.iter().any(|text| text.chars().any(|character| character.len_utf8() == len)), "{len}");
    }

    let floats = drawn(strategies::f64());
    assert!(floats.iter().any(|float| float.is_nan()) && floats.contains(&f64::INFINITY));
    assert!(floats.iter().any(|float| float.to_bits() == (-0.0_f64).to_bits()));

    let maps = drawn(strategies::map(strategies::u8(), strategies::bool()));
    assert!(maps.iter().any(|map| map.is_empty()));
    assert!(maps.iter().any(|map| map.len() > 16));
    assert!(maps.iter().any(|map| !map.keys().is_sorted()));
}
