//! Arbitrary operations on both machines, by callers and peers that keep to no rules.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use barewire::Bytes;
use barewire_protocol::runner::latest::{
    ProtocolMetadata, ToClientInit, ToClientTunnelMessage, ToClientTunnelMessageKind as ToClient,
    ToClientWebSocketMessage, ToClientWebSocketOpen, ToGatewayPong, ToServerTunnelMessage,
    ToServerTunnelMessageKind as ToServer, ToServerWebSocketClose, ToServerWebSocketMessage,
    ToServerWebSocketMessageAck, ToServerWebSocketOpen,
};
use barewire_protocol::session::gateway::{
    self, ActorEvent, ClientMessage, Connect, Gateway, Output, WindowLimits,
};
use barewire_protocol::session::runner::{self, Event, Runner, SaveTicket, Socket, StartActor, Stop, Stored};
use barewire_protocol::session::{
    Client, Close, CloseReason, GatewayId, Hibernation, Instant, MessageIndex, RequestId, SocketId, Version,
};

use super::choices::Choices;

const GATEWAY: GatewayId = GatewayId([0; 4]);
const ACTORS: [&str; 2] = ["one", "another, whose name is longer than what is held inline"];
/// More operations say nothing new and take the time of other inputs.
const OPERATIONS: usize = 400;

/// Holds both machines to what they promise to anybody.
///
/// # Panics
///
/// If one of them breaks it.
pub(super) fn any(mut choices: Choices<'_>) {
    if choices.below(2) == 0 {
        of_gateway(&mut choices);
    } else {
        of_runner(&mut choices);
    }
}

fn id(choices: &mut Choices<'_>) -> SocketId {
    // A gateway that is another one, too.
    let gateway = GatewayId([u8::from(choices.once_in(16)), 0, 0, 0]);
    SocketId { gateway, request: RequestId([choices.below(4) as u8; 4]) }
}

fn version(choices: &mut Choices<'_>) -> Version {
    [Version::V3, Version::V3, Version::V2, Version::V1][choices.below(4) as usize]
}

/// Indices near those that were used, and any others.
fn index(choices: &mut Choices<'_>, near: u16) -> u16 {
    match choices.below(8) {
        0 => choices.below(65_536) as u16,
        other => near.wrapping_add(other as u16).wrapping_sub(3),
    }
}

fn time(choices: &mut Choices<'_>, now: &mut u64) -> Instant {
    *now = match choices.below(64) {
        63 => u64::MAX,
        62 => now.saturating_sub(choices.below(65_536).into()),
        61 => now.saturating_add(40_000),
        step => now.saturating_add((step * 20).into()),
    };
    Instant::from_millis(*now)
}

fn close(choices: &mut Choices<'_>) -> Close {
    let reason = ["", "a.b#c", "ws.hibernation_unsupported", "long long long long long"];
    Close {
        code: (choices.below(2) == 0).then(|| choices.below(65_536) as u16),
        reason: (choices.below(2) == 0).then(|| reason[choices.below(4) as usize].into()),
    }
}

/// What a gateway has said of one socket, from its connect to its end.
///
/// An id may be used again before the outputs of its last socket are taken: then the oldest is the one that they are about, and
/// the newest the one that commands reach.
#[derive(Default)]
struct Said {
    accepted: bool,
    client_told: bool,
    client_left: bool,
    runner_told: bool,
    next: Option<u16>,
}

