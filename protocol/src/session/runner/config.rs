//! What a runner waits for and how much it holds.

use core::time::Duration;

use crate::session::Version;
use crate::session::queue::Bound;

/// Timeouts and bounds of a runner. All timeouts are strict: what is exactly so old is in time.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Config {
    /// What the engine speaks. Default: [`Version::V3`]. With an older one no socket can hibernate. A runner has one version for
    /// its whole life: who connects again and finds another needs another runner.
    pub version: Version,
    /// How long a handled message may wait for a save (row 6). Default: 5 s. Then [`Event::Save`](super::Event::Save).
    pub save_deadline: Duration,
    /// How many octets a socket may have received since the last save began (row 6). Default: 500,000. Then as above, once a
    /// message of it is handled.
    pub save_bytes: usize,
    /// How many saves of one actor may be on their way. Default: 8. Then [`Runner::begin_save`](super::Runner::begin_save)
    /// refuses, and [`Event::Save`](super::Event::Save) asks again once one is resolved. 0 counts as 1, as nothing could be
    /// stored without.
    pub saves: usize,
    /// The time between two acknowledgements that say nothing new (row 3). Default: 1 s.
    pub reack_interval: Duration,
    /// How many messages a socket holds until its actor runs and has taken it. Default: 65536, since a gateway may send a whole
    /// window twice. Then the socket ends with `ws.buffer_overflow`.
    pub held: usize,
    /// How many octets of them. Default: 2 MiB. Then as above.
    pub held_bytes: usize,
    /// How many octets all sockets together hold: such messages, each with 64 octets besides its payload, and the targets and
    /// header fields of the requests of those that are opening or can hibernate. Default: 256 MiB. Then a message that does not
    /// fit ends its socket as above, an open that does not fit is answered so, and a close keeps its code and loses its reason.
    /// What is restored is counted and not refused.
    pub total_held_bytes: usize,
    /// How many messages to the gateway may wait, for instance while the connection is down (row 19), or until their socket is
    /// stored (row 13). Default: 65536. Then the socket whose message does not fit ends with `ws.buffer_overflow`, and messages
    /// of gateways are refused. A close and an acknowledgement for each socket come on top of it: nobody can do without them.
    pub outbound: usize,
    /// How many octets in them: messages to clients and the reasons of closes. Default: 16 MiB. Then as above.
    pub outbound_bytes: usize,
    /// How many events may wait to be taken. Default: 65536. Then every message of a gateway is refused. What the host makes
    /// happen comes on top of it: a few for a socket, or for each socket of an actor.
    pub events: usize,
    /// How many octets in them: messages, the reasons of closes, and the targets and header fields of requests. Default:
    /// 64 MiB. Then as above. What was held for an actor that starts, or for a socket that is taken, comes on top of it:
    /// [`Config::total_held_bytes`] at most, so that there are not more events than that bound allows for either.
    pub event_bytes: usize,
    /// How many sockets there may be. Default: 65536. Then further opens are answered with `ws.buffer_overflow`.
    pub sockets: usize,
    /// How many messages that are not about a WebSocket end the one that they name with `ws.protocol_error`. Default: 16. What
    /// breaks another rule ends its socket at once.
    pub violations: u8,
    /// How long the connection to the engine may be down until the engine says otherwise (row 21). Default: 15 s. Then all
    /// sockets end as by a shutdown, and [`Event::StopActor`](super::Event::StopActor) comes for every actor.
    pub lost_threshold: Duration,
    /// How old a tunnel message to a peer below version 3 may become that it does not acknowledge; nothing if it need not
    /// (row 15). Default: 5 s. Then the socket ends with `ws.ack_timeout`. Without effect from version 3 on.
    pub tunnel_ack_timeout: Option<Duration>,
    /// How many such messages may be on their way. Default: 65536. Then the socket whose message is the next ends so.
    pub tunnel_acks: usize,
    /// A random number, so that nobody can choose ids that are found slowly. Default: 0, for engines that are trusted to
    /// choose ids at random.
    pub seed: u64,
}

impl Config {
    pub(super) fn event_bound(&self) -> Bound {
        Bound { count: self.events, octets: self.event_bytes }
    }

    pub(super) fn outbound_bound(&self) -> Bound {
        Bound { count: self.outbound, octets: self.outbound_bytes }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            version: Version::V3,
            save_deadline: Duration::from_secs(5),
            save_bytes: 500_000,
            saves: 8,
            reack_interval: Duration::from_secs(1),
            held: 1 << 16,
            held_bytes: 2 << 20,
            total_held_bytes: 256 << 20,
            outbound: 1 << 16,
            outbound_bytes: 16 << 20,
            events: 1 << 16,
            event_bytes: 64 << 20,
            sockets: 1 << 16,
            violations: 16,
            lost_threshold: Duration::from_secs(15),
            tunnel_ack_timeout: Some(Duration::from_secs(5)),
            tunnel_acks: 1 << 16,
            seed: 0,
        }
    }
}
