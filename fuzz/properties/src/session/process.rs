//! The process of a runner, the actor in it, and the storage that outlives both.

use std::collections::{BTreeMap, VecDeque};

use barewire_protocol::Migrations;
use barewire_protocol::actor::Codec;
use barewire_protocol::actor::latest::Conn;
use barewire_protocol::session::runner::{Config, Connection, Runner, Save, SaveTicket, Socket, Stored};
use barewire_protocol::session::{Close, SocketId};

use super::oracle::Finding;
use super::world::id;

/// Everything that is gone after a crash.
#[derive(Clone, Debug)]
pub(super) struct Process {
    pub(super) runner: Runner,
    config: Config,
    /// Messages that the actor has taken and not handled: the socket, the client, the index and the number.
    pub(super) inbox: VecDeque<(Socket, usize, u16, u32)>,
    /// The life of each client's socket, while it has one.
    pub(super) lives: Vec<Option<Socket>>,
    /// Opens that the actor has not answered.
    pub(super) opens: Vec<(usize, Socket)>,
    /// Whether the life at work, or the last one, was ended by its gateway, so that nothing may be said of it.
    pub(super) closed_by_gateway: Vec<bool>,
    pub(super) writes: VecDeque<Write>,
    pub(super) generation: u32,
    /// Whether the engine has put another runner in the place of this one.
    pub(super) is_evicted: bool,
}

/// What the storage is to do, in this order.
#[derive(Clone, Debug)]
pub(super) enum Write {
    Save {
        ticket: SaveTicket,
        sockets: Vec<Conn>,
        /// What the actor remembers, client by client.
        handled: Vec<Vec<u32>>,
    },
    Remove(SocketId),
}

/// What outlives a crash.
#[derive(Clone, Debug, Default)]
pub(super) struct Storage {
    /// Connections as octets behind their version.
    sockets: BTreeMap<SocketId, Vec<u8>>,
    pub(super) handled: Vec<Vec<u32>>,
}

impl Storage {
    pub(super) fn of(clients: usize) -> Self {
        Self { sockets: BTreeMap::new(), handled: vec![Vec::new(); clients] }
    }

    pub(super) fn apply(&mut self, write: &Write) {
        match write {
            Write::Save { sockets, handled, .. } => {
                for conn in sockets {
                    self.store(conn);
                }
                self.handled.clone_from(handled);
            }
            Write::Remove(id) => drop(self.sockets.remove(id)),
        }
    }

    pub(super) fn store(&mut self, conn: &Conn) {
        let id = SocketId { gateway: conn.gateway_id.into(), request: conn.request_id.into() };
        let octets = codec().encode_embedded(conn).expect("the newest version is spoken");
        self.sockets.insert(id, octets.to_vec());
    }

    /// What an actor that starts finds.
    pub(super) fn read(&self) -> Result<Vec<Stored>, String> {
        let mut codec = codec();
        let read = |octets: &Vec<u8>| match codec.decode_embedded::<Conn>(octets) {
            Ok(conn) => Ok(Stored::from(&conn)),
            Err(error) => Err(format!("what is stored: {error}")),
        };
        self.sockets.values().map(read).collect()
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = SocketId> {
        self.sockets.keys().copied()
    }
}

fn codec() -> Codec<Migrations> {
    Codec::new(3, Migrations::strict()).expect("a version that there is")
}

impl Process {
    pub(super) fn new(config: Config, clients: usize) -> Self {
        Self {
            runner: Runner::new(config.clone()),
            config,
            inbox: VecDeque::new(),
            lives: vec![None; clients],
            opens: Vec::new(),
            closed_by_gateway: vec![false; clients],
            writes: VecDeque::new(),
            generation: 0,
            is_evicted: false,
        }
    }

    /// Writes a save down as it is at this moment.
    pub(super) fn begin(&mut self, save: Save, handled: Vec<Vec<u32>>) {
        let Save { ticket, sockets } = save;
        let connection =
            |number: usize| Connection { id: number.to_string().into(), ..Connection::default() };
        let sockets =
            sockets.into_iter().enumerate().map(|(number, saved)| saved.into_conn(connection(number)));
        let sockets = sockets.collect();
        self.writes.push_back(Write::Save { ticket, sockets, handled });
    }

    pub(super) fn is_saving(&self) -> bool {
        self.writes.iter().any(|write| matches!(write, Write::Save { .. }))
    }

    /// Everything that the runner holds is within its bounds.
    pub(super) fn within_bounds(&self, clients: usize) -> Finding {
        let Self { runner, config, .. } = self;
        for client in 0..clients {
            let (count, bytes) = runner.held(id(client));
            if count > config.held || bytes > config.held_bytes {
                return Err(format!("{count} messages, {bytes} octets held for client {client}: {config:?}"));
            }
        }
        let (count, bytes) = runner.outbound();
        // Beyond the bound there are a close and an acknowledgement for each socket.
        if count > config.outbound + 2 * clients
            || bytes > config.outbound_bytes + clients * Close::MAX_REASON
        {
            return Err(format!("{count} messages, {bytes} octets wait for the link: {config:?}"));
        }
        // What is restored is counted and not refused.
        let restored = clients * 128;
        if runner.total_held() > config.total_held_bytes + restored {
            return Err(format!("{} octets held for all: {config:?}", runner.total_held()));
        }
        if runner.len() > clients {
            return Err(format!("{} sockets of {clients} clients", runner.len()));
        }
        Ok(())
    }
}
