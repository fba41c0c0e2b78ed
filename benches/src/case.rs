//! The values that are measured, the same at every run.
//!
//! Each case is there twice: as programs send it, in ASCII and with lengths that are the same at every run of a program,
//! and with text of many scripts whose lengths are drawn.

use std::collections::BTreeSet;

use barewire::{Bytes, Map, Message, Str};

use crate::ours::{
    ActorConfig, ActorIntent, ActorName, ActorState, ActorStateStopped, Command, CommandStartActor,
    CommandWrapper, Effect, EffectKind, Event, EventActorIntent, EventActorSetAlarm, EventActorStateUpdate,
    EventWrapper, Game, KvGetResponse, KvMetadata, KvResponseData, Log, LogEntry, Mesh, MessageId, Motion,
    Position, Slot, StopCode, ToClient, ToClientKvResponse, ToClientRequestStart, ToClientTunnelMessage,
    ToClientTunnelMessageKind, ToClientWebSocketClose, ToClientWebSocketMessage, ToServer, ToServerInit,
    Triangle, Update, Vector,
};
use crate::random::Random;
use crate::sum::Sum;

/// The cases by which libraries are compared.
pub const NAMES: [&str; 11] = [
    "ws32",
    "ws1k",
    "ws64k",
    "ws1m",
    "close",
    "req12",
    "events100",
    "hello50",
    "log10k",
    "mesh50k",
    "game1k",
];

/// What is put behind the name of a case whose text is of many scripts and whose lengths are drawn.
pub const DRAWN: &str = "-drawn";

/// A value to encode and decode.
pub struct Case {
    /// What reports call it.
    pub name: String,
    /// What it is.
    pub value: Value,
}

/// A value of any of the measured types.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A message to the engine.
    ToServer(ToServer),
    /// A message to a runner.
    ToClient(ToClient),
    /// Bulk data of strings.
    Log(Log),
    /// Bulk data of floats.
    Mesh(Mesh),
    /// Bulk data of small fields.
    Game(Game),
}

impl Value {
    /// The frame.
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::ToServer(value) => value.encode_to_vec(),
            Self::ToClient(value) => value.encode_to_vec(),
            Self::Log(value) => value.encode_to_vec(),
            Self::Mesh(value) => value.encode_to_vec(),
            Self::Game(value) => value.encode_to_vec(),
        }
    }

    /// What every field adds up to, as any view of the value has to read it.
    ///
    /// # Panics
    ///
    /// If a frame cannot be decoded that was just encoded.
    pub fn sum(&self) -> u64 {
        let frame = self.encode();
        fn of<'a, T: Message<View<'a>: Sum> + 'a>(frame: &'a [u8]) -> u64 {
            T::View::decode(frame).expect("just encoded").sum()
        }
        match self {
            Self::ToServer(_) => of::<ToServer>(&frame),
            Self::ToClient(_) => of::<ToClient>(&frame),
            Self::Log(_) => of::<Log>(&frame),
            Self::Mesh(_) => of::<Mesh>(&frame),
            Self::Game(_) => of::<Game>(&frame),
        }
    }
}

/// The names of the cases by which libraries are compared, of the drawn ones too.
pub fn names() -> Vec<String> {
    let plain = NAMES.iter().map(|name| (*name).to_owned());
    plain.chain(NAMES.iter().map(|name| format!("{name}{DRAWN}"))).collect()
}

impl Case {
    /// The case with this name, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        let (plain, text) = match name.strip_suffix(DRAWN) {
            Some(plain) => (plain, Text::Drawn),
            None => (name, Text::Plain),
        };
        let mut draw = Draw { random: Random::new(7), text };
        let value = match plain {
            "ws32" => draw.web_socket(32),
            "ws1k" => draw.web_socket(1 << 10),
            "ws4k" => draw.web_socket(4 << 10),
            "ws8k" => draw.web_socket(8 << 10),
            "ws16k" => draw.web_socket(16 << 10),
            "ws64k" => draw.web_socket(64 << 10),
            "ws1m" => draw.web_socket(1 << 20),
            "close" => draw.close(),
            "req12" => draw.request(12),
            "events100" => draw.events(100),
            "hello50" => draw.hello(50),
            "kv20" => draw.response(20),
            "commands64" => draw.commands(64),
            "log10k" => draw.log(10_000),
            "mesh50k" => draw.mesh(50_000),
            "game1k" => draw.game(1_000),
            _ => return None,
        };
        Some(Self { name: name.to_owned(), value })
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Text {
    Plain,
    Drawn,
}

