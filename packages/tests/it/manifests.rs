//! What a registry shows of a package, and what it would refuse.

use barewire_packages::{exists, list, members, published, read, text};

#[test]
fn each_says_what_it_is() {
    for package in published() {
        let (name, manifest) = (&package.name, &package.manifest);
        let description = text(&manifest["description"]);
        assert!(description.len() > 30 && !description.ends_with('.'), "{name}: {description}");
        assert_eq!(text(&manifest["license"]), "MIT OR Apache-2.0", "{name}");
        assert!(!list(&manifest["authors"]).is_empty(), "{name}");
    }
}

/// The rules of crates.io for keywords; of its categories, those that these packages are in.
#[test]
fn each_can_be_found() {
    const CATEGORIES: [&str; 8] = [
        "command-line-utilities",
        "development-tools",
        "development-tools::build-utils",
        "encoding",
        "network-programming",
        "no-std",
        "parser-implementations",
        "web-programming::websocket",
    ];
    for package in published() {
        let keywords: Vec<&str> = list(&package.manifest["keywords"]).iter().map(text).collect();
        assert!((1..=5).contains(&keywords.len()), "{}: {keywords:?}", package.name);
        assert!(keywords.contains(&"bare"), "{}: {keywords:?}", package.name);
        for keyword in keywords {
            let is_right = |c: char| c.is_ascii_alphanumeric() || "_-+".contains(c);
            assert!(keyword.len() <= 20 && keyword.chars().all(is_right), "{}: {keyword}", package.name);
        }
        let categories: Vec<&str> = list(&package.manifest["categories"]).iter().map(text).collect();
        assert!((1..=5).contains(&categories.len()), "{}: {categories:?}", package.name);
        assert!(
            categories.iter().all(|category| CATEGORIES.contains(category)),
            "{}: {categories:?}",
            package.name
        );
    }
}

/// A licence is a file beside the manifest, so that the package holds its text.
#[test]
fn each_holds_its_licences() {
    for package in published() {
        let folder =
            text(&package.manifest["manifest_path"]).strip_suffix("/Cargo.toml").expect("a manifest");
        for file in ["LICENSE-APACHE", "LICENSE-MIT"] {
            assert!(exists(format!("{folder}/{file}")), "{}: {file}", package.name);
        }
    }
}

/// One number for all: they are released together, and a requirement is the number of the package that it names.
#[test]
fn all_have_one_version() {
    let members = members();
    let version = text(&members[0].manifest["version"]);
    for package in &members {
        assert_eq!(text(&package.manifest["version"]), version, "{}", package.name);
        for needed in package.dependencies.iter().filter(|dependency| dependency.is_ours) {
            let requirement = &needed.requirement;
            let is_right = requirement == "*" || *requirement == format!("^{version}");
            assert!(is_right, "{}: `{}` {requirement}", package.name, needed.name);
        }
    }
}

/// The claim of a manifest is what is built, not what somebody thinks would build.
#[test]
fn the_oldest_compiler_is_the_one_that_ci_builds_with() {
    let ci = read(".ci/run");
    let step =
        ci.lines().find_map(|line| line.trim().strip_prefix("step cargo +$oldest check ")).expect("a step");
    for package in published() {
        let oldest = text(&package.manifest["rust_version"]);
        assert!(ci.lines().any(|line| line == format!("oldest={oldest}.0")), "{}: {oldest}", package.name);
        assert!(step.split(" -p ").any(|name| name == package.name), "{}", package.name);
    }
}
