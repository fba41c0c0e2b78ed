//! Files for programs that are older: what they hold is written, and what they do not is refused or recorded.

use std::fs;

use barewire::{CodecError, LossKind, MigrateErrorKind};
use own_schema::notes::v3::{Entry, Notebook, State};
use own_schema::{Migrations, Store, StoreError, notes};
use own_schema_v1::notes as old;

use crate::{file, link, note, notebook};

/// A store that writes `version`, in a folder that is removed with it.
struct Older {
    store: Store,
    dir: tempfile::TempDir,
}

impl Older {
    #[track_caller]
    fn new(version: u16, migrations: Migrations) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let store = Store::new(dir.path().join("file"), version, migrations).expect("a version");
        Self { store, dir }
    }

    /// Why the entries are not written.
    #[track_caller]
    fn refuse(mut self, entries: Vec<Entry>) -> CodecError {
        let error = self.store.write(&Notebook { revision: 1, entries }).expect_err("a loss");
        let StoreError::Codec { error, .. } = error else { panic!("{error}") };
        assert_eq!(fs::read_dir(self.dir.path()).expect("a folder").count(), 0, "nothing is written");
        error
    }

    /// What is lost, and the entries that are left for those who read the file.
    #[track_caller]
    fn lose(mut self, entries: Vec<Entry>) -> (Vec<String>, Vec<Entry>) {
        let losses = self.store.write(&Notebook { revision: 1, entries }).expect("it is lenient");
        let losses = losses.iter().map(ToString::to_string).collect();
        let stored = self.store.read().expect("just written").expect("just written");
        (losses, stored.notebook.entries)
    }
}

#[test]
fn the_program_of_version_1_reads_what_is_written_for_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("file");
    fs::copy(file(1), &path).unwrap();
    let mut store = Store::new(&path, 1, Migrations::strict()).unwrap();
    let mut notebook = store.read().unwrap().unwrap().notebook;
    notebook.add_note("buy bread");
    store.write(&notebook).unwrap();

    let octets = fs::read(&path).unwrap();
    let read: old::v1::Notebook =
        old::Codec::new(1, barewire::Losses::refused()).unwrap().decode_embedded(&octets).unwrap();
    let added = old::v1::Note { text: "buy bread".into(), done: false };
    assert_eq!((read.revision, read.entries.len()), (4, 4));
    assert_eq!(read.entries.last(), Some(&old::v1::Entry::Note(added)));
}

#[test]
fn the_program_of_version_1_says_that_a_file_is_newer() {
    let octets = fs::read(file(3)).unwrap();
    let mut codec = old::Codec::new(1, barewire::Losses::refused()).unwrap();
    let error = codec.decode_embedded::<old::v1::Notebook>(&octets).unwrap_err();
    assert_eq!(error.to_string(), "version 3 is not supported: expected version 1");
}

#[test]
fn refuses_a_state_that_version_1_lacks() {
    let entries = vec![note("pay", State::Done), note("juggle", State::Dropped)];
    let error = Older::new(1, Migrations::strict()).refuse(entries);
    assert_eq!(error.to_string(), "version 1 knows only open and done in Notebook.entries[1].Note.state");
}

#[test]
fn records_a_state_that_version_1_lacks() {
    let entries = vec![note("pay", State::Done), note("juggle", State::Dropped)];
    let (losses, left) = Older::new(1, Migrations::lenient()).lose(entries);
    assert_eq!(losses, ["altered in Notebook.entries[1].Note.state"]);
    assert_eq!(left, [note("pay", State::Done), note("juggle", State::Done)]);
}

#[test]
fn refuses_a_title_that_version_2_lacks() {
    for version in [1, 2] {
        let error = Older::new(version, Migrations::strict()).refuse(vec![link("a.org", "A")]);
        // The step from version 3 to 2 refuses it, wherever the notebook is to go.
        assert_eq!(
            error.to_string(),
            "version 2 has no place for this value in Notebook.entries[0].Link.title"
        );
    }
}

#[test]
fn records_a_title_that_version_2_lacks() {
    let entries = vec![link("a.org", "a.org"), link("b.org", "B")];
    let (losses, left) = Older::new(2, Migrations::lenient()).lose(entries);
    assert_eq!(losses, ["dropped in Notebook.entries[1].Link.title"]);
    assert_eq!(left, [link("a.org", "a.org"), link("b.org", "b.org")]);
}

#[test]
fn records_the_losses_of_all_steps_and_forgets_those_of_the_notebook_before() {
    let mut older = Older::new(1, Migrations::lenient());
    let entries = vec![note("juggle", State::Dropped), link("b.org", "B")];
    let losses = older.store.write(&Notebook { revision: 1, entries }).unwrap();
    assert_eq!(
        losses.iter().map(|loss| loss.kind()).collect::<Vec<_>>(),
        [LossKind::Dropped, LossKind::Altered]
    );
    assert_eq!(older.store.write(&Notebook::empty()).unwrap(), []);
}

#[test]
fn refuses_what_nobody_wrote_a_step_for() {
    let checklist = || vec![Entry::Checklist([("milk".into(), true)].into())];
    for migrations in [Migrations::strict(), Migrations::lenient()] {
        let error = Older::new(2, migrations).refuse(checklist());
        assert_eq!(
            error.to_string(),
            "version 2 has no place for this value in Notebook.entries[0].Checklist"
        );
    }
}

#[test]
fn refuses_a_revision_that_version_1_cannot_count() {
    let mut store = Older::new(1, Migrations::lenient()).store;
    let error = store.write(&Notebook { revision: 65_536, entries: Vec::new() }).unwrap_err();
    let StoreError::Codec { error: CodecError::Migrate(error), .. } = error else { panic!("{error}") };
    assert!(matches!(error.kind(), MigrateErrorKind::Unrepresentable { version: 1 }));
    assert_eq!(error.to_string(), "version 1 has no place for this value in Notebook.revision");
}

#[test]
fn a_notebook_that_is_refused_leaves_the_file_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("file");
    fs::copy(file(3), &path).unwrap();
    Store::new(&path, 1, Migrations::strict()).unwrap().write(&notebook(3)).unwrap_err();
    assert_eq!(fs::read(&path).unwrap(), fs::read(file(3)).unwrap());
}

#[test]
fn up_and_down_again_keeps_what_the_older_version_had() {
    for version in notes::SUPPORTED {
        let octets = fs::read(file(version)).unwrap();
        let mut codec = notes::Codec::new(version, Migrations::strict()).unwrap();
        let notebook: Notebook = codec.decode_embedded(&octets).unwrap();
        assert_eq!(codec.encode_embedded(&notebook).unwrap(), octets, "version {version}");
    }
}