/// Letters of one to four octets.
const SCRIPTS: [&[char]; 6] = [
    &['a', 'b', 'c', 'd', 'e', ' ', '-', '7'],
    &['ä', 'é', 'ø', 'ñ', 'ß'],
    &['α', 'β', 'γ', 'δ', 'я', 'ж', 'щ'],
    &['中', '文', '字', '日', '本', '語'],
    &['ก', 'ข', 'ค', 'ง', 'อ'],
    &['🦀', '🚀', '𝄞', '🎉'],
];

const HEADERS: [(&str, usize); 12] = [
    ("accept", 63),
    ("accept-encoding", 23),
    ("accept-language", 14),
    ("cache-control", 9),
    ("content-type", 31),
    ("cookie", 118),
    ("host", 21),
    ("origin", 28),
    ("user-agent", 104),
    ("x-forwarded-for", 13),
    ("x-forwarded-proto", 5),
    ("x-request-id", 36),
];

struct Draw {
    random: Random,
    text: Text,
}

impl Draw {
    fn web_socket(&mut self, len: usize) -> Value {
        let (data, binary) = match self.text {
            Text::Plain => ((0..len).map(|_| self.random.next() as u8).collect::<Vec<_>>().into(), true),
            Text::Drawn => (Bytes::from(self.text(len).to_string()), false),
        };
        self.tunnel(ToClientTunnelMessageKind::ToClientWebSocketMessage(ToClientWebSocketMessage {
            data,
            binary,
        }))
    }

    fn close(&mut self) -> Value {
        let close = ToClientWebSocketClose { code: Some(1001), reason: Some(self.text(24)) };
        self.tunnel(ToClientTunnelMessageKind::ToClientWebSocketClose(close))
    }

    fn request(&mut self, headers: usize) -> Value {
        // As an encoder that sorts by key writes them; where lengths are drawn, as they come.
        let mut headers: Vec<_> =
            HEADERS[..headers].iter().map(|(name, len)| (Str::from(*name), self.text(*len))).collect();
        if self.text == Text::Drawn {
            headers.reverse();
            headers.swap(2, 7);
        }
        let request = ToClientRequestStart {
            actor_id: self.id(),
            method: "GET".into(),
            path: self.text(41),
            headers: Map::from_iter(headers),
            body: None,
            stream: false,
        };
        self.tunnel(ToClientTunnelMessageKind::ToClientRequestStart(request.into()))
    }

    fn tunnel(&mut self, message_kind: ToClientTunnelMessageKind) -> Value {
        let message_id = MessageId { gateway_id: [1, 2, 3, 4], request_id: [5, 6, 7, 8], message_index: 258 };
        Value::ToClient(ToClient::ToClientTunnelMessage(ToClientTunnelMessage { message_id, message_kind }))
    }

    fn events(&mut self, len: i64) -> Value {
        Value::ToServer(ToServer::ToServerEvents((0..len).map(|index| self.event(index)).collect()))
    }

    fn event(&mut self, index: i64) -> EventWrapper {
        let actor_id = self.id();
        let generation = self.random.below(8) as u32;
        let inner = match index % 3 {
            0 => {
                let intent =
                    self.random.choose(&[ActorIntent::ActorIntentSleep, ActorIntent::ActorIntentStop]);
                Event::EventActorIntent(EventActorIntent { actor_id, generation, intent })
            }
            1 => {
                let stopped = ActorStateStopped { code: StopCode::Error, message: Some(self.text(30)) };
                let state = match self.random.once_in(2) {
                    true => ActorState::ActorStateRunning,
                    false => ActorState::ActorStateStopped(stopped),
                };
                Event::EventActorStateUpdate(EventActorStateUpdate { actor_id, generation, state })
            }
            _ => {
                let alarm_ts = (!self.random.once_in(4)).then_some(1_700_000_000_000 + index);
                Event::EventActorSetAlarm(EventActorSetAlarm { actor_id, generation, alarm_ts })
            }
        };
        EventWrapper { index, inner }
    }

    fn hello(&mut self, names: usize) -> Value {
        // Sorted, as headers are.
        let mut unique = BTreeSet::new();
        while unique.len() < names {
            unique.insert(self.text(14));
        }
        let mut names: Vec<_> =
            unique.into_iter().map(|name| (name, ActorName { metadata: self.text(27) })).collect();
        if self.text == Text::Drawn {
            names.reverse();
            names.swap(2, 7);
        }
        Value::ToServer(ToServer::ToServerInit(ToServerInit {
            name: self.text(12),
            version: 3,
            total_slots: 1000,
            last_command_idx: Some(77),
            prepopulate_actor_names: Some(Map::from_iter(names)),
            metadata: Some(self.text(40)),
        }))
    }

