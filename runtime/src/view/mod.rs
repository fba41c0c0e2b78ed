//! Parts of views that are read where they lie: lists, maps and large values that are never collected.
//!
//! What that costs grows with nesting: each level of lists in lists is walked once more when it is iterated.
//!
//! Each has two forms. Decoded, it is the octets it was checked in and a count, and reads them again when it is
//! asked: nothing is allocated, and whoever looks at one element pays for one.
//! Built by hand, it borrows a Rust slice, so that a message can be framed from parts that are only borrowed.

mod fixed_list;
mod lazy;
mod list;
mod map;
mod run;

pub use fixed_list::FixedListView;
pub use lazy::LazyView;
pub use list::ListView;
pub use map::{MapView, MapViewIter};
pub use run::ListViewIter;

use crate::{Failed, Reader};

/// Why reading accepted octets again is not expected to fail.
const CHECKED: &str = "checked when the view was decoded";

/// The octets that `read` takes from `r`.
#[inline]
fn taken<'a>(
    r: &mut Reader<'a>,
    read: impl FnOnce(&mut Reader<'a>) -> Result<(), Failed>,
) -> Result<&'a [u8], Failed> {
    let start = r.rest();
    read(r)?;
    Ok(&start[..start.len() - r.remaining()])
}
