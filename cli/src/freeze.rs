//! `barewire freeze` and `barewire retire`: what became of released versions.

use std::fs;
use std::path::{Path, PathBuf};

use barewire_syntax::family::Family;
use barewire_syntax::frozen::{self, FILE_NAME, Label, State, UpdateError};
use clap::Args;

use crate::failure::{Failure, Outcome, Result};
use crate::output::counted;
use crate::schema::{label, listed};
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
        let text = frozen::update(&family, &states).map_err(|error| refused(&family, &error))?;
        let mut said = String::new();
        for label in &self.versions {
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
        if self.why.trim().is_empty() {
            return Err(Failure::new("`--why` is empty: expected a reason"));
        }
        let family = match family::load(&self.family)? {
            Ok(family) => family,
            Err(outcome) => return Ok(outcome),
        };
        let text =
            frozen::retire(&family, &self.version, &self.why).map_err(|error| refused(&family, &error))?;
        let said = format!(
            "retired {}: it is read and not spoken, and `{}.bare` stays\n",
            self.version, self.version
        );
        written(&self.family, &text, &said)
    }
}

fn refused(family: &Family, error: &UpdateError) -> Failure {
    let failure = Failure::new(error);
    match error {
        UpdateError::NoVersion { .. } => {
            let there: Vec<String> =
                family.versions().iter().map(|version| format!("v{}", version.number)).collect();
            failure.note(format_args!("`{}` has {}", family.name(), listed(&there)))
        }
        UpdateError::State { .. } => failure.note("an alternate is read as it is, and cannot be retired"),
        _ => failure,
    }
}

fn written(dir: &Path, text: &str, said: &str) -> Result {
    let path = dir.join(FILE_NAME);
    fs::write(&path, text)
        .map_err(|error| Failure::new(format_args!("cannot write `{}`: {error}", path.display())))?;
    output::say(&format!("{said}wrote `{}`\n", path.display()))?;
    Ok(Outcome::Clean)
}
