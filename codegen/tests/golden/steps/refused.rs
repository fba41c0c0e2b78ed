//! Values that the other version cannot express: refused, recorded or answered for, and where in the message they are.

use std::error::Error as _;
use std::num::ParseIntError;

use barewire::{
    CodecError, Downgrade, LossKind, Map, Message, MigrateErrorKind, Migrated, Migrator, PathSegment, Upgrade,
};

use super::golden::migrate::V3ToV2;
use super::golden::{Codec, Family};
use super::{Migrations, v1, v2, v3};

/// Why `message` cannot be encoded as `version`.
#[track_caller]
fn down(message: impl Downgrade<Family, Migrations> + Clone, version: u16, expected: &str) {
    let mut codec = Codec::new(version, Migrations::strict()).unwrap();
    let mut octets = vec![1, 2];
    let error = codec.encode_into(&message, &mut octets).unwrap_err();
    assert!(matches!(error, CodecError::Migrate(_)), "{error:?}");
    assert_eq!(error.to_string(), expected);
    assert_eq!(octets, [1, 2], "nothing is appended");
}

/// Why `old`, a message of version 1, is no `T`.
#[track_caller]
fn up<T: Upgrade<Family, Migrations> + std::fmt::Debug>(old: impl Message, expected: &str) {
    let mut codec = Codec::new(1, Migrations::strict()).unwrap();
    let error = codec.decode::<T>(&old.encode_to_vec()).unwrap_err();
    assert!(matches!(error, CodecError::Migrate(_)), "{error:?}");
    assert_eq!(error.to_string(), expected);
}

fn numbers() -> v3::Numbers {
    v3::Numbers { ratio: 0.5, small: 1, large: 1, same: 1, count: 1, label: String::new() }
}

#[test]
fn refuses_numbers_that_do_not_fit() {
    down(
        v3::Numbers { small: 256, ..numbers() },
        1,
        "version 1 has no place for this value in Numbers.small",
    );
    down(v3::Numbers { large: -1, ..numbers() }, 1, "version 1 has no place for this value in Numbers.large");
    down(
        v3::Numbers { ratio: 0.1, ..numbers() },
        1,
        "version 1 has no place for this value in Numbers.ratio",
    );
    // The step that finds it first names its version.
    down(
        v3::Numbers { small: 65536, ..numbers() },
        1,
        "version 2 has no place for this value in Numbers.small",
    );
    down(v3::Ids(vec![1, 256]), 1, "version 1 has no place for this value in Ids[1]");
    down(
        v3::Counted { count: 1, counts: vec![65535, 65536], amount: 1 },
        1,
        "version 1 has no place for this value in Counted.counts[1]",
    );
}

#[test]
fn refuses_values_and_members_that_are_new() {
    let enums = |added| v3::Enums { added, disabled: v3::Disabled::On, colour: v3::Colour::Red };
    down(enums(v3::Added::C), 1, "version 1 has no place for this value in Enums.added.C");
    down(enums(v3::Added::D), 2, "version 2 has no place for this value in Enums.added.D");
    down(
        v3::Inline {
            line: v3::InlineLine { n: 1 },
            state: v3::InlineState::Lost,
            what: v3::InlineWhat::U8(1),
            named: Map::new(),
        },
        1,
        "version 1 has no place for this value in Inline.state.LOST",
    );
}

fn containers() -> v3::Containers {
    v3::Containers {
        items: Vec::new(),
        three: [v3::Inner { n: 1 }; 3],
        many: vec![v3::Inner { n: 1 }; 40].try_into().unwrap(),
        maybe: None,
        by_name: Map::new(),
        by_key: Map::new(),
        by_number: Map::new(),
    }
}

#[test]
fn names_the_element_that_does_not_fit() {
    let (fits, is_large) = (v3::Inner { n: 1 }, v3::Inner { n: 256 });
    let refused = |part: &str| format!("version 1 has no place for this value in Containers.{part}");
    down(v3::Containers { items: vec![fits, is_large], ..containers() }, 1, &refused("items[1].n"));
    down(v3::Containers { three: [fits, fits, is_large], ..containers() }, 1, &refused("three[2].n"));
    let mut many = containers();
    many.many[39] = is_large;
    down(many, 1, &refused("many[39].n"));
    down(v3::Containers { maybe: Some(is_large), ..containers() }, 1, &refused("maybe.n"));
    let by_name = Map::try_from_pairs(vec![("a".into(), fits), ("b".into(), is_large)]).unwrap();
    down(v3::Containers { by_name, ..containers() }, 1, &refused("byName[1].n"));
    let by_key = Map::try_from_pairs(vec![(v3::Key::A, is_large)]).unwrap();
    down(v3::Containers { by_key, ..containers() }, 1, &refused("byKey[0].n"));
    let by_number = Map::try_from_pairs(vec![(255, "".into()), (256, "".into())]).unwrap();
    down(v3::Containers { by_number, ..containers() }, 1, &refused("byNumber[1].key"));
}

#[test]
fn a_path_goes_through_boxes_and_unions() {
    let wide = |n| Box::new(v3::Wide { a: [1; 20], b: [n; 20] });
    let large = |direct, maybe, chosen| v3::Large {
        wide: wide(direct),
        maybe: Some(wide(maybe)),
        choice: v3::WideUnion::Wide(wide(chosen)),
        grid: vec![[chosen; 3]; 16].try_into().unwrap(),
    };
    let is_large = 1 << 32;
    let refused = |part: &str| format!("version 1 has no place for this value in Large.{part}");
    down(large(is_large, 1, 1), 1, &refused("wide.b[0]"));
    down(large(1, is_large, 1), 1, &refused("maybe.b[0]"));
    down(large(1, 1, is_large), 1, &refused("choice.Wide.b[0]"));
    let mut large = large(1, 1, 1);
    large.grid[15][2] = is_large;
    down(large, 1, &refused("grid[15][2]"));
}