fn of_gateway(choices: &mut Choices<'_>) {
    let config = gateway::Config {
        window: WindowLimits { bytes: 64, count: 8 },
        sockets: 3,
        outputs: 64,
        output_bytes: 256,
        wakes: 3,
        violations: 3,
        seed: choices.below(256).into(),
        ..gateway::Config::default()
    };
    let mut gateway = Gateway::new(GATEWAY, config.clone());
    let mut said: BTreeMap<RequestId, VecDeque<Said>> = BTreeMap::new();
    let (mut now, mut near) = (0, 0);
    for _ in 0..OPERATIONS {
        if choices.is_exhausted() {
            break;
        }
        let (at, id) = (time(choices, &mut now), id(choices));
        let request = id.request;
        match choices.below(16) {
            0 | 1 => {
                let actor = ACTORS[choices.below(2) as usize].into();
                let (path, headers, version) = ("/".into(), Default::default(), version(choices));
                let connect = Connect { request, actor, path, headers, version };
                if gateway.handle_connect(connect, at).is_ok() {
                    said.entry(request).or_default().push_back(Said::default());
                }
            }
            2 | 3 => {
                let data = Bytes::from(vec![b'x'; choices.below(80) as usize]);
                let message = ClientMessage { data, binary: choices.below(2) == 0 };
                if let Ok(index) = gateway.handle_client_message(request, message, at) {
                    let said = said.get_mut(&request).and_then(VecDeque::back_mut).expect("a socket");
                    assert!(!said.client_told, "a message behind the end");
                    assert!(said.next.is_none_or(|next| next == index.get()), "indices are consecutive");
                    said.next = Some(index.next().get());
                    near = index.get();
                }
            }
            4 => {
                let close = (choices.below(2) == 0).then(|| close(choices));
                if gateway.handle_client_close(request, close, at).is_ok() {
                    let said = said.get_mut(&request).and_then(VecDeque::back_mut).expect("a socket");
                    said.client_left = true;
                }
            }
            5 => drop(gateway.fail(request, CloseReason::PendingLimitReached, at)),
            6 => {
                let event = match choices.below(4) {
                    0 => ActorEvent::Stopped,
                    1 => ActorEvent::Unreachable,
                    _ => ActorEvent::Ready(version(choices)),
                };
                let _ = gateway.handle_actor(ACTORS[choices.below(2) as usize], event, at);
            }
            7 => {
                let ts = [0, -1, i64::MIN, i64::MAX, now as i64][choices.below(5) as usize];
                let _ = gateway.handle_pong(ToGatewayPong { request_id: request.0, ts }, at);
            }
            8 => drop(gateway.handle_keepalive_stored(request, at)),
            9 => gateway.handle_timeout(at),
            10 => {
                let listed = gateway.hibernating_requests(ACTORS[choices.below(2) as usize], at);
                assert!(listed.len() <= gateway.len());
            }
            _ => {
                let kind = to_server(choices, near);
                let message_id = id.message(MessageIndex::from(index(choices, 0)));
                let _ = gateway.handle_tunnel(ToServerTunnelMessage { message_id, message_kind: kind }, at);
            }
        }
        for _ in 0..choices.below(8) {
            let Some(output) = gateway.poll_output() else { break };
            of_output(output, &mut said);
        }
        for number in 0..4 {
            let pending = gateway.pending(RequestId([number; 4]));
            assert!(pending.is_none_or(|(count, bytes)| count <= 8 && bytes <= 64), "{pending:?}");
        }
        assert!(gateway.len() <= config.sockets);
        // One that has ended waits for its outputs to be taken, and for nothing else.
        let waits = |number| {
            let status = gateway.status(RequestId([number; 4]));
            status.is_some_and(|status| status != gateway::Status::Closing)
        };
        assert!(gateway.poll_timeout().is_some() || !(0..4).any(waits), "a socket waits for nothing");
    }
    while let Some(output) = gateway.poll_output() {
        of_output(output, &mut said);
    }
    assert_eq!(said.values().map(VecDeque::len).sum::<usize>(), gateway.len(), "every end is said");
}

fn oldest(all: &mut BTreeMap<RequestId, VecDeque<Said>>, request: RequestId) -> Option<&mut Said> {
    all.get_mut(&request)?.front_mut()
}

