//! The actor: it counts the messages that it was sent, and answers each with its number.

use std::time::Duration;

use barewire::Bytes;
use barewire_protocol::actor::latest;
use barewire_protocol::session::Instant;

use crate::runner::store::Result;

/// A number of 32 bits in CBOR begins so.
const UINT: u8 = 0x1a;
/// How long it waits for a message before it wants to sleep.
const IDLE: Duration = Duration::from_millis(300);

pub(super) struct Tally {
    pub(super) generation: u32,
    pub(super) count: u32,
    /// When it wants to sleep; nothing once it has said so.
    pub(super) sleep_at: Option<Instant>,
    /// Whether it is to stop as soon as it is saved.
    pub(super) stops: bool,
    /// Saves that are on their way.
    pub(super) saving: usize,
}

impl Tally {
    /// An actor as it was stored, or a new one.
    pub(super) fn load(generation: u32, stored: Option<&latest::Actor>, now: Instant) -> Result<Self> {
        let count = stored.map_or(Ok(0), count)?;
        let sleep_at = Some(now.after(IDLE));
        Ok(Self { generation, count, sleep_at, stops: false, saving: 0 })
    }

    /// What is to be stored of it.
    pub(super) fn to_stored(&self) -> latest::Actor {
        let mut state = vec![UINT];
        state.extend(self.count.to_be_bytes());
        latest::Actor {
            input: None,
            has_initialized: true,
            state: Bytes::from(state),
            scheduled_events: vec![],
        }
    }

    pub(super) fn handle(&mut self, now: Instant) -> String {
        self.count += 1;
        self.sleep_at = self.sleep_at.map(|_| now.after(IDLE));
        self.count.to_string()
    }
}

/// How many messages a stored actor has handled.
pub(crate) fn count(stored: &latest::Actor) -> Result<u32> {
    match *stored.state {
        [UINT, a, b, c, d] => Ok(u32::from_be_bytes([a, b, c, d])),
        _ => Err("the state is no count".into()),
    }
}
