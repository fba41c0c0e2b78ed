//! The recorded vectors, each against a value that was written by hand from its description.

mod actor;
mod runner;
mod views;

use crate::rows::{ACTOR, PREFIXED, RUNNER, Row, octets, rows};
use barewire::{Bytes, Decode, DecodeErrorKind, Limits, Message};
use barewire_conformance::parts;
use std::fmt::Debug;

/// The time that all vectors use, 2023-11-14T22:13:20Z in milliseconds.
const TIME: i64 = 1_700_000_000_000;

/// The rows of one version that have not been checked.
struct Vectors {
    rows: Vec<Row>,
}

impl Vectors {
    fn of(file: &'static str, version: &str) -> Self {
        let mut rows = rows(file);
        rows.retain(|row| row.version == version);
        Self { rows }
    }

    /// Checks that the vector with this id and `expected` are the same message.
    #[track_caller]
    fn check<M>(&mut self, id: &str, expected: M)
    where
        M: Message + for<'a> Decode<'a> + Debug + PartialEq,
    {
        let found = self.rows.iter().position(|row| row.mark == id);
        let row = self.rows.remove(found.expect("the file has the row"));
        assert_eq!(row.ty, M::NAME);

        let octets = octets(row.hex);
        let frame = Bytes::from(octets.clone());
        assert_eq!(M::decode(&frame).as_ref(), Ok(&expected));
        assert_eq!(M::decode(&octets).as_ref(), Ok(&expected));
        let view = M::View::decode(&octets).expect("the owned message was accepted");
        assert_eq!(view.to_message::<M>().as_ref(), Ok(&expected));
        assert_eq!(parts::same(&expected, &view), Ok(()));

        assert_eq!(expected.encode_to_vec(), octets);
        assert_eq!(view.encode_to_vec(), octets);
        assert_eq!(expected.encoded_len(), octets.len());
        assert_eq!(view.encoded_len(), octets.len());

        refuses_every_prefix::<M>(&octets);
        refuses_a_further_octet::<M>(&octets);
        if let Some((_, message)) = prefixed(id) {
            assert_eq!(M::decode(&message), Ok(expected));
        }
    }

    /// Checks that no row was forgotten.
    #[track_caller]
    fn all_checked(&self) {
        let left: Vec<_> = self.rows.iter().map(|row| row.mark).collect();
        assert!(left.is_empty(), "nothing is expected of {left:?}");
    }
}

/// The vector with this id as the file has it behind a version, taken apart.
fn prefixed(id: &str) -> Option<(u16, Bytes)> {
    let row = rows(PREFIXED).into_iter().find(|row| row.mark.strip_suffix("+prefix") == Some(id))?;
    let mut message = Bytes::from(octets(row.hex));
    let version = message.split_to(2);
    Some((u16::from_le_bytes([version[0], version[1]]), message))
}

#[track_caller]
fn refuses_every_prefix<M: Message + for<'a> Decode<'a>>(octets: &[u8]) {
    for len in 0..octets.len() {
        let error = M::decode(&octets[..len]).err().expect("cut");
        let needed = error.needed().expect("nothing but the end is wrong");
        assert!((1..=octets.len() - len).contains(&needed), "{len} octets and {needed} more");
        assert_eq!(M::View::decode(&octets[..len]).err(), Some(error));
    }
}

#[track_caller]
fn refuses_a_further_octet<M: Message + for<'a> Decode<'a>>(octets: &[u8]) {
    let len = octets.len();
    let octets = [octets, &[0]].concat();
    let error = M::decode(&octets).err().expect("too long");
    assert_eq!((error.kind(), error.offset()), (DecodeErrorKind::TrailingBytes { count: 1 }, len));
    assert_eq!(M::View::decode(&octets).err(), Some(error));

    let taken = M::decode_prefix(&octets, &Limits::default()).map(|(_, taken)| taken);
    assert_eq!(taken, Ok(len));
}

#[test]
fn every_id_stands_once_and_names_its_version() {
    let all = [("R", RUNNER), ("P", ACTOR)];
    let mut ids = Vec::new();
    for (letter, file) in all {
        for row in rows(file) {
            let version = row.version.strip_prefix('v').expect("a version");
            assert!(["1", "2", "3"].contains(&version), "no test checks version {version}");
            assert!(row.mark.starts_with(&format!("{letter}{version}-")), "{}", row.mark);
            assert!(!ids.contains(&row.mark), "{}", row.mark);
            ids.push(row.mark);
        }
    }
}

#[test]
fn a_version_in_front_is_that_of_the_row_and_a_vector_follows() {
    let plain: Vec<_> = [RUNNER, ACTOR].into_iter().flat_map(rows).collect();
    let mut ids = Vec::new();
    for row in rows(PREFIXED) {
        let id = row.mark.strip_suffix("+prefix").expect("the mark says so");
        let vector = plain.iter().find(|row| row.mark == id).expect("there is the vector itself");
        assert_eq!((row.version, row.ty), (vector.version, vector.ty), "{id}");

        let (version, message) = prefixed(id).expect("this row");
        assert_eq!(format!("v{version}"), row.version, "{id}");
        assert_eq!(message, octets(vector.hex), "{id}");
        ids.push(id);
    }
    assert_eq!(ids, ["R2-l", "R3-k", "P3-a"]);
}
