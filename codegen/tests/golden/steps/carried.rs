//! Values that both versions can express.

use std::fmt::Debug;

use barewire::{Downgrade, FixedList, Limits, Map, Message, Upgrade};
use proptest::prelude::{BoxedStrategy, ProptestConfig};
use proptest::prop_assert_eq;
use proptest::test_runner::TestRunner;

use super::golden::{Codec, Family};
use super::{Migrations, strategies, v1, v2, v3};

/// `old` of `version` becomes `new`.
#[track_caller]
fn up<T>(version: u16, old: &impl Message, new: &T)
where
    T: Upgrade<Family, Migrations> + Debug + PartialEq,
{
    let mut codec = Codec::new(version, Migrations::strict()).unwrap();
    assert_eq!(&codec.decode::<T>(&old.encode_to_vec()).unwrap(), new);
}

/// `new` becomes `old` of `version`.
#[track_caller]
fn down<T>(new: &T, version: u16, old: &impl Message)
where
    T: Downgrade<Family, Migrations> + Clone,
{
    let mut codec = Codec::new(version, Migrations::strict()).unwrap();
    assert_eq!(codec.encode(new).unwrap(), old.encode_to_vec());
}

/// `old` of version 1 and `new` are the same message.
#[track_caller]
fn both<T>(old: &impl Message, new: &T)
where
    T: Upgrade<Family, Migrations> + Downgrade<Family, Migrations> + Clone + Debug + PartialEq,
{
    up(1, old, new);
    down(new, 1, old);
}

#[test]
fn numbers_get_room_and_fit_back() {
    let old = v1::Numbers {
        small: 255,
        large: u32::MAX,
        ratio: 0.1,
        same: 7,
        count: 300,
        label: "a label that is too long to be kept inline".into(),
    };
    let new = v3::Numbers {
        ratio: f64::from(0.1_f32),
        small: 255,
        large: u32::MAX.into(),
        same: 7,
        count: 300,
        label: "a label that is too long to be kept inline".to_owned(),
    };
    both(&old, &new);
    let middle =
        v2::Numbers { ratio: 0.5, small: 256, large: -1, same: 7, count: u64::MAX, label: "".into() };
    let new = v3::Numbers { ratio: 0.5, small: 256, large: -1, same: 7, count: u64::MAX, label: "".into() };
    up(2, &middle, &new);
    down(&new, 2, &middle);
}

#[test]
fn new_fields_that_may_be_empty_are() {
    up(1, &v1::Fields { id: 1 }, &v3::Fields { id: 1, note: None, tags: Vec::new(), counts: Map::new() });
}

#[test]
fn structs_are_answered_for() {
    both(&v1::Dropped { id: 1, gone: "".into() }, &v3::Dropped { id: 1 });
    both(&v1::Renamed { id: 1, before: "b".into() }, &v3::Renamed { id: 1, after: "b".into() });
    both(&v1::Retyped { id: "17".into() }, &v3::Retyped { id: 17 });
}

#[test]
fn aliases_are_answered_for_or_widened() {
    both(&v1::Graded { grade: 3 }, &v3::Graded { grade: "3".into() });
    both(
        &v1::Counted { count: 1, counts: vec![2, 65535], amount: 3 },
        &v3::Counted { count: 1, counts: vec![2, 65535], amount: 3 },
    );
    both(&v1::Ids(vec![1, 255]), &v3::Ids(vec![1, 255]));
    both(&v1::Total(7), &v3::Total(7));
}

#[test]
fn enum_values_are_found_by_name() {
    both(
        &v1::Enums { added: v1::Added::B, disabled: v1::Disabled::Off, colour: v1::Colour::Blue },
        &v3::Enums { added: v3::Added::B, disabled: v3::Disabled::Disabled, colour: v3::Colour::Blue },
    );
}

