//! The rows that bare-ts wrote, and the frames it was given: `conformance/bare-ts` says where they come from.

use crate::rows::octets;
use crate::schemas::FAMILIES;
use barewire::{Bytes, Decode, DecodeError, Limits, Message};
use barewire_conformance::parts;
use barewire_dynamic::MessageType;
use barewire_syntax::{Source, check};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::{Path, PathBuf};

const VECTORS: &str = include_str!("../../../conformance/bare-ts/vectors.jsonl");
const FRAMES: &str = include_str!("../../../conformance/bare-ts/frames.txt");

/// Calls a function of a message type for the message of this name, and has `None` if there is none.
macro_rules! of_message {
    ($name:expr, $call:ident($($argument:expr),*)) => {
        of_message! { $name, $call($($argument),*), {
            runner { v1 { ToServer ToClient ToGateway ToServerlessServer } }
            runner { v2 { ToServer ToClient ToGateway ToServerlessServer } }
            runner { v3 { ToServer ToClient ToRunner ToGateway ToServerlessServer } }
            actor { v1 { PersistedActor } }
            actor { v2_older { PersistedActor } }
            actor { v2 { PersistedActor } }
            actor { v3 { MessageIndex Conn Actor } }
        }}
    };
    ($name:expr, $call:ident $arguments:tt, {
        $($family:ident { $version:ident { $($message:ident)* } })*
    }) => {
        match $name {
            $($((stringify!($family), stringify!($version), stringify!($message)) => {
                $call::<barewire_protocol::$family::$version::$message> $arguments
            })*)*
            name => panic!("there is no message {name:?}"),
        }
    };
}

/// A row with a value.
struct Row {
    family: String,
    version: String,
    message: String,
    /// Who encoded the octets; bare-ts decoded them.
    by: String,
    value: Json,
    octets: Vec<u8>,
}

fn rows() -> Vec<Row> {
    let mut lines = VECTORS.lines();
    assert!(lines.next().is_some_and(|line| line.starts_with(r#"{"origin":"#)));
    lines
        .map(|line| {
            let mut row: Json = serde_json::from_str(line).expect("a row is JSON");
            let value = row["value"].take();
            let text = |key: &str| row[key].as_str().expect("a row has the key").to_owned();
            Row {
                family: text("family"),
                version: text("version"),
                message: text("type"),
                by: text("by"),
                value,
                octets: octets(&text("hex")),
            }
        })
        .collect()
}

#[test]
fn generated_code_reads_the_octets_of_each_row_and_writes_them_back() {
    for Row { family, version, message, octets, .. } in rows() {
        let module = version.replace('-', "_");
        of_message!((&*family, &*module, &*message), read_and_write(&octets));
    }
}

fn read_and_write<M>(octets: &[u8])
where
    M: Message + for<'a> Decode<'a> + Debug + PartialEq,
{
    let owned = M::decode(octets).expect("bare-ts has decoded it");
    assert_eq!(M::decode(&Bytes::copy_from_slice(octets)).as_ref(), Ok(&owned));
    assert_eq!(owned.encode_to_vec(), octets);
    let view = M::View::decode(octets).expect("the owned message was accepted");
    assert_eq!(view.encode_to_vec(), octets);
    assert_eq!(parts::same(&owned, &view), Ok(()));
}

#[test]
fn the_value_of_each_row_is_what_its_octets_mean() {
    let mut schemas = BTreeMap::new();
    for Row { family, version, message, value, octets, .. } in rows() {
        let path = schema(&family, &version);
        let schema = schemas.entry(path.clone()).or_insert_with(|| {
            check(&Source::load(&path).expect("it can be read")).expect("the build script has compiled it")
        });
        let message = MessageType::new(schema, &message).expect("the schema has the type");
        let decoded = message.decode(&octets).expect("bare-ts has decoded it");
        let json = message.to_json(&decoded).expect("every value has a JSON form");
        assert_eq!(serde_json::from_str::<Json>(&json).expect("it is JSON"), value);
        assert_eq!(message.from_json(&value.to_string()), Ok(decoded));
    }
}

fn schema(family: &str, version: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schema").join(family).join(format!("{version}.bare"))
}

/// Every message of every version was encoded by either side.
#[test]
fn no_message_is_forgotten() {
    let rows = rows();
    for by in ["bare-ts", "barewire"] {
        for family in FAMILIES {
            for (version, message) in crate::schemas::roots(family) {
                let has_row = |row: &Row| {
                    (&*row.by, &*row.family, &row.version, &row.message) == (by, family, &version, &message)
                };
                assert!(rows.iter().any(has_row), "{by}: {family} {version} {message}");
            }
        }
    }
}

/// bare-ts has been asked whether it agrees with these verdicts, so they have to be ours still.
#[test]
fn the_verdict_on_each_frame_is_ours() {
    let mut refused = 0;
    for line in FRAMES.lines().filter(|line| !line.starts_with('#')) {
        let [family, version, message, verdict, hex] = *line.split(' ').collect::<Vec<_>>() else {
            panic!("a frame has five words: {line}");
        };
        let error = of_message!((family, version, message), refusal(&octets(hex)));
        let found = error.map_or("accepts", |error| error.kind().rule().expect("frames are small"));
        assert_eq!(found, verdict, "{line}");
        refused += usize::from(verdict != "accepts");
    }
    assert_ne!(refused, 0);
}

fn refusal<M: Message + for<'a> Decode<'a>>(octets: &[u8]) -> Option<DecodeError> {
    M::decode_with(octets, &Limits::default()).err()
}
