//! What types that derive serde's traits are in a schema: the table of `docs/from-serde_bare.md`, row by row.

use std::collections::{BTreeMap, BTreeSet};

use barewire::{Message, Str};
use barewire_peers::ours::derived;
use serde::{Deserialize, Serialize};
use serde_bare::{Int, Uint};

#[derive(Debug, Deserialize, PartialEq, Serialize)]
enum Kind {
    First,
    Second,
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Tuple(u8, String);

#[derive(Debug, Deserialize, PartialEq, Serialize)]
enum Choice {
    Nothing,
    Number(u16),
    Tuple(u8, String),
    Struct { a: i32, b: bool },
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Derived {
    wide: u128,
    negative: i128,
    uint: Uint,
    int: Int,
    letter: char,
    text: String,
    octets: Vec<u8>,
    absent: Option<u8>,
    present: Option<u8>,
    list: BTreeSet<u16>,
    array: [u16; 3],
    key: [u8; 4],
    map: BTreeMap<String, u8>,
    #[serde(skip)]
    left_out: u64,
    tuple: Tuple,
    kind: Kind,
    choices: Vec<Choice>,
}

#[test]
fn each_kind_of_type_has_the_schema_that_the_page_says() {
    let theirs = Derived {
        wide: 1 << 100,
        negative: -2,
        uint: Uint(300),
        int: Int(-300),
        letter: 'é',
        text: "text".to_owned(),
        octets: vec![0, 0xff],
        absent: None,
        present: Some(7),
        list: BTreeSet::from([5, 500]),
        array: [1, 2, 3],
        key: [4; 4],
        map: BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]),
        left_out: 0,
        tuple: Tuple(8, "second".to_owned()),
        kind: Kind::Second,
        choices: vec![
            Choice::Nothing,
            Choice::Number(9),
            Choice::Tuple(8, "second".to_owned()),
            Choice::Struct { a: -1, b: true },
        ],
    };
    let tuple = || derived::Tuple { first: 8, second: Str::from("second") };
    let ours = derived::Derived {
        wide: (1_u128 << 100).to_le_bytes(),
        negative: (-2_i128).to_le_bytes(),
        uint: 300,
        int: -300,
        letter: u32::from('é'),
        text: Str::from("text"),
        octets: vec![0, 0xff].into(),
        absent: None,
        present: Some(7),
        list: vec![5, 500],
        array: [1, 2, 3],
        key: [4; 4],
        map: [(Str::from("a"), 1), (Str::from("b"), 2)].into_iter().collect(),
        tuple: tuple(),
        kind: derived::Kind::Second,
        choices: vec![
            derived::Choice::Nothing,
            derived::Choice::U16(9),
            derived::Choice::Tuple(tuple()),
            derived::Choice::Struct(derived::ChoiceStruct { a: -1, b: true }),
        ],
    };
    let octets = ours.encode_to_vec();
    assert_eq!(serde_bare::to_vec(&theirs).expect("memory takes it"), octets);
    assert_eq!(serde_bare::from_slice::<Derived>(&octets).expect("a value"), theirs);
    assert_eq!(derived::Derived::decode(&octets).expect("a message"), ours);
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(tag = "kind")]
enum Tagged {
    Only { a: u8 },
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(untagged)]
enum Untagged {
    Only { a: u8 },
}

#[derive(Debug, Deserialize, Serialize)]
struct Inner {
    a: u8,
}

#[derive(Debug, Deserialize, Serialize)]
struct Flat {
    #[serde(flatten)]
    inner: Inner,
}

#[test]
fn serde_bare_does_not_read_what_has_no_layout() {
    let tagged = serde_bare::to_vec(&Tagged::Only { a: 1 }).expect("it is written");
    assert!(serde_bare::from_slice::<Tagged>(&tagged).is_err());
    let untagged = serde_bare::to_vec(&Untagged::Only { a: 1 }).expect("it is written");
    assert!(serde_bare::from_slice::<Untagged>(&untagged).is_err());
    assert!(serde_bare::to_vec(&Flat { inner: Inner { a: 1 } }).is_err());
}
