//! The process of a runner: it hosts the actors, tells them what their clients say, and stores how far they have come.
//!
//! One loop drives the machine: it takes all events and messages that the machine has, and then waits for an input or for
//! the time at which something is due. The connection to the engine is made by a task whenever there is none, and storage is
//! a thread, so that a save that is on its way keeps nobody waiting.

mod actors;
mod engine;
mod jobs;
pub(crate) mod store;
pub(crate) mod tally;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::mpsc::Sender;
use std::time::Duration;

use barewire::Str;
use barewire_protocol::runner::latest;
use barewire_protocol::session::Version;
use barewire_protocol::session::runner::{self, Config, Event, Socket};
use tokio::sync::mpsc;

use crate::clock::Clock;
use crate::link::Heard;
use crate::numbered::Numbered;
use crate::random;
use crate::runner::engine::{Connected, Dial};
use crate::runner::jobs::{Done, Job};
use crate::runner::store::{Result, Store};
use crate::runner::tally::Tally;

/// How long what is handled may wait to be stored: as much is handled again after a crash.
const SAVE_DEADLINE: Duration = Duration::from_millis(100);

struct Runner {
    clock: Clock,
    machine: runner::Runner,
    dial: Dial,
    engine: Option<Connected>,
    actors: BTreeMap<Str, Tally>,
    /// Which actor has which socket.
    sockets: BTreeMap<Socket, Str>,
    jobs: Sender<Job>,
    /// What has happened to actors.
    events: Numbered<latest::Event>,
    /// A message for which the machine has no room. No other is read meanwhile.
    unread: Option<latest::ToClientTunnelMessage>,
    /// The last command that was carried out.
    last_command: Option<i64>,
}

enum Input {
    Connected(Box<Connected>, latest::ToClientInit),
    Engine { connection: u64, heard: Heard },
    Storage(Done),
}

pub(crate) async fn run(newest: Version, port: u16, store: &Path) -> Result<()> {
    let store = Store::open(store)?;
    let (inputs, mut received) = mpsc::channel(64);
    let jobs = jobs::start(store, inputs.clone());
    let mut dial = Dial::new(port, newest, inputs);
    // Only the engine can say which version the machine is to be made for.
    let (connected, init) = dial.connect(None).await;
    let mut runner = Runner::new(dial, connected.version, jobs);
    runner.connected(connected, &init);
    loop {
        runner.act();
        let wake_up = [runner.machine.poll_timeout(), runner.sleepy()].into_iter().flatten().min();
        tokio::select! {
            input = received.recv() => match input {
                Some(Input::Connected(connected, init)) => runner.connected(*connected, &init),
                Some(Input::Engine { connection, heard }) => runner.engine_said(connection, heard),
                Some(Input::Storage(done)) => runner.done(done),
                None => return Ok(()),
            },
            () = runner.room(), if !runner.has_room() => {}
            () = runner.clock.reach(wake_up) => {
                runner.machine.handle_timeout(runner.clock.now());
                runner.send_to_sleep();
            }
        }
    }
}

impl Runner {
    fn new(dial: Dial, version: Version, jobs: Sender<Job>) -> Self {
        let config = Config {
            version,
            save_deadline: SAVE_DEADLINE,
            // The bridge of this example acknowledges no tunnel messages, as it had to below version 3.
            tunnel_ack_timeout: None,
            seed: random(),
            ..Config::default()
        };
        Self {
            clock: Clock::start(),
            machine: runner::Runner::new(config),
            dial,
            engine: None,
            actors: BTreeMap::new(),
            sockets: BTreeMap::new(),
            jobs,
            events: Numbered::default(),
            unread: None,
            last_command: None,
        }
    }

    /// Takes all that the machine has. What is sent belongs to what was told before, and what has happened to actors comes
    /// after both: an actor that has stopped acknowledges nothing more. Nothing is read from an engine that does not read.
    fn act(&mut self) {
        loop {
            while let Some(event) = self.machine.poll_event() {
                self.happened(event);
            }
            // Not before: the machine may have asked for one more save.
            if !self.stop_one_that_is_saved() {
                break;
            }
        }
        while self.has_room() {
            let Some(message) = self.machine.poll_transmit() else {
                self.send_events();
                let Some(message) = self.unread.take() else { return self.read_on() };
                self.tunnel_said(message);
                return self.act();
            };
            self.send(&latest::ToServer::ToServerTunnelMessage(message));
        }
    }

    fn happened(&mut self, event: Event) {
        match event {
            Event::Open { socket, actor, .. } => self.opened(socket, actor),
            Event::Restored { socket, actor, stored } => {
                println!("restores the socket behind message {}", i64::from(stored.index));
                self.sockets.insert(socket, actor);
            }
            Event::Stale { .. } => println!("finds a socket in its store whose client is gone"),
            Event::Message { socket, index, data, .. } => self.handle(socket, index, &data),
            Event::Closed { socket, origin, close } => {
                let code = close.code.map_or("no code".to_owned(), |code| code.to_string());
                let reason = close.reason.as_deref().unwrap_or("no reason");
                println!("closes the socket: {origin:?} gave {code} and {reason}");
                self.sockets.remove(&socket);
            }
            Event::RemoveStored { actor, id } => self.job(Job::Remove { actor, conn: id.to_string() }),
            Event::Save { actor, .. } => self.save(&actor),
            Event::StopActor { actor, generation } => self.stop(&actor, generation),
            Event::Dropped { messages } => println!("drops {messages} messages: it was cut off for too long"),
            Event::CloseEngine { .. } => self.engine = None,
        }
    }

    fn job(&self, job: Job) {
        // The thread ends with this process, and not before.
        let _ = self.jobs.send(job);
    }
}
