//! From version 1 to version 2: 15 methods are asked.
//!
//! Replace each `decide!` by what becomes of the value.

use barewire::{Migrated, Migrator as _};

use crate::steps::migrate::V1ToV2;
use crate::steps::{v1, v2};

impl V1ToV2 for super::Migrations {
    /// `level` is new.
    fn required(&mut self, from: v1::Required) -> Migrated<v2::Required> {
        let v1::Required { id } = from;
        Ok(v2::Required {
            id,
            level: decide!("`level` is new"),
        })
    }

    /// `gone` has no place.
    fn dropped(&mut self, from: v1::Dropped) -> Migrated<v2::Dropped> {
        let v1::Dropped { id, gone } = from;
        decide!("`gone` has no place", gone);
        Ok(v2::Dropped { id })
    }

    /// `after` may be `before`.
    fn renamed(&mut self, from: v1::Renamed) -> Migrated<v2::Renamed> {
        let v1::Renamed { id, before } = from;
        Ok(v2::Renamed {
            id,
            after: decide!("`after` may be `before`", before),
        })
    }

    /// `id` is `u8` instead of `str`.
    fn retyped(&mut self, from: v1::Retyped) -> Migrated<v2::Retyped> {
        let v1::Retyped { id } = from;
        Ok(v2::Retyped {
            id: decide!("`id` is `u8` instead of `str`", id),
        })
    }

    /// it is `str` instead of `u8`.
    fn grade(&mut self, from: v1::Grade) -> Migrated<v2::Grade> {
        decide!("it is `str` instead of `u8`", from)
    }

    /// `OFF` is no more.
    fn disabled_off(&mut self) -> Migrated<v2::Disabled> {
        decide!("`OFF` is no more")
    }

    /// `GREEN` is no more.
    fn colour_green(&mut self) -> Migrated<v2::Colour> {
        decide!("`GREEN` is no more")
    }

    /// `Swim` is no more.
    fn move_swim(&mut self, from: v1::Swim) -> Migrated<v2::Move> {
        decide!("`Swim` is no more", from)
    }

    /// `Round` is no more.
    fn shape_round(&mut self, from: v1::Round) -> Migrated<v2::Shape> {
        decide!("`Round` is no more", from)
    }

    /// it is a struct instead of void.
    fn open(&mut self, from: v1::Open) -> Migrated<v2::Open> {
        decide!("it is a struct instead of void", from)
    }

    /// it is void instead of a struct.
    fn shut(&mut self, from: v1::Shut) -> Migrated<v2::Shut> {
        decide!("it is void instead of a struct", from)
    }

    /// it is a struct instead of an alias.
    fn ajar(&mut self, from: v1::Ajar) -> Migrated<v2::Ajar> {
        decide!("it is a struct instead of an alias", from)
    }

    /// `C` is no more.
    fn key_c(&mut self) -> Migrated<v2::Key> {
        decide!("`C` is no more")
    }

    /// `gone` has no place.
    fn asking(&mut self, from: v1::Asking) -> Migrated<v2::Asking> {
        let v1::Asking { shape, gone } = from;
        decide!("`gone` has no place", gone);
        Ok(v2::Asking {
            shape: self.part("shape", shape, Self::shape)?,
        })
    }

    /// `kind` is new.
    fn note(&mut self, from: v1::Note) -> Migrated<v2::Note> {
        let v1::Note { text } = from;
        Ok(v2::Note {
            kind: decide!("`kind` is new"),
            text,
        })
    }
}
