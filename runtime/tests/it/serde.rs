//! The types of owned messages in other formats.

use barewire::{FixedData, FixedList, Map, Str};
use bytes::Bytes;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
struct Everything {
    name: Str,
    #[serde(default)]
    note: Option<Str>,
    data: Bytes,
    boxed: Box<u64>,
    list: Vec<Str>,
    array: [u16; 3],
    map: Map<Str, u32>,
    numbers: Map<u16, bool>,
    fixed: FixedList<i8, 2>,
    blob: FixedData<2>,
}

fn everything() -> Everything {
    Everything {
        name: "é".into(),
        note: Some("x".repeat(100).into()),
        data: Bytes::from_static(b"\x00\xff"),
        boxed: Box::new(7),
        list: vec!["a".into(), "b".into()],
        array: [1, 2, 3],
        map: Map::from([("z".into(), 1), ("a".into(), 2)]),
        numbers: Map::from([(300, true)]),
        fixed: FixedList::from([-1, 1]),
        blob: FixedData::from([1, 2]),
    }
}

#[test]
fn derived_types_survive_json() {
    let text = serde_json::to_string(&everything()).unwrap();
    let note = "x".repeat(100);
    assert_eq!(
        text,
        format!(r#"{{"name":"é","note":"{note}","data":[0,255],"boxed":7,"list":["a","b"],"array":[1,2,3],"#)
            + r#""map":{"z":1,"a":2},"numbers":{"300":true},"fixed":[-1,1],"blob":[1,2]}"#
    );
    assert_eq!(serde_json::from_str::<Everything>(&text).unwrap(), everything());
    let value = serde_json::to_value(everything()).unwrap();
    assert!(serde_json::from_value::<Everything>(value).unwrap().map.eq_unordered(&everything().map));
}

#[track_caller]
fn refused<T: for<'de> Deserialize<'de>>(text: &str, expected: &str) {
    let Err(error) = serde_json::from_str::<T>(text) else { panic!("{text} was accepted") };
    assert!(error.to_string().starts_with(expected), "{error}");
}

#[test]
fn what_the_wire_refuses_is_refused() {
    refused::<Map<Str, u8>>(r#"{"a":1,"b":2,"a":3}"#, "the key of pair 2 repeats that of pair 0");
    refused::<FixedList<u8, 2>>("[1]", "expected a length of 2, found 1");
    refused::<FixedData<2>>("[1,2,3]", "expected a length of 2, found 3");
    refused::<Str>("1", "invalid type: integer `1`, expected a string");
    refused::<Map<Str, u8>>("1", "invalid type: integer `1`, expected a map without repeated keys");
}
