//! From version 2 to version 3: nothing is asked.

use crate::steps::migrate::V2ToV3;

impl V2ToV3 for super::Migrations {}
