//! The measured types for libraries that generate none, which `build/model.rs` prints as macros.
//!
//! | Macro | What it makes |
//! |---|---|
//! | `owned_model!` | types, whose text is `Text`, whose data is `Data` and whose maps are `Pairs`, with [`Mirror`](crate::mirror::Mirror) |
//! | `borrowed_model!` | types with `Text<'a>` and `Data<'a>` and what is put on each field that has them, with [`Sum`](crate::sum::Sum) too |
//! | `mirrors!` | [`Mirror`](crate::mirror::Mirror) for the types in scope |
//! | `sums_of_…!` | [`Sum`](crate::sum::Sum) for our views, the references of vbare and the archived types of rkyv |

include!(concat!(env!("OUT_DIR"), "/model.rs"));
