//! The types that barewire generates, in one place: those of the runner protocol, and those for bulk data.

pub use barewire_protocol::runner::v3::*;
pub use bulk::*;

/// What `schema/bulk.bare` describes.
mod bulk {
    barewire::include_schema!("bulk");
}
