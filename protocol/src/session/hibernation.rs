//! Whether a socket outlives the sleep of its actor.

/// Whether a socket can hibernate. Decided by the runner's answer to the open, and fixed from then on (row 13).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Hibernation {
    /// Its client is kept while the actor sleeps, its messages are kept until they are acknowledged.
    Allowed,
    /// It ends with the life of its actor.
    Impossible,
}
