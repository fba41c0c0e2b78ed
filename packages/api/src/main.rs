//! Writes `api.txt` of every library that is published: its public items, a line each, as users see them.
//!
//! With `--check` nothing is written, and a file that is not what would be written is an error.
//! The items come from rustdoc, whose JSON only a nightly compiler writes.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use anyhow::{Context, Result, bail, ensure};
use public_api::PublicItem;
use similar::TextDiff;

/// Folders and packages. The command is no library.
const LIBRARIES: [(&str, &str); 5] = [
    ("syntax", "barewire-syntax"),
    ("runtime", "barewire"),
    ("codegen", "barewire-codegen"),
    ("protocol", "barewire-protocol"),
    ("dynamic", "barewire-dynamic"),
];

fn main() -> Result<ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let is_check = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--check"] => true,
        _ => bail!("usage: barewire-api [--check]"),
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let documented = document(&root)?;

    let mut code = ExitCode::SUCCESS;
    for (folder, package) in LIBRARIES {
        let name = format!("{folder}/api.txt");
        let file = root.join(&name);
        let json = documented.join(package.replace('-', "_")).with_extension("json");
        let items = public_items(&json).with_context(|| json.display().to_string())?;
        if !is_check {
            fs::write(&file, items)?;
            continue;
        }
        let known = fs::read_to_string(&file).with_context(|| name.clone())?;
        if known != items {
            print!("{}", TextDiff::from_lines(&known, &items).unified_diff().header(&name, package));
            code = ExitCode::FAILURE;
        }
    }
    if code == ExitCode::FAILURE {
        eprintln!(
            "public items are others than it says; `cargo run --manifest-path packages/api/Cargo.toml` writes them down"
        );
    }
    Ok(code)
}

/// Lets rustdoc write down all libraries with all their features; the folder that it wrote into.
fn document(root: &Path) -> Result<PathBuf> {
    let target = root.join("target/api");
    let packages = LIBRARIES.iter().flat_map(|(_, package)| ["-p", package]);
    let status = Command::new("cargo")
        .args(["+nightly", "doc", "--quiet", "--lib", "--no-deps", "--all-features"])
        .args(packages)
        .arg("--target-dir")
        .arg(&target)
        .env("RUSTDOCFLAGS", "-Zunstable-options --output-format=json --cap-lints=allow")
        // Set by the cargo that runs this program, and meant for its compiler.
        .env_remove("RUSTUP_TOOLCHAIN")
        .current_dir(root)
        .status()
        .context("cargo does not start")?;
    ensure!(status.success(), "the libraries cannot be documented");
    Ok(target.join("doc"))
}

/// A line for each item, in the order of the paths.
///
/// Of the implementation of a trait only its head is there, since its methods are those of the trait, and what several
/// traits are implemented for has one line. An item that has several paths is told once for each, and its
/// implementations, which have the path of its definition, at the first.
fn public_items(json: &Path) -> Result<String> {
    let api = public_api::Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build()?;
    let items: Vec<(PublicItem, String)> =
        api.into_items().map(|item| (item.clone(), item.to_string())).collect();
    let is_of_trait = |(_, line): &&(PublicItem, String)| Head::parse(line).is_some();
    let impls: HashSet<_> = items.iter().filter(is_of_trait).map(|(item, _)| item.id()).collect();
    let is_told_by_head = |item: &PublicItem, line: &str| {
        item.parent_id().is_some_and(|parent| impls.contains(&parent)) && !line.starts_with("pub type ")
    };
    let lines =
        items.iter().filter(|(item, line)| !is_told_by_head(item, line)).map(|(_, line)| line.as_str());

    let mut told = HashSet::new();
    let mut text = String::new();
    let mut head: Option<Head<'_>> = None;
    for line in lines.filter(|line| told.insert(*line)) {
        let next = Head::parse(line);
        match (&mut head, next) {
            (Some(head), Some(next)) if head.can_take(&next) => head.traits.extend(next.traits),
            (_, next) => {
                text.extend(head.take().map(|head| head.line()));
                match next {
                    Some(next) => head = Some(next),
                    None => text.extend([line, "\n"]),
                }
            }
        }
    }
    text.extend(head.map(|head| head.line()));
    Ok(text)
}

/// The head of the implementation of traits.
struct Head<'a> {
    /// `impl` with its parameters.
    parameters: &'a str,
    traits: Vec<&'a str>,
    /// For what, with its conditions.
    target: &'a str,
}

impl<'a> Head<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let (before, target) = line.strip_prefix("impl")?.split_once(" for ")?;
        // Parameters may hold spaces and brackets, but none that is closed before they end.
        let mut depth = 0;
        let end = before.find(|c| {
            depth += i32::from(c == '<') - i32::from(c == '>');
            depth == 0 && c == ' '
        })?;
        let (parameters, of) = before.split_at(end);
        Some(Self { parameters, traits: vec![of.trim_start()], target })
    }

    fn can_take(&self, next: &Self) -> bool {
        (self.parameters, self.target) == (next.parameters, next.target)
    }

    fn line(self) -> String {
        format!("impl{} {} for {}\n", self.parameters, self.traits.join(" + "), self.target)
    }
}
