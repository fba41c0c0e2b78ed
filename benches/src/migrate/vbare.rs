//! The same by vbare 0.2.0, whose users write each step for each type that has a version; `build/steps.rs` prints those in
//! which nothing is decided.
//!
//! What no case needs fails as not measured.

use std::collections::BTreeMap;
use std::hint::black_box;

use anyhow::Result;
use vbare::{Body, Bytes, Converter, DecodeError, EncodeError, Message, Sink, Versioned};

use crate::case::Value;
use crate::mirror::Mirror;
use crate::operation::{Operation, Operations, consume};
use crate::ours;
use crate::peers::vbare::types as v3;

#[allow(clippy::all, dead_code, reason = "it is not ours to change")]
mod v1 {
    include!(concat!(env!("OUT_DIR"), "/vbare_v1.rs"));
}

#[allow(clippy::all, dead_code, reason = "it is not ours to change")]
mod v2 {
    include!(concat!(env!("OUT_DIR"), "/vbare_v2.rs"));
}

include!(concat!(env!("OUT_DIR"), "/vbare_steps.rs"));

/// The value in the type of a neighbouring version.
trait Step<T> {
    fn step(self) -> Result<T>;
}

impl<T: Step<U>, U> Step<Option<U>> for Option<T> {
    fn step(self) -> Result<Option<U>> {
        self.map(T::step).transpose()
    }
}

impl<T: Step<U>, U> Step<Vec<U>> for Vec<T> {
    fn step(self) -> Result<Vec<U>> {
        self.into_iter().map(T::step).collect()
    }
}

impl<K: Ord, V: Step<W>, W> Step<BTreeMap<K, W>> for BTreeMap<K, V> {
    fn step(self) -> Result<BTreeMap<K, W>> {
        self.into_iter().map(|(key, value)| Ok((key, value.step()?))).collect()
    }
}

impl Step<v2::ToClientWebSocketMessage> for v1::ToClientWebSocketMessage {
    fn step(self) -> Result<v2::ToClientWebSocketMessage> {
        let Self { data, binary } = self;
        Ok(v2::ToClientWebSocketMessage { index: 0, data, binary })
    }
}

impl Step<v1::ToClientWebSocketMessage> for v2::ToClientWebSocketMessage {
    fn step(self) -> Result<v1::ToClientWebSocketMessage> {
        let Self { index: _, data, binary } = self;
        Ok(v1::ToClientWebSocketMessage { data, binary })
    }
}

impl Step<v3::ToClientWebSocketMessage> for v2::ToClientWebSocketMessage {
    fn step(self) -> Result<v3::ToClientWebSocketMessage> {
        let Self { index: _, data, binary } = self;
        Ok(v3::ToClientWebSocketMessage { data, binary })
    }
}

/// The index is that of the tunnel message, which sets it.
impl Step<v2::ToClientWebSocketMessage> for v3::ToClientWebSocketMessage {
    fn step(self) -> Result<v2::ToClientWebSocketMessage> {
        let Self { data, binary } = self;
        Ok(v2::ToClientWebSocketMessage { index: 0, data, binary })
    }
}

impl Step<v3::ToClientTunnelMessage> for v2::ToClientTunnelMessage {
    fn step(self) -> Result<v3::ToClientTunnelMessage> {
        let Self { request_id, message_id, message_kind, gateway_reply_to: _ } = self;
        let [g0, g1, g2, g3, r0, r1, _, r2, _, r3, ..] = request_id;
        let message_id = v3::MessageId {
            gateway_id: [g0, g1, g2, g3],
            request_id: [r0, r1, r2, r3],
            message_index: u16::from_le_bytes([message_id[10], message_id[11]]),
        };
        Ok(v3::ToClientTunnelMessage { message_id, message_kind: message_kind.step()? })
    }
}

impl Step<v2::ToClientTunnelMessage> for v3::ToClientTunnelMessage {
    fn step(self) -> Result<v2::ToClientTunnelMessage> {
        let Self { message_id, message_kind } = self;
        let v3::MessageId { gateway_id: [g0, g1, g2, g3], request_id: [r0, r1, r2, r3], message_index } =
            message_id;
        let pack = |[low, high]: [u8; 2]| [g0, g1, g2, g3, r0, r1, 0x40, r2, 0x80, r3, low, high, 0, 0, 0, 0];
        let mut message_kind = message_kind.step()?;
        if let v2::ToClientTunnelMessageKind::ToClientWebSocketMessage(message) = &mut message_kind {
            message.index = message_index;
        }
        Ok(v2::ToClientTunnelMessage {
            request_id: pack([0, 0]),
            message_id: pack(message_index.to_le_bytes()),
            message_kind,
            gateway_reply_to: None,
        })
    }
}

