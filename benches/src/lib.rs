//! What the benches measure, so that each bench is a few lines.

pub mod migrate;
