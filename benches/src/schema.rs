//! Reading schemas and generating code, which every build of a user waits for.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use barewire_codegen::Config;
use barewire_syntax::family::Family;
use barewire_syntax::{Source, check};
use criterion::Criterion;

/// The versions of the runner protocol.
fn runner() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/runner")
}

/// Checks the newest version, loads the family, and generates it.
pub fn bench(c: &mut Criterion) {
    let mut group = c.benchmark_group("schema");
    let source = Source::load(&runner().join("v3.bare")).expect("it is in the repository");
    group.bench_function("check one version", |b| b.iter(|| check(black_box(&source))));
    group.bench_function("load three versions", |b| b.iter(|| Family::load(&runner())));
    let family = Family::load(&runner()).expect("its rules hold");
    let config = Config::new().renamed("TunnelAck", "DeprecatedTunnelAck");
    group.sample_size(10);
    group.bench_function("generate three versions", |b| b.iter(|| config.generate(black_box(&family))));
    group.finish();
}
