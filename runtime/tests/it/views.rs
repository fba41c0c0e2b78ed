//! Views read where the bytes lie, and are written the same whether they were decoded or built by hand.

use barewire::{
    Decode, Encode, Failed, FixedList, FixedListView, LazyView, Limits, ListView, Map, MapView, Message,
    Pair, Plain, Reader, Varint, WrongLength,
};
use core::cell::Cell;
use core::cmp::Ordering;
use std::fmt::Debug;
use std::hash::{BuildHasher, Hash, RandomState};

use crate::generated::{Deep, DeepView, Pixel, deep};
use crate::shop::{CustomerOrders, CustomerView, Person, PersonView, customer};
use crate::wire::{decode, encode};

#[test]
fn list_elements_of_any_length_are_read_in_order() {
    let numbers: Vec<u64> = (0..70).map(|power| 1_u64.checked_shl(power).unwrap_or(3)).collect();
    let octets = encode::<Varint, _>(&numbers);
    let view = decode::<Varint, ListView<'_, u64, Varint>>(&octets).unwrap();
    assert_eq!((view.len(), view.is_empty()), (70, false));
    assert!(view.iter().eq(numbers.iter().copied()));
    assert_eq!(view.iter().len(), 70);
    for (index, &number) in numbers.iter().enumerate() {
        assert_eq!(view.get(index), Some(number));
    }
    assert_eq!(view.get(70), None);
    assert_eq!(view.get(usize::MAX), None);
    assert_eq!(view.iter().nth(80), None);
    assert!(view.iter().skip(60).eq(numbers[60..].iter().copied()));
    assert_eq!(encode::<Varint, _>(&view), octets);
    assert_eq!(format!("{view:?}"), format!("{numbers:?}"));
}

#[test]
fn list_elements_of_one_length_are_found_at_once() {
    let pixels: Vec<_> = (0..50).map(|a| Pixel { a, b: a % 3 == 0 }).collect();
    let octets = encode::<Plain, _>(&pixels);
    let view = decode::<Plain, ListView<'_, Pixel>>(&octets).unwrap();
    for (index, pixel) in pixels.iter().enumerate() {
        assert_eq!(view.get(index), Some(*pixel));
    }
    assert_eq!(view.get(50), None);
    let mut rest = view.iter();
    assert_eq!(rest.nth(10), Some(pixels[10]));
    assert_eq!(rest.len(), 39);
    assert_eq!(rest.clone().last(), Some(pixels[49]));
}

/// A view built from borrowed parts is the decoded one in every respect.
#[track_caller]
fn alike<T: Debug + Hash + Ord + Encode>(decoded: &T, built: &T) {
    let hasher = RandomState::new();
    assert_eq!(decoded, built);
    assert!(decoded.cmp(built).is_eq());
    assert_eq!(hasher.hash_one(decoded), hasher.hash_one(built));
    assert_eq!(format!("{decoded:?}"), format!("{built:?}"));
    assert_eq!(encode::<Plain, T>(decoded), encode::<Plain, T>(built));
}

