//! Laws of every primitive: decoding what was encoded gives it back, and no other octets give a value.

use barewire::{Decode, Encode, Plain, Str, Varint};
use bytes::Bytes;
use proptest::prelude::*;

use crate::wire::{decode, encode};

/// What decodes is encoded to the very same octets: there is no second spelling of any value.
fn one_spelling<W, T: for<'a> Decode<'a, W> + Encode<W>>(octets: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(value) = decode::<W, T>(octets) {
        prop_assert_eq!(encode::<W, T>(&value), octets);
    }
    Ok(())
}

fn identity<W, T>(value: &T) -> Result<(), TestCaseError>
where
    T: for<'a> Decode<'a, W> + Encode<W> + core::fmt::Debug + PartialEq,
{
    let octets = encode::<W, T>(value);
    prop_assert_eq!(&decode::<W, T>(&octets).unwrap(), value);
    for len in 0..octets.len() {
        prop_assert!(decode::<W, T>(&octets[..len]).unwrap_err().needed().is_some());
    }
    Ok(())
}

proptest! {
    #[test]
    fn numbers_survive(unsigned: u64, signed: i64, shift in 0_u32..64) {
        identity::<Varint, u64>(&(unsigned >> shift))?;
        identity::<Varint, i64>(&(signed >> shift))?;
        identity::<Plain, u8>(&(unsigned as u8))?;
        identity::<Plain, u16>(&(unsigned as u16))?;
        identity::<Plain, u32>(&(unsigned as u32))?;
        identity::<Plain, u64>(&unsigned)?;
        identity::<Plain, i8>(&(signed as i8))?;
        identity::<Plain, i16>(&(signed as i16))?;
        identity::<Plain, i32>(&(signed as i32))?;
        identity::<Plain, i64>(&signed)?;
    }

    #[test]
    fn floats_survive_bit_by_bit(bits: u64) {
        let octets = encode::<Plain, f64>(&f64::from_bits(bits));
        prop_assert_eq!(decode::<Plain, f64>(&octets).unwrap().to_bits(), bits);
        let octets = encode::<Plain, f32>(&f32::from_bits(bits as u32));
        prop_assert_eq!(decode::<Plain, f32>(&octets).unwrap().to_bits(), bits as u32);
    }

    #[test]
    fn text_and_data_survive(text: String, data: Vec<u8>) {
        identity::<Plain, String>(&text)?;
        identity::<Plain, Str>(&Str::from(text))?;
        identity::<Plain, Vec<u8>>(&data)?;
        identity::<Plain, Bytes>(&Bytes::from(data))?;
    }

    #[test]
    fn optionals_lists_and_arrays_survive(values: Vec<Option<u64>>, array: [i64; 5]) {
        identity::<Varint, Vec<Option<u64>>>(&values)?;
        identity::<Plain, Vec<Option<u64>>>(&values)?;
        identity::<Varint, [i64; 5]>(&array)?;
    }

    #[test]
    fn no_value_has_a_second_spelling(octets in proptest::collection::vec(any::<u8>(), 0..14)) {
        one_spelling::<Varint, u64>(&octets)?;
        one_spelling::<Varint, i64>(&octets)?;
        one_spelling::<Plain, bool>(&octets)?;
        one_spelling::<Plain, Str>(&octets)?;
        one_spelling::<Plain, Bytes>(&octets)?;
        one_spelling::<Plain, Option<Option<u8>>>(&octets)?;
        one_spelling::<Varint, Vec<u64>>(&octets)?;
        one_spelling::<Plain, barewire::Map<u8, bool>>(&octets)?;
    }

    #[test]
    fn varints_of_continuation_octets_have_one_spelling(
        octets in proptest::collection::vec(prop_oneof![Just(0x80), Just(0xff), Just(0), Just(1), Just(2)], 0..12),
    ) {
        one_spelling::<Varint, u64>(&octets)?;
        one_spelling::<Varint, i64>(&octets)?;
    }
}