fn of_output(output: Output, all: &mut BTreeMap<RequestId, VecDeque<Said>>) {
    let known = "nothing comes of a socket behind its end";
    match output {
        Output::ToRunner { message, .. } => {
            let id = SocketId::of(&message.message_id);
            assert_eq!(id.gateway, GATEWAY);
            let said = oldest(all, id.request).expect(known);
            match message.message_kind {
                ToClient::ToClientWebSocketClose(_) => {
                    assert!(!std::mem::replace(&mut said.runner_told, true), "the runner is told once");
                }
                _ => assert!(!said.runner_told, "nothing follows the close"),
            }
        }
        // Of an actor, which has no socket any more if they all ended behind it.
        Output::Wake { .. } | Output::Hibernating { .. } => {}
        Output::Ping { ping, .. } => assert!(oldest(all, RequestId(ping.request_id)).is_some(), "{known}"),
        Output::Accept { request } => {
            let twice = std::mem::replace(&mut oldest(all, request).expect(known).accepted, true);
            assert!(!twice, "a client is accepted once");
        }
        Output::ToClient { request, message } => {
            let said = oldest(all, request).expect(known);
            assert!(said.accepted && !said.client_told, "a client is told of its socket while it has one");
            assert!(message.binary || std::str::from_utf8(&message.data).is_ok(), "text is text");
        }
        Output::CloseClient { request, close } => {
            let said = oldest(all, request).expect(known);
            assert!(!std::mem::replace(&mut said.client_told, true), "a client is told once");
            let frame = close.to_frame();
            assert!(frame.is_none_or(|(_, reason)| reason.len() <= Close::MAX_REASON));
        }
        Output::Keepalive { request, .. } | Output::Room { request } => {
            assert!(oldest(all, request).is_some(), "{known}")
        }
        Output::Closed { request } => {
            let said = all.get_mut(&request).and_then(VecDeque::pop_front).expect("a socket ends once");
            assert!(said.client_told || said.client_left, "a client knows of its end");
        }
    }
}

fn to_server(choices: &mut Choices<'_>, near: u16) -> ToServer {
    match choices.below(16) {
        0..=3 => {
            ToServer::ToServerWebSocketOpen(ToServerWebSocketOpen { can_hibernate: choices.below(4) < 3 })
        }
        4..=6 => {
            let data = Bytes::from(vec![0xc0 | choices.below(2) as u8; choices.below(3) as usize]);
            ToServer::ToServerWebSocketMessage(ToServerWebSocketMessage {
                data,
                binary: choices.below(4) > 0,
            })
        }
        7..=11 => {
            let index = index(choices, near);
            ToServer::ToServerWebSocketMessageAck(ToServerWebSocketMessageAck { index })
        }
        12 | 13 => {
            let Close { code, reason } = close(choices);
            ToServer::ToServerWebSocketClose(ToServerWebSocketClose {
                code,
                reason,
                hibernate: choices.below(2) == 0,
            })
        }
        14 => ToServer::DeprecatedTunnelAck,
        _ => ToServer::ToServerResponseAbort,
    }
}

/// What a runner has said of one life of a socket.
#[derive(Default)]
struct Life {
    closed: bool,
    last: Option<u16>,
    durable: bool,
}