impl Step<v3::CommandStartActor> for v2::CommandStartActor {
    fn step(self) -> Result<v3::CommandStartActor> {
        let Self { actor_id, generation, config } = self;
        let config = config.step()?;
        Ok(v3::CommandStartActor { actor_id, generation, config, hibernating_requests: Vec::new() })
    }
}

impl Step<v2::CommandStartActor> for v3::CommandStartActor {
    fn step(self) -> Result<v2::CommandStartActor> {
        let Self { actor_id, generation, config, hibernating_requests: _ } = self;
        Ok(v2::CommandStartActor { actor_id, generation, config: config.step()? })
    }
}

/// All versions of a message, as the documentation of [`Versioned`] says.
macro_rules! versioned {
    ($versions:ident, $message:ident) => {
        enum $versions {
            V1(v1::$message),
            V2(v2::$message),
            V3(v3::$message),
        }

        impl Versioned for $versions {
            type Latest = v3::$message;

            const LATEST: u16 = 3;

            const UPGRADES: &'static [Converter<Self>] = &[
                |from| if let Self::V1(from) = from { Ok(Self::V2(from.step()?)) } else { Ok(from) },
                |from| if let Self::V2(from) = from { Ok(Self::V3(from.step()?)) } else { Ok(from) },
            ];

            const DOWNGRADES: &'static [Converter<Self>] = &[
                |from| if let Self::V3(from) = from { Ok(Self::V2(from.step()?)) } else { Ok(from) },
                |from| if let Self::V2(from) = from { Ok(Self::V1(from.step()?)) } else { Ok(from) },
            ];

            fn wrap_latest(latest: v3::$message) -> Self {
                Self::V3(latest)
            }

            fn unwrap_latest(self) -> Result<v3::$message> {
                if let Self::V3(latest) = self { Ok(latest) } else { anyhow::bail!("not the newest") }
            }

            fn decode_version(version: u16, body: Bytes) -> Result<Self, DecodeError> {
                match version {
                    1 => Ok(Self::V1(v1::$message::from_body(body)?)),
                    2 => Ok(Self::V2(v2::$message::from_body(body)?)),
                    _ => Ok(Self::V3(v3::$message::from_body(body)?)),
                }
            }

            fn encode_version<S: Sink>(&self, _: u16, out: &mut S) -> Result<(), EncodeError> {
                match self {
                    Self::V1(value) => value.put_body(out),
                    Self::V2(value) => value.put_body(out),
                    Self::V3(value) => value.put_body(out),
                }
                Ok(())
            }
        }
    };
}

versioned!(ToServer, ToServer);
versioned!(ToClient, ToClient);

pub(super) fn operations(value: &Value, version: u16) -> Operations {
    match value {
        Value::ToServer(message) => of::<ToServer, ours::ToServer>(message, version),
        Value::ToClient(message) => of::<ToClient, ours::ToClient>(message, version),
        Value::Log(_) | Value::Mesh(_) | Value::Game(_) => Operations::default(),
    }
}

fn of<V: Versioned, O>(message: &O, version: u16) -> Operations
where
    V::Latest: Message + for<'o> Mirror<'o, O> + PartialEq + 'static,
    O: super::Migrates,
{
    let mut operations = Operations::default();
    let message = V::Latest::of(message);
    let encode = move |message: &V::Latest| {
        let mut frame = Vec::with_capacity(V::sealed_len(message));
        V::encode_body(message, version, &mut frame).expect("every version can hold it");
        frame
    };
    let frame = Bytes::from(encode(&message));
    assert_eq!(frame, super::frame(&message.ours(), version), "both steps do the same");
    assert!(V::decode_body(frame.clone(), version).expect("just encoded") == message, "nothing is lost");

    operations.add(Operation::Downgrade, move || consume(encode(black_box(&message))));
    let shared = frame.clone();
    operations.add(Operation::Upgrade, move || consume(V::decode_body(black_box(&shared).clone(), version)));
    operations.add(Operation::Read, move || consume(V::open_body(black_box(&frame).clone(), version)));
    operations
}
