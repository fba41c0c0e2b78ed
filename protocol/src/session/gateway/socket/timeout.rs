//! What time brings: retries of the open, timeouts, pings and keepalives (rows 9, 12, 13 and 20).

use core::time::Duration;

use crate::runner::latest::{ToClientTunnelMessageKind, ToClientWebSocketOpen, ToRunnerPing};
use crate::session::gateway::decision::Decision;
use crate::session::gateway::output::Output;
use crate::session::gateway::socket::{Active, Cx, Opening, Phase, Socket, State};
use crate::session::gateway::{CommandError, Config};
use crate::session::{CloseReason, Hibernation, Instant};

impl Socket {
    /// The earliest moment at which something is due (rows 9, 12, 13 and 20).
    pub(in crate::session::gateway) fn deadline(&self, config: &Config) -> Option<Instant> {
        let keepalive =
            self.recorded().map(|stored| self.keepalive.due.min(stored.past(config.keepalive_timeout)));
        let own = match &self.state {
            State::Opening(opening) => match opening.phase {
                Phase::Asked(until) | Phase::Backoff(until) | Phase::Gone(until) => Some(until),
            },
            State::Active(active) => {
                let unacknowledged = active.acknowledged_by(config);
                Some(unacknowledged.map_or(active.ping_due, |until| until.min(active.ping_due)))
            }
            State::Waking(waking) => Some(waking.deadline),
            State::Hibernating(_) | State::Draining(_) | State::Over => None,
        };
        [own, keepalive].into_iter().flatten().min()
    }

    pub(in crate::session::gateway) fn handle_timeout(&mut self, cx: &mut Cx<'_>) {
        if let Some(stored) = self.recorded() {
            if cx.now >= stored.past(cx.config.keepalive_timeout) {
                return self.fail(CloseReason::ServiceTimeout, cx);
            }
            if cx.now >= self.keepalive.due {
                self.ask_for_keepalive(cx);
            }
        }
        match &mut self.state {
            State::Opening(opening) => match opening.phase {
                Phase::Asked(until) if cx.now >= until => self.attempt_failed(Attempt::Unanswered, cx),
                Phase::Backoff(until) | Phase::Gone(until) if cx.now >= until => self.ask(cx),
                Phase::Asked(_) | Phase::Backoff(_) | Phase::Gone(_) => {}
            },
            State::Active(active) => {
                let overdue = active.acknowledged_by(cx.config).is_some_and(|until| cx.now >= until);
                let ping = cx.now >= active.ping_due;
                if overdue || ping && cx.now >= active.pong.past(cx.config.pong_timeout) {
                    return self.fail(CloseReason::ServiceTimeout, cx);
                }
                if ping {
                    active.ping_due = cx.in_at_least_a_moment(cx.config.ping_interval);
                    let ts = i64::try_from(cx.now.as_millis()).unwrap_or(i64::MAX);
                    let ping = ToRunnerPing { gateway_id: cx.gateway.0, request_id: self.request.0, ts };
                    cx.output(Output::Ping { actor: cx.actor.id.clone(), ping });
                }
            }
            State::Waking(waking) if cx.now >= waking.deadline => {
                self.fail(CloseReason::ServiceUnavailable, cx);
            }
            State::Waking(_) | State::Hibernating(_) | State::Draining(_) | State::Over => {}
        }
    }

    /// Sends the open, for the first time or again (rows 1 and 13).
    pub(in crate::session::gateway) fn ask(&mut self, cx: &mut Cx<'_>) {
        let State::Opening(opening) = &mut self.state else { return };
        let (path, headers) = (opening.path.clone(), opening.headers.clone());
        opening.phase = Phase::Asked(cx.now.past(cx.config.open_timeout));
        let open = ToClientWebSocketOpen { actor_id: cx.actor.id.clone(), path, headers };
        cx.tell_runner(self.request, Opening::INDEX, ToClientTunnelMessageKind::ToClientWebSocketOpen(open));
    }

    pub(super) fn attempt_failed(&mut self, attempt: Attempt, cx: &mut Cx<'_>) {
        let State::Opening(opening) = &mut self.state else { return };
        if opening.retries < cx.config.open_retries {
            let wait = cx.config.open_backoff.saturating_mul(1 << opening.retries.min(16));
            opening.retries += 1;
            let until = cx.now.after(wait);
            opening.phase = match attempt {
                Attempt::Unanswered | Attempt::Refused => Phase::Backoff(until),
                Attempt::Stopped | Attempt::Unreachable => Phase::Gone(until),
            };
            return;
        }
        let runner = match attempt {
            // It may still take the socket, of which nobody will be left.
            Attempt::Unanswered | Attempt::Unreachable => Some(CloseReason::DownstreamClosed.into()),
            Attempt::Refused | Attempt::Stopped => None,
        };
        self.end(
            Opening::NEXT,
            Decision::Close { runner, client: Some(CloseReason::ServiceUnavailable.into()) },
            cx,
        );
    }

    /// An answer of the bridge; returns the time that it took (row 20).
    pub(in crate::session::gateway) fn handle_pong(&mut self, ts: i64, now: Instant) -> Duration {
        if let State::Active(active) = &mut self.state {
            active.pong = active.pong.max(now);
        }
        now.since(Instant::from_millis(u64::try_from(ts).unwrap_or(0)))
    }

    pub(in crate::session::gateway) fn handle_keepalive_stored(
        &mut self,
        now: Instant,
    ) -> Result<(), CommandError> {
        self.recorded().ok_or(CommandError::WrongState { status: self.status() })?;
        self.keepalive.stored = self.keepalive.stored.max(now);
        Ok(())
    }

    pub(super) fn ask_for_keepalive(&mut self, cx: &mut Cx<'_>) {
        // Request ids are random, so that their lowest bits spread the sockets.
        let jitter = Duration::from_millis(u64::from(self.request.0[0] & 127));
        self.keepalive.due = cx.in_at_least_a_moment(cx.config.keepalive_interval.saturating_add(jitter));
        cx.output(Output::Keepalive { request: self.request, actor: cx.actor.id.clone() });
    }
}

impl Active {
    /// The moment at which the oldest message has been with this runner for too long (rows 8 and 9).
    fn acknowledged_by(&self, config: &Config) -> Option<Instant> {
        match self.hibernation {
            Hibernation::Allowed => {
                self.window.oldest().map(|accepted| accepted.max(self.since).past(config.ack_timeout))
            }
            Hibernation::Impossible => None,
        }
    }
}

/// How an open has failed.
#[derive(Clone, Copy)]
pub(super) enum Attempt {
    Unanswered,
    Refused,
    /// The actor has stopped.
    Stopped,
    /// Its runner is out of reach, and may have taken the socket.
    Unreachable,
}