    fn response(&mut self, entries: u8) -> Value {
        let octets = |len| (0..entries).map(|entry| Bytes::from(vec![entry; len])).collect();
        let metadata = (0..entries).map(|entry| KvMetadata { version: vec![entry; 8].into(), create_ts: 1 });
        let data = KvGetResponse { keys: octets(32), values: octets(32), metadata: metadata.collect() };
        let data = KvResponseData::KvGetResponse(data);
        Value::ToClient(ToClient::ToClientKvResponse(ToClientKvResponse { request_id: 7, data }))
    }

    fn commands(&mut self, len: i64) -> Value {
        let command = |index| {
            let config = ActorConfig {
                name: self.text(9),
                key: Some(self.text(5)),
                create_ts: 1_700_000_000_000,
                input: Some(vec![7; 64].into()),
            };
            let hibernating_requests = Vec::new();
            let start =
                CommandStartActor { actor_id: self.id(), generation: 3, config, hibernating_requests };
            CommandWrapper { index, inner: Command::CommandStartActor(start.into()) }
        };
        Value::ToClient(ToClient::ToClientCommands((0..len).map(command).collect()))
    }

    fn log(&mut self, entries: usize) -> Value {
        let entries = (0..entries).map(|_| self.log_entry()).collect();
        Value::Log(Log { entries })
    }

    fn log_entry(&mut self) -> LogEntry {
        let mut text = |from: usize, to: usize| {
            let len = from + self.random.below(to - from + 1);
            self.text(len)
        };
        LogEntry {
            address: text(9, 15),
            identity: text(1, 1),
            user: text(4, 12),
            time: text(26, 26),
            request: text(20, 70),
            agent: text(30, 110),
            status: self.random.choose(&[200, 204, 301, 304, 400, 404, 500]),
            size: self.random.next() % 1_000_000,
            micros: self.random.below(500_000) as u32,
        }
    }

    fn mesh(&mut self, triangles: usize) -> Value {
        let mut float = || self.random.below(1 << 20) as f32 / 1024.0 - 512.0;
        let mut vector = || Vector { x: float(), y: float(), z: float() };
        let mut triangle = |_| Triangle { a: vector(), b: vector(), c: vector(), normal: vector() };
        Value::Mesh(Mesh { triangles: (0..triangles).map(&mut triangle).collect() })
    }

    fn game(&mut self, updates: usize) -> Value {
        let updates = (0..updates).map(|_| self.update()).collect();
        Value::Game(Game { tick: 123_456, updates })
    }

    fn update(&mut self) -> Update {
        let random = &mut self.random;
        let axis = |random: &mut Random| (random.below(4096) as i16) - 2048;
        let some = |random: &mut Random| random.once_in(2);
        Update {
            player: random.below(1 << 20) as u32,
            motion: random.choose(&[Motion::Standing, Motion::Walking, Motion::Running, Motion::Falling]),
            on_ground: random.once_in(2),
            position: some(random).then(|| Position { x: axis(random), y: axis(random), z: axis(random) }),
            yaw: some(random).then(|| random.next() as i8),
            health: some(random).then(|| random.below(21) as u8),
            effects: (0..random.below(4)).map(|_| effect(random)).collect(),
            slots: (0..random.below(6)).map(|_| slot(random)).collect(),
        }
    }

    /// An id as the engine makes it.
    fn id(&mut self) -> Str {
        (0..30).map(|_| self.random.choose(&['0', '1', '7', 'a', 'e', 'k', 'p', 'z'])).collect()
    }

    /// Text of `len` octets; where lengths are drawn, of up to twice as many.
    fn text(&mut self, len: usize) -> Str {
        match self.text {
            Text::Plain => (0..len).map(|_| char::from(b'a' + self.random.below(26) as u8)).collect(),
            Text::Drawn => {
                let len = 1 + self.random.below(2 * len);
                let mut text = String::new();
                while text.len() < len {
                    // Runs, as people write them.
                    let script = self.random.choose(&SCRIPTS);
                    let run = 1 + self.random.below(12);
                    text.extend((0..run).map(|_| self.random.choose(script)));
                }
                text.into()
            }
        }
    }
}

fn effect(random: &mut Random) -> Effect {
    let kinds = [
        EffectKind::Speed,
        EffectKind::Slowness,
        EffectKind::Poison,
        EffectKind::Regeneration,
        EffectKind::Invisibility,
    ];
    Effect {
        kind: random.choose(&kinds),
        level: random.below(5) as u8,
        ticks: random.below(1200) as u16,
        hidden: random.once_in(8),
    }
}

fn slot(random: &mut Random) -> Slot {
    Slot {
        item: random.below(900) as u16,
        count: 1 + random.below(64) as u8,
        damage: random.once_in(3).then(|| random.below(1500) as u16),
    }
}
