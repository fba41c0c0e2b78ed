//! A program that was complete before `v4.bare` was added.

mod family {
    include!("../golden/asked/expected.rs");
}

use barewire::{Losses, MigrateError, Migrated, Migrator, Str};
use family::migrate::{V1ToV2, V2ToV1, V2ToV3, V3ToV2};
use family::{Codec, latest, v1, v2, v3};

struct Migrations(Losses);

impl Migrator for Migrations {
    fn losses(&mut self) -> &mut Losses {
        &mut self.0
    }
}

impl V1ToV2 for Migrations {
    fn close(&mut self, from: v1::Close) -> Migrated<v2::Close> {
        let v1::Close { code, retry: _ } = from;
        Ok(v2::Close { code, reason: Str::default() })
    }
}

impl V2ToV3 for Migrations {
    fn frame_open(&mut self, from: v2::Open) -> Migrated<v3::Frame> {
        let v2::Open { id } = from;
        Ok(v3::Frame::Hello(v3::Hello { id }))
    }
}

impl V3ToV2 for Migrations {
    fn frame_hello(&mut self, from: v3::Hello) -> Migrated<v2::Frame> {
        let v3::Hello { id } = from;
        Ok(v2::Frame::Open(v2::Open { id }))
    }
}

impl V2ToV1 for Migrations {
    fn close(&mut self, _from: v2::Close) -> Migrated<v1::Close> {
        Err(MigrateError::unrepresentable(1))
    }
}

fn main() {
    let mut codec = Codec::new(1, Migrations(Losses::refused())).unwrap();
    let frame: latest::Frame = codec.decode(&[1, 0, 0, 0]).unwrap();
    codec.encode(&frame).unwrap();
    codec.read::<latest::Frame>(&[1, 0, 0, 0]).unwrap();
}
