//! Every library gets back what it encoded, from every case; its file asserts it when the operations are made.

use barewire_benches::section::Section;

#[test]
fn every_way_decodes_the_same_values() {
    for section in Section::all() {
        for case in &section.cases {
            let mut timed = section.timed(case);
            for way in &section.ways {
                assert!(timed.iter().any(|(of, _)| of == way), "{way} does nothing with {case}");
            }
            for (_, timed) in &mut timed {
                timed.repeat(2);
            }
        }
    }
}
