//! Each property for inputs that are drawn, and for those that once broke it.

use arbitrary::Unstructured;
use barewire_properties::random::{Size, entropy, octets};
use barewire_properties::seeds::seeds;
use barewire_properties::subject::{chosen, numbered, subjects};
use barewire_properties::{TARGETS, decode};
use std::fs;
use std::path::Path;

/// How many values are drawn of each type.
const VALUES: u64 = 6;

/// How often octets are changed that were a value.
const CHANGES: usize = 6;

#[test]
fn generated_code_and_dynamic_agree_on_every_type() {
    let (mut accepted, mut refused) = (0, 0);
    for subject in subjects().iter().filter(|subject| subject.schema().min_len(subject.ty()) < 1 << 16) {
        for seed in 0..VALUES {
            let entropy = entropy(seed, 1024);
            let drawn = octets(subject.schema(), subject.ty(), &mut Unstructured::new(&entropy), Size::SMALL);
            let drawn = drawn.expect("some octets");
            decode::agree(subject, &drawn).unwrap_or_else(|error| panic!("{subject:?}: {error}"));
            for change in entropy.chunks_exact(4).rev().take(CHANGES) {
                let at = usize::from(u16::from_le_bytes([change[0], change[1]]));
                let mut changed = drawn.clone();
                match (change[2] % 4, changed.len()) {
                    (0, len) => changed.insert(at % (len + 1), change[3]),
                    (_, 0) => {}
                    (1, len) => changed[at % len] = change[3],
                    (2, len) => changed[at % len] ^= 1 << (change[3] % 8),
                    (_, len) => drop(changed.remove(at % len)),
                }
                match decode::agree(subject, &changed) {
                    Ok(()) => accepted += 1,
                    Err(_) => refused += 1,
                }
            }
        }
    }
    // Neither all nor nothing of what was changed is refused.
    assert!(accepted > 1000 && refused > 1000, "{accepted} accepted, {refused} refused");
}

/// Otherwise an input could not choose one of them.
#[test]
fn no_two_types_have_the_same_number() {
    let all = numbered();
    let repeated = all.windows(2).find(|pair| pair[0].number() == pair[1].number());
    assert!(repeated.is_none(), "{repeated:?}");
    for subject in all {
        assert_eq!(format!("{:?}", chosen(subject.number())), format!("{subject:?}"));
    }
}

#[test]
fn random_inputs() {
    for (name, property) in TARGETS {
        for seed in 0..300 {
            let mut input = entropy(seed, 16 + seed as usize);
            if name == "frames" {
                // Frames are short, or none would end.
                input.iter_mut().skip(10).for_each(|octet| *octet &= 3 >> (*octet & 2));
            }
            property(&input);
        }
    }
}

/// What the fuzzer begins with.
#[test]
fn seeds_keep_each_property() {
    for (target, input) in seeds().expect("the vectors of this tree") {
        let (_, property) = TARGETS.iter().find(|(name, _)| *name == target).expect("a target");
        property(&input);
    }
}

/// What the fuzzer found once, and what is known to be on an edge.
#[test]
fn regressions() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../regressions");
    let mut replayed = 0;
    for target in fs::read_dir(&dir).expect("the folder is checked in") {
        let target = target.expect("a folder");
        let name = target.file_name();
        let (_, property) = TARGETS.iter().find(|(target, _)| name == *target).expect("a target");
        for input in fs::read_dir(target.path()).expect("a folder for each target") {
            let input = input.expect("a file").path();
            println!("{}", input.display());
            property(&fs::read(&input).expect("a file"));
            replayed += 1;
        }
    }
    assert!(replayed > 0);
}
