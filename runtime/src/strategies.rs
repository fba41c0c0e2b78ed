//! Strategies for generated property tests: one for each type of the format, drawn to the edges of its layout.
//!
//! Random numbers of 64 bits hardly ever take fewer than nine octets, and random strings hardly ever have the length
//! at which text moves from inline to shared. These strategies therefore mix the boundary values into the random ones.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use bytes::Bytes;
use core::fmt::Debug;
use proptest::collection::{self, SizeRange};
pub use proptest::prelude::BoxedStrategy;
use proptest::prelude::{Just, Strategy, any};
use proptest::strategy::Union;
use proptest::{prop_oneof, sample};

use crate::{FixedData, FixedList, Map, Str};

/// The most elements of a fixed list, or octets of fixed data, that are drawn; longer ones repeat them.
const DRAWN: usize = 64;

/// The numbers at the edges of every varint length, and of the fixed widths.
fn edges() -> Vec<u64> {
    let of_lengths = (1..10).flat_map(|groups| [(1 << (7 * groups)) - 1, 1 << (7 * groups)]);
    let of_widths = [8, 16, 32].into_iter().flat_map(|bits| [(1 << bits) - 1, 1 << bits]);
    [0, 1, u64::MAX].into_iter().chain(of_lengths).chain(of_widths).collect()
}

/// Always `value`.
pub fn just<T: Clone + Debug + 'static>(value: T) -> BoxedStrategy<T> {
    Just(value).boxed()
}

/// One of `values`.
pub fn select<T: Clone + Debug + 'static>(values: &'static [T]) -> BoxedStrategy<T> {
    sample::select(values).boxed()
}

/// A value of one of the `members`.
pub fn one_of<T: Debug + 'static>(members: impl IntoIterator<Item = BoxedStrategy<T>>) -> BoxedStrategy<T> {
    Union::new(members).boxed()
}

/// What `make` turns a value into.
pub fn map_value<T: Debug + 'static, U: Debug + 'static>(
    value: impl Strategy<Value = T> + 'static,
    make: impl Fn(T) -> U + 'static,
) -> BoxedStrategy<U> {
    value.prop_map(make).boxed()
}

/// Any `uint`.
pub fn uint() -> BoxedStrategy<u64> {
    // Shifted, so that every varint length is as likely as any other.
    let any_length = (any::<u64>(), 0_u32..64).prop_map(|(number, shift)| number >> shift);
    prop_oneof![sample::select(edges()), any_length].boxed()
}

/// Any `int`.
pub fn int() -> BoxedStrategy<i64> {
    // Half of an edge, or its complement, is where the zig-zag form changes its length.
    let varint_edges = (uint(), any::<bool>()).prop_map(|(number, negative)| {
        let half = (number >> 1).cast_signed();
        if negative { !half } else { half }
    });
    let number_edges = edges().into_iter().flat_map(|edge| {
        let edge = edge.cast_signed();
        [edge, edge.wrapping_neg()]
    });
    let ends = [i64::MIN, i64::MAX];
    prop_oneof![sample::select(number_edges.chain(ends).collect::<Vec<_>>()), varint_edges].boxed()
}

macro_rules! fixed_numbers {
    ($($number:ident from $wide:ident),*) => {$(
        #[doc = concat!("Any `", stringify!($number), "`.")]
        pub fn $number() -> BoxedStrategy<$number> {
            let ends = sample::select(alloc::vec![$number::MIN, $number::MAX]);
            // Truncated, a boundary value of more bits is an ordinary number.
            prop_oneof![1 => ends, 3 => $wide().prop_map(|number| number as $number)].boxed()
        }
    )*};
}

fixed_numbers!(u8 from uint, u16 from uint, u32 from uint, u64 from uint);
fixed_numbers!(i8 from int, i16 from int, i32 from int, i64 from int);

/// Any bits of an `f32`: also infinities, both zeros, and NaN with any payload.
pub fn f32() -> BoxedStrategy<f32> {
    // A quiet and a signalling NaN, each with the payload at one end.
    let edges = [0.0_f32, -0.0, 1.0, f32::INFINITY, f32::NEG_INFINITY, f32::MIN_POSITIVE, f32::MAX]
        .map(f32::to_bits)
        .into_iter()
        .chain([0x7fc0_0000, 0x7f80_0001, 0xffff_ffff, 0x0000_0001]);
    prop_oneof![sample::select(edges.collect::<Vec<_>>()), any::<u32>()].prop_map(f32::from_bits).boxed()
}

