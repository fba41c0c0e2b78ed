//! Files of every version read and written, by this program and by one that knows version 1 only.

mod files;
mod older;
mod program;

use std::path::PathBuf;

use own_schema::notes::v3::{Entry, Link, Note, Notebook, State};

/// A file that is checked in, and whose octets never change.
fn file(version: u16) -> PathBuf {
    PathBuf::from(format!("{}/tests/data/v{version}.notes", env!("CARGO_MANIFEST_DIR")))
}

fn note(text: &str, state: State) -> Entry {
    Entry::Note(Note { text: text.into(), state })
}

fn link(url: &str, title: &str) -> Entry {
    Entry::Link(Link { url: url.into(), title: title.into() })
}

/// What the file of `version` holds, in the newest version.
fn notebook(version: u16) -> Notebook {
    let url = "https://baremessages.org";
    match version {
        1 => Notebook {
            revision: 3,
            entries: vec![
                note("water the plants", State::Open),
                note("pay the rent", State::Done),
                link(url, url),
            ],
        },
        2 => Notebook {
            revision: 70_000,
            entries: vec![note("learn to juggle", State::Dropped), link(url, url)],
        },
        3 => Notebook {
            revision: 8,
            entries: vec![
                note("learn to juggle", State::Dropped),
                link(url, "BARE"),
                Entry::Checklist([("milk".into(), true), ("bread".into(), false)].into()),
            ],
        },
        _ => unreachable!("there is no file of version {version}"),
    }
}