fn of_runner(choices: &mut Choices<'_>) {
    let config = runner::Config {
        version: version(choices),
        saves: 2,
        held: 4,
        held_bytes: 64,
        total_held_bytes: 512,
        outbound: 16,
        outbound_bytes: 128,
        events: 32,
        event_bytes: 128,
        sockets: 3,
        tunnel_acks: 8,
        seed: choices.below(256).into(),
        ..runner::Config::default()
    };
    let mut runner = Runner::new(config.clone());
    let mut lives: BTreeMap<Socket, Life> = BTreeMap::new();
    let mut known: Vec<Socket> = Vec::new();
    let mut saves: Vec<(SaveTicket, Vec<(SocketId, u16)>)> = Vec::new();
    // Every index that a gateway may be told to forget.
    let mut storable: BTreeSet<(SocketId, u16)> = BTreeSet::new();
    let (mut now, mut near) = (0, 0);
    for _ in 0..OPERATIONS {
        if choices.is_exhausted() {
            break;
        }
        let at = time(choices, &mut now);
        let actor = ACTORS[usize::from(choices.once_in(4))];
        let socket = known.get(choices.below(known.len() as u32 + 1) as usize).copied();
        match (choices.below(24), socket) {
            (0, _) => {
                let waiting = (0..choices.below(4)).map(|_| id(choices)).collect();
                let start = StartActor { actor: actor.into(), generation: choices.below(3), waiting };
                let _ = runner.start_actor(start, at);
            }
            (1, _) => {
                let stored: Vec<_> = (0..choices.below(3))
                    .map(|_| Stored {
                        id: id(choices),
                        index: Some(index(choices, near)).into(),
                        reply: 65_535.into(),
                        path: "/".into(),
                        headers: Default::default(),
                    })
                    .collect();
                storable.extend(stored.iter().map(|stored| (stored.id, stored.index.baseline().get())));
                if let Ok(found) = runner.actor_started(actor, stored, at) {
                    let sorted = found.restored.is_sorted_by_key(|stored| stored.id);
                    assert!(sorted && found.zombies.is_sorted());
                }
            }
            (2, _) => drop(runner.stop_actor(actor, choices.below(3), at)),
            (3, _) => {
                let stop = if choices.below(2) == 0 { Stop::Sleep } else { Stop::Destroy };
                let _ = runner.actor_stopped(actor, choices.below(3), stop, at);
            }
            (4, _) => {
                let threshold = [15_000, 0, -1, i64::MAX][choices.below(4) as usize];
                let metadata = ProtocolMetadata { runner_lost_threshold: threshold };
                let init = ToClientInit { runner_id: "r".into(), last_event_idx: -1, metadata };
                let _ = runner.connected(&init, at);
            }
            (5, _) if choices.once_in(4) => drop(runner.disconnected(at)),
            (6, _) => runner.handle_timeout(at),
            (7, _) => {
                if let Ok(save) = runner.begin_save(actor, at) {
                    let sockets = save.sockets.iter().map(|saved| (saved.socket.id(), saved.index.get()));
                    saves.push((save.ticket, sockets.collect()));
                }
            }
            (8 | 9, _) if !saves.is_empty() => {
                let which = choices.below(saves.len() as u32) as usize;
                let (ticket, sockets) = saves[which].clone();
                if choices.once_in(4) {
                    let _ = runner.abort_save(ticket, at);
                } else if runner.commit_save(ticket, at).is_ok() {
                    storable.extend(sockets);
                }
            }
            (10, Some(socket)) => {
                let kind = if choices.once_in(4) { Hibernation::Impossible } else { Hibernation::Allowed };
                if runner.accept(socket, kind, at).is_ok() {
                    let life = lives.get_mut(&socket).expect("a life that was told of");
                    life.durable = kind == Hibernation::Allowed;
                }
            }
            (11, Some(socket)) => {
                let data = Bytes::from(vec![b'x'; choices.below(64) as usize]);
                let message = ToServerWebSocketMessage { data, binary: choices.below(2) == 0 };
                let _ = runner.send(socket, message, at);
            }
            (12, Some(socket)) => {
                let client = if choices.below(2) == 0 { Client::Leaves } else { Client::Stays };
                let _ = runner.close(socket, close(choices), client, at);
            }
            (13..=15, Some(socket)) => {
                let index = index(choices, near);
                let _ = runner.handled(socket, index.into(), at);
            }
            (16, Some(socket)) => drop(runner.terminate(socket, at)),
            (17, _) if choices.once_in(32) => drop(runner.shutdown(at)),
            (17, _) if choices.once_in(32) => drop(runner.evicted(at)),
            _ => {
                let kind = to_client(choices, actor);
                let id = id(choices);
                let index = index(choices, near);
                near = index;
                if matches!(kind, ToClient::ToClientWebSocketOpen(_)) {
                    storable.insert((id, index));
                }
                let message =
                    ToClientTunnelMessage { message_id: id.message(index.into()), message_kind: kind };
                // What gateways say is refused while anything is full, and then changes nothing.
                let (events, outbound) = (runner.events(), runner.outbound());
                let is_full = events.0 >= config.events
                    || events.1 >= config.event_bytes
                    || outbound.0 >= config.outbound
                    || outbound.1 >= config.outbound_bytes;
                assert_eq!(is_full, runner.is_full());
                match runner.handle_tunnel(message, at) {
                    Err(runner::Refused::Full) => {
                        assert!(is_full && events == runner.events() && outbound == runner.outbound());
                    }
                    Err(runner::Refused::Ended) => {}
                    _ => assert!(!is_full, "{events:?} {outbound:?}"),
                }
            }
        }
        for _ in 0..choices.below(8) {
            if let Some(event) = runner.poll_event() {
                of_event(event, &mut lives, &mut known);
            }
            if let Some(message) = runner.poll_transmit() {
                of_message(&message, &storable);
            }
        }
        assert!(runner.len() <= 3);
        // What is restored is counted and not refused.
        assert!(runner.total_held() <= config.total_held_bytes + 3 * 128, "{}", runner.total_held());
        for number in 0..4 {
            let (count, bytes) = runner.held(SocketId { gateway: GATEWAY, request: RequestId([number; 4]) });
            assert!(count <= 4 && bytes <= 64);
        }
    }
    while let Some(event) = runner.poll_event() {
        of_event(event, &mut lives, &mut known);
    }
    while let Some(message) = runner.poll_transmit() {
        of_message(&message, &storable);
    }
}

