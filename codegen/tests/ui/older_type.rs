//! Codecs decode into the newest types, and encode these.

mod family {
    include!("../golden/asked/expected.rs");
}

use family::{Codec, v1};

fn main() {
    let mut codec = Codec::new(4, barewire::Losses::refused()).unwrap();
    let frame = codec.decode::<v1::Frame>(&[1, 0, 0, 0]).unwrap();
    codec.encode(&frame).unwrap();
}
