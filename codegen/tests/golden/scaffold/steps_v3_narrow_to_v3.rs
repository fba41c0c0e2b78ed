//! From the layout `narrow` of version 3 to version 3: nothing is asked.

use crate::steps::migrate::V3NarrowToV3;

impl V3NarrowToV3 for super::Migrations {}