#[test]
fn union_members_are_found_by_name() {
    let old = |the_move, shape, door| v1::Unions { r#move: the_move, shape, door };
    let new = |the_move, shape, door| v3::Unions { r#move: the_move, shape, door };
    both(
        &old(v1::Move::Walk(v1::Walk { n: 1 }), v1::Shape::Round(v1::Round { radius: 2 }), v1::Door::Open),
        &new(
            v3::Move::Walk(v3::Walk { n: 1 }),
            v3::Shape::Circle(v3::Circle { radius: 2 }),
            v3::Door::Open(v3::Open { n: 0 }),
        ),
    );
    both(
        &old(
            v1::Move::Swim(v1::Swim { n: 1 }),
            v1::Shape::Walk(v1::Walk { n: 2 }),
            v1::Door::Shut(v1::Shut { n: 0 }),
        ),
        &new(v3::Move::Fly(v3::Fly { n: 1 }), v3::Shape::Walk(v3::Walk { n: 2 }), v3::Door::Shut),
    );
    both(
        &old(v1::Move::U8(1), v1::Shape::Walk(v1::Walk { n: 2 }), v1::Door::Ajar),
        &new(v3::Move::U8(1), v3::Shape::Walk(v3::Walk { n: 2 }), v3::Door::Ajar(v3::Ajar { n: 0 })),
    );
    // The tag is 7 from version 2 on.
    both(
        &old(v1::Move::U8(9), v1::Shape::Walk(v1::Walk { n: 2 }), v1::Door::Open),
        &new(v3::Move::U8(9), v3::Shape::Walk(v3::Walk { n: 2 }), v3::Door::Open(v3::Open { n: 0 })),
    );
}

#[test]
fn inline_types_are_carried_like_named_ones() {
    both(
        &v1::Inline {
            line: v1::InlineLine { n: 1 },
            state: v1::InlineState::Old,
            what: v1::InlineWhat::Walk(v1::Walk { n: 2 }),
            named: Map::try_from_pairs(vec![(v1::InlineNamedKey::Y, v1::InlineNamed { n: 3 })]).unwrap(),
        },
        &v3::Inline {
            line: v3::InlineLine { n: 1 },
            state: v3::InlineState::Old,
            what: v3::InlineWhat::Walk(v3::Walk { n: 2 }),
            named: Map::try_from_pairs(vec![(v3::InlineNamedKey::Y, v3::InlineNamed { n: 3 })]).unwrap(),
        },
    );
}

/// Two inline types that become one each have a method.
#[test]
fn inline_types_may_get_a_name() {
    both(
        &v1::Cells { left: vec![v1::CellsLeft { n: 1 }], right: vec![v1::CellsRight { n: 2 }] },
        &v3::Cells { left: vec![v3::CellItem { n: 1 }], right: vec![v3::CellItem { n: 2 }] },
    );
}

#[test]
fn containers_are_carried_element_by_element() {
    let old = |n| v1::Inner { n };
    let new = |n| v3::Inner { n };
    both(
        &v1::Containers {
            items: vec![old(1), old(2)],
            three: [old(3), old(4), old(5)],
            many: FixedList::try_from((0..40).map(old).collect::<Vec<_>>()).unwrap(),
            maybe: Some(old(6)),
            by_name: Map::try_from_pairs(vec![("b".into(), old(7)), ("a".into(), old(8))]).unwrap(),
            by_key: Map::try_from_pairs(vec![(v1::Key::B, old(9)), (v1::Key::A, old(10))]).unwrap(),
            by_number: Map::try_from_pairs(vec![(255, "x".into()), (0, "y".into())]).unwrap(),
        },
        &v3::Containers {
            items: vec![new(1), new(2)],
            three: [new(3), new(4), new(5)],
            many: FixedList::try_from((0..40).map(new).collect::<Vec<_>>()).unwrap(),
            maybe: Some(new(6)),
            by_name: Map::try_from_pairs(vec![("b".into(), new(7)), ("a".into(), new(8))]).unwrap(),
            by_key: Map::try_from_pairs(vec![(v3::Key::B, new(9)), (v3::Key::A, new(10))]).unwrap(),
            by_number: Map::try_from_pairs(vec![(255, "x".into()), (0, "y".into())]).unwrap(),
        },
    );
}

/// Version 1 keeps in place what later versions have in boxes, but for the union, where both do.
#[test]
fn large_values_move_into_boxes_and_out() {
    let old = || v1::Wide { a: [1; 20], b: [2; 20] };
    let new = || Box::new(v3::Wide { a: [1; 20], b: [2; 20] });
    both(
        &v1::Large {
            wide: old(),
            maybe: Some(old()),
            choice: v1::WideUnion::Wide(Box::new(old())),
            grid: [[1, 2, 3]; 16],
        },
        &v3::Large {
            wide: new(),
            maybe: Some(new()),
            choice: v3::WideUnion::Wide(new()),
            grid: FixedList::try_from(vec![[1, 2, 3]; 16]).unwrap(),
        },
    );
}

#[test]
fn types_may_be_called_like_what_generated_code_uses() {
    both(
        &v1::Names {
            each: v1::Each { n: 1 },
            losses: v1::Losses { n: 2 },
            within: v1::Within { n: 3 },
            r#match: v1::Match::New(v1::New::Old),
            from: v1::From { n: 4 },
            clone: v1::Clone { n: 5 },
            new_err: v1::NewErr { n: 6 },
        },
        &v3::Names {
            each: v3::Each { n: 1 },
            losses: v3::Losses { n: 2 },
            within: v3::Within { n: 3 },
            r#match: v3::Match::New(v3::New::Old),
            from: v3::From { n: 4 },
            clone: v3::Clone { n: 5 },
            new_err: v3::NewErr { n: 6 },
        },
    );
}

/// A hand-written answer calls what is generated for a part of it.
#[test]
fn what_can_be_generated_is_offered_to_answers() {
    let (old, new) = (v1::Round { radius: 1 }, v3::Circle { radius: 1 });
    both(
        &v1::Asking { shape: v1::Shape::Round(old), gone: "".into() },
        &v3::Asking { shape: v3::Shape::Circle(new) },
    );
    both(
        &v1::Giving { shape: v1::Shape::Round(old), n: 2 },
        &v3::Giving { shape: v3::Shape::Circle(new), n: 2 },
    );
}

#[test]
fn a_renamed_message_is_read_under_its_old_name() {
    both(&v1::Formerly { n: 1 }, &v3::Nowadays { n: 1 });
}

#[test]
fn a_renamed_type_is_carried_where_others_use_it() {
    let (old, new) = (v1::Ancient { n: 1 }, v3::Modern { n: 1 });
    both(
        &v1::Holder { one: old, either: v1::HolderEither::Ancient(old) },
        &v3::Holder { one: new, either: v3::HolderEither::Modern(new) },
    );
}

/// What goes down without a loss comes back as it was.
#[track_caller]
fn comes_back<T>(messages: BoxedStrategy<T>)
where
    T: Upgrade<Family, Migrations> + Downgrade<Family, Migrations> + Clone + Debug,
{
    let config = ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() };
    for version in T::SINCE..=3 {
        let codec = Codec::new(version, Migrations::strict()).unwrap().with_limits(Limits::trusted());
        let law = |message: T| {
            let mut codec = codec.clone();
            if let Ok(octets) = codec.encode(&message) {
                let back: T = codec.decode(&octets)?;
                prop_assert_eq!(back.encode_to_vec(), message.encode_to_vec());
            }
            Ok(())
        };
        TestRunner::new(config.clone()).run(&messages, law).unwrap();
    }
}

#[test]
fn what_goes_down_without_a_loss_comes_back() {
    use strategies::v3 as any;

    comes_back(any::numbers());
    comes_back(any::fields());
    comes_back(any::dropped());
    comes_back(any::renamed());
    comes_back(any::retyped());
    comes_back(any::graded());
    comes_back(any::counted());
    comes_back(any::enums());
    comes_back(any::unions());
    comes_back(any::inline());
    comes_back(any::cells());
    comes_back(any::containers());
    comes_back(any::losing());
    comes_back(any::large());
    comes_back(any::ids());
    comes_back(any::total());
    comes_back(any::same());
    comes_back(any::nowadays());
    comes_back(any::holder());
    comes_back(any::late());
    comes_back(any::names());
    comes_back(any::giving());
    comes_back(any::asking());
}

/// `Note`, `Only` and `Sizes` are not among them: octets of a version that has alternates may be those of another layout.
#[test]
fn messages_with_alternates_come_back_from_version_1() {
    both(&v1::Note { text: "a".into() }, &v3::Note { kind: 0, text: "a".into() });
}
