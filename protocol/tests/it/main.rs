//! The public behaviour of the generated protocol: recorded octets, laws for every message, and the example.

mod bare_ts;
mod example;
mod fields;
mod laws;
mod migrations;
mod refused;
mod rows;
mod schemas;
mod sharing;
mod vectors;

/// The strategies of the runner protocol, beside the versions that they draw from.
pub mod runner {
    pub use barewire_protocol::runner::{v1, v2, v3};
    barewire::include_strategies!("runner");
}

/// The strategies of the persisted actors, beside the versions that they draw from.
pub mod actor {
    pub use barewire_protocol::actor::{v1, v2, v2_older, v3};
    barewire::include_strategies!("actor");
}
