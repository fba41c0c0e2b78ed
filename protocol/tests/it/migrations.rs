//! Messages and stored actors through the versions: recorded octets, what is refused, and laws.

mod alternate;
mod differences;
mod fields;
mod kept;
mod laws;
mod limits;
mod refused;
mod size;
mod vectors;

use barewire::{Bytes, CodecError, Downgrade, Family, Upgrade};
use barewire_protocol::Migrations;

/// The octets of a message in another version, and who migrated it.
fn carry<F: Family, T>(
    octets: &[u8],
    (from, to): (u16, u16),
    migrations: Migrations,
) -> (Result<Bytes, CodecError>, Migrations)
where
    T: Upgrade<F, Migrations> + Downgrade<F, Migrations> + Clone,
{
    let mut codec = barewire::Codec::<F, _>::new(from, migrations).expect("a version of the family");
    codec.pin_writer(to).expect("a version of the family");
    let carried = codec.decode::<T>(octets).and_then(|message| codec.encode(&message));
    (carried, codec.migrations().clone())
}