#[test]
fn answers_refuse_with_a_place_or_a_reason() {
    up::<v3::Enums>(
        v1::Enums { added: v1::Added::A, disabled: v1::Disabled::On, colour: v1::Colour::Green },
        "version 2 has no place for this value in Enums.colour.GREEN",
    );
    up::<v3::Dropped>(
        v1::Dropped { id: 1, gone: "here".into() },
        "version 2 has no place for this value in Dropped.gone",
    );
    up::<v3::Retyped>(v1::Retyped { id: "x".into() }, "invalid digit found in string in Retyped.id");
    down(v3::Graded { grade: "256".into() }, 1, "number too large to fit in target type in Graded.grade");
    down(
        v3::Unions {
            r#move: v3::Move::U8(1),
            shape: v3::Shape::Walk(v3::Walk { n: 1 }),
            door: v3::Door::Open(v3::Open { n: 1 }),
        },
        1,
        "version 1 has no place for this value in Unions.door.Open.n",
    );
}

#[test]
fn the_reason_of_an_answer_can_be_asked_for() {
    let mut codec = Codec::new(1, Migrations::strict()).unwrap();
    let frame = v1::Retyped { id: "x".into() }.encode_to_vec();
    let error = codec.decode::<v3::Retyped>(&frame).unwrap_err();
    assert!(error.source().unwrap().is::<ParseIntError>());
    let CodecError::Migrate(error) = error else { panic!("{error}") };
    assert!(error.source().unwrap().is::<ParseIntError>());
    assert!(error.reason::<ParseIntError>().is_some());
    assert!(error.path().eq([PathSegment::Name("Retyped"), PathSegment::Name("id")]));
}

/// Two keys of version 1 are one of version 2, as the answer wants it.
#[test]
fn refuses_keys_that_become_one() {
    let keys = vec![(v1::Key::A, 1), (v1::Key::B, 2), (v1::Key::C, 3)];
    let old = |pairs| v1::Losing {
        items: Vec::new(),
        by_name: Map::new(),
        by_key: Map::try_from_pairs(pairs).unwrap(),
    };
    up::<v3::Losing>(old(keys), "map key becomes that of pair 1 in Losing.byKey[2].key");
    let mut codec = Codec::new(1, Migrations::strict()).unwrap();
    let new: v3::Losing = codec.decode(&old(vec![(v1::Key::C, 3)]).encode_to_vec()).unwrap();
    assert_eq!(new.by_key.get(&v3::Key::B), Some(&3));
}

#[test]
fn records_where_each_loss_lies() {
    let required = |level| v3::Required { id: 1, level };
    let message = v3::Losing {
        items: vec![required(0), required(1)],
        by_name: Map::try_from_pairs(vec![("a".into(), required(2)), ("b".into(), required(0))]).unwrap(),
        by_key: Map::new(),
    };
    let mut codec = Codec::new(1, Migrations::recording()).unwrap();
    let octets = codec.encode(&message).unwrap();
    assert_eq!(octets, [2, 1, 1, 2, 1, b'a', 1, 1, b'b', 1, 0].as_slice());
    let losses = codec.migrations().losses.as_slice();
    let texts: Vec<String> = losses.iter().map(ToString::to_string).collect();
    assert_eq!(texts, ["dropped in Losing.items[1].level", "dropped in Losing.byName[0].level"]);
    assert!(losses.iter().all(|loss| loss.kind() == LossKind::Dropped));

    // The next message begins without them.
    codec.encode(&v3::Dropped { id: 1 }).unwrap();
    assert!(codec.migrations().losses.as_slice().is_empty());
    let old = v1::Asking { shape: v1::Shape::Walk(v1::Walk { n: 1 }), gone: "here".into() };
    codec.decode::<v3::Asking>(&old.encode_to_vec()).unwrap();
    assert_eq!(codec.migrations().losses.as_slice()[0].to_string(), "dropped in Asking.gone");
}

/// Peers of version 2 take `D` for `C`.
struct Lenient(barewire::Losses);

impl Migrator for Lenient {
    fn losses(&mut self) -> &mut barewire::Losses {
        &mut self.0
    }
}

impl V3ToV2 for Lenient {
    fn added_d(&mut self) -> Migrated<v2::Added> {
        Ok(v2::Added::C)
    }
}

#[test]
fn a_refusal_can_be_overridden() {
    let late = v3::Late { added: v3::Added::D };
    down(late, 2, "version 2 has no place for this value in Late.added.D");
    let octets = Codec::new(2, Lenient(barewire::Losses::refused())).unwrap().encode(&late).unwrap();
    assert_eq!(octets, v2::Late { added: v2::Added::C }.encode_to_vec());
}

#[test]
fn says_which_version_lacks_a_place() {
    let mut codec = Codec::new(1, Migrations::strict()).unwrap();
    let message = v3::Numbers { small: 256, ..numbers() };
    let CodecError::Migrate(error) = codec.encode(&message).unwrap_err() else { panic!() };
    assert!(matches!(error.kind(), MigrateErrorKind::Unrepresentable { version: 1 }));
}
