//! Lists and data of a fixed length: always that length, on the heap, never through the stack.

use barewire::{Detach, FixedData, FixedList, Limits, Plain, Reader, Varint, WrongLength};
use bytes::Bytes;
use core::borrow::Borrow;

use crate::wire::{decode, encode};

#[test]
fn lists_are_slices_of_their_length() {
    let mut list = FixedList::<u16, 3>::try_from(vec![3, 1, 2]).unwrap();
    list.sort_unstable();
    assert_eq!(list.as_slice(), [1, 2, 3]);
    assert_eq!(list[1], 2);
    for element in &mut list {
        *element *= 2;
    }
    assert_eq!((&list).into_iter().sum::<u16>(), 12);
    assert_eq!(format!("{list:?}"), "[2, 4, 6]");
    assert_eq!(list.clone().into_iter().collect::<Vec<_>>(), list.clone().into_vec());
    assert_eq!(list, FixedList::from_fn(|index| 2 * (index as u16 + 1)));
}

#[test]
fn lists_and_data_are_lent_and_given_away_whole() {
    let list = FixedList::from([3_u8, 1, 2]);
    assert_eq!(
        (AsRef::<[u8]>::as_ref(&list), Borrow::<[u8]>::borrow(&list)),
        (&[3, 1, 2][..], &[3, 1, 2][..])
    );
    assert_eq!(Vec::from(list), [3, 1, 2]);
    let data = FixedData::from([3, 1, 2]);
    assert_eq!(
        (AsRef::<[u8]>::as_ref(&data), Borrow::<[u8]>::borrow(&data)),
        (&[3, 1, 2][..], &[3, 1, 2][..])
    );
    assert_eq!(Bytes::from(data), [3, 1, 2][..]);
}

#[test]
fn another_length_is_refused() {
    let wrong = |found| WrongLength { expected: 2, found };
    assert_eq!(FixedList::<u8, 2>::try_from(vec![1]), Err(wrong(1)));
    assert_eq!(FixedData::<2>::try_from(vec![1, 2, 3]), Err(wrong(3)));
    assert_eq!(FixedData::<2>::try_from(&[][..]), Err(wrong(0)));
    assert_eq!(FixedData::<2>::try_from(Bytes::from_static(b"a")), Err(wrong(1)));
}

#[test]
fn data_shares_its_frame_until_detached() {
    let frame = Bytes::from(vec![7; 64]);
    let mut data = decode::<Plain, FixedData<64>>(&frame).unwrap();
    assert_eq!(data.as_ptr(), frame.as_ptr());
    assert_eq!(data.as_array(), &[7; 64]);
    assert_eq!(data.retained_len(), 64);
    data.detach();
    assert!(frame.is_unique());
    assert_eq!(data[..], frame[..]);
    assert_eq!(FixedData::from(&[7; 64]), data);
    assert_eq!(Bytes::from(data), frame);
}

/// Elements that any octets are get read from their octets alone, and still share the buffer of the whole.
#[test]
fn data_in_lists_shares_its_frame() {
    let frame = Bytes::from(vec![2; 129]);
    let list = decode::<Plain, Vec<FixedData<64>>>(&frame).unwrap();
    assert_eq!([list[0].as_ptr(), list[1].as_ptr()], [frame[1..].as_ptr(), frame[65..].as_ptr()]);
}

#[test]
fn a_large_list_is_refused_before_anything_is_allocated() {
    const LARGE: usize = 1 << 30;
    let mut r = Reader::new(&[0; 100], &Limits::trusted());
    let failed = <FixedList<u64, LARGE> as barewire::Decode<'_, Varint>>::read(&mut r).unwrap_err();
    assert_eq!(r.error(failed).needed(), Some(LARGE - 100));
    let failed = <FixedData<LARGE> as barewire::Decode>::read(&mut r).unwrap_err();
    assert_eq!(r.error(failed).needed(), Some(LARGE - 100));
}

#[test]
fn a_list_larger_than_any_stack_survives() {
    const LARGE: usize = 9_000_000;
    let list = FixedList::<u8, LARGE>::from_fn(|index| index as u8);
    let octets = encode::<Plain, _>(&list);
    assert_eq!(octets.len(), LARGE);
    assert!(decode::<Plain, FixedList<u8, LARGE>>(&octets).unwrap() == list);
}
