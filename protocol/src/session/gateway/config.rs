//! What a gateway waits for and how much it holds.

use core::time::Duration;

use crate::session::gateway::WindowLimits;
use crate::session::queue::Bound;

/// Timeouts and bounds of a gateway. All timeouts are strict: what is exactly so old is in time.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Config {
    /// How long a runner may take to answer an open (row 13). Default: 15 s. Then the open is tried again.
    pub open_timeout: Duration,
    /// How often an open is tried again. Default: 3. Then the client is told `guard.websocket_service_unavailable`.
    pub open_retries: u8,
    /// The wait before the first retry, which doubles with each further one. Default: 100 ms.
    pub open_backoff: Duration,
    /// How old a message may become that an active runner does not acknowledge (row 9). Default: 30 s. Then the socket ends
    /// with `guard.websocket_service_timeout`.
    pub ack_timeout: Duration,
    /// How often a runner's bridge is asked whether it is there (row 20). Default: 3 s.
    pub ping_interval: Duration,
    /// How old its last answer may become. Default: 30 s. Then the socket ends with `guard.websocket_service_timeout`.
    pub pong_timeout: Duration,
    /// How often the record of a socket that can hibernate has to be written (row 12). Default: 45 s, and up to 127 ms more by
    /// the lowest bits of its request id, so that not all are written at once.
    pub keepalive_interval: Duration,
    /// How old the record may become. Default: 90 s. Then runners are told nothing of the socket any more, and it ends with
    /// `guard.websocket_service_timeout`.
    pub keepalive_timeout: Duration,
    /// How long an actor may take to wake (row 11). Default: 90 s. Then the socket ends with
    /// `guard.websocket_service_unavailable`.
    pub wake_timeout: Duration,
    /// How often an actor may stop again while it is to wake, and how often a socket wakes an actor that acknowledges nothing
    /// of what waits (row 11). Default: 16. Then the socket ends, with `guard.websocket_service_unavailable` in the
    /// first case and `guard.websocket_service_timeout` in the second.
    pub wakes: u8,
    /// What may wait to be acknowledged, for each socket (row 7). A message that does not fit is refused, and the caller
    /// either holds it back or ends the socket.
    pub window: WindowLimits,
    /// How many broken rules end a socket with `ws.protocol_error`. Default: 16.
    pub violations: u8,
    /// How many sockets there may be. Default: 2^22. Then
    /// [`Gateway::handle_connect`](super::Gateway::handle_connect) refuses.
    pub sockets: usize,
    /// How many octets the target and the header fields of a request may have, which are kept until a runner has taken it.
    /// Default: 64 KiB. Then [`Gateway::handle_connect`](super::Gateway::handle_connect) refuses.
    pub request_bytes: usize,
    /// How many outputs may wait to be taken. Default: 65536. Then every connect and every message is refused until some are
    /// taken ([`Gateway::is_full`](super::Gateway::is_full)). What is made of one input comes on top of it, and so does what
    /// ends a socket or concerns an actor, which nobody may forget: a few for each socket and each actor, however often.
    pub outputs: usize,
    /// How many octets may wait in them: messages to clients, the reasons of closes, and the targets and header fields of
    /// requests. Default: 64 MiB. Then as above.
    pub output_bytes: usize,
    /// A random number, so that nobody can choose ids that are found slowly. Default: 0, for gateways that choose their
    /// request ids at random, as they should.
    pub seed: u64,
}

impl Config {
    pub(super) fn output_bound(&self) -> Bound {
        Bound { count: self.outputs, octets: self.output_bytes }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            open_timeout: Duration::from_secs(15),
            open_retries: 3,
            open_backoff: Duration::from_millis(100),
            ack_timeout: Duration::from_secs(30),
            ping_interval: Duration::from_secs(3),
            pong_timeout: Duration::from_secs(30),
            keepalive_interval: Duration::from_secs(45),
            keepalive_timeout: Duration::from_secs(90),
            wake_timeout: Duration::from_secs(90),
            wakes: 16,
            window: WindowLimits::default(),
            violations: 16,
            sockets: 1 << 22,
            request_bytes: 64 << 10,
            outputs: 1 << 16,
            output_bytes: 64 << 20,
            seed: 0,
        }
    }
}
