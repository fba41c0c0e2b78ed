//! A gateway, a runner, the link between them, an engine, a storage, an actor and its clients.
//!
//! What may happen to them is chosen here. Each happening stands with those whom it concerns: `clients.rs`, `network.rs`,
//! `actor.rs` and `engine.rs`; what the machines answer is read in `answers.rs`.

use std::collections::{BTreeSet, VecDeque};

use barewire::Bytes;
use barewire_protocol::runner::latest::{ToClientTunnelMessage, ToGatewayPong, ToServerTunnelMessage};
use barewire_protocol::session::gateway::{self, Gateway, Status, WindowLimits};
use barewire_protocol::session::runner::Stop;
use barewire_protocol::session::{GatewayId, Instant, RequestId, SocketId};

use super::choices::Choices;
use super::counts::{Class, Counts};
use super::link::{Conduct, Link};
use super::middle::Middle;
use super::oracle::{Finding, Oracle};
use super::process::{Process, Storage};

pub(super) const GATEWAY: GatewayId = GatewayId([1, 2, 3, 4]);
pub(super) const ACTOR: &str = "chat";

/// What a schedule may do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weather {
    pub(super) conduct: Conduct,
    /// Whether clocks jump, records are forgotten, bounds are tight and closes come from everywhere.
    pub(super) rough: bool,
    /// The process of the runner ends behind one in so many of its outputs.
    pub(super) crashes: u32,
}

/// Something that the gateway hears of the engine.
#[derive(Clone, Copy, Debug)]
pub(super) enum News {
    /// The actor runs, in this life of the link.
    Ready(u32),
    Stopped,
    Unreachable,
    Pong(ToGatewayPong),
}

#[derive(Clone, Debug)]
pub(super) struct World<'a> {
    pub(super) choices: Choices<'a>,
    pub(super) counts: Counts,
    /// What has happened, if anybody wants to know.
    pub(super) trace: Option<Vec<String>>,
    pub(super) weather: Weather,
    pub(super) now: u64,
    pub(super) config: gateway::Config,
    pub(super) gateway: Gateway,
    /// The life of the link that the gateway knows of: what it sends in another one is lost.
    pub(super) gateway_epoch: u32,
    pub(super) down: Link<ToClientTunnelMessage>,
    pub(super) up: Link<ToServerTunnelMessage>,
    pub(super) news: VecDeque<News>,
    pub(super) process: Option<Process>,
    pub(super) connected: bool,
    pub(super) cut_at: u64,
    /// The life of the link, which is another after each break and each start of the actor.
    pub(super) epoch: u32,
    pub(super) generation: u32,
    pub(super) storage: Storage,
    /// Whether the engine has been asked for the actor.
    pub(super) wanted: bool,
    pub(super) clients: Vec<Oracle>,
    pub(super) connecting: Vec<bool>,
    /// Clients for whom the gateway has sent an open.
    pub(super) asked: Vec<bool>,
    /// Clients with a message that did not fit.
    pub(super) held_back: Vec<bool>,
    /// How many messages the actor has sent to each client.
    pub(super) spoken: Vec<u32>,
    /// What runners were sent before, so that replay is seen.
    pub(super) sent_before: Vec<BTreeSet<u16>>,
    /// Whether nothing goes wrong any more.
    pub(super) healing: bool,
}

pub(super) fn request(client: usize) -> RequestId {
    RequestId([client as u8, 0, 0, 0])
}

pub(super) fn id(client: usize) -> SocketId {
    SocketId { gateway: GATEWAY, request: request(client) }
}

pub(super) fn client_of(id: RequestId) -> usize {
    usize::from(id.0[0])
}

/// A message, by its number. Not all are of one length.
pub(super) fn payload(number: u32) -> Bytes {
    let mut octets = number.to_le_bytes().to_vec();
    octets.resize(octets.len() + padding(number), b'.');
    octets.into()
}

fn padding(number: u32) -> usize {
    number as usize * 7 % 12
}

pub(super) fn number(data: &Bytes) -> Result<u32, String> {
    let changed = || "a message was changed on its way".to_owned();
    let (octets, rest) = data.split_first_chunk().ok_or_else(changed)?;
    let number = u32::from_le_bytes(*octets);
    if rest.len() == padding(number) { Ok(number) } else { Err(changed()) }
}

