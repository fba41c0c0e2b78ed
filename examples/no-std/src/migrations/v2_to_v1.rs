//! Version 1 knows no batteries.

use barewire::{Migrated, Migrator as _};

use crate::meter::migrate::V2ToV1;
use crate::meter::{v1, v2};
use crate::migrations::Migrations;

impl V2ToV1 for Migrations {
    fn report(&mut self, from: v2::Report) -> Migrated<v1::Report> {
        let v2::Report { serial, label, valve, battery, samples, parts } = from;
        if battery.is_some() {
            self.losses.dropped("battery", 1)?;
        }
        Ok(v1::Report { serial, label, valve, samples: self.each("samples", samples, Self::sample)?, parts })
    }
}
