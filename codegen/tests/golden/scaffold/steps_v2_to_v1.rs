//! From version 2 to version 1: 14 methods are asked.
//!
//! Replace each `decide!` by what becomes of the value.

use barewire::{Migrated, Migrator as _};

use crate::steps::migrate::V2ToV1;
use crate::steps::{v1, v2};

impl V2ToV1 for super::Migrations {
    /// `note` has no place; `tags` has no place; `counts` has no place.
    fn fields(&mut self, from: v2::Fields) -> Migrated<v1::Fields> {
        let v2::Fields { id, note, tags, counts } = from;
        decide!("`note` has no place", note);
        decide!("`tags` has no place", tags);
        decide!("`counts` has no place", counts);
        Ok(v1::Fields { id })
    }

    /// `level` has no place.
    fn required(&mut self, from: v2::Required) -> Migrated<v1::Required> {
        let v2::Required { id, level } = from;
        decide!("`level` has no place", level);
        Ok(v1::Required { id })
    }

    /// `gone` is new.
    fn dropped(&mut self, from: v2::Dropped) -> Migrated<v1::Dropped> {
        let v2::Dropped { id } = from;
        Ok(v1::Dropped {
            id,
            gone: decide!("`gone` is new"),
        })
    }

    /// `before` may be `after`.
    fn renamed(&mut self, from: v2::Renamed) -> Migrated<v1::Renamed> {
        let v2::Renamed { id, after } = from;
        Ok(v1::Renamed {
            id,
            before: decide!("`before` may be `after`", after),
        })
    }

    /// `id` is `str` instead of `u8`.
    fn retyped(&mut self, from: v2::Retyped) -> Migrated<v1::Retyped> {
        let v2::Retyped { id } = from;
        Ok(v1::Retyped {
            id: decide!("`id` is `str` instead of `u8`", id),
        })
    }

    /// it is `u8` instead of `str`.
    fn grade(&mut self, from: v2::Grade) -> Migrated<v1::Grade> {
        decide!("it is `u8` instead of `str`", from)
    }

    /// `DISABLED` may have another name.
    fn disabled_disabled(&mut self) -> Migrated<v1::Disabled> {
        decide!("`DISABLED` may have another name")
    }

    /// `Fly` may have another name.
    fn move_fly(&mut self, from: v2::Fly) -> Migrated<v1::Move> {
        decide!("`Fly` may have another name", from)
    }

    /// `Circle` may have another name.
    fn shape_circle(&mut self, from: v2::Circle) -> Migrated<v1::Shape> {
        decide!("`Circle` may have another name", from)
    }

    /// it is void instead of a struct.
    fn open(&mut self, from: v2::Open) -> Migrated<v1::Open> {
        decide!("it is void instead of a struct", from)
    }

    /// it is a struct instead of void.
    fn shut(&mut self, from: v2::Shut) -> Migrated<v1::Shut> {
        decide!("it is a struct instead of void", from)
    }

    /// it is an alias instead of a struct.
    fn ajar(&mut self, from: v2::Ajar) -> Migrated<v1::Ajar> {
        decide!("it is an alias instead of a struct", from)
    }

    /// `gone` is new.
    fn asking(&mut self, from: v2::Asking) -> Migrated<v1::Asking> {
        let v2::Asking { shape } = from;
        Ok(v1::Asking {
            shape: self.part("shape", shape, Self::shape)?,
            gone: decide!("`gone` is new"),
        })
    }

    /// `kind` has no place.
    fn note(&mut self, from: v2::Note) -> Migrated<v1::Note> {
        let v2::Note { kind, text } = from;
        decide!("`kind` has no place", kind);
        Ok(v1::Note { text })
    }
}
