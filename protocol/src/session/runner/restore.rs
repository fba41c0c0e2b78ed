//! What an actor that starts does with the sockets it had: those that wait for it, against those that it has stored (row 16).

use alloc::collections::BTreeMap;
use alloc::collections::btree_map::Entry;
use alloc::vec::Vec;

use barewire::{Map, Str};

use crate::actor::latest::Conn;
use crate::migrations::{HibernatableWebSocket, unpacked};
use crate::session::{MessageIndex, Relation, ReplyIndex, SocketId, StoredIndex};

/// A socket as it was stored.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stored {
    /// The socket.
    pub id: SocketId,
    /// The last message that was handled.
    pub index: StoredIndex,
    /// The index of the next message to the gateway.
    pub reply: ReplyIndex,
    /// The target of the request that opened it.
    pub path: Str,
    /// The header fields of that request.
    pub headers: Map<Str, Str>,
}

impl From<&Conn> for Stored {
    fn from(conn: &Conn) -> Self {
        Self {
            id: SocketId { gateway: conn.gateway_id.into(), request: conn.request_id.into() },
            index: StoredIndex::Index(conn.server_message_index.into()),
            reply: conn.client_message_index.into(),
            path: conn.request_path.clone(),
            headers: conn.request_headers.clone(),
        }
    }
}

impl Stored {
    /// A socket that version 2 has stored; nothing if its id is one that no gateway of version 3 can list.
    ///
    /// Version 2 stores neither the path nor the header fields, and counts no messages to the gateway.
    #[must_use]
    pub fn from_v2(socket: &HibernatableWebSocket) -> Option<Self> {
        let packed = <&[u8; 16]>::try_from(&*socket.request_id).ok()?;
        let (gateway, request) = unpacked(packed)?;
        Some(Self {
            id: SocketId { gateway: gateway.into(), request: request.into() },
            index: socket.index.into(),
            reply: ReplyIndex::default(),
            path: Str::default(),
            headers: Map::default(),
        })
    }

    fn is_before(&self, other: &Self) -> bool {
        let (own, other): (MessageIndex, MessageIndex) = (self.index.baseline(), other.index.baseline());
        matches!(own.relation_to(other), Relation::Before(_))
    }
}

/// Every socket of either side, once, each list in the order of the ids.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Restore {
    /// Its client waits and it is stored: it goes on behind its stored index.
    pub restored: Vec<Stored>,
    /// Its client waits and nothing is stored of it: the gateway is told `ws.meta_not_found_during_restore`.
    pub zombies: Vec<SocketId>,
    /// It is stored and its client is gone: the actor is told `ws.stale_metadata`, and the gateway nothing.
    pub stale: Vec<Stored>,
    /// Those that stood more than once on one side. Of two that are stored, the one with the lower index counts: what is
    /// handled twice is better than what is handled never.
    pub duplicates: Vec<SocketId>,
}

/// Compares both sides. Costs a logarithm for each socket.
#[must_use]
pub fn restore(
    live: impl IntoIterator<Item = SocketId>,
    stored: impl IntoIterator<Item = Stored>,
) -> Restore {
    let mut restore = Restore::default();
    let mut by_id: BTreeMap<SocketId, (bool, Option<Stored>)> = BTreeMap::new();
    for id in live {
        match by_id.entry(id) {
            Entry::Vacant(vacant) => drop(vacant.insert((true, None))),
            Entry::Occupied(_) => restore.duplicates.push(id),
        }
    }
    for stored in stored {
        let (_, held) = by_id.entry(stored.id).or_insert((false, None));
        if held.is_some() {
            restore.duplicates.push(stored.id);
        }
        if held.as_ref().is_none_or(|held| stored.is_before(held)) {
            *held = Some(stored);
        }
    }
    for (id, both) in by_id {
        match both {
            (true, Some(stored)) => restore.restored.push(stored),
            (true, None) => restore.zombies.push(id),
            (false, Some(stored)) => restore.stale.push(stored),
            (false, None) => {}
        }
    }
    restore.duplicates.sort_unstable();
    restore.duplicates.dedup();
    restore
}
