//! What each type says of the length of its values is true: what is read of a list before its elements relies on it, and
//! where room for a value is looked for once.

use barewire::{
    Decode, Elements, Encode, FixedData, FixedList, FixedListView, LazyView, ListView, Map, MapView, Pair,
    Plain, Str, Varint, Width,
};
use bytes::Bytes;

use crate::generated::Nothing;
use crate::wire::decode;

/// The shortest value takes `len` octets, which are zeros for all types here.
#[track_caller]
fn check<'a, W, T: Decode<'a, W>>(len: usize, width: Width) {
    static ZEROS: [u8; 64] = [0; 64];
    assert_eq!((T::MIN_LEN, T::WIDTH), (len, width));
    assert!(decode::<W, T>(&ZEROS[..len]).is_ok());
    assert!((0..len).all(|shorter| decode::<W, T>(&ZEROS[..shorter]).is_err()));
}

#[test]
fn primitives() {
    check::<Plain, u8>(1, Width::Raw);
    check::<Elements, u8>(1, Width::Raw);
    check::<Plain, i16>(2, Width::Raw);
    check::<Plain, f32>(4, Width::Raw);
    check::<Plain, u64>(8, Width::Raw);
    check::<Varint, u64>(1, Width::Varies);
    check::<Varint, i64>(1, Width::Varies);
    check::<Plain, bool>(1, Width::Fixed);
    check::<Plain, Str>(1, Width::Varies);
    check::<Plain, String>(1, Width::Varies);
    check::<Plain, &str>(1, Width::Varies);
    check::<Plain, Bytes>(1, Width::Varies);
    check::<Plain, &[u8]>(1, Width::Varies);
    check::<Plain, &[u8; 3]>(3, Width::Raw);
    check::<Plain, FixedData<3>>(3, Width::Raw);
    check::<Plain, Nothing>(0, Width::Varies);
}

#[test]
fn containers() {
    check::<Plain, Option<u64>>(1, Width::Varies);
    check::<Plain, Vec<u64>>(1, Width::Varies);
    check::<Plain, ListView<'_, u64>>(1, Width::Varies);
    check::<Plain, Map<u64, u64>>(1, Width::Varies);
    check::<Pair<Varint, Plain>, MapView<'_, u64, u64, Pair<Varint, Plain>>>(1, Width::Varies);
    check::<Plain, Box<u16>>(2, Width::Raw);
    check::<Plain, LazyView<'_, u16>>(2, Width::Raw);
    check::<Plain, LazyView<'_, bool>>(1, Width::Fixed);
    check::<Plain, [u16; 3]>(6, Width::Raw);
    check::<Plain, [bool; 3]>(3, Width::Fixed);
    check::<Varint, [u64; 3]>(3, Width::Varies);
    check::<Plain, FixedList<u16, 3>>(6, Width::Raw);
    check::<Plain, FixedList<bool, 3>>(3, Width::Fixed);
    check::<Plain, FixedListView<'_, u16, 3>>(6, Width::Raw);
    check::<Plain, FixedListView<'_, bool, 3>>(3, Width::Fixed);
}

/// More octets than addresses are no few octets, or a short input could announce many of them.
#[test]
fn no_input_is_long_enough_for_what_overflows() {
    const HALF: usize = 1 << (usize::BITS - 1);
    type Half = FixedList<u8, HALF>;
    assert_eq!(<[Half; 2] as Decode>::MIN_LEN, usize::MAX);
    assert_eq!(<FixedList<Half, 2> as Decode>::MIN_LEN, usize::MAX);
    assert_eq!(<FixedListView<'_, Half, 2> as Decode>::MIN_LEN, usize::MAX);
    assert!(decode::<Plain, Vec<[Half; 2]>>(&[1]).is_err());
}

#[test]
fn values_of_one_length_are_known_to_be_before_they_are_written() {
    const HALF: usize = 1 << (usize::BITS - 1);
    assert_eq!(<[u16; 3] as Encode>::LEN, Some(6));
    assert_eq!(<[[u16; 3]; 2] as Encode>::LEN, Some(12));
    assert_eq!(<[u64; 3] as Encode<Varint>>::LEN, None);
    assert_eq!(<FixedData<3> as Encode>::LEN, Some(3));
    assert_eq!(<FixedList<u16, 3> as Encode>::LEN, Some(6));
    assert_eq!(<FixedListView<'_, u16, 3> as Encode>::LEN, Some(6));
    assert_eq!(<FixedList<Str, 3> as Encode>::LEN, None);
    assert_eq!(<FixedList<FixedList<u8, HALF>, 2> as Encode>::LEN, None);
}

#[test]
fn two_values_are_known_as_well_as_the_lesser_known() {
    let widths = [Width::Varies, Width::Fixed, Width::Raw];
    for (a, b) in widths.into_iter().flat_map(|a| widths.map(|b| (a, b))) {
        assert_eq!(a.and(b), a.min(b));
    }
}