#[test]
fn built_by_hand_equals_decoded() {
    let words = ["b", "a", "ccc"];
    let octets = encode::<Plain, [&str]>(&words);
    alike(&decode::<Plain, ListView<'_, &str>>(&octets).unwrap(), &ListView::from(&words));
    alike(&decode(&octets).unwrap(), &ListView::<&str>::from(&words[..]));
    alike(&decode(&octets).unwrap(), &ListView::<&str>::from(&words.to_vec()));
    alike(&decode(&octets[1..]).unwrap(), &FixedListView::<&str, 3>::from(&words));
    alike(&decode(&octets[1..]).unwrap(), &FixedListView::<&str, 3>::from(&FixedList::from(words)));
    alike(&decode(&octets[1..]).unwrap(), &FixedListView::<&str, 3>::try_from(&words[..]).unwrap());
    alike(&decode(&octets).unwrap(), &LazyView::from(&ListView::<&str>::from(&words)));

    let pairs = [("b", 1_u16), ("a", 2)];
    let octets = encode::<Plain, _>(&Map::from(pairs));
    alike(&decode(&octets).unwrap(), &MapView::<&str, u16>::try_from_pairs(&pairs).unwrap());
    alike(&decode(&octets).unwrap(), &MapView::<&str, u16>::from(&Map::from(pairs)));
    alike(&decode(&[0]).unwrap(), &MapView::<&str, u16>::default());
    alike(&decode(&[0]).unwrap(), &ListView::<&str>::default());
}

/// What stands at another place is another value, and a copy is the same one.
#[track_caller]
fn ascend<T: Clone + Debug + Hash + Ord>(values: &[T]) {
    let hasher = RandomState::new();
    for (place, value) in values.iter().enumerate() {
        assert_eq!(value.clone(), *value);
        for (other_place, other) in values.iter().enumerate() {
            let order = place.cmp(&other_place);
            assert_eq!(value == other, order.is_eq(), "{value:?} and {other:?}");
            assert_eq!(value.partial_cmp(other), Some(order), "{value:?} and {other:?}");
            assert_eq!(value.cmp(other), order, "{value:?} and {other:?}");
            assert_eq!(hasher.hash_one(value) == hasher.hash_one(other), order.is_eq());
        }
    }
}

#[test]
fn views_compare_as_the_sequences_of_their_parts() {
    let lists: [&[u8]; 5] = [&[], &[1], &[1, 2], &[1, 2, 3], &[1, 3]];
    ascend(&lists.map(ListView::<u8>::from));
    // The same elements, cut in other places.
    let nested = [[&[1_u8][..], &[2]], [&[1, 2], &[]]].map(|pair| pair.map(ListView::<u8>::from));
    ascend(&nested.each_ref().map(ListView::from));
    let fixed_lists = [[1, 2], [1, 3], [2, 0]];
    ascend(&fixed_lists.each_ref().map(FixedListView::<u8, 2>::from));
    ascend(&fixed_lists.each_ref().map(LazyView::<[u8; 2]>::from));
    let maps: [&[(u8, u8)]; 5] = [&[], &[(1, 1)], &[(1, 1), (2, 0)], &[(1, 2)], &[(2, 0)]];
    ascend(&maps.map(|pairs| MapView::<u8, u8>::try_from_pairs(pairs).unwrap()));
}

/// What a view holds may be owned: reading it once more takes heap, and no budget.
#[test]
fn owned_elements_are_read_again() {
    let words = ["abc".to_owned(), "d".repeat(100)];
    let octets = encode::<Plain, _>(&words.to_vec());
    let view = decode::<Plain, ListView<'_, String>>(&octets).unwrap();
    assert!(view.iter().eq(words));
}

#[test]
fn views_know_how_many_parts_they_have() {
    fn lengths<const N: usize>(elements: [u8; N]) -> [(usize, bool); 3] {
        let list = ListView::<u8>::from(&elements);
        let fixed_list = FixedListView::<u8, N>::from(&elements);
        let pairs = elements.map(|element| (element, element));
        let map = MapView::<u8, u8>::try_from_pairs(&pairs).unwrap();
        [
            (list.len(), list.is_empty()),
            (fixed_list.len(), fixed_list.is_empty()),
            (map.len(), map.is_empty()),
        ]
    }
    assert_eq!(lengths([]), [(0, true); 3]);
    assert_eq!(lengths([7]), [(1, false); 3]);
    assert_eq!(lengths([7, 8, 9]), [(3, false); 3]);
}

/// The octets of a value that takes as many as any other are taken at once, but where they are cut its part is named.
#[test]
fn a_large_part_that_is_cut_is_refused_as_its_value() {
    let octets = encode::<Plain, _>(&CustomerOrders { order_id: 1, quantity: 2 });
    for cut in (0..octets.len()).map(|len| &octets[..len]) {
        let error = decode::<Plain, LazyView<'_, CustomerOrders>>(cut).unwrap_err();
        assert_eq!(error, decode::<Plain, CustomerOrders>(cut).unwrap_err());
    }
}

#[test]
fn a_slice_of_the_wrong_length_is_no_fixed_list() {
    let error = FixedListView::<u8, 3>::try_from(&[1_u8, 2][..]).unwrap_err();
    assert_eq!(error, WrongLength { expected: 3, found: 2 });
    assert_eq!(error.to_string(), "expected a length of 3, found 2");
}

#[test]
fn map_views_are_searched_and_iterated() {
    let pairs = [(300_u64, "x"), (2, "y"), (1 << 40, "z")];
    let octets = encode::<Pair<Varint, Plain>, _>(&Map::from(pairs));
    let view = decode::<Pair<Varint, Plain>, MapView<'_, u64, &str, Pair<Varint, Plain>>>(&octets).unwrap();
    assert_eq!(view.get(&2), Some("y"));
    assert_eq!(view.get(&3), None);
    assert!(view.contains_key(&300) && !view.contains_key(&3));
    assert!(view.keys().eq([300, 2, 1 << 40]));
    assert!(view.values().eq(["x", "y", "z"]));
    assert_eq!(view.values().len(), 3);
    assert_eq!(view.into_iter().collect::<Vec<_>>(), pairs);
    assert_eq!(format!("{view:?}"), r#"{300: "x", 2: "y", 1099511627776: "z"}"#);
}

#[test]
fn views_inside_views_are_read_again() {
    let message = deep();
    let octets = message.encode_to_vec();
    let view = DeepView::decode(&octets).unwrap();
    assert_eq!(view.encode_to_vec(), octets);
    assert!(view.pixels.get().iter().eq(message.pixels.iter().copied()));
    for (own, seen) in message.lists.iter().zip(view.lists) {
        assert!(seen.iter().eq(own.iter().copied()));
    }
    for ((key, own), (key_seen, seen)) in message.ids.iter().zip(view.ids) {
        assert_eq!(*key, key_seen);
        assert!(seen.iter().eq(own.iter().copied()));
    }
    assert!(view.large.iter().eq(message.large.iter().copied()));
    assert_eq!(view.large.get(39), Some(39));
    assert_eq!(*view.blob, *message.blob.as_array());
    assert_eq!(view.to_message::<Deep>().unwrap(), message);
    assert_eq!(Deep::decode(&octets).unwrap(), message);
}

/// A key that counts how often keys are compared.
#[derive(Clone, Copy, Debug, Eq)]
struct Counted(u8);

thread_local! {
    static COMPARED: Cell<usize> = const { Cell::new(0) };
}

impl PartialEq for Counted {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl PartialOrd for Counted {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Counted {
    fn cmp(&self, other: &Self) -> Ordering {
        COMPARED.set(COMPARED.get() + 1);
        self.0.cmp(&other.0)
    }
}

impl<'a> Decode<'a> for Counted {
    const MIN_LEN: usize = 1;

    fn read(r: &mut Reader<'a>) -> Result<Self, Failed> {
        r.array().map(|&[octet]| Self(octet))
    }
}

#[test]
fn maps_inside_lists_are_checked_only_once() {
    let ascending: Map<u8, bool> = (0..20).map(|key| (key, true)).collect();
    // Descending keys need the temporary array, for which this budget suffices just once.
    let descending: Map<u8, bool> = (0..20).rev().map(|key| (key, true)).collect();
    let octets = encode::<Plain, _>(&vec![ascending, descending]);
    let mut r = Reader::new(&octets, &Limits::with_heap(160));
    let view = ListView::<MapView<'_, Counted, bool>>::read(&mut r).unwrap();
    assert_eq!(COMPARED.replace(0), 20);
    for _ in 0..3 {
        assert!(view.iter().all(|map| map.len() == 20 && map.values().all(|value| value)));
    }
    assert_eq!(COMPARED.get(), 0);
}

#[test]
fn a_message_is_framed_from_borrowed_parts() {
    let Person::Customer(owned) = customer() else { panic!("not a customer") };
    let address = owned.address.each_ref().map(|line| line.as_str());
    let metadata: Vec<_> = owned.metadata.iter().map(|(key, value)| (key.as_str(), &value[..])).collect();
    let view = CustomerView {
        name: &owned.name,
        email: &owned.email,
        address: FixedListView::from(&address),
        orders: ListView::from(&owned.orders),
        metadata: MapView::try_from_pairs(&metadata).unwrap(),
    };
    let view = PersonView::Customer(view);
    let octets = customer().encode_to_vec();
    assert_eq!(view.encode_to_vec(), octets);
    assert_eq!(view, PersonView::decode(&octets).unwrap());
    assert_eq!(view.to_message::<Person>().unwrap(), customer());
}

#[test]
fn views_are_small_and_copied_without_bounds_on_their_parts() {
    fn copied<T: Copy>(_: T) {}
    copied(ListView::<String>::default());
    copied(MapView::<String, Vec<u8>>::default());
    copied::<LazyView<'_, CustomerOrders>>(LazyView::from(&CustomerOrders { order_id: 1, quantity: 2 }));
    assert_eq!(size_of::<ListView<'_, &str>>(), 3 * size_of::<usize>());
    assert_eq!(size_of::<MapView<'_, &str, &str>>(), 3 * size_of::<usize>());
}

#[test]
fn views_can_be_sent_to_other_threads() {
    fn sent<T: Send + Sync>() {}
    sent::<ListView<'_, &str, Varint>>();
    sent::<MapView<'_, &str, u8, Pair<Plain, Varint>>>();
    sent::<DeepView<'_>>();
}

#[test]
fn views_may_be_used_as_if_they_borrowed_for_shorter() {
    fn shorter<'a>(view: DeepView<'static>, _: &'a str) -> DeepView<'a> {
        view
    }
    fn compare<'a>(view: &ListView<'static, &'static str>, word: &'a str) -> bool {
        let view: &ListView<'a, &'a str> = view;
        view.iter().any(|own| own == word)
    }
    let _ = shorter;
    assert!(compare(&ListView::from(&["a", "b"]), &String::from("b")));
}

/// A key is looked up by whatever it borrows as, however short that lives.
#[test]
fn maps_are_asked_with_borrowed_keys() {
    fn find<'a>(map: &MapView<'a, &'a str, u16>, name: &str) -> Option<u16> {
        map.get(name)
    }
    let map = Map::from([("ssh".to_owned(), 22_u16), ("http".to_owned(), 80)]);
    let octets = crate::wire::encode::<Plain, _>(&map);
    let view: MapView<'_, &str, u16> = Decode::read(&mut Reader::new(&octets, &Limits::default())).unwrap();
    assert_eq!((find(&view, "http"), find(&view, "dns")), (Some(80), None));
    assert!(view.contains_key("ssh"));
}
