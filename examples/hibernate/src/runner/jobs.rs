//! Storage as a thread that does one job after another: what is saved or removed later is stored later.

use std::sync::mpsc::{Sender, channel};
use std::thread;

use barewire::Str;
use barewire_protocol::actor::latest::{Actor, Conn};
use barewire_protocol::session::runner::SaveTicket;
use tokio::sync::mpsc;

use crate::runner::Input;
use crate::runner::store::{Result, Store};

pub(super) enum Job {
    Load { actor: Str, generation: u32 },
    Save { actor: Str, ticket: SaveTicket, count: u32, state: Actor, conns: Vec<Conn> },
    Remove { actor: Str, conn: String },
}

pub(super) enum Done {
    Loaded { actor: Str, generation: u32, stored: Result<(Option<Actor>, Vec<Conn>)> },
    Saved { actor: Str, ticket: SaveTicket, count: u32, result: Result<()> },
    Removed { conn: String, result: Result<()> },
}

pub(super) fn start(mut store: Store, inputs: mpsc::Sender<Input>) -> Sender<Job> {
    let (jobs, queue) = channel();
    thread::spawn(move || {
        for job in queue {
            let done = match job {
                Job::Load { actor, generation } => {
                    let stored = store.load(&actor);
                    Done::Loaded { actor, generation, stored }
                }
                Job::Save { actor, ticket, count, state, conns } => {
                    let result = store.save(&actor, &state, &conns);
                    Done::Saved { actor, ticket, count, result }
                }
                Job::Remove { actor, conn } => {
                    let result = store.remove(&actor, &conn);
                    Done::Removed { conn, result }
                }
            };
            if inputs.blocking_send(Input::Storage(done)).is_err() {
                return;
            }
        }
    });
    jobs
}
