//! From version 3 to version 2: nothing is asked.

use crate::steps::migrate::V3ToV2;

impl V3ToV2 for super::Migrations {}
