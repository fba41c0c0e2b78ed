//! The connection to the engine: how it is made, what comes over it, and what is sent.

use std::time::Duration;

use barewire_protocol::Migrations;
use barewire_protocol::runner::Codec;
use barewire_protocol::runner::latest::{
    Command, CommandStopActor, CommandWrapper, EventWrapper, ToClient, ToClientInit, ToClientTunnelMessage,
    ToServer, ToServerAckCommands, ToServerInit,
};
use barewire_protocol::session::Version;
use barewire_protocol::session::runner::{Refused, StartActor};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::link::{Heard, Link};
use crate::random;
use crate::runner::{Input, Runner};

/// The wait between two attempts to connect.
const RETRY: Duration = Duration::from_millis(50);
/// How long an engine may take to answer the first message.
const INIT_TIMEOUT: Duration = Duration::from_secs(5);

pub(super) struct Connected {
    /// Tells it from earlier ones, of which something may still come.
    connection: u64,
    pub(super) version: Version,
    codec: Codec<Migrations>,
    link: Link,
}

/// How to connect to the engine.
#[derive(Clone)]
pub(super) struct Dial {
    port: u16,
    version: Version,
    inputs: mpsc::Sender<Input>,
}

impl Dial {
    pub(super) fn new(port: u16, newest: Version, inputs: mpsc::Sender<Input>) -> Self {
        Self { port, version: newest, inputs }
    }

    /// Connects, whatever time that takes, in the newest version that both speak.
    pub(super) async fn connect(&mut self, last_command: Option<i64>) -> (Connected, ToClientInit) {
        loop {
            match timeout(INIT_TIMEOUT, self.attempt(last_command)).await {
                Ok(Ok(Some(connected))) => return connected,
                Ok(Err(Error::Http(_))) if self.version > Version::V1 => {
                    let older = u16::from(self.version) - 1;
                    self.version = Version::try_from(older).expect("1 or 2");
                }
                Ok(Ok(None) | Err(_)) | Err(_) => sleep(RETRY).await,
            }
        }
    }

    async fn attempt(&self, last_command: Option<i64>) -> Result<Option<(Connected, ToClientInit)>, Error> {
        let Self { port, version, ref inputs } = *self;
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let address = format!("ws://127.0.0.1:{port}/runners/v{version}");
        let (mut socket, _) = client_async(address, stream).await?;
        let mut codec = Codec::new(version.into(), Migrations::strict()).expect("a version that there is");
        let init = ToServer::ToServerInit(ToServerInit {
            name: "example".into(),
            version: 1,
            total_slots: 16,
            last_command_idx: last_command,
            prepopulate_actor_names: None,
            metadata: None,
        });
        let Ok(init) = codec.encode(&init) else { return Ok(None) };
        socket.send(Message::Binary(init)).await?;
        let Some(Message::Binary(frame)) = socket.next().await.transpose()? else { return Ok(None) };
        let Ok(ToClient::ToClientInit(init)) = codec.decode(&frame) else { return Ok(None) };
        let connection = random();
        let link = Link::carry(socket, inputs.clone(), move |heard| Input::Engine { connection, heard });
        Ok(Some((Connected { connection, version, codec, link }, init)))
    }
}

impl Runner {
    pub(super) fn connected(&mut self, connected: Connected, init: &ToClientInit) {
        if let Err(error) = self.machine.connected(init, self.clock.now()) {
            println!("cannot connect: {error}");
            return;
        }
        self.engine = Some(connected);
        self.events.resume_after(init.last_event_idx);
    }

    /// The connection is gone. The machine keeps what is to be sent until there is another.
    fn disconnected(&mut self) {
        println!("engine is out of reach");
        self.engine = None;
        // Its gateway sends it again, as all that is not acknowledged.
        self.unread = None;
        let _ = self.machine.disconnected(self.clock.now());
        let (mut dial, last_command) = (self.dial.clone(), self.last_command);
        tokio::spawn(async move {
            let (connected, init) = dial.connect(last_command).await;
            let _ = dial.inputs.send(Input::Connected(Box::new(connected), init)).await;
        });
    }

    pub(super) fn engine_said(&mut self, connection: u64, heard: Heard) {
        let Some(engine) = self.engine.as_mut().filter(|engine| engine.connection == connection) else {
            return;
        };
        let Some(Message::Binary(frame)) = heard else { return self.disconnected() };
        match engine.codec.decode(&frame) {
            Ok(ToClient::ToClientTunnelMessage(message)) => {
                if self.machine.is_full() {
                    self.unread = Some(message);
                } else {
                    self.tunnel_said(message);
                }
            }
            Ok(ToClient::ToClientCommands(commands)) => self.handle_commands(commands),
            Ok(ToClient::ToClientAckEvents(ack)) => self.events.acknowledged(ack.last_event_idx),
            Ok(ToClient::ToClientClose) => {
                let _ = self.machine.evicted(self.clock.now());
            }
            Ok(ToClient::ToClientInit(_) | ToClient::ToClientKvResponse(_)) => {}
            Err(error) => {
                println!("does not understand the engine: {error}");
                self.disconnected();
            }
        }
    }

    pub(super) fn tunnel_said(&mut self, message: ToClientTunnelMessage) {
        match self.machine.handle_tunnel(message, self.clock.now()) {
            Ok(()) => {}
            Err(Refused::Duplicate { index }) => println!("drops {}", index.get()),
            // It comes again to the next life of the actor, unless its socket has ended.
            Err(Refused::Stopping | Refused::UnknownSocket(_)) => {}
            Err(refused) => println!("refuses a message: {refused}"),
        }
    }

    fn handle_commands(&mut self, commands: Vec<CommandWrapper>) {
        for CommandWrapper { index, inner } in commands {
            // It may come a second time over another connection.
            if self.last_command.is_some_and(|last| index <= last) {
                continue;
            }
            self.last_command = Some(index);
            match inner {
                Command::CommandStartActor(start) => self.start(StartActor::from(&*start)),
                Command::CommandStopActor(CommandStopActor { actor_id, generation }) => {
                    self.stop(&actor_id, generation);
                }
            }
        }
        if let Some(last_command_idx) = self.last_command {
            self.send(&ToServer::ToServerAckCommands(ToServerAckCommands { last_command_idx }));
        }
    }

    pub(super) fn has_room(&self) -> bool {
        self.engine.as_ref().is_none_or(|engine| engine.link.has_room())
    }

    /// Waits until the engine keeps up again.
    pub(super) async fn room(&self) {
        if let Some(engine) = &self.engine {
            engine.link.room().await;
        }
    }

    pub(super) fn read_on(&self) {
        if let Some(engine) = &self.engine {
            engine.link.resume();
        }
    }

    pub(super) fn send_events(&mut self) {
        while self.engine.is_some()
            && let Some((index, inner)) = self.events.next()
        {
            self.send(&ToServer::ToServerEvents(vec![EventWrapper { index, inner }]));
        }
    }

    pub(super) fn send(&mut self, message: &ToServer) {
        let Some(engine) = &mut self.engine else { return };
        match engine.codec.encode(message) {
            Ok(frame) => {
                if engine.link.send(Message::Binary(frame)).is_err() {
                    self.disconnected();
                }
            }
            Err(error) => println!("cannot tell the engine: {error}"),
        }
    }
}
