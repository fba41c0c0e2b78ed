//! Messages behind the version of their schema: what programs with `vbare` stored is read by ours, and the other way.

use barewire::CodecError;
use barewire_peers::{draw, for_vbare};
use barewire_protocol::Migrations;
use barewire_protocol::runner::{Codec, latest::ToServer};
use serde::de::DeserializeOwned;
use vbare::{Body, Bytes, DecodeError, DecodeErrorKind, EncodeError, Sink, Versioned};

/// How many values are drawn for each version.
const CASES: u64 = 1024;

/// What a program with `vbare` keeps whose newest version is `N`.
struct Newest<T, const N: u16>(T);

impl<T: Body, const N: u16> Versioned for Newest<T, N> {
    type Latest = T;

    const LATEST: u16 = N;

    fn wrap_latest(latest: T) -> Self {
        Self(latest)
    }

    fn unwrap_latest(self) -> anyhow::Result<T> {
        Ok(self.0)
    }

    fn decode_version(_: u16, _: Bytes) -> Result<Self, DecodeError> {
        // Nothing older is asked for here.
        Err(DecodeError::new(DecodeErrorKind::UnsupportedVersion, 0))
    }

    fn encode_version<S: Sink>(&self, _: u16, out: &mut S) -> Result<(), EncodeError> {
        self.0.put_body(out);
        Ok(())
    }
}

#[test]
fn what_vbare_stored_is_read_in_every_version_and_written_back() {
    use for_vbare::runner::{v1, v2, v3};
    let read = [stored::<v1::ToServer, 1>(), stored::<v2::ToServer, 2>(), stored::<v3::ToServer, 3>()];
    assert!(read.into_iter().all(|read| read > CASES / 2), "{read:?}");
    // Nothing stands between a message of the newest version and its octets.
    assert_eq!(read[2], CASES);
}

/// How many of the values that `vbare` stored in version `N` our migrations carry over.
fn stored<T: Body + DeserializeOwned, const N: u16>() -> u64 {
    let mut codec = Codec::latest(Migrations::strict());
    codec.pin_writer(N).expect("a version of the family");
    let mut read = 0;
    for seed in 0..CASES {
        let sealed = Newest::<T, N>::seal_to_bytes(&draw::theirs(seed), N).expect("the newest version");
        assert_eq!(sealed[..2], N.to_le_bytes());
        match codec.decode_embedded::<ToServer>(&sealed) {
            Ok(message) => {
                read += 1;
                assert_eq!(codec.read_as().map(|read| read.version), Some(N));
                let again = codec.encode_embedded(&message).expect("a value that this version had");
                assert_eq!(again, sealed);
                assert!(Newest::<T, N>::decode(again).is_ok());
            }
            // Strict migrations refuse ids that are not well formed.
            Err(CodecError::Migrate(_)) => {}
            Err(error) => panic!("{error} for {sealed:02x?}"),
        }
    }
    read
}

#[test]
fn both_refuse_a_version_that_they_do_not_know() {
    use for_vbare::runner::v3;
    for version in [0, 4, u16::MAX] {
        let octets = [&version.to_le_bytes()[..], &[3]].concat();
        let ours = Codec::latest(Migrations::strict()).decode_embedded::<ToServer>(&octets);
        assert!(matches!(ours, Err(CodecError::UnsupportedVersion(error)) if error.version == version));
        let theirs = Newest::<v3::ToServer, 3>::decode(octets.into()).map_err(|error| error.kind());
        assert!(matches!(theirs, Err(DecodeErrorKind::UnsupportedVersion)));
    }
}
