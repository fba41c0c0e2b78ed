//! A crate that includes what no build script has written.

mod envoy {
    barewire::include_schema!("envoy");
}

fn main() {}
