//! What the client does: its messages and its end (rows 7, 10 and 11).

use alloc::boxed::Box;

use crate::session::gateway::decision::{self, Ending};
use crate::session::gateway::socket::{Active, Cx, Opening, Room, Socket, State};
use crate::session::gateway::window::{NoRoom, Window};
use crate::session::gateway::{ClientMessage, CommandError, MessageError};
use crate::session::{Close, Hibernation, MessageIndex};

impl Socket {
    /// A message of the client (row 7). It wakes the actor of a socket that hibernates.
    pub(in crate::session::gateway) fn handle_client_message(
        &mut self,
        message: ClientMessage,
        cx: &mut Cx<'_>,
    ) -> Result<MessageIndex, MessageError> {
        let status = self.status();
        let limits = &cx.config.window;
        // The message shares its octets, so that it can be given back.
        let given = message.clone();
        let pushed = match &mut self.state {
            State::Active(active) => active.window.push(message, limits, cx.now),
            State::Waking(waking) if waking.left.is_none() => waking.window.push(message, limits, cx.now),
            State::Hibernating(next) => {
                let mut window = Window::new(*next);
                let pushed = window.push(message, limits, cx.now);
                if pushed.is_ok() {
                    self.wake(window, None, cx);
                }
                pushed
            }
            State::Opening(_) | State::Waking(_) | State::Draining(_) | State::Over => {
                return Err(CommandError::WrongState { status }.into());
            }
        };
        if pushed == Err(NoRoom::Yet) && self.room == Room::NotWanted {
            self.room = Room::Wanted;
        }
        self.queue(cx);
        pushed.map_err(|no_room| match no_room {
            NoRoom::Yet => MessageError::NoRoom(given),
            NoRoom::Ever => MessageError::TooLarge(given),
        })
    }

    /// A message that comes while outputs have to be taken.
    pub(in crate::session::gateway) fn refuse_client_message(
        &mut self,
        message: ClientMessage,
        cx: &mut Cx<'_>,
    ) -> Result<MessageIndex, MessageError> {
        match &self.state {
            State::Active(_) | State::Hibernating(_) => {}
            State::Waking(waking) if waking.left.is_none() => {}
            State::Opening(_) | State::Waking(_) | State::Draining(_) | State::Over => {
                return Err(CommandError::WrongState { status: self.status() }.into());
            }
        }
        self.queue_room(cx);
        Err(MessageError::Full(message))
    }

    /// The client has sent a close frame, or is gone without one (rows 10 and 11).
    pub(in crate::session::gateway) fn handle_client_close(
        &mut self,
        close: Option<Close>,
        cx: &mut Cx<'_>,
    ) -> Result<(), CommandError> {
        let status = self.status();
        match &mut self.state {
            State::Opening(_) => {
                let decision = decision::decide(Hibernation::Impossible, Ending::ClientClosed { close });
                self.end(Opening::NEXT, decision, cx);
            }
            State::Active(_) => self.client_left(close, cx),
            // The runner has to learn of it, and learns it from the actor's next life.
            State::Hibernating(next) => {
                let window = Window::new(*next);
                self.wake(window, Some(close), cx);
            }
            State::Waking(waking) if waking.left.is_none() => waking.left = Some(close),
            State::Waking(_) | State::Draining(_) | State::Over => {
                return Err(CommandError::WrongState { status });
            }
        }
        Ok(())
    }

    /// Sends what the client had sent, and then its close.
    pub(super) fn client_left(&mut self, close: Option<Close>, cx: &mut Cx<'_>) {
        let state = core::mem::replace(&mut self.state, State::Over);
        let State::Active(active) = state else {
            self.state = state;
            return;
        };
        let Active { hibernation, window, .. } = *active;
        let index = window.next_index();
        // What was sent and not acknowledged is not sent again: there is nobody left to do it for.
        if window.has_unsent() {
            self.state = State::Draining(Box::new(window));
            self.queue(cx);
        }
        let decision = decision::decide(hibernation, Ending::ClientClosed { close });
        cx.say(self.request, index, decision);
    }
}
