//! What a message may allocate is bounded, whatever it announces.

use barewire::{Bytes, Decode, DecodeErrorKind, Limits, ListView, Message, PathSegment, Reader, Str, Varint};

use crate::generated::Nothing;
use crate::shop::{Person, customer};
use crate::wire::encode;

/// A list of `count` empty strings: one octet each on the wire, 40 in memory.
fn empty_strings(count: usize) -> Vec<u8> {
    let mut octets = encode::<Varint, _>(&(count as u64));
    octets.resize(octets.len() + count, 0);
    octets
}

fn read<'a, T: Decode<'a>>(octets: &'a [u8], limits: &Limits) -> Result<T, DecodeErrorKind> {
    let mut r = Reader::new(octets, limits);
    T::read(&mut r).map_err(|failed| r.error(failed).kind())
}

#[test]
fn the_default_refuses_what_grows_forty_fold() {
    const COUNT: usize = 2 << 20;
    let octets = empty_strings(COUNT);
    let budget = Limits::default().heap(octets.len());
    assert_eq!(budget, (1 << 20) + 16 * octets.len() - (8 << 10));
    let refusal = DecodeErrorKind::LimitExceeded { budget, wanted: 40 * COUNT };
    assert_eq!(read::<Vec<Str>>(&octets, &Limits::default()), Err(refusal));
    assert_eq!(
        refusal.to_string(),
        format!("value needs 83886080 more bytes of heap, above the limit of {budget} for this input")
    );
    assert_eq!(read::<Vec<Str>>(&octets, &Limits::trusted()).unwrap().len(), COUNT);
    assert_eq!(read::<Vec<Str>>(&octets, &Limits::with_heap(40 * COUNT)).unwrap().len(), COUNT);
    assert!(read::<Vec<Str>>(&octets, &Limits::with_heap(40 * COUNT - 1)).is_err());
}

/// The numbers that `docs/limits.md` names.
#[test]
fn the_default_has_an_edge() {
    let is_accepted = |octets: &[u8]| read::<Vec<Str>>(octets, &Limits::default()).is_ok();
    assert!(is_accepted(&empty_strings(43_351)));
    assert!(!is_accepted(&empty_strings(43_352)));
    // An empty list is as long as an empty string.
    let is_accepted = |octets: &[u8]| read::<Vec<Vec<u8>>>(octets, &Limits::default()).is_ok();
    assert!(is_accepted(&empty_strings(130_054)));
    // With pointers of 32 bits it holds 12 octets, which its octet pays for.
    assert_eq!(is_accepted(&empty_strings(130_055)), size_of::<Vec<u8>>() <= 16);
    assert_eq!(Limits::default().heap(usize::MAX), (256 << 20) - (8 << 10));
}

#[test]
fn views_need_no_budget() {
    let octets = empty_strings(1000);
    assert_eq!(read::<ListView<'_, &str>>(&octets, &Limits::with_heap(0)).unwrap().len(), 1000);
}

#[test]
fn limits_travel_with_the_message() {
    let octets = customer().encode_to_vec();
    let error = Person::decode_with(&octets, &Limits::with_heap(10)).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::LimitExceeded { budget: 10, .. }));
    assert_eq!(error.needed(), None);
    assert_eq!(Person::decode_with(&octets, &Limits::with_heap(10_000)).unwrap(), customer());
}

/// What a view is copied to counts as what it becomes.
#[test]
fn the_copy_of_a_view_is_charged() {
    let octets = Bytes::from(customer().encode_to_vec());
    let view = <Person as Message>::View::decode(&octets).unwrap();
    let least = |is_enough: &dyn Fn(&Limits) -> bool| {
        (0..100_000).find(|heap| is_enough(&Limits::with_heap(*heap))).expect("some budget is enough")
    };
    let decoded = least(&|limits| Person::decode_with(&octets, limits).is_ok());
    let copied = least(&|limits| view.to_message_with::<Person>(limits).is_ok());
    assert_eq!(copied, decoded + octets.len());
    let too_little = Limits::with_heap(octets.len() - 1);
    let error = view.to_message_with::<Person>(&too_little).unwrap_err();
    let expected = format!(
        "value needs {} more bytes of heap, above the limit of {} for this input at byte 0 in Person",
        octets.len(),
        octets.len() - 1
    );
    assert_eq!(error.to_string(), expected);
    assert_eq!(view.to_message_with::<Person>(&Limits::trusted()).unwrap(), customer());
    // What takes no heap itself takes that of its copy.
    let void = <Person as Message>::View::decode(&[2]).unwrap();
    assert_eq!(void.to_message_with::<Person>(&Limits::with_heap(1)).unwrap(), Person::TerminatedEmployee);
}

