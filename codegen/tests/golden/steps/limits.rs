//! How much heap a migration is charged, to the octet: what is old and what is new at once, and no more.

use barewire::{Bytes, CodecError, FixedList, Limits, Loss, Map, Message, PathSegment, Upgrade};

use super::golden::migrate::V1ToV2;
use super::golden::{Codec, Family};
use super::{Migrations, v1, v2, v3};

const COUNT: usize = 1000;

/// The least heap budget within which `old` of version 1 becomes a `T`.
fn least<T: Upgrade<Family, Migrations>>(old: &impl Message, migrations: &Migrations) -> usize {
    let frame = Bytes::from(old.encode_to_vec());
    let is_enough = |heap: usize| {
        let codec = Codec::new(1, migrations.clone()).unwrap();
        let refused = match codec.with_limits(Limits::with_heap(heap)).decode::<T>(&frame) {
            Ok(_) => return true,
            Err(error) => error.to_string(),
        };
        assert!(refused.contains(&format!("above the limit of {heap} for this input")), "{refused}");
        false
    };
    let (mut refused, mut enough) = (0, 1 << 20);
    assert!(is_enough(enough));
    while enough - refused > 1 {
        let middle = refused + (enough - refused) / 2;
        if is_enough(middle) { enough = middle } else { refused = middle }
    }
    enough
}

fn containers() -> v1::Containers {
    v1::Containers {
        items: Vec::new(),
        three: [v1::Inner { n: 0 }; 3],
        many: FixedList::from_fn(|_| v1::Inner { n: 0 }),
        maybe: None,
        by_name: Map::new(),
        by_key: Map::new(),
        by_number: Map::new(),
    }
}

#[track_caller]
fn check(old: &v1::Containers, expected: usize) {
    assert_eq!(least::<v3::Containers>(old, &Migrations::strict()), expected);
}

/// What the fixed list of all containers takes, old and new.
const MANY: (usize, usize) = (40 * size_of::<v1::Inner>(), 40 * size_of::<v2::Inner>());

#[test]
fn a_list_and_the_one_it_becomes_are_charged() {
    check(&containers(), MANY.0 + MANY.1);
    let old = v1::Containers { items: vec![v1::Inner { n: 1 }; COUNT], ..containers() };
    let (before, after) = (COUNT * size_of::<v1::Inner>(), COUNT * size_of::<v2::Inner>());
    check(&old, before + MANY.0 + after);
    // The old list is given back before the next is migrated.
    assert!(before > MANY.1);
}

#[test]
fn the_check_of_changed_keys_is_charged() {
    let by_number = (0..100).rev().map(|key| (key, "".into())).collect();
    let old = v1::Containers { by_number, ..containers() };
    // The pairs take the place of the old ones.
    let pairs = 100 * size_of::<(u8, barewire::Str)>();
    assert!(size_of::<(u8, barewire::Str)>() >= size_of::<(u16, barewire::Str)>());
    check(&old, pairs + MANY.1 + 100 * size_of::<usize>());
}

#[test]
fn boxes_and_arrays_that_become_large_are_charged() {
    let wide = v1::Wide { a: [1; 20], b: [2; 20] };
    let old = v1::Large { wide: wide.clone(), maybe: None, choice: v1::WideUnion::U8(1), grid: [[1; 3]; 16] };
    let (before, after) = (size_of::<v1::Wide>(), size_of::<v2::Wide>());
    let grid = 16 * size_of::<[u64; 3]>();
    assert_eq!(least::<v3::Large>(&old, &Migrations::strict()), after + grid);
    // A box of the old union is given back for one of the new.
    let old = v1::Large { choice: v1::WideUnion::Wide(Box::new(wide)), ..old };
    assert_eq!(least::<v3::Large>(&old, &Migrations::strict()), after + after + grid);
    assert!(before < grid);
}

#[test]
fn recorded_losses_are_charged() {
    let old = v1::Dropped { id: 1, gone: "here".into() };
    let expected = 4 * (size_of::<Loss>() + size_of::<PathSegment>());
    assert_eq!(least::<v3::Dropped>(&old, &Migrations::recording()), expected);
}

/// The budget is that of one message: what is encoded next has none, and neither has a step that the program takes.
#[test]
fn only_decoding_has_a_budget() {
    let old = v1::Containers { items: vec![v1::Inner { n: 1 }; COUNT], ..containers() };
    let heap = least::<v3::Containers>(&old, &Migrations::strict());
    let mut codec = Codec::new(1, Migrations::strict()).unwrap().with_limits(Limits::with_heap(heap));
    let message: v3::Containers = codec.decode(&old.encode_to_vec()).unwrap();
    V1ToV2::containers(codec.migrations_mut(), old.clone()).unwrap();
    assert_eq!(codec.encode(&message).unwrap(), old.encode_to_vec());
    let error = codec.with_limits(Limits::with_heap(0)).decode::<v3::Containers>(&old.encode_to_vec());
    assert!(matches!(error, Err(CodecError::Decode(_))));
}
