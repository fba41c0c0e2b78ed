//! All messages of all versions of the runner protocol, by vbare: encoded, decoded, and read in place.

/// The types.
#[allow(clippy::all, missing_docs, reason = "it is not ours to change")]
pub mod runner {
    include!(concat!(env!("OUT_DIR"), "/combined_imports.rs"));
}

macro_rules! messages {
    ($($version:ident: $($message:ident)*;)*) => {$(
        /// One version.
        pub mod $version {
            /// Encodes each message.
            pub mod encode {
                $(#[allow(non_snake_case, reason = "the name of the message")]
                pub fn $message(message: &crate::runner::$version::$message) -> Vec<u8> {
                    ::vbare::Encode::encode_to_vec(message)
                })*
            }

            /// Decodes each message.
            pub mod decode {
                $(#[allow(non_snake_case, reason = "the name of the message")]
                pub fn $message(
                    frame: ::vbare::Bytes,
                ) -> Result<crate::runner::$version::$message, ::vbare::DecodeError> {
                    ::vbare::Message::decode(frame)
                })*
            }

            /// Checks each message where it lies.
            pub mod view {
                $(#[allow(non_snake_case, reason = "the name of the message")]
                pub fn $message(
                    frame: ::vbare::Bytes,
                ) -> Result<
                    ::vbare::View<<crate::runner::$version::$message as ::vbare::Message>::Wire>,
                    ::vbare::DecodeError,
                > {
                    ::vbare::View::new(frame)
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
