//! Pages lead to files that are there, and say what other files say.

use std::fs;
use std::path::{Path, PathBuf};

const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// All pages but those of tests.
fn pages() -> Vec<PathBuf> {
    let mut pages = Vec::new();
    let mut open = vec![PathBuf::from(REPOSITORY)];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).expect("a directory") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().and_then(|name| name.to_str()).expect("text");
            if path.is_dir() && !path.is_symlink() {
                if !name.starts_with('.') && !["target", "node_modules", "tests"].contains(&name) {
                    open.push(path);
                }
            } else if name.ends_with(".md") {
                pages.push(path);
            }
        }
    }
    pages
}

#[test]
fn every_link_leads_somewhere() {
    let mut links = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).expect("text");
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().expect("split gives one part at least");
            // A page of the internet, a place in this page, an item of Rust, or code that looks like a link.
            if file.contains("::") || file.contains("://") || file.is_empty() || file.contains(' ') {
                continue;
            }
            links += 1;
            let path = page.parent().expect("a directory").join(file);
            assert!(path.exists(), "`{}` links to `{target}`", page.display());
        }
    }
    assert!(links > 40, "{links}");
}

#[test]
fn every_file_that_the_map_names_is_there() {
    let map = include_str!("../../../ARCHITECTURE.md");
    let endings = [".rs", ".md", ".bare", ".txt", ".toml"];
    // Where a crate is spoken of, paths begin in its sources.
    let begins = ["", "codegen/src", "protocol/src/session", "syntax/src"];
    let mut names = 0;
    for name in map.split('`').skip(1).step_by(2) {
        let is_path = name.contains('/') && endings.iter().any(|ending| name.ends_with(ending));
        if is_path && !name.contains(['*', '{', ' ']) {
            names += 1;
            let mut places = begins.iter().map(|begin| Path::new(REPOSITORY).join(begin).join(name));
            assert!(places.any(|place| place.exists()), "there is no `{name}`");
        }
    }
    assert!(names > 20, "{names}");
}

#[test]
fn the_hardened_profile_is_the_one_that_tests_run_with() {
    let page = include_str!("../../../docs/limits.md");
    let (_, rest) = page.split_once("```toml\n").expect("a profile");
    let (profile, _) = rest.split_once("```").expect("an end");
    assert!(include_str!("../../../Cargo.toml").contains(profile), "{profile}");
}

#[test]
fn the_minimum_rust_is_that_of_the_manifest() {
    let manifest = include_str!("../../../Cargo.toml");
    let (_, rest) = manifest.split_once("rust-version = \"").expect("a minimum");
    let (minimum, _) = rest.split_once('"').expect("an end");
    let mut told = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).expect("text");
        for said in text.split("The minimum Rust is ").skip(1) {
            told += 1;
            assert!(said.starts_with(&format!("{minimum}.")), "`{}` says {said}", page.display());
        }
    }
    assert!(told > 5, "{told}");
}
