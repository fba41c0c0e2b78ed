//! What the engine does for the gateway: it holds the connection of the runner, and starts and stops actors.

use barewire::Str;
use barewire_protocol::Migrations;
use barewire_protocol::runner::latest::{
    ActorConfig, ActorIntent, ActorState, Command, CommandStartActor, CommandStopActor, CommandWrapper,
    Event, EventActorIntent, EventActorStateUpdate, EventWrapper, ProtocolMetadata, ToClient,
    ToClientAckEvents, ToClientInit, ToClientTunnelMessage, ToClientTunnelMessageKind, ToServer,
    ToServerInit,
};
use barewire_protocol::runner::{Codec, latest};
use barewire_protocol::session::Version;
use barewire_protocol::session::gateway::{ActorEvent, BadAck, Refused};
use futures_util::StreamExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_tungstenite::accept_hdr_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::http::StatusCode;

use crate::gateway::{Gateway, Input};
use crate::link::{Heard, Link};
use crate::random;

/// The connection of the runner.
pub(super) struct Connected {
    /// Tells it from earlier ones, of which something may still come.
    connection: u64,
    pub(super) version: Version,
    codec: Codec<Migrations>,
    link: Link,
}

#[derive(Default)]
pub(super) struct Actor {
    /// Counts its starts.
    generation: u32,
    status: Status,
}

#[derive(Clone, Copy, Default, Eq, PartialEq)]
enum Status {
    #[default]
    Asleep,
    Starting,
    Running,
    Stopping,
}

/// Takes the connections of runners.
pub(super) async fn accept(listener: TcpListener, newest: Version, inputs: mpsc::Sender<Input>) {
    while let Ok((stream, _)) = listener.accept().await {
        let inputs = inputs.clone();
        tokio::spawn(async move {
            let Some((runner, init)) = introduced(stream, newest, inputs.clone()).await else {
                return;
            };
            let _ = inputs.send(Input::RunnerConnected { runner: Box::new(runner), init }).await;
        });
    }
}

/// The runner names its version in the address, and itself in its first message.
#[expect(clippy::result_large_err, reason = "the library has it so")]
async fn introduced(
    stream: TcpStream,
    newest: Version,
    inputs: mpsc::Sender<Input>,
) -> Option<(Connected, ToServerInit)> {
    let mut asked = None;
    let agree = |request: &Request, response: Response| {
        asked = version_of(request.uri().path()).filter(|version| *version <= newest);
        match asked {
            Some(_) => Ok(response),
            None => Err(refusal(newest)),
        }
    };
    stream.set_nodelay(true).ok()?;
    let mut socket = accept_hdr_async(stream, agree).await.ok()?;
    let version = asked?;
    let mut codec = Codec::new(version.into(), Migrations::strict()).ok()?;
    let Message::Binary(frame) = socket.next().await?.ok()? else { return None };
    let Ok(ToServer::ToServerInit(init)) = codec.decode(&frame) else { return None };
    let connection = random();
    let link = Link::carry(socket, inputs, move |heard| Input::Runner { connection, heard });
    Some((Connected { connection, version, codec, link }, init))
}

fn version_of(path: &str) -> Option<Version> {
    let version: u16 = path.strip_prefix("/runners/v")?.parse().ok()?;
    Version::try_from(version).ok()
}