impl<'a> World<'a> {
    pub(super) fn new(mut choices: Choices<'a>, middle: &Middle) -> Self {
        let (conduct, rough) = match choices.below(4) {
            0 => (Conduct::Stream, false),
            1 => (Conduct::Repeating, false),
            2 => (Conduct::Repeating, true),
            _ => (Conduct::Datagrams, true),
        };
        let crashes = [512, 64][choices.below(2) as usize];
        let weather = Weather { conduct, rough, crashes };
        let clients = 1 + choices.below(3) as usize;
        let mut config = gateway::Config { wakes: 250, open_retries: 6, ..gateway::Config::default() };
        if rough {
            config.window = WindowLimits { bytes: 16 + choices.below(128) as usize, count: 40 };
            config.wakes = 16;
        }
        let mut storage = Storage::of(clients);
        let mut oracles = vec![Oracle::default(); clients];
        let mut connecting = vec![false; clients];
        let mut gateway = Gateway::new(GATEWAY, config.clone());
        if choices.once_in(4) {
            // Asleep, shortly before the wrap.
            (gateway, config) = middle.gateway();
            storage.store(&middle.conn());
            oracles[0] = Oracle::behind(Middle::INDEX);
            connecting[0] = true;
        }
        Self {
            choices,
            counts: Counts::default(),
            trace: None,
            weather,
            now: 1_000_000,
            config,
            gateway,
            gateway_epoch: 1,
            down: Link::new(),
            up: Link::new(),
            news: VecDeque::new(),
            process: None,
            connected: false,
            cut_at: 0,
            epoch: 1,
            generation: 0,
            storage,
            wanted: true,
            clients: oracles,
            connecting,
            asked: vec![false; clients],
            held_back: vec![false; clients],
            spoken: vec![0; clients],
            sent_before: vec![BTreeSet::new(); clients],
            healing: false,
        }
    }

    pub(super) fn at(&self) -> Instant {
        Instant::from_millis(self.now)
    }

    /// Writes down what happens.
    pub(super) fn note(&mut self, what: impl FnOnce() -> String) {
        if let Some(trace) = &mut self.trace {
            trace.push(format!("{:>8}  {}", self.now, what()));
        }
    }

    /// Whether nothing is lost but by breaks that both sides hear of, so that every socket has to survive.
    pub(super) fn is_gentle(&self) -> bool {
        !self.weather.rough
    }

    /// One thing happens.
    pub(super) fn step(&mut self) -> Finding {
        let client = self.choices.below(self.clients.len() as u32) as usize;
        match self.choices.below(64) {
            0..=11 => self.client_sends(client)?,
            12..=22 => self.deliver_down()?,
            23..=31 => self.deliver_up()?,
            32..=36 => self.deliver_news()?,
            37..=43 => self.actor_handles()?,
            44..=46 => self.begin_save(),
            47..=50 => self.storage_works()?,
            51 => self.actor_speaks(client),
            52..=55 => self.time_passes()?,
            56 => self.sleep(Stop::Sleep)?,
            57 => self.cut(),
            58 => self.heal()?,
            59 if self.choices.once_in(3) => self.crash(),
            60 if self.choices.once_in(4) => self.somebody_closes(client)?,
            61 if self.choices.once_in(12) => self.clock_jumps()?,
            62 if self.choices.once_in(24) => self.retire()?,
            _ => self.engine_works()?,
        }
        self.answers()?;
        self.invariants()
    }

    /// Time passes for both machines.
    pub(super) fn wait(&mut self, millis: u64) -> Finding {
        if millis > 0 {
            if !self.down.is_empty() || !self.up.is_empty() {
                self.counts.add(Class::Delay);
            }
            if self.process.as_ref().is_some_and(Process::is_saving) {
                self.counts.add(Class::SlowSave);
            }
        }
        self.now += millis;
        let at = self.at();
        self.gateway.handle_timeout(at);
        if let Some(process) = &mut self.process {
            process.runner.handle_timeout(at);
        }
        // Breaks are short where sockets have to survive them.
        if self.is_gentle() && !self.connected && self.now > self.cut_at + 3_000 {
            self.heal()
        } else {
            Ok(())
        }
    }

    fn time_passes(&mut self) -> Finding {
        let millis = match self.choices.below(8) {
            7 if self.weather.rough => 4_000,
            7 => 200,
            tens => u64::from(tens) * 10,
        };
        self.wait(millis)
    }

    fn clock_jumps(&mut self) -> Finding {
        if self.is_gentle() {
            return Ok(());
        }
        self.counts.add(Class::Jump);
        match self.choices.below(3) {
            0 => self.now = self.now.saturating_sub(50_000),
            1 => self.now += 20_000,
            _ => self.now += 100_000,
        }
        self.note(|| "the clock jumps".to_owned());
        self.wait(0)
    }

    /// What holds at every moment.
    pub(super) fn invariants(&self) -> Finding {
        let limits = self.config.window;
        for (client, oracle) in self.clients.iter().enumerate() {
            let Some((count, bytes)) = self.gateway.pending(request(client)) else { continue };
            if bytes > limits.bytes || count > usize::from(limits.count.min(32_767)) {
                return Err(format!(
                    "client {client}: a window of {count} messages, {bytes} octets: {limits:?}"
                ));
            }
            let of_client = |error| format!("client {client}: {error}");
            match self.gateway.status(request(client)) {
                Some(Status::Active | Status::Waking) => {
                    oracle.kept(count, bytes).map_err(of_client)?;
                    oracle.forgotten_by_gateway(count).map_err(of_client)?;
                }
                Some(Status::Hibernating) => oracle.forgotten_by_gateway(count).map_err(of_client)?,
                _ => {}
            }
        }
        match &self.process {
            Some(process) => process.within_bounds(self.clients.len()),
            None => Ok(()),
        }
    }
}
