//! All rows of `vectors/` and `more/`.

use std::path::Path;

use barewire_conformance::{Workshop, run};

#[test]
fn all_rows_hold() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workshop = Workshop::new("own").expect("a target directory");
    let outcome = run(&[own.join("vectors"), own.join("more")], &workshop).expect("a run");

    let failures: Vec<String> = outcome.failures.iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    // The rules of a schema overlap, but on these rows the front end and the reference agree.
    assert_eq!(outcome.other_rules, []);

    // At least the rows that there were when this was written: a file that is not found counts as no rows.
    assert!(outcome.vectors >= 293, "{outcome}");
    assert!(outcome.bad_bytes >= 221, "{outcome}");
    assert!(outcome.good_schemas >= 137, "{outcome}");
    assert!(outcome.bad_schemas >= 198, "{outcome}");
    // Lengths near 2^64, of which no value can exist.
    assert_eq!(outcome.beyond_generator.len(), 4, "{:?}", outcome.beyond_generator);
}
