//! What the runner says: its answer to the open, data, acknowledgements and its close (rows 7, 10 and 13).

use barewire::Union;

use crate::runner::latest::ToServerTunnelMessageKind;
use crate::session::gateway::decision::{self, Decision, Ending};
use crate::session::gateway::output::Output;
use crate::session::gateway::socket::timeout::Attempt;
use crate::session::gateway::socket::{Cx, Keepalive, Opening, Phase, Socket, State, Status};
use crate::session::gateway::window::{BadAck, Window};
use crate::session::gateway::{ClientMessage, Refused};
use crate::session::{Client, Close, CloseReason, Hibernation, MessageIndex, ReplyIndex};

impl Socket {
    /// A message of the runner that hosts, or has hosted, the actor.
    pub(in crate::session::gateway) fn handle_tunnel(
        &mut self,
        reply: ReplyIndex,
        kind: ToServerTunnelMessageKind,
        cx: &mut Cx<'_>,
    ) -> Result<(), Refused> {
        let message = kind.name();
        match kind {
            // Bridges have dealt with it.
            ToServerTunnelMessageKind::DeprecatedTunnelAck => Ok(()),
            ToServerTunnelMessageKind::ToServerWebSocketOpen(open) => self
                .opened(if open.can_hibernate { Hibernation::Allowed } else { Hibernation::Impossible }, cx),
            ToServerTunnelMessageKind::ToServerWebSocketMessage(data) => {
                let message = ClientMessage { data: data.data, binary: data.binary };
                self.pass_on(message, cx)
            }
            ToServerTunnelMessageKind::ToServerWebSocketMessageAck(ack) => {
                self.acknowledged(ack.index.into(), cx)
            }
            ToServerTunnelMessageKind::ToServerWebSocketClose(said) => {
                let client = if said.hibernate { Client::Stays } else { Client::Leaves };
                self.runner_closed(Close { code: said.code, reason: said.reason }, client, reply, cx)
            }
            ToServerTunnelMessageKind::ToServerResponseStart(_)
            | ToServerTunnelMessageKind::ToServerResponseChunk(_)
            | ToServerTunnelMessageKind::ToServerResponseAbort => {
                self.violated(cx);
                Err(Refused::NotForWebSockets { message })
            }
        }
    }

    pub(super) fn opened(&mut self, hibernation: Hibernation, cx: &mut Cx<'_>) -> Result<(), Refused> {
        match &self.state {
            State::Opening(opening) if matches!(opening.phase, Phase::Gone(_)) => {
                Err(Refused::WrongState { message: "ToServerWebSocketOpen", status: Status::Opening })
            }
            State::Opening(opening) => {
                if hibernation == Hibernation::Allowed && opening.version.can_hibernate().is_err() {
                    let reason = || Some(CloseReason::HibernationUnsupported.into());
                    let decision = Decision::Close { runner: reason(), client: reason() };
                    self.end(Opening::NEXT, decision, cx);
                    return Ok(());
                }
                let window = Window::new(Opening::NEXT);
                cx.output(Output::Accept { request: self.request });
                self.keepalive = Keepalive { stored: cx.now, due: cx.now };
                self.activate(hibernation, window, cx);
                if hibernation == Hibernation::Allowed {
                    self.ask_for_keepalive(cx);
                }
                Ok(())
            }
            // The same open was asked and answered twice, or a runner of a later release says that it has restored.
            State::Active(active) if active.hibernation == hibernation => Ok(()),
            State::Hibernating(_) | State::Waking(_) if hibernation == Hibernation::Allowed => Ok(()),
            State::Draining(_) | State::Over => Ok(()),
            State::Active(_) | State::Hibernating(_) | State::Waking(_) => {
                self.fail(CloseReason::ProtocolError, cx);
                Err(Refused::ContradictoryOpen)
            }
        }
    }

