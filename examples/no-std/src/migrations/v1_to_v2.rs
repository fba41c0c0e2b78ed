//! Version 2 has all that version 1 has.

use crate::meter::migrate::V1ToV2;
use crate::migrations::Migrations;

impl V1ToV2 for Migrations {}
