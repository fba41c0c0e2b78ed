//! What an event makes of a socket that is active: the one place that decides whether it hibernates (row 10).

use crate::session::{Client, Close, CloseReason, Hibernation, ReplyIndex};

/// What can end the active phase of a socket.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Ending {
    /// The runner has sent a close.
    RunnerClosed {
        /// What it says.
        close: Close,
        /// What it asks for the client.
        client: Client,
    },
    /// The actor has stopped.
    ActorStopped,
    /// Messages do not reach the runner any more.
    RunnerUnreachable,
    /// The client has sent a close frame, or its connection has ended without one.
    ClientClosed {
        /// The frame.
        close: Option<Close>,
    },
    /// A timeout, a full buffer or a broken rule, by the reason that the client is told.
    Failed(CloseReason),
}

/// What becomes of the socket.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Decision {
    /// Nobody is told anything, and the client stays.
    Hibernate,
    /// It ends.
    Close {
        /// What the runner is told: nothing if it ended the socket itself or is gone.
        runner: Option<Close>,
        /// What the client is told: nothing if it ended the socket itself.
        client: Option<Close>,
    },
}

/// Decides what becomes of an active socket. Total, and never [`Decision::Hibernate`] where that is impossible.
#[must_use]
pub fn decide(hibernation: Hibernation, ending: Ending) -> Decision {
    let close = |runner, client| Decision::Close { runner, client };
    match (ending, hibernation) {
        (Ending::RunnerClosed { client: Client::Stays, .. }, Hibernation::Allowed)
        | (Ending::ActorStopped | Ending::RunnerUnreachable, Hibernation::Allowed) => Decision::Hibernate,
        (Ending::RunnerClosed { close: said, .. }, _) => close(None, Some(said)),
        (Ending::ActorStopped, Hibernation::Impossible) => {
            close(None, Some(CloseReason::ActorStopped.into()))
        }
        // If the message arrives after all, the runner learns that nobody is there.
        (Ending::RunnerUnreachable, Hibernation::Impossible) => {
            close(Some(CloseReason::DownstreamClosed.into()), Some(CloseReason::ServiceUnavailable.into()))
        }
        (Ending::ClientClosed { close: said }, _) => {
            close(Some(said.unwrap_or(Close { code: Some(CloseReason::Normal.code()), reason: None })), None)
        }
        (Ending::Failed(reason), _) => close(Some(CloseReason::DownstreamClosed.into()), Some(reason.into())),
    }
}

/// Whether a close of a runner refuses an open, by what it says and its place among the runner's messages.
///
/// The answer to an open has the first place. The reason has to be looked at, too: released runners count from 0 again in each
/// life, and end restored sockets under that number.
pub(super) fn is_about_an_open(close: &Close, reply: ReplyIndex) -> bool {
    reply == ReplyIndex::default() && close.known() == Some(CloseReason::ActorNotFound)
}

/// Whether a close of a runner refuses an open for the one reason that retrying cannot cure.
pub(super) fn is_final(close: &Close) -> bool {
    close.known() == Some(CloseReason::HibernationUnsupported)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn every_event_for_both_kinds_of_sockets() {
        use Hibernation::{Allowed, Impossible};
        let said = Close::new(4000, "bye");
        let normal = Close { code: Some(1000), reason: None };
        let reason = |reason: CloseReason| Some(Close::from(reason));
        let closed = |runner, client| Decision::Close { runner, client };
        let rows = vec![
            (
                Ending::RunnerClosed { close: said.clone(), client: Client::Stays },
                Decision::Hibernate,
                closed(None, Some(said.clone())),
            ),
            (
                Ending::RunnerClosed { close: said.clone(), client: Client::Leaves },
                closed(None, Some(said.clone())),
                closed(None, Some(said.clone())),
            ),
            (Ending::ActorStopped, Decision::Hibernate, closed(None, reason(CloseReason::ActorStopped))),
            (
                Ending::RunnerUnreachable,
                Decision::Hibernate,
                closed(reason(CloseReason::DownstreamClosed), reason(CloseReason::ServiceUnavailable)),
            ),
            (
                Ending::ClientClosed { close: Some(said.clone()) },
                closed(Some(said.clone()), None),
                closed(Some(said), None),
            ),
            (
                Ending::ClientClosed { close: None },
                closed(Some(normal.clone()), None),
                closed(Some(normal), None),
            ),
            (
                Ending::Failed(CloseReason::ServiceTimeout),
                closed(reason(CloseReason::DownstreamClosed), reason(CloseReason::ServiceTimeout)),
                closed(reason(CloseReason::DownstreamClosed), reason(CloseReason::ServiceTimeout)),
            ),
        ];
        for (ending, allowed, impossible) in rows {
            assert_eq!(decide(Allowed, ending.clone()), allowed, "{ending:?}");
            assert_eq!(decide(Impossible, ending.clone()), impossible, "{ending:?}");
        }
    }
}