#[test]
fn an_announced_count_reserves_nothing_that_is_not_there() {
    // The octets of 2^61 numbers are 2^64.
    for count in [1_u64 << 60, 1 << 61] {
        let octets = encode::<Varint, _>(&count);
        for limits in [Limits::default(), Limits::trusted()] {
            let refusal = read::<Vec<u64>>(&octets, &limits).unwrap_err();
            assert_eq!(refusal.rule(), Some("D10"));
        }
    }
}

/// No schema has such elements, but a type written by hand may be one.
#[test]
fn elements_without_octets_are_counted_as_one_each() {
    for limits in [Limits::default(), Limits::trusted()] {
        assert_eq!(read::<Vec<Nothing>>(&[2], &limits).unwrap_err().rule(), Some("D10"));
        assert_eq!(read::<Vec<Nothing>>(&[2, 0, 0], &limits), Ok(vec![Nothing, Nothing]));
    }
}

#[test]
fn what_is_charged_is_what_is_held() {
    #[track_caller]
    fn check<T: for<'a> Decode<'a>>(octets: &[u8], expected: usize) {
        let is_enough = |heap: &usize| read::<T>(octets, &Limits::with_heap(*heap)).is_ok();
        assert_eq!((0..1000).find(is_enough), Some(expected));
    }
    check::<String>(b"\x03abc", 3);
    check::<Bytes>(b"\x03abc", 3);
    check::<Str>(b"\x03abc", 0);
    check::<Box<u64>>(&[0; 8], 8);
    check::<Vec<u16>>(&[2, 0, 0, 0, 0], 4);
    // As much as no address reaches is more than any budget.
    let mut r = Reader::new(&[], &Limits::with_heap(1000));
    assert!(r.charge::<u64>(usize::MAX / 8 + 1).is_err());
}

/// Elements that any octets are get read from their octets alone, and still fail where they stand in the input.
#[test]
fn a_limit_is_exceeded_where_the_element_stands() {
    let octets = [3, 0, 0, 0, 0, 0, 0];
    let budget = 3 * size_of::<Box<u16>>() + 2;
    let mut r = Reader::new(&octets, &Limits::with_heap(budget));
    let failed = <Vec<Box<u16>>>::read(&mut r).unwrap_err();
    let error = r.error(failed);
    assert_eq!(error.kind(), DecodeErrorKind::LimitExceeded { budget, wanted: 2 });
    assert_eq!(error.offset(), 3);
    assert!(error.path().eq([PathSegment::Index(1)]));
}

/// With a budget the first reservation is the last: growing would hold the old and the new elements at once.
#[test]
fn a_budget_is_reserved_exactly() {
    type Element = Option<[u64; 32]>;
    let count = 10_000;
    let octets = empty_strings(count);
    let budget = count * size_of::<Element>();
    let elements = read::<Vec<Element>>(&octets, &Limits::with_heap(budget)).unwrap();
    assert_eq!(elements.capacity(), count);
    assert!(read::<Vec<Element>>(&octets, &Limits::with_heap(budget - 1)).is_err());
    assert_eq!(read::<Vec<Element>>(&octets, &Limits::trusted()).unwrap().len(), count);
}

/// Without a budget a list reserves what the default would allow, and grows by the elements that really come.
#[test]
fn without_a_budget_the_first_reservation_is_that_of_the_default() {
    type Element = [u8; 4096];
    let octets = [0; 1000];
    let mut r = Reader::new(&octets, &Limits::trusted());
    let mut elements = r.vec::<Element>(1000).unwrap();
    assert_eq!(elements.capacity(), Limits::default().heap(octets.len()) / size_of::<Element>());
    assert_eq!(r.vec::<Element>(3).unwrap().capacity(), 3);

    let full = elements.capacity();
    r.grow(&mut elements).unwrap();
    assert_eq!(elements.capacity(), full, "there is room");
    elements.resize(full, [0; 4096]);
    r.grow(&mut elements).unwrap();
    assert!(elements.capacity() > full);
}

fn needed(octets: &[u8]) -> Option<usize> {
    let mut r = Reader::new(octets, &Limits::default());
    let failed = <Str as Decode>::read(&mut r).unwrap_err();
    r.error(failed).needed()
}

/// A length that no input can have is wrong, not incomplete: a stream must not wait for it.
#[test]
fn an_impossible_length_needs_nothing_more() {
    for announced in [1 << 63, u64::MAX] {
        let octets = encode::<Varint, _>(&announced);
        assert_eq!(needed(&octets), None);
    }
    // The most that a slice can have, of which with 32 bits there is less.
    let most = isize::MAX.cast_unsigned();
    let announced = u64::try_from(most).expect("at most 64 bits");
    assert_eq!(needed(&encode::<Varint, _>(&announced)), Some(most));
    assert_eq!(needed(&encode::<Varint, _>(&(announced + 1))), None);
}
