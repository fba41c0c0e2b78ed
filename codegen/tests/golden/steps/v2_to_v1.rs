//! What version 1 does not say of the values of version 2.

use barewire::{Migrated, Migrator as _, Str};

use super::golden::migrate::V2ToV1;
use super::golden::{v1, v2};
use super::{Migrations, number};

impl V2ToV1 for Migrations {
    fn fields(&mut self, from: v2::Fields) -> Migrated<v1::Fields> {
        let v2::Fields { id, note, tags, counts } = from;
        if note.is_some() {
            self.losses.dropped("note", 1)?;
        }
        if !tags.is_empty() {
            self.losses.dropped("tags", 1)?;
        }
        if !counts.is_empty() {
            self.losses.dropped("counts", 1)?;
        }
        Ok(v1::Fields { id })
    }

    fn required(&mut self, from: v2::Required) -> Migrated<v1::Required> {
        let v2::Required { id, level } = from;
        // Peers of version 1 are at level 0.
        if level != 0 {
            self.losses.dropped("level", 1)?;
        }
        Ok(v1::Required { id })
    }

    fn dropped(&mut self, from: v2::Dropped) -> Migrated<v1::Dropped> {
        let v2::Dropped { id } = from;
        Ok(v1::Dropped { id, gone: Str::default() })
    }

    fn renamed(&mut self, from: v2::Renamed) -> Migrated<v1::Renamed> {
        let v2::Renamed { id, after } = from;
        Ok(v1::Renamed { id, before: after })
    }

    fn retyped(&mut self, from: v2::Retyped) -> Migrated<v1::Retyped> {
        let v2::Retyped { id } = from;
        Ok(v1::Retyped { id: id.to_string().as_str().into() })
    }

    fn grade(&mut self, from: v2::Grade) -> Migrated<v1::Grade> {
        number(&from)
    }

    fn disabled_disabled(&mut self) -> Migrated<v1::Disabled> {
        Ok(v1::Disabled::Off)
    }

    fn move_fly(&mut self, from: v2::Fly) -> Migrated<v1::Move> {
        let v2::Fly { n } = from;
        Ok(v1::Move::Swim(v1::Swim { n }))
    }

    fn shape_circle(&mut self, from: v2::Circle) -> Migrated<v1::Shape> {
        let v2::Circle { radius } = from;
        Ok(v1::Shape::Round(v1::Round { radius }))
    }

    fn open(&mut self, from: v2::Open) -> Migrated<v1::Open> {
        let v2::Open { n } = from;
        if n != 0 {
            self.losses.dropped("n", 1)?;
        }
        Ok(v1::Open)
    }

    fn ajar(&mut self, from: v2::Ajar) -> Migrated<v1::Ajar> {
        let v2::Ajar { n } = from;
        if n != 0 {
            self.losses.dropped("n", 1)?;
        }
        Ok(v1::Nil)
    }

    fn shut(&mut self, from: v2::Shut) -> Migrated<v1::Shut> {
        let v2::Shut = from;
        Ok(v1::Shut { n: 0 })
    }

    fn asking(&mut self, from: v2::Asking) -> Migrated<v1::Asking> {
        let v2::Asking { shape } = from;
        Ok(v1::Asking { shape: self.part("shape", shape, Self::shape)?, gone: Str::default() })
    }

    fn note(&mut self, from: v2::Note) -> Migrated<v1::Note> {
        let v2::Note { kind, text } = from;
        if kind != 0 {
            self.losses.dropped("kind", 1)?;
        }
        Ok(v1::Note { text })
    }
}
