//! What `own-schema` had when version 1 was the newest.
//!
//! Its tests take files from here and give files back, as to a program that was not updated yet.

#![forbid(unsafe_code)]

/// The notebook, in version 1.
pub mod notes {
    barewire::include_schema!("notes");
}
