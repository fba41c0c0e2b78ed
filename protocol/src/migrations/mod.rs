//! What the schemas leave open between their versions, decided once: a file for each family, step and direction.
//!
//! Going down, a value that the older version cannot hold is an error, or a recorded loss with [`Migrations::lenient`].
//! Going up, nothing is lost: what the newer version has no place for is kept beside the message until the next one,
//! see [`Migrations::tunnel`] and [`Migrations::left_behind`].

mod actor;
mod runner;

use barewire::{Loss, Losses, Migrator};

pub use actor::{HibernatableWebSocket, LeftBehind, OutOfRange};
pub use runner::{ForeignId, Tunnel};

/// The migrations of both families, with what they kept and lost of the last message.
///
/// ```
/// use barewire_protocol::Migrations;
/// use barewire_protocol::runner::{Codec, latest::ToServer};
///
/// let mut codec = Codec::new(2, Migrations::strict())?;
/// let message: ToServer = codec.decode(&[4, 0, 0, 0, 0, 0, 0, 0, 0])?;
/// assert_eq!(codec.encode(&message)?, [4, 0, 0, 0, 0, 0, 0, 0, 0][..]);
/// # Ok::<(), barewire::CodecError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Migrations {
    losses: Losses,
    /// The index that belongs to the tunnel message at work: the one in its ids until its content knows better.
    index: u16,
    tunnel: Option<Tunnel>,
    left_behind: LeftBehind,
}

impl Migrations {
    /// A value that has no place in another version is an error, with the path to it.
    #[must_use]
    pub fn strict() -> Self {
        Self::with(Losses::refused())
    }

    /// Values without a place are dropped or altered as the deployed system does; [`Migrations::lost`] names each of them.
    #[must_use]
    pub fn lenient() -> Self {
        Self::with(Losses::recorded())
    }

    fn with(losses: Losses) -> Self {
        Self { losses, index: 0, tunnel: None, left_behind: LeftBehind::default() }
    }

    /// What the last message lost; always empty if losses are errors.
    #[must_use]
    pub fn lost(&self) -> &[Loss] {
        self.losses.as_slice()
    }

    /// What version 3 has no place for in the last tunnel message, if that came from an older version.
    #[must_use]
    pub fn tunnel(&self) -> Option<&Tunnel> {
        self.tunnel.as_ref()
    }

    /// What version 3 has no place for in the last actor: the sockets that are to be closed.
    #[must_use]
    pub fn left_behind(&self) -> &LeftBehind {
        &self.left_behind
    }
}

impl Default for Migrations {
    /// [`Migrations::strict`].
    fn default() -> Self {
        Self::strict()
    }
}

impl Migrator for Migrations {
    fn begin(&mut self) {
        self.losses.clear();
        self.tunnel = None;
        self.left_behind = LeftBehind::default();
    }

    fn losses(&mut self) -> Option<&mut Losses> {
        Some(&mut self.losses)
    }
}
