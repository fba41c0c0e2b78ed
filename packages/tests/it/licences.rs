//! Whether everything that is linked may be, and how often.

use std::collections::{BTreeMap, BTreeSet};

use barewire_packages::{licences, read};

use crate::dependencies::listed;

/// Those that ask for no more than to be named.
const PERMISSIVE: [&str; 7] =
    ["0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-3-Clause", "MIT", "Unicode-3.0", "Zlib"];

/// Whether a licence expression can be met by permissive licences only.
///
/// Of SPDX this takes what is used: alternatives, in parentheses or not, of which several may hold at once. The old
/// form of an alternative is a slash.
fn is_permissive(expression: &str) -> bool {
    expression.split(" AND ").all(|part| {
        let part = part.trim_start_matches('(').trim_end_matches(')').replace('/', " OR ");
        part.split(" OR ").any(|licence| PERMISSIVE.contains(&licence.trim()))
    })
}

#[test]
fn expressions_are_read() {
    for permissive in
        ["MIT", "MIT OR GPL-3.0", "Apache-2.0 / MIT", "(MIT OR GPL-3.0) AND Unicode-3.0", "Unlicense/MIT"]
    {
        assert!(is_permissive(permissive), "{permissive}");
    }
    for other in ["GPL-3.0", "(MIT OR Apache-2.0) AND GPL-3.0", "MITX", ""] {
        assert!(!is_permissive(other), "{other}");
    }
}

#[test]
fn every_licence_is_permissive() {
    let licences = licences();
    assert!(licences.len() > 50, "the resolved workspace, not its members only");
    let others: BTreeMap<_, _> =
        licences.iter().filter(|(_, expression)| !is_permissive(expression)).collect();
    assert!(others.is_empty(), "{others:?}");
}

/// The lock file has the packages of every machine, not only of this one.
#[test]
fn no_crate_is_there_twice_unless_it_is_said_why() {
    let lock = read("Cargo.lock");
    let names = lock.lines().filter_map(|line| line.strip_prefix("name = "));
    let mut seen = BTreeSet::new();
    let twice = names.filter(|name| !seen.insert(*name)).map(|name| name.trim_matches('"').to_owned());
    assert_eq!(twice.collect::<BTreeSet<_>>(), listed("Licences and duplicates"));
}
