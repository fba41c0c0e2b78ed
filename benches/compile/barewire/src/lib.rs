//! All messages of all versions of the runner protocol, by barewire: encoded, decoded, and read in place.

/// The types.
pub mod runner {
    barewire::include_schema!("runner");
}

macro_rules! messages {
    ($($version:ident: $($message:ident)*;)*) => {$(
        /// One version.
        pub mod $version {
            /// Encodes each message.
            pub mod encode {
                $(#[allow(non_snake_case, reason = "the name of the message")]
                pub fn $message(message: &crate::runner::$version::$message) -> Vec<u8> {
                    ::barewire::Message::encode_to_vec(message)
                })*
            }

            /// Decodes each message.
            pub mod decode {
                $(#[allow(non_snake_case, reason = "the name of the message")]
                pub fn $message(
                    frame: &::barewire::Bytes,
                ) -> Result<crate::runner::$version::$message, ::barewire::DecodeError> {
                    ::barewire::Message::decode(frame)
                })*
            }

            /// Checks each message where it lies.
            pub mod view {
                $(#[allow(non_snake_case, reason = "the name of the message")]
                pub fn $message(
                    frame: &[u8],
                ) -> Result<<crate::runner::$version::$message as ::barewire::Message>::View<'_>, ::barewire::DecodeError> {
                    ::barewire::Message::decode(frame)
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
