//! From the layout `older` of version 2 to version 2: nothing is asked.

use crate::steps::migrate::V2OlderToV2;

impl V2OlderToV2 for super::Migrations {}
