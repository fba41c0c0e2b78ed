//! A notebook on disk that outlives its format: what a crate with schemas of its own looks like.
//!
//! `schema/notes` holds three versions of the file, `build.rs` turns them into [`notes`], [`migrations`] answers what
//! the schemas leave open, and [`Store`] reads files of every version and writes the one that it is told to.
//!
//! ```
//! use own_schema::notes::{self, latest::Notebook};
//! use own_schema::{Migrations, Store};
//!
//! # let dir = tempfile::tempdir()?;
//! # let path = dir.path().join("home.notes");
//! let mut store = Store::new(path, notes::LATEST, Migrations::strict())?;
//! let mut notebook = Notebook::empty();
//! notebook.add_note("water the plants");
//! store.write(&notebook)?;
//! assert_eq!(store.read()?.expect("just written").notebook, notebook);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

pub mod migrations;
mod notebook;
mod store;

/// The notebook in each version, the steps between them, and the codec.
pub mod notes {
    barewire::include_schema!("notes");
}

pub use migrations::Migrations;
pub use store::{Store, StoreError, Stored};
