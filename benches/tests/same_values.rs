//! Every library gets back what it encoded, from every case; its file asserts it when the operations are made.

use barewire_benches::case::{self, Case};
use barewire_benches::peers::ALL;

#[test]
fn every_library_decodes_the_same_values() {
    for name in case::names() {
        let case = Case::named(&name).expect("every name has a case");
        for library in ALL {
            let operations = (library.operations)(&case.value);
            assert!(!operations.0.is_empty(), "{} does nothing with {name}", library.name);
            for mut timed in operations.0 {
                timed.repeat(2);
            }
        }
    }
}
