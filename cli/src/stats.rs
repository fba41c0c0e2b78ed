//! `barewire stats`: what a family costs.

use std::fmt::Write as _;
use std::path::PathBuf;

use barewire_codegen::stats::{Stats as Measured, TypeStats, VersionStats};
use barewire_syntax::frozen::Label;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::config::ConfigArgs;
use crate::failure::{Failure, Outcome, Result};
use crate::output::{counted, listed};
use crate::schema::label;
use crate::{family, generate, output, paint};

/// Says what a family costs: sizes on the wire, heap for each octet of input, nesting, generated lines, shared types.
#[derive(Args, Debug)]
pub(crate) struct Stats {
    /// The directory of the family.
    family: PathBuf,
    /// The version whose types are listed; the newest by default.
    #[arg(long = "version", short = 'v', value_name = "VERSION", value_parser = label)]
    version: Option<Label>,
    /// How to write it.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    config: ConfigArgs,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// A table of the versions, and one of the types of a version.
    #[default]
    Text,
    /// A JSON document with the types of all versions.
    Json,
}

impl Stats {
    pub(crate) fn run(&self) -> Result {
        let family = match family::load(&self.family)? {
            Ok(family) => family,
            Err(outcome) => return Ok(outcome),
        };
        let stats = match self.config.config().stats(&family) {
            Ok(stats) => stats,
            Err(error) => return generate::refused(error),
        };
        match self.format {
            Format::Text => output::say(&self.text(family.name(), &stats)?)?,
            Format::Json => output::plain(&format!("{:#}\n", document(family.name(), &stats)))?,
        }
        Ok(Outcome::Clean)
    }

    fn text(&self, name: &str, stats: &Measured) -> Result<String> {
        let (strong, gutter) = (paint::STRONG, paint::GUTTER);
        let chosen = self.chosen(stats)?;
        let mut text =
            format!("{strong}{name}{strong:#}: {} of generated Rust\n\n", counted(stats.lines, "line"));
        let _ = writeln!(text, "{gutter}version    types  shared  lines{gutter:#}");
        for version in &stats.versions {
            let shared = version.types.iter().filter(|ty| ty.shared_with.is_some()).count();
            let name = named(version);
            let _ =
                writeln!(text, "{name:<9}  {:>5}  {shared:>6}  {:>5}", version.types.len(), version.lines);
        }
        let width = chosen.types.iter().map(|ty| ty.name.len()).max().unwrap_or(0).max("type".len());
        let _ = writeln!(text, "\n{strong}types of {}{strong:#}\n", named(chosen));
        let head = format!(
            "{:width$}  {:>8}  {:>8}  {:>5}  {:>10}  shared with",
            "type", "min", "max", "depth", "heap/octet"
        );
        let _ = writeln!(text, "{gutter}{head}{gutter:#}");
        for ty in &chosen.types {
            let TypeStats { name, min_len, max_len, depth, heap_per_octet, shared_with } = ty;
            let max = max_len.map_or_else(|| "-".to_owned(), |max| max.to_string());
            let shared = shared_with.as_ref().map(ToString::to_string).unwrap_or_default();
            let line = format!(
                "{name:width$}  {min_len:>8}  {max:>8}  {depth:>5}  {heap_per_octet:>10.1}  {shared}"
            );
            let _ = writeln!(text, "{}", line.trim_end());
        }
        Ok(text)
    }

    fn chosen<'s>(&self, stats: &'s Measured) -> Result<&'s VersionStats> {
        let is_version =
            |version: &&VersionStats| version.label.as_ref().is_some_and(|label| label.alternate.is_none());
        match &self.version {
            None => {
                stats.versions.iter().rfind(is_version).ok_or_else(|| Failure::new("there is no version"))
            }
            Some(label) => {
                stats.versions.iter().find(|version| version.label.as_ref() == Some(label)).ok_or_else(|| {
                    let there: Vec<String> = stats.versions.iter().map(named).collect();
                    Failure::new(format_args!("`{}` has no version `{label}`", self.family.display()))
                        .note(format_args!("there are {}", listed(&there)))
                })
            }
        }
    }
}

fn named(version: &VersionStats) -> String {
    version.label.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn document(name: &str, stats: &Measured) -> Value {
    let ty = |ty: &TypeStats| {
        json!({
            "name": ty.name,
            "min": ty.min_len,
            "max": ty.max_len,
            "depth": ty.depth,
            // More digits would pretend to be more than an estimate.
            "heapPerOctet": (ty.heap_per_octet * 1000.0).round() / 1000.0,
            "sharedWith": ty.shared_with.as_ref().map(ToString::to_string),
        })
    };
    let version = |version: &VersionStats| {
        json!({
            "version": named(version),
            "lines": version.lines,
            "types": version.types.iter().map(ty).collect::<Vec<_>>(),
        })
    };
    json!({
        "family": name,
        "lines": stats.lines,
        "versions": stats.versions.iter().map(version).collect::<Vec<_>>(),
    })
}
