//! `barewire freeze` and `barewire retire`: what became of released versions.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use barewire_syntax::family::Family;
use barewire_syntax::frozen::{self, FILE_NAME, Label, State, UpdateError};
use clap::Args;

use crate::failure::{Failure, Outcome, Result};
use crate::output::counted;
use crate::schema::label;
use crate::{family, output};

/// Writes down what versions mean when they are released: from then on `check` and every build refuse to change it.
#[derive(Args, Debug)]
pub(crate) struct Freeze {
    /// The directory of the family.
    family: PathBuf,
    /// Versions such as `v3`, or `v2-older` for an alternate.
    #[arg(required = true, value_name = "VERSION", value_parser = label)]
    versions: Vec<Label>,
}

/// Writes down that a version is not spoken any more: its number is never used again, and values written in it are still read.
#[derive(Args, Debug)]
pub(crate) struct Retire {
    /// The directory of the family.
    family: PathBuf,
    /// The version, such as `v1`.
    #[arg(value_name = "VERSION", value_parser = label)]
    version: Label,
    /// The reason, for those who find the version in ten years.
    #[arg(long, value_name = "TEXT")]
    why: String,
}

impl Freeze {
    pub(crate) fn run(&self) -> Result {
        let family = match family::load(&self.family)? {
            Ok(family) => family,
            Err(outcome) => return Ok(outcome),
        };
        let state = |label: &Label| match label.alternate {
            Some(_) => State::Alternate,
            None => State::Frozen,
        };
        let states: Vec<(Label, State)> =
            self.versions.iter().map(|label| (label.clone(), state(label))).collect();
        let text =
            frozen::update(&family, &states).map_err(|error| refused(&self.family, &family, &error))?;
        let mut said = String::new();
        let labels: BTreeSet<&Label> = self.versions.iter().collect();
        for label in labels {
            let is_frozen = family.frozen().is_some_and(|frozen| frozen.find(label).is_some());
            let types = family.find(label).map_or(0, |version| version.schema.definitions().len());
            said.push_str(&match is_frozen {
                true => format!("{label} is frozen already\n"),
                false => format!("froze {label}: {}\n", counted(types, "type")),
            });
        }
        written(&self.family, &text, &said)
    }
}

impl Retire {
    pub(crate) fn run(&self) -> Result {
        // Control characters do not get into the file.
        if self.why.chars().all(|c| c.is_whitespace() || c.is_control()) {
            return Err(Failure::new("`--why` is empty: expected a reason"));
        }
        let family = match family::load(&self.family)? {
            Ok(family) => family,
            Err(outcome) => return Ok(outcome),
        };
        let text = frozen::retire(&family, &self.version, &self.why)
            .map_err(|error| refused(&self.family, &family, &error))?;
        let version = &self.version;
        let before = family.frozen().and_then(|frozen| frozen.find(version)?.why.as_deref());
        let said = match before {
            Some(reason) => format!("{version} is retired already; its reason was {reason:?}\n"),
            None => format!("retired {version}: it is read and not spoken, and `{version}.bare` stays\n"),
        };
        written(&self.family, &text, &said)
    }
}

fn refused(dir: &Path, family: &Family, error: &UpdateError) -> Failure {
    let failure = Failure::new(error);
    match error {
        UpdateError::NoVersion { label } => family::no_version(dir, family, label),
        UpdateError::State { .. } => failure.note("an alternate is read as it is, and cannot be retired"),
        _ => failure,
    }
}

fn written(dir: &Path, text: &str, said: &str) -> Result {
    let path = dir.join(FILE_NAME);
    let shown = output::shown(&path);
    if fs::read_to_string(&path).is_ok_and(|before| before == text) {
        output::say(&format!("{said}`{shown}` is up to date\n"))?;
        return Ok(Outcome::Clean);
    }
    fs::write(&path, text).map_err(|error| Failure::new(format_args!("cannot write `{shown}`: {error}")))?;
    output::say(&format!("{said}wrote `{shown}`\n"))?;
    Ok(Outcome::Clean)
}
