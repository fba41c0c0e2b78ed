//! What is on disk stays readable, and what is no notebook is refused with the reason.

use std::fs;

use own_schema::{Migrations, Store, StoreError, Stored, notes};
use own_schema_v1::notes as old;

use crate::{file, notebook};

#[track_caller]
fn read(octets: &[u8]) -> Result<Stored, String> {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("file");
    fs::write(&path, octets).expect("a file");
    let mut store = Store::new(&path, notes::LATEST, Migrations::strict()).expect("a version");
    match store.read() {
        Ok(stored) => Ok(stored.expect("there is a file")),
        Err(error @ StoreError::Codec { .. }) => {
            let text = error.to_string();
            Err(text.replace(&format!("`{}`: ", path.display()), ""))
        }
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn the_program_of_version_1_writes_the_file_of_version_1() {
    let notebook = old::v1::Notebook {
        revision: 3,
        entries: vec![
            old::v1::Entry::Note(old::v1::Note { text: "water the plants".into(), done: false }),
            old::v1::Entry::Note(old::v1::Note { text: "pay the rent".into(), done: true }),
            old::v1::Entry::Link(old::v1::Link { url: "https://baremessages.org".into() }),
        ],
    };
    assert_eq!(old::SUPPORTED, 1..=1);
    let octets = old::Codec::new(old::LATEST, barewire::Losses::refused())
        .unwrap()
        .encode_embedded(&notebook)
        .unwrap();
    assert_eq!(octets, fs::read(file(1)).unwrap());
}

#[test]
fn reads_files_of_every_version() {
    for version in notes::SUPPORTED {
        let mut store = Store::new(file(version), notes::LATEST, Migrations::strict()).unwrap();
        let stored = Stored { version, notebook: notebook(version) };
        assert_eq!(store.read().unwrap(), Some(stored));
    }
}

#[test]
fn writes_each_version_as_the_programs_that_had_it() {
    let dir = tempfile::tempdir().unwrap();
    for version in notes::SUPPORTED {
        let path = dir.path().join("file");
        let mut store = Store::new(&path, version, Migrations::strict()).unwrap();
        assert_eq!(store.write(&notebook(version)).unwrap(), []);
        assert_eq!(fs::read(&path).unwrap(), fs::read(file(version)).unwrap(), "version {version}");
    }
    assert_eq!(fs::read_dir(&dir).unwrap().count(), 1, "nothing else is left behind");
}

#[test]
fn a_file_that_does_not_exist_is_no_error() {
    let path = tempfile::tempdir().unwrap().path().join("file");
    assert_eq!(Store::new(path, notes::LATEST, Migrations::strict()).unwrap().read().unwrap(), None);
}

#[test]
fn a_file_that_was_cut_is_refused_wherever_it_ends() {
    for version in notes::SUPPORTED {
        let octets = fs::read(file(version)).unwrap();
        for len in 0..octets.len() {
            read(&octets[..len]).expect_err("a part");
        }
    }
}

#[test]
fn says_where_a_file_was_cut() {
    let octets = fs::read(file(1)).unwrap();
    assert_eq!(read(&[]).unwrap_err(), "input ended, 2 more bytes needed at byte 0 in version");
    assert_eq!(
        read(&octets[..3]).unwrap_err(),
        "input ended, 1 more byte needed at byte 3 in Notebook.revision"
    );
    assert_eq!(
        read(&octets[..20]).unwrap_err(),
        "length 16 is more than the 13 bytes left can hold at byte 6 in Notebook.entries[0].Note.text"
    );
}

#[test]
fn says_which_versions_there_are() {
    let reason = "version 9 is not supported: expected versions 1 to 3";
    assert_eq!(read(&[9, 0, 0, 0, 0, 0, 0]).unwrap_err(), reason);
    let error = Store::new("file", 9, Migrations::strict()).unwrap_err();
    assert_eq!(error.to_string(), reason);
}
