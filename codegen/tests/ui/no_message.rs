//! A type that others use is no message, unless the configuration names it.

mod family {
    include!("../golden/asked/expected.rs");
}

use family::{Codec, latest};

fn main() {
    let mut codec = Codec::new(4, barewire::Losses::refused()).unwrap();
    codec.decode::<latest::Close>(&[]).unwrap();
    codec.encode(&latest::Hello { id: 1 }).unwrap();
}
