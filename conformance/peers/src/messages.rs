//! Every message of every version, with its type in each library.

use std::fmt::Debug;

use barewire::{Decode, Message};
use proptest::strategy::BoxedStrategy;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// One message of one version.
pub trait Case {
    /// What reports call it, such as `runner v3 ToServer`.
    const NAME: &str;

    /// The type that barewire generates.
    type Ours: Message + for<'a> Decode<'a> + Clone + Debug + PartialEq + Serialize;

    /// The type that `rivet-vbare-gen` generates for `serde_bare`.
    type ForSerdeBare: DeserializeOwned + Serialize;

    /// The type that `vbare-gen` generates for `vbare`.
    type ForVbare: vbare::Body + DeserializeOwned + Serialize;

    /// Values of ours.
    fn strategy() -> BoxedStrategy<Self::Ours>;
}

/// What is to be done for a message, whatever its types are.
pub trait Visitor {
    /// Does it for the message `C`.
    fn visit<C: Case>(&mut self);
}

macro_rules! messages {
    ($($family:ident {
        $($version:ident { $($strategy:ident: $message:ident),* $(,)? })*
    })*) => {
        /// The names of the messages, as [`Case::NAME`] has them.
        pub const NAMES: &[&str] = &[
            $($($(concat!(stringify!($family), " ", stringify!($version), " ", stringify!($message)),)*)*)*
        ];

        /// Visits every message of every version.
        pub fn visit_all(visitor: &mut impl Visitor) {
            $($($(visitor.visit::<$family::$version::$message>();)*)*)*
        }

        $(mod $family {
            $(pub(super) mod $version {
                $(
                    pub(in super::super) struct $message;

                    impl crate::messages::Case for $message {
                        const NAME: &str =
                            concat!(stringify!($family), " ", stringify!($version), " ", stringify!($message));

                        type Ours = crate::ours::$family::$version::$message;
                        type ForSerdeBare = crate::for_serde_bare::$family::$version::$message;
                        type ForVbare = crate::for_vbare::$family::$version::$message;

                        fn strategy() -> proptest::strategy::BoxedStrategy<Self::Ours> {
                            crate::ours::$family::strategies::$version::$strategy()
                        }
                    }
                )*
            })*
        })*
    };
}

messages! {
    runner {
        v1 {
            to_server: ToServer,
            to_client: ToClient,
            to_gateway: ToGateway,
            to_serverless_server: ToServerlessServer,
        }
        v2 {
            to_server: ToServer,
            to_client: ToClient,
            to_gateway: ToGateway,
            to_serverless_server: ToServerlessServer,
        }
        v3 {
            to_server: ToServer,
            to_client: ToClient,
            to_runner: ToRunner,
            to_gateway: ToGateway,
            to_serverless_server: ToServerlessServer,
        }
    }
    actor {
        v1 { persisted_actor: PersistedActor }
        v2_older { persisted_actor: PersistedActor }
        v2 { persisted_actor: PersistedActor }
        v3 { message_index: MessageIndex, conn: Conn, actor: Actor }
    }
}
