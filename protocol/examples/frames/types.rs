//! The types that a line can name, by version and name.

use barewire::{Bytes, DecodeError};
use barewire_protocol::{actor, runner};

use crate::{Decoded, decode};

/// A type that a frame can be a value of.
pub(crate) struct FrameType {
    pub(crate) family: &'static str,
    pub(crate) version: &'static str,
    pub(crate) name: &'static str,
    pub(crate) decode: fn(&Bytes) -> Result<Decoded, DecodeError>,
}

impl FrameType {
    pub(crate) fn of(version: &str) -> impl Iterator<Item = &'static Self> {
        Self::all().filter(move |ty| ty.version == version)
    }

    pub(crate) fn all() -> impl Iterator<Item = &'static Self> {
        TYPES.iter().copied().flatten()
    }
}

pub(crate) const VERSIONS: [&str; 3] = ["v1", "v2", "v3"];

/// The types that no other refers to, in any version: what is sent or stored as a whole.
pub(crate) const WHOLE: [&str; 9] = [
    "ToServer",
    "ToClient",
    "ToRunner",
    "ToGateway",
    "ToServerlessServer",
    "PersistedActor",
    "Actor",
    "Conn",
    "MessageIndex",
];

/// Lists [`FrameType`]s: a family, the versions, and the types that all of these versions have.
macro_rules! frame_types {
    ($($family:ident $($version:ident)+: $names:tt)*) => {
        &[$($(frame_types!(@one $family $version $names)),+),*]
    };
    (@one $family:ident $version:ident { $($name:ident)* }) => {
        &[$(FrameType {
            family: stringify!($family),
            version: stringify!($version),
            name: stringify!($name),
            decode: decode::<$family::$version::$name>,
        }),*]
    };
}

/// Every struct, enum, union and void type, and the one alias that no other type refers to.
static TYPES: &[&[FrameType]] = frame_types! {
    runner v1 v2 v3: {
        KvMetadata KvListAllQuery KvListRangeQuery KvListPrefixQuery KvListQuery
        KvGetRequest KvListRequest KvPutRequest KvDeleteRequest KvDropRequest KvRequestData
        KvErrorResponse KvGetResponse KvListResponse KvPutResponse KvDeleteResponse KvDropResponse
        KvResponseData
        StopCode ActorName ActorConfig ActorIntentSleep ActorIntentStop ActorIntent
        ActorStateRunning ActorStateStopped ActorState
        EventActorIntent EventActorStateUpdate EventActorSetAlarm Event EventWrapper
        CommandStartActor CommandStopActor Command CommandWrapper
        ToClientRequestStart ToClientRequestChunk ToClientRequestAbort
        ToServerResponseStart ToServerResponseChunk ToServerResponseAbort
        ToClientWebSocketOpen ToClientWebSocketMessage ToClientWebSocketClose
        ToServerWebSocketOpen ToServerWebSocketMessage ToServerWebSocketClose
        ToServerTunnelMessageKind ToServerTunnelMessage ToClientTunnelMessageKind ToClientTunnelMessage
        ToServerInit ToServerAckCommands ToServerStopping ToServerPing ToServerKvRequest ToServer
        ProtocolMetadata ToClientInit ToClientAckEvents ToClientKvResponse ToClientClose ToClient
        ToGateway ToServerlessServerInit ToServerlessServer
    }
    runner v1 v2: { TunnelAck }
    runner v2 v3: { ToServerWebSocketMessageAck }
    runner v3: { MessageId HibernatingRequest DeprecatedTunnelAck ToRunnerPing ToRunner ToGatewayPong }
    actor v1 v2: {
        PersistedSubscription PersistedConnection GenericPersistedScheduleEvent PersistedScheduleEventKind
        PersistedScheduleEvent PersistedActor
    }
    actor v2: { PersistedHibernatableWebSocket }
    actor v3: { MessageIndex Subscription Conn ScheduleEvent Actor }
};
