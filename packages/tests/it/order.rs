//! `RELEASING.md` names the packages in an order in which they can be published, and CI verifies the same.

use barewire_packages::{Package, published, read};

/// The packages in the order of the numbered list.
fn order() -> Vec<String> {
    let text = read("RELEASING.md");
    let section = text.split("\n## ").find(|section| section.starts_with("Order\n")).expect("a section");
    let items = section.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_digit()));
    items.filter_map(|item| Some(item.split('`').nth(1)?.to_owned())).collect()
}

/// The packages of the repository that have to be in a registry before this one.
fn needed(package: &Package) -> impl Iterator<Item = &str> {
    let ours =
        package.dependencies.iter().filter(|dependency| dependency.is_ours && dependency.is_published());
    ours.map(|dependency| dependency.name.as_str())
}

#[test]
fn every_package_is_published_once() {
    let mut order = order();
    order.sort();
    let names: Vec<String> = published().into_iter().map(|package| package.name).collect();
    assert_eq!(order, names);
}

#[test]
fn every_package_comes_behind_those_that_it_needs() {
    let order = order();
    let place = |name: &str| order.iter().position(|listed| listed == name);
    for package in published() {
        for needed in needed(&package) {
            assert!(
                place(needed).is_some(),
                "`{}` needs `{needed}`, which is published to nobody",
                package.name
            );
            assert!(place(needed) < place(&package.name), "`{needed}` before `{}`", package.name);
        }
    }
}

#[test]
fn ci_verifies_every_package() {
    let ci = read(".ci/run");
    let step = ci.lines().find_map(|line| line.strip_prefix("step cargo package ")).expect("a step");
    let words: Vec<&str> = step.split(' ').collect();
    let verified: Vec<&str> =
        words.windows(2).filter(|words| words[0] == "-p").map(|words| words[1]).collect();
    assert_eq!(verified, order());
    assert!(!step.contains("--no-verify"));
}
