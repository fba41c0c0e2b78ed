//! `cargo bench --manifest-path benches/Cargo.toml --bench migrate`

use barewire_benches::migrate;
use criterion::{criterion_group, criterion_main};

criterion_group!(benches, migrate::decode);
criterion_main!(benches);
