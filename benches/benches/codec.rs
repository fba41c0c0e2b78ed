//! `cargo bench --manifest-path benches/Cargo.toml --bench codec`

use barewire_benches::interactive;
use criterion::{criterion_group, criterion_main};

criterion_group!(benches, interactive::bench);
criterion_main!(benches);
