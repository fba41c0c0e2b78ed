//! What becomes of a socket when its actor stops and runs again (rows 8, 10 and 11).

use alloc::boxed::Box;

use crate::session::gateway::decision::{self, Decision, Ending};
use crate::session::gateway::socket::timeout::Attempt;
use crate::session::gateway::socket::{Active, Cx, Phase, Socket, State, Waking};
use crate::session::gateway::window::Window;
use crate::session::{Close, CloseReason, Hibernation, MessageIndex, Version};

impl Socket {
    /// What the caller knows of the actor: it has stopped, or its runner is out of reach. `stops` is 1 if it was to wake.
    pub(in crate::session::gateway) fn actor_gone(&mut self, ending: Ending, stops: u8, cx: &mut Cx<'_>) {
        match &mut self.state {
            State::Opening(opening) => match opening.phase {
                Phase::Asked(_) => {
                    let out_of_reach = ending == Ending::RunnerUnreachable;
                    let attempt = if out_of_reach { Attempt::Unreachable } else { Attempt::Stopped };
                    self.attempt_failed(attempt, cx);
                }
                Phase::Backoff(until) | Phase::Gone(until) => opening.phase = Phase::Gone(until),
            },
            State::Active(_) => self.active_ended(ending, cx),
            State::Waking(waking) => {
                if stops > cx.config.wakes.saturating_sub(waking.stops) {
                    return self.fail(CloseReason::ServiceUnavailable, cx);
                }
                waking.stops += stops;
                cx.wake_actor();
            }
            State::Hibernating(_) | State::Draining(_) | State::Over => {}
        }
    }

    /// The actor runs, on a runner of this version: all that waits is sent to it again, from the oldest on (row 8).
    ///
    /// An active socket is taken for one whose runner has been replaced: what the runner has already is dropped there.
    pub(in crate::session::gateway) fn actor_ready(&mut self, version: Version, cx: &mut Cx<'_>) {
        let woken_by_it = match &mut self.state {
            State::Opening(opening) => {
                opening.version = version;
                return;
            }
            State::Waking(waking) => !waking.window.is_empty(),
            // An active socket does not wake anybody, however often its actor is said to be ready.
            State::Active(active) if active.hibernation == Hibernation::Allowed => false,
            State::Hibernating(_) => false,
            State::Active(_) | State::Draining(_) | State::Over => return,
        };
        if version.can_hibernate().is_err() {
            return self.fail(CloseReason::HibernationUnsupported, cx);
        }
        if woken_by_it && self.fruitless >= cx.config.wakes {
            return self.fail(CloseReason::ServiceTimeout, cx);
        }
        self.fruitless += u8::from(woken_by_it);
        let (window, left) = match core::mem::replace(&mut self.state, State::Over) {
            State::Active(active) => (active.window, None),
            State::Hibernating(next) => (Window::new(next), None),
            State::Waking(waking) => (waking.window, waking.left),
            state @ (State::Opening(_) | State::Draining(_) | State::Over) => {
                self.state = state;
                return;
            }
        };
        self.activate(Hibernation::Allowed, window, cx);
        if let Some(close) = left {
            self.client_left(close, cx);
        }
    }

    pub(super) fn active_ended(&mut self, ending: Ending, cx: &mut Cx<'_>) {
        let state = core::mem::replace(&mut self.state, State::Over);
        let State::Active(active) = state else {
            self.state = state;
            return;
        };
        let Active { hibernation, window, .. } = *active;
        match decision::decide(hibernation, ending) {
            decision @ Decision::Close { .. } => cx.say(self.request, window.next_index(), decision),
            Decision::Hibernate if window.is_empty() => self.hibernate(window.next_index(), cx),
            Decision::Hibernate => self.wake(window, None, cx),
        }
    }

    pub(super) fn hibernate(&mut self, next: MessageIndex, cx: &mut Cx<'_>) {
        self.state = State::Hibernating(next);
        cx.hibernates();
    }

    pub(super) fn wake(&mut self, window: Window, left: Option<Option<Close>>, cx: &mut Cx<'_>) {
        let deadline = cx.now.past(cx.config.wake_timeout);
        let waking = Waking { window, deadline, stops: 0, left };
        self.state = State::Waking(Box::new(waking));
        cx.wake_actor();
    }
}