fn refusal(newest: Version) -> ErrorResponse {
    let mut response = ErrorResponse::new(Some(format!("the newest version is {newest}\n")));
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

impl Gateway {
    pub(super) fn runner_connected(&mut self, runner: Connected, init: &ToServerInit) {
        let version = runner.version;
        runner.link.resume();
        self.runner = Some(runner);
        match init.last_command_idx {
            Some(last) => {
                println!("runner is connected again");
                self.commands.resume_after(last);
            }
            // Another process: what the one before had running, it has not.
            None => {
                println!("runner is connected in version {version}");
                self.commands.forget();
                self.last_event = -1;
                self.actors.values_mut().for_each(|actor| actor.status = Status::Asleep);
            }
        }
        let metadata = ProtocolMetadata { runner_lost_threshold: 15_000 };
        let (runner_id, last_event_idx) = ("runner".into(), self.last_event);
        self.send(&ToClient::ToClientInit(ToClientInit { runner_id, last_event_idx, metadata }));
        self.send_commands();
        for (name, status) in self.statuses() {
            match status {
                Status::Running => self.tell(&name, ActorEvent::Ready(version)),
                Status::Asleep => self.tell(&name, ActorEvent::Stopped),
                // The runner will say so.
                Status::Starting | Status::Stopping => {}
            }
        }
    }

    /// Messages that were on their way may be lost: every socket is to send again what is not acknowledged.
    fn runner_left(&mut self) {
        println!("runner is out of reach");
        self.runner = None;
        for (name, _) in self.statuses() {
            self.tell(&name, ActorEvent::Unreachable);
        }
    }

    pub(super) fn runner_said(&mut self, connection: u64, heard: Heard) {
        let Some(runner) = self.runner.as_mut().filter(|runner| runner.connection == connection) else {
            return;
        };
        let Some(Message::Binary(frame)) = heard else { return self.runner_left() };
        runner.link.resume();
        match runner.codec.decode(&frame) {
            Ok(ToServer::ToServerTunnelMessage(message)) => {
                match self.machine.handle_tunnel(message, self.clock.now()) {
                    // It was on its way when the socket ended, or is an acknowledgement that came twice.
                    Ok(()) | Err(Refused::UnknownSocket(_) | Refused::BadAck(BadAck::Stale { .. })) => {}
                    Err(Refused::Orphan(request)) => {
                        println!("closes a socket of the runner that nobody has");
                        let close = self.machine.orphan_close(request);
                        self.send(&ToClient::ToClientTunnelMessage(close));
                    }
                    Err(refused) => println!("refuses a message of the runner: {refused}"),
                }
            }
            Ok(ToServer::ToServerEvents(events)) => self.handle_events(events),
            Ok(ToServer::ToServerAckCommands(ack)) => self.commands.acknowledged(ack.last_command_idx),
            Ok(
                ToServer::ToServerInit(_)
                | ToServer::ToServerStopping
                | ToServer::ToServerPing(_)
                | ToServer::ToServerKvRequest(_),
            ) => {}
            Err(error) => {
                println!("does not understand the runner: {error}");
                self.runner_left();
            }
        }
    }

    fn handle_events(&mut self, events: Vec<EventWrapper>) {
        for EventWrapper { index, inner } in events {
            // It may come a second time over another connection.
            if index > self.last_event {
                self.last_event = index;
                self.handle_event(inner);
            }
        }
        self.send(&ToClient::ToClientAckEvents(ToClientAckEvents { last_event_idx: self.last_event }));
    }

    fn handle_event(&mut self, event: Event) {
        match event {
            Event::EventActorIntent(EventActorIntent { actor_id, generation, intent }) => {
                let (ActorIntent::ActorIntentSleep | ActorIntent::ActorIntentStop) = intent;
                if self.enter(&actor_id, generation, Status::Stopping) {
                    self.command(Command::CommandStopActor(CommandStopActor { actor_id, generation }));
                }
            }
            Event::EventActorStateUpdate(EventActorStateUpdate { actor_id, generation, state }) => {
                let (status, event) = match state {
                    ActorState::ActorStateRunning => {
                        let version = self.runner.as_ref().map_or(self.version, |runner| runner.version);
                        (Status::Running, ActorEvent::Ready(version))
                    }
                    ActorState::ActorStateStopped(_) => (Status::Asleep, ActorEvent::Stopped),
                };
                if self.enter(&actor_id, generation, status) {
                    self.tell(&actor_id, event);
                }
            }
            Event::EventActorSetAlarm(_) => {}
        }
    }

    /// Notes what has become of a start of an actor; false if there was another start since.
    fn enter(&mut self, name: &str, generation: u32, status: Status) -> bool {
        let actor = self.actors.get_mut(name).filter(|actor| actor.generation == generation);
        actor.map(|actor| actor.status = status).is_some()
    }

    fn tell(&mut self, name: &str, event: ActorEvent) {
        self.machine.handle_actor(name, event, self.clock.now());
    }

    /// It may have become ready before the sockets hibernated.
    pub(super) fn hibernating(&mut self, name: &str) {
        if let (Some(runner), Status::Running) = (&self.runner, self.status(name)) {
            let version = runner.version;
            self.tell(name, ActorEvent::Ready(version));
        }
    }

    pub(super) fn wake(&mut self, name: &Str) {
        match self.status(name) {
            // Without a runner it starts when there is one again.
            Status::Asleep if self.runner.is_some() => self.start(name),
            Status::Asleep | Status::Starting | Status::Stopping => {}
            Status::Running => self.hibernating(name),
        }
    }

    fn start(&mut self, name: &Str) {
        let actor = self.actors.entry(name.clone()).or_default();
        actor.generation += 1;
        actor.status = Status::Starting;
        let config = ActorConfig { name: "tally".into(), key: None, create_ts: 0, input: None };
        let (actor_id, generation) = (name.clone(), actor.generation);
        let start = CommandStartActor { actor_id, generation, config, hibernating_requests: vec![] };
        self.command(Command::CommandStartActor(Box::new(start)));
    }

    fn command(&mut self, command: Command) {
        self.commands.push(command);
        self.send_commands();
    }

    fn send_commands(&mut self) {
        while self.runner.is_some()
            && let Some((index, mut inner)) = self.commands.next()
        {
            if let Command::CommandStartActor(start) = &mut inner {
                // Those that wait now, not when the command was given.
                start.hibernating_requests =
                    self.machine.hibernating_requests(&start.actor_id, self.clock.now());
            }
            self.send(&ToClient::ToClientCommands(vec![CommandWrapper { index, inner }]));
        }
    }

    pub(super) fn send_tunnel(&mut self, name: &Str, message: ToClientTunnelMessage) {
        let opens = matches!(message.message_kind, ToClientTunnelMessageKind::ToClientWebSocketOpen(_));
        if opens && self.runner.is_none() {
            return self.tell(name, ActorEvent::Unreachable);
        }
        if opens && self.status(name) == Status::Asleep {
            self.start(name);
        }
        self.send(&ToClient::ToClientTunnelMessage(message));
    }

    pub(super) fn has_room(&self) -> bool {
        self.runner.as_ref().is_none_or(|runner| runner.link.has_room())
    }

    /// Waits until the runner keeps up again.
    pub(super) async fn room(&self) {
        if let Some(runner) = &self.runner {
            runner.link.room().await;
        }
    }

    fn send(&mut self, message: &latest::ToClient) {
        let Some(runner) = &mut self.runner else { return };
        match runner.codec.encode(message) {
            Ok(frame) => {
                if runner.link.send(Message::Binary(frame)).is_err() {
                    self.runner_left();
                }
            }
            Err(error) => println!("cannot tell the runner: {error}"),
        }
    }

    fn status(&self, name: &str) -> Status {
        self.actors.get(name).map_or(Status::Asleep, |actor| actor.status)
    }

    fn statuses(&self) -> Vec<(Str, Status)> {
        self.actors.iter().map(|(name, actor)| (name.clone(), actor.status)).collect()
    }
}
