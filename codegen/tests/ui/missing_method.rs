//! A step without an answer that the schemas leave open.

mod family {
    include!("../golden/asked/expected.rs");
}

use barewire::Migrator;
use family::migrate::V1ToV2;

struct Migrations;

impl Migrator for Migrations {}

impl V1ToV2 for Migrations {}

fn main() {}
