//! What the schemas leave open between their versions, decided once: a file for each family, step and direction.
//!
//! Going down, a value that the older version cannot hold is an error, or a recorded loss with [`Migrations::lenient`].
//! Going up, what the newer version has no place for is kept beside the message until the next one, see
//! [`Migrations::tunnel`] and [`Migrations::left_behind`]. What it has another form for and is not well formed, such as an id
//! that packs no others ([`ForeignId`]) or a number out of range ([`OutOfRange`]), is an error or a recorded loss.

mod actor;
mod runner;

use barewire::{Loss, Losses, Migrator};

pub use actor::{HibernatableWebSocket, LeftBehind, OutOfRange};
pub(crate) use runner::unpacked;
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
    ///
    /// Where that system loses or invents the index of a message, it is kept; and what it cannot send either, or sends as
    /// another message, is an error here, too: acknowledgements to version 1, pongs below version 3.
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

    /// What version 3 has no place for in the last tunnel message, if that was decoded from an older version; nothing once
    /// another message is decoded or encoded.
    #[must_use]
    pub fn tunnel(&self) -> Option<&Tunnel> {
        self.tunnel.as_ref()
    }

    /// What version 3 has no place for in the last actor, if that was decoded from an older version: the sockets that are to
    /// be closed. Nothing once another message is decoded or encoded.
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
    fn losses(&mut self) -> &mut Losses {
        &mut self.losses
    }

    fn begin(&mut self) {
        self.tunnel = None;
        self.left_behind = LeftBehind::default();
    }
}