    /// Data for the client, which is there while its socket hibernates, too.
    pub(super) fn pass_on(&mut self, message: ClientMessage, cx: &mut Cx<'_>) -> Result<(), Refused> {
        match &self.state {
            State::Active(_) | State::Hibernating(_) => {}
            State::Waking(waking) if waking.left.is_none() => {}
            State::Opening(_) | State::Waking(_) | State::Draining(_) | State::Over => {
                let message = "ToServerWebSocketMessage";
                return Err(Refused::WrongState { message, status: self.status() });
            }
        }
        if !message.binary && core::str::from_utf8(&message.data).is_err() {
            self.fail(CloseReason::ProtocolError, cx);
            return Err(Refused::NotText);
        }
        cx.output(Output::ToClient { request: self.request, message });
        Ok(())
    }

    pub(super) fn acknowledged(&mut self, index: MessageIndex, cx: &mut Cx<'_>) -> Result<(), Refused> {
        let status = self.status();
        let window = match &mut self.state {
            State::Active(active) if active.hibernation == Hibernation::Allowed => &mut active.window,
            State::Waking(waking) => &mut waking.window,
            State::Active(_) => {
                self.violated(cx);
                return Err(Refused::NotHibernatable);
            }
            State::Hibernating(next) => {
                // Nothing waits: it is stale, unless it is ahead of everything.
                let bad = Window::new(*next).acknowledge(index);
                return self.bad_ack(bad.err().unwrap_or(BadAck::Stale { index }), cx);
            }
            State::Opening(_) | State::Draining(_) | State::Over => {
                return Err(Refused::WrongState { message: "ToServerWebSocketMessageAck", status });
            }
        };
        match window.acknowledge(index) {
            Ok(_) => {
                self.fruitless = 0;
                self.there_is_room(cx);
                self.sleep_on(cx);
                Ok(())
            }
            Err(bad) => self.bad_ack(bad, cx),
        }
    }

    /// Nothing waits any more for the actor that is to wake: it stored all of it before it stopped.
    fn sleep_on(&mut self, cx: &mut Cx<'_>) {
        let State::Waking(waking) = &self.state else { return };
        if waking.window.is_empty() && waking.left.is_none() {
            self.hibernate(waking.window.next_index(), cx);
        }
    }

    pub(super) fn bad_ack(&mut self, bad: BadAck, cx: &mut Cx<'_>) -> Result<(), Refused> {
        match bad {
            BadAck::Stale { .. } => {}
            BadAck::NotSent { .. } => self.violated(cx),
        }
        Err(Refused::BadAck(bad))
    }

    pub(super) fn violated(&mut self, cx: &mut Cx<'_>) {
        self.violations = self.violations.saturating_add(1);
        if self.violations >= cx.config.violations {
            self.fail(CloseReason::ProtocolError, cx);
        }
    }

    pub(super) fn runner_closed(
        &mut self,
        close: Close,
        client: Client,
        reply: ReplyIndex,
        cx: &mut Cx<'_>,
    ) -> Result<(), Refused> {
        if decision::is_about_an_open(&close, reply) && self.is_taken() {
            self.violated(cx);
            self.active_ended(Ending::RunnerUnreachable, cx);
            return Err(Refused::LateRefusal);
        }
        match &self.state {
            State::Opening(_) if decision::is_final(&close) => {
                self.end(Opening::NEXT, Decision::Close { runner: None, client: Some(close) }, cx);
            }
            State::Opening(opening) => match opening.phase {
                Phase::Asked(_) => self.attempt_failed(Attempt::Refused, cx),
                // It is about an attempt that has failed already.
                Phase::Backoff(_) | Phase::Gone(_) => {}
            },
            State::Active(_) => self.active_ended(Ending::RunnerClosed { close, client }, cx),
            // A late message of the life that has ended. That the client is to stay is the case already.
            State::Hibernating(_) | State::Waking(_) => match client {
                Client::Stays => {}
                Client::Leaves => self.end_without_runner(close, cx),
            },
            State::Draining(_) | State::Over => {}
        }
        Ok(())
    }
}
