//! What cargo says of the packages of this repository.
//!
//! `RELEASING.md`, `ARCHITECTURE.md` and `.ci/run` promise things of them: the tests hold these against the answers of
//! cargo, which are read here. Nothing is built and nothing is asked over the network.

#![forbid(unsafe_code)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::Command,
};

use serde_json::Value;

/// A package of the workspace, by its manifest.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Whether a registry may have it.
    pub is_published: bool,
    /// What it depends on by itself.
    pub dependencies: Vec<Dependency>,
    /// The manifest, as cargo reads it.
    pub manifest: Value,
}

/// One line of a manifest.
#[derive(Clone, Debug)]
pub struct Dependency {
    /// The name of the package, whatever the manifest calls it.
    pub name: String,
    /// When it is needed.
    pub kind: Kind,
    /// The versions that will do; `*` where the manifest names none.
    pub requirement: String,
    /// Whether it is another package of this repository.
    pub is_ours: bool,
    /// Whether only a feature brings it.
    pub is_optional: bool,
}

/// When a dependency is needed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// In programs.
    Normal,
    /// For the build script.
    Build,
    /// For tests, examples and benches.
    Dev,
}

impl Dependency {
    /// Whether the manifest that a registry gets still has it: cargo leaves out what tests take from a path alone.
    pub fn is_published(&self) -> bool {
        self.kind != Kind::Dev || self.requirement != "*"
    }
}

/// The packages of the workspace, in the order of their names.
pub fn members() -> Vec<Package> {
    packages_of("Cargo.toml")
}

/// The packages of the workspace whose manifest is at this path.
pub fn packages_of(manifest: &str) -> Vec<Package> {
    let metadata =
        cargo(&["metadata", "--no-deps", "--format-version=1", "--offline", "--manifest-path", manifest]);
    let metadata: Value = serde_json::from_str(&metadata).expect("cargo writes JSON");
    let mut packages: Vec<Package> = list(&metadata["packages"]).iter().map(package).collect();
    packages.sort_by(|a, b| a.name.cmp(&b.name));
    packages
}

/// The packages that a registry may have.
pub fn published() -> Vec<Package> {
    members().into_iter().filter(|package| package.is_published).collect()
}

fn package(manifest: &Value) -> Package {
    Package {
        name: text(&manifest["name"]).to_owned(),
        // An empty list of registries is what `publish = false` means.
        is_published: manifest["publish"].is_null(),
        dependencies: list(&manifest["dependencies"]).iter().map(dependency).collect(),
        manifest: manifest.clone(),
    }
}

fn dependency(line: &Value) -> Dependency {
    let kind = match line["kind"].as_str() {
        None => Kind::Normal,
        Some("build") => Kind::Build,
        Some("dev") => Kind::Dev,
        Some(other) => panic!("cargo has no other kind: `{other}`"),
    };
    Dependency {
        name: text(&line["name"]).to_owned(),
        kind,
        requirement: text(&line["req"]).to_owned(),
        is_ours: line["path"].is_string(),
        is_optional: line["optional"] == true,
    }
}

/// The packages that come with one, as a user gets them: with its default features and nobody else's.
///
/// `edges` is what `cargo tree` takes, `normal` or `normal,build`.
pub fn closure(package: &str, edges: &str) -> BTreeSet<String> {
    let tree = cargo(&["tree", "--offline", "--prefix=none", "--format={p}", "-p", package, "-e", edges]);
    let names = tree.lines().filter_map(|line| line.split(' ').next()).filter(|name| !name.starts_with('['));
    names.filter(|name| !name.is_empty() && *name != package).map(str::to_owned).collect()
}

/// The licence of every package that the workspace is built and tested with on this machine.
pub fn licences() -> BTreeMap<String, String> {
    let packages = &resolved()["packages"];
    let licence = |package: &Value| (text(&package["name"]).to_owned(), text(&package["license"]).to_owned());
    list(packages).iter().map(licence).collect()
}

/// The features of a package when the whole workspace is tested.
pub fn tested_features(package: &Package) -> BTreeSet<String> {
    let resolved = resolved();
    let mut nodes = list(&resolved["resolve"]["nodes"]).iter();
    let node = nodes.find(|node| node["id"] == package.manifest["id"]).expect("every package is a node");
    list(&node["features"]).iter().map(|feature| text(feature).to_owned()).collect()
}

/// All that the workspace is built and tested with on this machine.
fn resolved() -> Value {
    let target = cargo(&["-vV"]);
    let host = target.lines().find_map(|line| line.strip_prefix("host: ")).expect("cargo names its host");
    // What only other machines need may not be here, and cargo asks no registry.
    let metadata = cargo(&["metadata", "--format-version=1", "--offline", "--filter-platform", host]);
    serde_json::from_str(&metadata).expect("cargo writes JSON")
}

/// A file of the repository.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("`{path}`: {error}"))
}

/// Whether the repository has this file.
pub fn exists(path: impl AsRef<Path>) -> bool {
    root().join(path).exists()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package is a folder of the repository")
}

/// What cargo prints.
fn cargo(arguments: &[&str]) -> String {
    let output =
        Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().expect("cargo starts");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {}:\n{errors}", arguments.join(" "));
    String::from_utf8(output.stdout).expect("cargo writes UTF-8")
}

/// A list in what cargo printed, which is empty where there is none.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A text in what cargo printed.
#[track_caller]
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("a text, not {value}"))
}
