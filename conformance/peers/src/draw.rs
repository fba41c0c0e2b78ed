//! Random values, the same at every run: of our types by their strategies, of the peers' types without them.
//!
//! The types of a peer know their own layout. `serde` asks for one part of a value after the other, and each question
//! is answered by a draw, so that what barewire might get wrong about a type does not limit what is drawn.

use std::{fmt, iter};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess,
    Visitor, value::U32Deserializer,
};
use serde::forward_to_deserialize_any;

/// Values that the strategy of a type of ours draws.
pub fn ours<S: Strategy>(strategy: S, count: usize) -> impl Iterator<Item = S::Value> {
    let mut runner = TestRunner::new(Config { rng_seed: RngSeed::Fixed(1), ..Config::default() });
    let draw = move || strategy.new_tree(&mut runner).expect("nothing is filtered out").current();
    iter::repeat_with(draw).take(count)
}

/// A value of a peer's type, drawn from `seed`.
pub fn theirs<T: DeserializeOwned>(seed: u64) -> T {
    T::deserialize(&mut Draw(seed)).expect("every type of the format can be drawn")
}

/// Splitmix64: the numbers only have to be spread, and the same everywhere.
struct Draw(u64);

impl Draw {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let bits = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.bits() % end
    }

    /// Any number, the short ones and both ends as often as the long ones.
    fn number(&mut self) -> u64 {
        match self.below(8) {
            0 => 0,
            1 => u64::MAX,
            2 => 1 << self.below(64),
            3 => (1 << self.below(64)) - 1,
            _ => self.bits() >> self.below(64),
        }
    }

    /// How many elements or octets: few, seldom so many that their count takes two octets.
    fn len(&mut self) -> usize {
        let end = [1, 4, 40, 300][usize::try_from(self.below(4)).expect("below 4")];
        usize::try_from(self.below(end)).expect("below 300")
    }

    /// How many elements that may have lists inside.
    fn count(&mut self) -> usize {
        usize::try_from(self.below(4)).expect("below 4")
    }

    fn octets(&mut self) -> Vec<u8> {
        (0..self.len()).map(|_| self.number().to_le_bytes()[0]).collect()
    }

    fn text(&mut self) -> String {
        const CHARACTERS: [char; 10] =
            ['a', 'b', ' ', '\0', '\u{7f}', '\u{80}', '\u{7ff}', '\u{800}', '\u{ffff}', '\u{10ffff}'];
        (0..self.len()).map(|_| CHARACTERS[usize::try_from(self.below(10)).expect("below 10")]).collect()
    }
}

/// What was asked for is no type of the format.
#[derive(Debug)]
pub struct Foreign(String);

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Foreign {}

impl de::Error for Foreign {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

macro_rules! numbers {
    ($($method:ident -> $visit:ident($number:ident)),* $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Foreign> {
            // The low octets, which are as random as all of them.
            let octets = self.number().to_le_bytes();
            let (low, _) = octets.split_first_chunk().expect("a number of at most eight octets");
            visitor.$visit($number::from_le_bytes(*low))
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Draw {
    type Error = Foreign;

    numbers! {
        deserialize_u8 -> visit_u8(u8),
        deserialize_u16 -> visit_u16(u16),
        deserialize_u32 -> visit_u32(u32),
        deserialize_u64 -> visit_u64(u64),
        deserialize_i8 -> visit_i8(i8),
        deserialize_i16 -> visit_i16(i16),
        deserialize_i32 -> visit_i32(i32),
        deserialize_i64 -> visit_i64(i64),
        deserialize_f32 -> visit_f32(f32),
        deserialize_f64 -> visit_f64(f64),
    }

    forward_to_deserialize_any! {
        i128 u128 char bytes unit unit_struct newtype_struct tuple_struct identifier ignored_any
    }

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Foreign> {
        Err(Foreign("a type that the format does not have".to_owned()))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Foreign> {
        visitor.visit_bool(self.below(2) == 1)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Foreign> {
        visitor.visit_string(self.text())
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Foreign> {
        visitor.visit_string(self.text())
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Foreign> {
        visitor.visit_byte_buf(self.octets())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Foreign> {
        if self.below(2) == 1 { visitor.visit_some(self) } else { visitor.visit_none() }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Foreign> {
        let left = self.count();
        visitor.visit_seq(Elements { draw: self, left })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Foreign> {
        visitor.visit_seq(Elements { draw: self, left: len })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Foreign> {
        let left = self.count();
        visitor.visit_map(Elements { draw: self, left })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Foreign> {
        visitor.visit_seq(Elements { draw: self, left: fields.len() })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Foreign> {
        let count = u32::try_from(variants.len()).map_err(de::Error::custom)?;
        let chosen = u32::try_from(self.below(u64::from(count))).expect("below the count");
        visitor.visit_enum(Member { draw: self, chosen })
    }
}

struct Elements<'a> {
    draw: &'a mut Draw,
    left: usize,
}

impl<'de> SeqAccess<'de> for Elements<'_> {
    type Error = Foreign;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Foreign> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        seed.deserialize(&mut *self.draw).map(Some)
    }
}

impl<'de> MapAccess<'de> for Elements<'_> {
    type Error = Foreign;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Foreign> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Foreign> {
        seed.deserialize(&mut *self.draw)
    }
}

struct Member<'a> {
    draw: &'a mut Draw,
    chosen: u32,
}

impl<'de> EnumAccess<'de> for Member<'_> {
    type Error = Foreign;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Foreign> {
        let chosen = U32Deserializer::new(self.chosen);
        Ok((seed.deserialize(chosen)?, self))
    }
}

impl<'de> VariantAccess<'de> for Member<'_> {
    type Error = Foreign;

    fn unit_variant(self) -> Result<(), Foreign> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Foreign> {
        seed.deserialize(self.draw)
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Foreign> {
        self.draw.deserialize_tuple(len, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Foreign> {
        self.draw.deserialize_struct("", fields, visitor)
    }
}