fn of_event(event: Event, lives: &mut BTreeMap<Socket, Life>, known: &mut Vec<Socket>) {
    match event {
        Event::Open { socket, .. } => {
            assert!(lives.insert(socket, Life::default()).is_none(), "a life begins once");
            known.push(socket);
        }
        Event::Restored { socket, stored, .. } => {
            let last = Some(stored.index.baseline().get());
            let life = Life { last, durable: true, ..Life::default() };
            assert!(lives.insert(socket, life).is_none(), "a life begins once");
            known.push(socket);
        }
        Event::Message { socket, index, .. } => {
            let life = lives.get_mut(&socket).expect("a message follows the beginning of its life");
            assert!(!life.closed, "a message behind the end");
            if life.durable {
                let next = life.last.map(|last| last.wrapping_add(1));
                assert!(next.is_none_or(|next| next == index.get()), "{index} behind {:?}", life.last);
            }
            life.last = Some(index.get());
        }
        Event::Closed { socket, .. } => {
            let life = lives.get_mut(&socket).expect("an end follows a beginning");
            assert!(!std::mem::replace(&mut life.closed, true), "a life ends once");
        }
        Event::Stale { .. }
        | Event::RemoveStored { .. }
        | Event::Save { .. }
        | Event::StopActor { .. }
        | Event::Dropped { .. }
        | Event::CloseEngine { .. } => {}
    }
}

fn of_message(message: &ToServerTunnelMessage, storable: &BTreeSet<(SocketId, u16)>) {
    if let ToServer::ToServerWebSocketMessageAck(ack) = &message.message_kind {
        let id = SocketId::of(&message.message_id);
        assert!(storable.contains(&(id, ack.index)), "{id} acknowledges {}, which nobody stored", ack.index);
    }
}

fn to_client(choices: &mut Choices<'_>, actor: &str) -> ToClient {
    match choices.below(16) {
        0..=3 => {
            let (path, headers) = ("/".into(), Default::default());
            ToClient::ToClientWebSocketOpen(ToClientWebSocketOpen { actor_id: actor.into(), path, headers })
        }
        4..=11 => {
            let data = Bytes::from(vec![b'x'; choices.below(64) as usize]);
            ToClient::ToClientWebSocketMessage(ToClientWebSocketMessage { data, binary: true })
        }
        12 | 13 => ToClient::ToClientWebSocketClose(close(choices).into()),
        14 => ToClient::DeprecatedTunnelAck,
        _ => ToClient::ToClientRequestAbort,
    }
}
