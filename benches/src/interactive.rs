//! The same operations in groups of criterion, for work on one of them.

use criterion::{BenchmarkId, Criterion};

use crate::section::Section;

/// A group for each operation and case, named `decode/ws32`, with a line for each library or other way.
pub fn bench(c: &mut Criterion) {
    for section in Section::all() {
        for case in &section.cases {
            let mut timed = section.timed(case);
            for operation in &section.operations {
                let mut group = c.benchmark_group(format!("{}/{case}", operation.name()));
                for (way, timed) in timed.iter_mut().filter(|(_, timed)| timed.operation == *operation) {
                    group.bench_function(BenchmarkId::from_parameter(*way), |b| {
                        b.iter_custom(|times| timed.time(times));
                    });
                }
                group.finish();
            }
        }
    }
}
