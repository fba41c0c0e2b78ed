//! All messages of all versions of the runner protocol, by the types that `rivet-vbare-gen` makes for `serde_bare`: encoded
//! and decoded. There is no way to read them in place.

/// The types.
#[allow(clippy::all, missing_docs, reason = "it is not ours to change")]
pub mod runner {
    pub mod v1 {
        include!(concat!(env!("OUT_DIR"), "/v1.rs"));
    }
    pub mod v2 {
        include!(concat!(env!("OUT_DIR"), "/v2.rs"));
    }
    pub mod v3 {
        include!(concat!(env!("OUT_DIR"), "/v3.rs"));
    }
}

macro_rules! messages {
    ($($version:ident: $($message:ident)*;)*) => {$(
        /// One version.
        pub mod $version {
            /// Encodes each message.
            pub mod encode {
                $(#[allow(non_snake_case, reason = "the name of the message")]
                pub fn $message(
                    message: &crate::runner::$version::$message,
                ) -> Result<Vec<u8>, ::serde_bare::error::Error> {
                    ::serde_bare::to_vec(message)
                })*
            }

            /// Decodes each message.
            pub mod decode {
                $(#[allow(non_snake_case, reason = "the name of the message")]
                pub fn $message(
                    frame: &[u8],
                ) -> Result<crate::runner::$version::$message, ::serde_bare::error::Error> {
                    ::serde_bare::from_slice(frame)
                })*
            }
        }
    )*};
}

messages! {
    v1: ToServer ToClient ToGateway;
    v2: ToServer ToClient ToGateway;
    v3: ToServer ToClient ToGateway ToRunner;
}
