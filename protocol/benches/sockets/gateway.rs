//! A gateway with very many sockets, and what is done to them.

use std::time::{Duration, Instant as Clock};

use barewire::{Bytes, Map, Str};
use barewire_protocol::runner::latest::{
    ToServerTunnelMessage, ToServerTunnelMessageKind, ToServerWebSocketMessageAck, ToServerWebSocketOpen,
};
use barewire_protocol::session::gateway::{
    ActorEvent, ClientMessage, Config, Connect, Gateway, Output, Status,
};
use barewire_protocol::session::{GatewayId, Instant, MessageIndex, RequestId, SocketId, Version};

const GATEWAY: GatewayId = GatewayId([1, 2, 3, 4]);

pub(crate) struct Crowd {
    gateway: Gateway,
    now: Instant,
    sockets: u32,
    /// How many sockets each actor has.
    siblings: u32,
}

/// What it takes to wake one socket, and to acknowledge what woke it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    pub(crate) wake: Duration,
    pub(crate) ack: Duration,
}

impl Crowd {
    /// So many sockets that hibernate. Their records were written one after another, as those of clients that come and go.
    pub(crate) fn hibernating(sockets: u32, siblings: u32) -> Self {
        let gateway = Gateway::new(GATEWAY, Config::default());
        let mut crowd = Self { gateway, now: Instant::default(), sockets, siblings };
        for number in 0..sockets {
            crowd.now = Instant::from_millis(u64::from(number) * 40_000 / u64::from(sockets));
            crowd.open(number);
            if (number + 1) % siblings == 0 || number + 1 == sockets {
                crowd.actor(number, ActorEvent::Stopped);
            }
        }
        assert_eq!(crowd.gateway.len(), sockets as usize);
        crowd
    }

    fn open(&mut self, number: u32) {
        let connect = Connect {
            request: request(number),
            actor: actor(number / self.siblings),
            path: "/".into(),
            headers: Map::default(),
            version: Version::V3,
        };
        self.gateway.handle_connect(connect, self.now).expect("a new request");
        let open = ToServerWebSocketOpen { can_hibernate: true };
        self.runner_says(number, ToServerTunnelMessageKind::ToServerWebSocketOpen(open));
        self.outputs();
    }

    fn runner_says(&mut self, number: u32, message_kind: ToServerTunnelMessageKind) {
        let id = SocketId { gateway: GATEWAY, request: request(number) };
        let message_id = id.message(MessageIndex::ZERO);
        let message = ToServerTunnelMessage { message_id, message_kind };
        self.gateway.handle_tunnel(message, self.now).expect("a message that fits");
    }

    fn actor(&mut self, number: u32, event: ActorEvent) {
        self.gateway.handle_actor(&actor(number / self.siblings), event, self.now);
        self.outputs();
    }

    /// Takes all outputs; returns how many records were to be written, which they are.
    fn outputs(&mut self) -> u32 {
        let mut records = 0;
        while let Some(output) = self.gateway.poll_output() {
            if let Output::Keepalive { request, .. } = output {
                self.gateway.handle_keepalive_stored(request, self.now).expect("it has a record");
                records += 1;
            }
        }
        records
    }

    /// Writes the record of every socket, when it is due; returns what that took for each.
    pub(crate) fn sweep(&mut self) -> Duration {
        // Each is up to 127 ms late on purpose, and the wheel of the timers 64 ms.
        let end = self.now.after(Config::default().keepalive_interval + Duration::from_secs(1));
        let (mut records, mut times) = (0, Vec::new());
        while let Some(due) = self.gateway.poll_timeout().filter(|due| *due <= end) {
            self.now = due;
            let start = Clock::now();
            self.gateway.handle_timeout(due);
            let some = self.outputs();
            if some > 0 {
                records += some;
                times.push(start.elapsed() / some);
            }
        }
        assert!(records >= self.sockets, "{records} records of {} sockets", self.sockets);
        median(times)
    }

    /// Wakes so many sockets, which lie far from one another, acknowledges what woke them, and lets them hibernate again.
    pub(crate) fn wake_some(&mut self, some: u32) -> Cost {
        let numbers: Vec<u32> = (0..some).map(|number| scattered(number) % self.sockets).collect();
        let (mut wakes, mut acks) = (Vec::new(), Vec::new());
        for number in numbers {
            let (request, actor) = (request(number), actor(number / self.siblings));
            assert_eq!(self.gateway.status(request), Some(Status::Hibernating));
            let start = Clock::now();
            let index = self.gateway.handle_client_message(request, message(), self.now).expect("room");
            self.gateway.handle_actor(&actor, ActorEvent::Ready(Version::V3), self.now);
            wakes.push(start.elapsed());
            self.outputs();
            let message = ToServerWebSocketMessageAck { index: index.get() };
            let start = Clock::now();
            self.runner_says(number, ToServerTunnelMessageKind::ToServerWebSocketMessageAck(message));
            acks.push(start.elapsed());
            self.actor(number, ActorEvent::Stopped);
        }
        Cost { wake: median(wakes), ack: median(acks) }
    }
}

/// A socket whose window is always so long.
pub(crate) struct Window {
    crowd: Crowd,
    /// The oldest message that waits.
    oldest: MessageIndex,
}

impl Window {
    pub(crate) fn of(len: u16) -> Self {
        let mut crowd = Crowd::hibernating(1, 1);
        let mut oldest = None;
        for _ in 0..len {
            let index = crowd.gateway.handle_client_message(request(0), message(), crowd.now).expect("room");
            oldest.get_or_insert(index);
        }
        crowd.outputs();
        Self { crowd, oldest: oldest.expect("one message at least") }
    }

    /// Wakes the socket again and again, and acknowledges the oldest message each time.
    pub(crate) fn wake_again(&mut self, times: u32) -> Cost {
        let Self { crowd, oldest } = self;
        let (mut wakes, mut acks) = (Vec::new(), Vec::new());
        for _ in 0..times {
            let start = Clock::now();
            crowd.gateway.handle_actor(&actor(0), ActorEvent::Ready(Version::V3), crowd.now);
            wakes.push(start.elapsed());
            // The first message of the window is sent. The others stay where they are until somebody asks for them.
            while !matches!(crowd.gateway.poll_output(), Some(Output::ToRunner { .. })) {}
            let message = ToServerWebSocketMessageAck { index: oldest.get() };
            let start = Clock::now();
            crowd.runner_says(0, ToServerTunnelMessageKind::ToServerWebSocketMessageAck(message));
            acks.push(start.elapsed());
            *oldest = oldest.next();
            crowd.gateway.handle_client_message(request(0), self::message(), crowd.now).expect("room");
            crowd.actor(0, ActorEvent::Stopped);
            assert_eq!(crowd.gateway.status(request(0)), Some(Status::Waking));
        }
        Cost { wake: median(wakes), ack: median(acks) }
    }
}

/// The machine does other things, too, which makes some times long, but not half of them.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn actor(number: u32) -> Str {
    format!("actor-{number:08x}").as_str().into()
}

/// Ids are random, as those of clients are.
fn request(number: u32) -> RequestId {
    RequestId(scattered(number).to_le_bytes())
}

/// Every number becomes another one, and no two become the same.
fn scattered(number: u32) -> u32 {
    let number = (number ^ (number >> 16)).wrapping_mul(0x7feb_352d);
    let number = (number ^ (number >> 15)).wrapping_mul(0x846c_a68b);
    number ^ (number >> 16)
}

fn message() -> ClientMessage {
    ClientMessage { data: Bytes::from_static(b"hello"), binary: true }
}
