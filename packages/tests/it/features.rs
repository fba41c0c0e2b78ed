//! Every choice of features is built.

use std::collections::BTreeSet;

use barewire_packages::{Package, published, read, tested_features};

/// The features of a package, but for the one that chooses others.
fn features(package: &Package) -> BTreeSet<String> {
    let features = package.manifest["features"].as_object().expect("cargo lists features");
    features.keys().filter(|name| *name != "default").cloned().collect()
}

#[test]
fn ci_builds_every_choice_of_the_features_of_the_runtime() {
    let packages = published();
    let runtime = packages.iter().find(|package| package.name == "barewire").expect("the runtime");
    let choices =
        features(runtime).into_iter().fold(BTreeSet::from([BTreeSet::new()]), |choices, feature| {
            let with = choices.iter().map(|choice| choice.iter().chain([&feature]).cloned().collect());
            with.chain(choices.clone()).collect()
        });

    let ci = read(".ci/run");
    let line = ci.lines().find_map(|line| line.strip_prefix("for features in ")).expect("a loop");
    let (words, _) = line.split_once(';').expect("a loop");
    let built: BTreeSet<BTreeSet<String>> = words
        .split(' ')
        .map(|word| {
            word.trim_matches('\'').split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
        })
        .collect();
    assert_eq!(built, choices);
}

/// So that `cargo test --workspace` tests all that a feature adds.
#[test]
fn the_tests_of_the_workspace_turn_on_every_feature() {
    for package in published() {
        let (all, tested) = (features(&package), tested_features(&package));
        assert!(all.is_subset(&tested), "{}: {tested:?} of {all:?}", package.name);
    }
}

/// Others have no feature whose choices would have to be built.
#[test]
fn only_two_packages_have_features() {
    let with: Vec<String> = published()
        .into_iter()
        .filter(|package| !features(package).is_empty())
        .map(|package| format!("{}: {:?}", package.name, features(&package)))
        .collect();
    assert_eq!(with, [r#"barewire: {"proptest", "serde", "std"}"#, r#"barewire-protocol: {"std"}"#]);
}
