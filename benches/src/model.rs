//! The measured types for libraries that generate none, which `build/model.rs` prints as macros.
//!
//! | Macro | What it makes |
//! |---|---|
//! | `owned_model!` | types, whose text is `Text`, whose data is `Data` and whose maps are `Pairs`, with [`Mirror`](crate::mirror::Mirror) |
//! | `borrowed_model!` | types with `Text<'a>` and `Data<'a>`, with [`Mirror`](crate::mirror::Mirror) and [`Sum`](crate::sum::Sum) |
//! | `mirrors!` | [`Mirror`](crate::mirror::Mirror) for the types in scope |
//! | `sums_of_…!` | [`Sum`](crate::sum::Sum) for our views, the references of vbare and the archived types of rkyv |
//! | `mirrors_of_…!`, `sums_of_buffa!` | the same for what is made from the schema of protobuf |
//!
//! The first two take the attributes of all types, then those of structs of numbers, and the second those of fields that
//! borrow.

#[cfg(feature = "peers")]
include!(concat!(env!("OUT_DIR"), "/proto.rs"));
include!(concat!(env!("OUT_DIR"), "/model.rs"));
