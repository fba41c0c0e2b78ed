//! Sessions: a client's WebSocket survives while its actor sleeps, moves or dies, and no message is lost or reordered unseen.
//!
//! Two machines without I/O, after the fashion of quinn-proto: [`Gateway`](gateway::Gateway) holds the sockets of clients,
//! [`Runner`](runner::Runner) those of the actors that it hosts. Inputs go in with the time at hand, outputs are polled;
//! neither asks a clock, draws a number or takes a lock, and the same inputs give the same outputs. They speak the types of
//! [`runner::latest`](crate::runner::latest), which [`runner::Codec`](crate::runner::Codec) carries to older peers.
//!
//! The numbers of rows are those of the behaviour reference of the deployed system; [`rules`] says of each what holds here.
//!
//! # The life of a socket
//!
//! ```text
//!  client           Gateway                                                       Runner            actor
//!    │  connect        │ Opening          open, index 0 ─────────────────────────▶ │ Opening ──Open──▶ │
//!    │                 │                                          begin_save() ──▶ │ Storing ◀accept() │
//!    │◀──── Accept ────│ Active  ◀─ answer: can hibernate ─────── commit_save() ──▶ │ Open              │ ◀┐
//!    │── message ─────▶│ window  [1]      message, index 1 ──────────────────────▶ │ received ─Message▶│  │
//!    │                 │                                                           │ handled ◀handled()│  │
//!    │                 │                                          begin_save() ──▶ │ ··· storage ···   │  │
//!    │                 │ window  []  ◀─── ack 1 ──────────────── commit_save() ──▶ │ durable           │  │
//!    │                 │                                                           │ ◀─ stop_actor() ─ │  │
//!    │                 │ Hibernating ◀── the actor has stopped ───────────────────                        │
//!    │── message ─────▶│ Waking, window [2], Wake ──▶ the caller starts the actor, listing the socket:    │
//!    │                 │                                     start_actor() ──────▶ │ Restoring         │  │
//!    │                 │                         actor_started(what is stored) ──▶ │ Open  ──Restored─▶│ ─┘
//!    │                 │ Active  ◀── the actor is ready                            │                   │
//!    │                 │ window  [2]      message, index 2, once more ───────────▶ │ next, or dropped  │
//!    │── close ───────▶│ gone             close, index 3 ────────────────────────▶ │ gone  ──Closed──▶ │
//! ```
//!
//! ```text
//!             ┌──────────────── refused or unanswered: again, three times at most
//!             ▼                │
//!  connect ─▶ Opening ─────────┴─ answer ─▶ Active ◀──────────── Ready ───────────────┐
//!                │                          │  ▲ │                                     │
//!                │      the actor stops or  │  │ └─ the actor stops or is out of ──▶ Waking ◀─┐ stops again:
//!                │      is out of reach and │  │    reach, and something waits          ▲  └──┘ 16 times
//!                │      nothing waits       ▼  │                                        │       at most
//!                │                   Hibernating ──── message or close of the client ───┘
//!                │                          │                                           │
//!                └─ gives up ───────────────┴── close of either side, timeout, fault ───┴─▶ gone
//! ```
//!
//! **Opening.** The gateway asks, and asks again under the same index if it has no answer ([row 13](rules#row-13)); the runner
//! takes the index of the open for the one that the first message follows ([row 1](rules#row-1)). Whether the
//! socket can hibernate is said here, once; with a peer below [`Version::V3`] it cannot, which is said here, too. A client is
//! accepted when its socket is stored, so that a crash leaves an open that is tried again or a socket that is restored.
//!
//! **Active.** A message of the client gets its index when it is taken into the window, whose bytes and count are bounded
//! ([row 7](rules#row-7)). The runner delivers the next message, drops what came before, and ends the socket where one is
//! missing ([row 3](rules#row-3)). What the actor has handled goes into the next save, and what storage has confirmed is
//! acknowledged, nothing earlier ([row 6](rules#row-6), [row 18](rules#row-18)). The gateway forgets what is acknowledged, and
//! ends the socket when the oldest message has been with its runner for more than 30 s ([row 9](rules#row-9)) or the bridge
//! is silent for so long ([row 20](rules#row-20)).
//!
//! **Hibernating.** One function decides, from the kind of the socket and the event alone ([row 10](rules#row-10)). Nothing of
//! the window is touched; if something waits in it, the actor is woken at once, for all its sockets together and not for ever
//! ([row 11](rules#row-11)). The record by which the next life of the actor learns of the socket is renewed every 45 s, and
//! counts for 90 s ([row 12](rules#row-12)).
//!
//! **Waking.** The actor starts with the list of those that wait and finds what it has stored; sockets that stand on one side
//! only end ([row 16](rules#row-16)). When it is ready, the gateway sends its window again, the oldest first, with fresh timers
//! ([row 8](rules#row-8)). The runner drops what it knows, and acknowledges again what is stored of that. If all that
//! waits is acknowledged before, by the life that has ended, the socket hibernates again.
//!
//! **The end.** Each side is told at most once, and never the one that ended it ([row 14](rules#row-14)); what is stored is
//! removed with the socket, unless the actor only sleeps ([row 17](rules#row-17)).
//!
//! # What is guaranteed, and what is not
//!
//! A message that the gateway has taken is handled at least once, in order, or the client sees its socket end. It is handled
//! twice only if a crash fell between its handling and its storage, and never twice in one life of the socket. Nothing is
//! acknowledged before it is durable.
//!
//! Messages *to* the client have no acknowledgement in this protocol: what is on its way when a link breaks is lost, and the
//! queue of the runner only keeps what was said while it knew that the link was down ([row 19](rules#row-19)). A socket that
//! cannot hibernate ends with its actor and its link.
//!
//! Nothing that a peer sends panics. What a socket holds is bounded: see [`gateway::Config`] and [`runner::Config`] for each bound
//! and what happens there.

mod close;
pub mod gateway;
mod hibernation;
mod id;
mod index;
mod pieces;
mod queue;
pub mod runner;
mod table;
mod time;
mod timers;
mod version;

pub mod rules {
    #![doc = include_str!("rules.md")]
}

pub use close::{Client, Close, CloseReason};
pub use hibernation::Hibernation;
pub use id::{GatewayId, RequestId, SocketId};
pub use index::{InvalidStoredIndex, MessageIndex, Relation, ReplyIndex, StoredIndex};
pub use time::Instant;
pub use version::{CannotHibernate, UnknownVersion, Version};