/// Any bits of an `f64`: also infinities, both zeros, and NaN with any payload.
pub fn f64() -> BoxedStrategy<f64> {
    let edges = [0.0_f64, -0.0, 1.0, f64::INFINITY, f64::NEG_INFINITY, f64::MIN_POSITIVE, f64::MAX]
        .map(f64::to_bits)
        .into_iter()
        .chain([0x7ff8_0000_0000_0000, 0x7ff0_0000_0000_0001, u64::MAX, 1]);
    prop_oneof![sample::select(edges.collect::<Vec<_>>()), any::<u64>()].prop_map(f64::from_bits).boxed()
}

/// Any `bool`.
pub fn bool() -> BoxedStrategy<bool> {
    any::<bool>().boxed()
}

/// Any `str`: often with a length at an edge, and with characters of every length in UTF-8.
pub fn text() -> BoxedStrategy<Str> {
    string().prop_map(Str::from).boxed()
}

/// As [`text`], for types that hold a [`String`].
pub fn string() -> BoxedStrategy<String> {
    let ascii = prop_oneof![Just('\0'), proptest::char::range(' ', '~')];
    let character = prop_oneof![
        4 => ascii,
        1 => sample::select(alloc::vec!['\u{80}', '\u{7ff}', '\u{800}', '\u{ffff}', '\u{10000}', '\u{10ffff}']),
        1 => any::<char>(),
    ];
    // 38 octets are held inline and 39 are not; 128 is the first length of two octets.
    let edges = sample::select(alloc::vec![0_usize, 1, 37, 38, 39, 127, 128, 200]);
    let lengths = prop_oneof![edges, 0_usize..24];
    (lengths, collection::vec(character, 1..16))
        .prop_map(|(len, drawn)| {
            let mut text = String::new();
            for character in drawn.into_iter().cycle() {
                if text.len() + character.len_utf8() > len {
                    break;
                }
                text.push(character);
            }
            // Where the next character does not fit, the length is made exact.
            text.extend(core::iter::repeat_n('x', len - text.len()));
            text
        })
        .boxed()
}

/// Any `data`.
pub fn data() -> BoxedStrategy<Bytes> {
    vec_u8().prop_map(Bytes::from).boxed()
}

/// As [`data`], for types that hold a vector.
pub fn vec_u8() -> BoxedStrategy<Vec<u8>> {
    let edges = sample::select(alloc::vec![0_usize, 1, 127, 128]);
    (prop_oneof![edges, 0_usize..24], collection::vec(any::<u8>(), 1..16))
        .prop_map(|(len, drawn)| drawn.into_iter().cycle().take(len).collect())
        .boxed()
}

/// Any `optional`, unset as often as set.
pub fn optional<T: Debug + 'static>(value: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Option<T>> {
    proptest::option::of(value).boxed()
}

/// A list of a few elements, and sometimes of more than a map compares pairwise.
pub fn list<T: Debug + 'static>(element: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Vec<T>> {
    let element = element.boxed();
    let of = |len: SizeRange| collection::vec(element.clone(), len);
    prop_oneof![9 => of((0..6).into()), 1 => of((6..40).into())].boxed()
}

/// An array of `N` elements.
pub fn array<T: Debug + 'static, const N: usize>(
    element: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<[T; N]> {
    proptest::array::uniform(element).boxed()
}

/// A list of `N` elements; above 64 the first ones are repeated, so that lists of millions stay cheap to draw.
pub fn fixed_list<T: Clone + Debug + 'static, const N: usize>(
    element: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<FixedList<T, N>> {
    collection::vec(element, N.min(DRAWN))
        .prop_map(|drawn| FixedList::from_fn(|index| drawn[index % drawn.len()].clone()))
        .boxed()
}

/// Data of `N` octets; above 64 the first ones are repeated, so that data of millions stays cheap to draw.
pub fn fixed_data<const N: usize>() -> BoxedStrategy<FixedData<N>> {
    collection::vec(any::<u8>(), N.min(DRAWN))
        .prop_map(|drawn| {
            let octets = FixedList::<u8, N>::from_fn(|index| drawn[index % drawn.len()]);
            FixedData::try_from(octets.into_vec()).expect("drawn with this length")
        })
        .boxed()
}

/// A map whose keys are unique and in any order.
pub fn map<K: Debug + Ord + 'static, V: Debug + 'static>(
    key: impl Strategy<Value = K> + 'static,
    value: impl Strategy<Value = V> + 'static,
) -> BoxedStrategy<Map<K, V>> {
    list((key, value)).prop_map(Map::from_iter).boxed()
}

/// A value in a box.
pub fn boxed<T: Debug + 'static>(value: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Box<T>> {
    value.prop_map(Box::new).boxed()
}
