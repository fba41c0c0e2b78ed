//! What version 2 does not say of the values of version 1.

use barewire::{MigrateError, Migrated, Migrator as _};

use super::golden::migrate::V1ToV2;
use super::golden::{v1, v2};
use super::{Migrations, number};

impl V1ToV2 for Migrations {
    fn required(&mut self, from: v1::Required) -> Migrated<v2::Required> {
        let v1::Required { id } = from;
        Ok(v2::Required { id, level: 0 })
    }

    fn dropped(&mut self, from: v1::Dropped) -> Migrated<v2::Dropped> {
        let v1::Dropped { id, gone } = from;
        if !gone.is_empty() {
            self.losses.dropped("gone", 2)?;
        }
        Ok(v2::Dropped { id })
    }

    fn renamed(&mut self, from: v1::Renamed) -> Migrated<v2::Renamed> {
        let v1::Renamed { id, before } = from;
        Ok(v2::Renamed { id, after: before })
    }

    fn retyped(&mut self, from: v1::Retyped) -> Migrated<v2::Retyped> {
        let v1::Retyped { id } = from;
        Ok(v2::Retyped { id: number(&id).map_err(|error| error.within("id"))? })
    }

    fn grade(&mut self, from: v1::Grade) -> Migrated<v2::Grade> {
        Ok(from.to_string().into())
    }

    fn disabled_off(&mut self) -> Migrated<v2::Disabled> {
        Ok(v2::Disabled::Disabled)
    }

    fn colour_green(&mut self) -> Migrated<v2::Colour> {
        Err(MigrateError::unrepresentable(2))
    }

    fn move_swim(&mut self, from: v1::Swim) -> Migrated<v2::Move> {
        let v1::Swim { n } = from;
        Ok(v2::Move::Fly(v2::Fly { n }))
    }

    fn shape_round(&mut self, from: v1::Round) -> Migrated<v2::Shape> {
        let v1::Round { radius } = from;
        Ok(v2::Shape::Circle(v2::Circle { radius }))
    }

    fn open(&mut self, from: v1::Open) -> Migrated<v2::Open> {
        let v1::Open = from;
        Ok(v2::Open { n: 0 })
    }

    fn ajar(&mut self, from: v1::Ajar) -> Migrated<v2::Ajar> {
        let v1::Nil = from;
        Ok(v2::Ajar { n: 0 })
    }

    fn shut(&mut self, from: v1::Shut) -> Migrated<v2::Shut> {
        let v1::Shut { n } = from;
        if n != 0 {
            self.losses.dropped("n", 2)?;
        }
        Ok(v2::Shut)
    }

    fn key_c(&mut self) -> Migrated<v2::Key> {
        // A map that has both loses a key.
        Ok(v2::Key::B)
    }

    fn asking(&mut self, from: v1::Asking) -> Migrated<v2::Asking> {
        let v1::Asking { shape, gone } = from;
        if !gone.is_empty() {
            self.losses.dropped("gone", 2)?;
        }
        Ok(v2::Asking { shape: self.part("shape", shape, Self::shape)? })
    }

    fn note(&mut self, from: v1::Note) -> Migrated<v2::Note> {
        let v1::Note { text } = from;
        Ok(v2::Note { kind: 0, text })
    }
}
