//! What survives the runner: the state of each actor and how far each of its sockets has come, in one file of redb.
//!
//! Values are those of the persisted actor family, behind their version: a later program reads them in its own.

use std::error::Error;
use std::path::Path;

use barewire_protocol::Migrations;
use barewire_protocol::actor::{Codec, latest};
use redb::{Database, ReadableDatabase, TableDefinition};

/// Actors by their ids.
const ACTORS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("actors");
/// Connections by the id of their actor and their own.
const CONNS: TableDefinition<'_, (&str, &str), &[u8]> = TableDefinition::new("conns");

pub(crate) type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

pub(crate) struct Store {
    database: Database,
    codec: Codec<Migrations>,
}

impl Store {
    /// Opens the file, or makes it. What a killed process has begun to write is not in it.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let database = Database::create(path)?;
        let write = database.begin_write()?;
        write.open_table(ACTORS)?;
        write.open_table(CONNS)?;
        write.commit()?;
        Ok(Self { database, codec: Codec::latest(Migrations::strict()) })
    }

    pub(crate) fn load(&mut self, actor: &str) -> Result<(Option<latest::Actor>, Vec<latest::Conn>)> {
        let read = self.database.begin_read()?;
        let stored = read.open_table(ACTORS)?.get(actor)?;
        let stored = stored.map(|octets| self.codec.decode_embedded(octets.value())).transpose()?;
        let mut conns = Vec::new();
        for entry in read.open_table(CONNS)?.range((actor, "")..)? {
            let (key, octets) = entry?;
            if key.value().0 != actor {
                break;
            }
            conns.push(self.codec.decode_embedded(octets.value())?);
        }
        Ok((stored, conns))
    }

    /// Stores the state of an actor and of the connections that have changed, all or nothing, and durably.
    pub(crate) fn save(&mut self, id: &str, actor: &latest::Actor, conns: &[latest::Conn]) -> Result<()> {
        let write = self.database.begin_write()?;
        {
            let octets = self.codec.encode_embedded(actor)?;
            write.open_table(ACTORS)?.insert(id, &octets[..])?;
            let mut table = write.open_table(CONNS)?;
            for conn in conns {
                let octets = self.codec.encode_embedded(conn)?;
                table.insert((id, &*conn.id), &octets[..])?;
            }
        }
        write.commit()?;
        Ok(())
    }

    pub(crate) fn remove(&mut self, actor: &str, conn: &str) -> Result<()> {
        let write = self.database.begin_write()?;
        write.open_table(CONNS)?.remove((actor, conn))?;
        write.commit()?;
        Ok(())
    }
}
