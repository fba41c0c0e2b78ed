//! `ARCHITECTURE.md` names every dependency with its reason, where it weighs most.

use std::collections::BTreeSet;

use barewire_packages::{Kind, closure, members, read};

/// The names in the list below this heading of `ARCHITECTURE.md`, up to the next heading.
pub(crate) fn listed(heading: &str) -> BTreeSet<String> {
    let text = read("ARCHITECTURE.md");
    let (_, behind) =
        text.split_once(&format!("\n### {heading}\n")).unwrap_or_else(|| panic!("no `{heading}`"));
    let section = behind.split("\n#").next().expect("split gives one part at least");
    let heads = section.lines().filter_map(|line| Some(line.strip_prefix("- ")?.split_once(": ")?.0));
    let names = heads.flat_map(|head| head.split(", "));
    names.map(|name| name.trim_matches('`').to_owned()).collect()
}

/// What the manifests of these packages name themselves, for the kinds and with the features that `which` wants.
fn direct(packages: &[&str], which: impl Fn(Kind, bool) -> bool) -> BTreeSet<String> {
    let members = members();
    let dependencies = members.iter().filter(|member| packages.contains(&member.name.as_str()));
    let dependencies = dependencies.flat_map(|member| &member.dependencies);
    let chosen = dependencies.filter(|line| !line.is_ours && which(line.kind, line.is_optional));
    chosen.map(|line| line.name.clone()).collect()
}

fn is_foreign(name: &String) -> bool {
    name != "barewire" && !name.starts_with("barewire-")
}

/// What is compiled into a program that reads messages.
#[test]
fn the_runtime_brings_bytes_and_nothing_else() {
    assert_eq!(closure("barewire", "normal"), BTreeSet::from(["bytes".to_owned()]));
    // A crate of a user with schemas of its own.
    let user = closure("own-schema", "normal");
    assert_eq!(user, BTreeSet::from(["barewire".to_owned(), "bytes".to_owned()]));
}

#[test]
fn all_that_reaches_programs_of_users_is_listed() {
    let programs: BTreeSet<String> =
        closure("barewire-protocol", "normal").into_iter().filter(is_foreign).collect();
    assert_eq!(listed("In the programs of users"), programs);
}

#[test]
fn all_that_reaches_build_scripts_of_users_is_listed() {
    let programs = closure("own-schema", "normal");
    let scripts = closure("own-schema", "normal,build").into_iter().filter(is_foreign);
    let scripts: BTreeSet<String> = scripts.filter(|name| !programs.contains(name)).collect();
    assert_eq!(listed("In their build scripts"), scripts);
}

#[test]
fn what_features_bring_is_listed() {
    assert_eq!(listed("By features of `barewire`"), direct(&["barewire"], |_, is_optional| is_optional));
}

/// Each of the other lists has what none before it has.
#[test]
fn every_other_dependency_is_listed_once() {
    let mut known = listed("In the programs of users");
    known.append(&mut listed("In their build scripts"));
    known.append(&mut listed("By features of `barewire`"));
    let mut check = |heading, all: BTreeSet<String>| {
        let new: BTreeSet<String> = all.difference(&known).cloned().collect();
        assert_eq!(listed(heading), new, "{heading}");
        known.extend(new);
    };

    let normal = |kind, _| kind == Kind::Normal;
    check("Of the command and of `barewire-dynamic`", direct(&["barewire-cli", "barewire-dynamic"], normal));
    let members = members();
    let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
    let (examples, others): (Vec<&str>, Vec<&str>) = names.into_iter().partition(|name| *name == "hibernate");
    check("Of tests", direct(&others, |_, _| true));
    check("Of the examples", direct(&examples, |_, _| true));
}
