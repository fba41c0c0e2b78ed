//! A step without an answer for a union member that the newer version lacks: it may have another name there.

mod family {
    include!("../golden/asked/expected.rs");
}

use barewire::Migrator;
use family::migrate::V2ToV3;

struct Migrations;

impl Migrator for Migrations {}

impl V2ToV3 for Migrations {}

fn main() {}
