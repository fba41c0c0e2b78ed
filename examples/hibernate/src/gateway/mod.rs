//! The process of a gateway, and of as much of an engine as it takes: it holds the clients, and has a runner start and stop
//! their actors.
//!
//! One loop drives the machine: it does all that the machine has to have done, and then waits for an input or for the time
//! at which something is due. What comes over connections is made inputs by tasks, see [`Link`].

mod clients;
mod engine;

use std::collections::{BTreeMap, HashMap};
use std::io;

use barewire::Str;
use barewire_protocol::runner::latest::{Command, ToGatewayPong, ToServerInit};
use barewire_protocol::session::gateway::{self, Config, Output};
use barewire_protocol::session::{GatewayId, RequestId, Version};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::clock::Clock;
use crate::gateway::clients::Client;
use crate::gateway::engine::{Actor, Connected};
use crate::link::{Heard, Link};
use crate::numbered::Numbered;
use crate::random;

struct Gateway {
    clock: Clock,
    /// The newest version that it speaks with runners.
    version: Version,
    machine: gateway::Gateway,
    clients: HashMap<RequestId, Client>,
    runner: Option<Connected>,
    actors: BTreeMap<Str, Actor>,
    commands: Numbered<Command>,
    /// The last event that the runner has told.
    last_event: i64,
}

enum Input {
    ClientConnected { request: RequestId, path: String, link: Link },
    Client { request: RequestId, heard: Heard },
    RunnerConnected { runner: Box<Connected>, init: ToServerInit },
    Runner { connection: u64, heard: Heard },
}

pub(crate) async fn run(version: Version) -> io::Result<()> {
    let clients = TcpListener::bind("127.0.0.1:0").await?;
    let runners = TcpListener::bind("127.0.0.1:0").await?;
    println!("listens on {} and {}", clients.local_addr()?.port(), runners.local_addr()?.port());
    let (inputs, mut received) = mpsc::channel(64);
    tokio::spawn(clients::accept(clients, inputs.clone()));
    tokio::spawn(engine::accept(runners, version, inputs));
    let mut gateway = Gateway::new(version);
    loop {
        gateway.act();
        gateway.show();
        tokio::select! {
            // While the runner does not keep up, what inputs have to have done waits in the machine.
            input = received.recv(), if !gateway.machine.is_full() => match input {
                Some(input) => gateway.handle(input),
                None => return Ok(()),
            },
            () = gateway.room(), if !gateway.has_room() => {}
            () = gateway.clock.reach(gateway.machine.poll_timeout()) => {
                gateway.machine.handle_timeout(gateway.clock.now());
            }
        }
    }
}

impl Gateway {
    fn new(version: Version) -> Self {
        let [id, seed] = [random(), random()];
        let [a, b, c, d, ..] = id.to_le_bytes();
        let config = Config { seed, ..Config::default() };
        Self {
            clock: Clock::start(),
            version,
            machine: gateway::Gateway::new(GatewayId([a, b, c, d]), config),
            clients: HashMap::new(),
            runner: None,
            actors: BTreeMap::new(),
            commands: Numbered::default(),
            last_event: -1,
        }
    }

    fn handle(&mut self, input: Input) {
        match input {
            Input::ClientConnected { request, path, link } => self.client_connected(request, &path, link),
            Input::Client { request, heard } => self.client_said(request, heard),
            Input::RunnerConnected { runner, init } => self.runner_connected(*runner, &init),
            Input::Runner { connection, heard } => self.runner_said(connection, heard),
        }
    }

    /// Does all that the machine has to have done, in its order, as far as the runner keeps up.
    fn act(&mut self) {
        while self.has_room() {
            let Some(output) = self.machine.poll_output() else { return };
            match output {
                Output::ToRunner { actor, message } => self.send_tunnel(&actor, message),
                // The bridge of the runner is this process: it is there as long as it has the connection.
                Output::Ping { ping, .. } if self.runner.is_some() => {
                    let pong = ToGatewayPong { request_id: ping.request_id, ts: ping.ts };
                    let _ = self.machine.handle_pong(pong, self.clock.now());
                }
                Output::Ping { .. } => {}
                Output::Accept { request } => self.accept_client(request),
                Output::ToClient { request, message } => self.send_client(request, message),
                Output::CloseClient { request, close } => self.close_client(request, &close),
                Output::Hibernating { actor } => self.hibernating(&actor),
                Output::Wake { actor, .. } => self.wake(&actor),
                // The record is that of the machine itself: it need not outlive this process, since no client does.
                Output::Keepalive { request, .. } => {
                    let _ = self.machine.handle_keepalive_stored(request, self.clock.now());
                }
                Output::Room { request } => self.client_has_room(request),
                Output::Closed { request } => drop(self.clients.remove(&request)),
            }
        }
    }

    /// Prints what has become of the clients.
    fn show(&mut self) {
        for (request, client) in &mut self.clients {
            let Some(status) = self.machine.status(*request) else { continue };
            if client.shown.replace(status) != Some(status) {
                println!("client is {status}");
            }
        }
    }
}
