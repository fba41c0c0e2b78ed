//! All operations of all libraries as groups of criterion, for looking at a few of them closely.

use criterion::{BenchmarkId, Criterion};

use crate::case::{self, Case};
use crate::operation::Operation;
use crate::peers::ALL;

/// A group for each operation and case, named `decode/ws32`, with a line for each library.
pub fn bench(c: &mut Criterion) {
    for name in case::names() {
        let case = Case::named(&name).expect("every name has a case");
        let mut timed = Vec::new();
        for library in ALL {
            timed.extend((library.operations)(&case.value).0.into_iter().map(|timed| (library.name, timed)));
        }
        for operation in Operation::ALL {
            let mut group = c.benchmark_group(format!("{}/{name}", operation.name()));
            for (library, timed) in timed.iter_mut().filter(|(_, timed)| timed.operation == operation) {
                group.bench_function(BenchmarkId::from_parameter(*library), |b| {
                    b.iter_custom(|times| timed.time(times));
                });
            }
            group.finish();
        }
    }
}
