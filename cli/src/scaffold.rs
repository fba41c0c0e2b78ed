//! `barewire scaffold`: the implementation of a migration, but for its decisions.

use std::path::PathBuf;

use barewire_codegen::scaffold::Names;
use barewire_syntax::family::Family;
use barewire_syntax::frozen::Label;
use clap::Args;

use crate::config::ConfigArgs;
use crate::failure::{Failure, Outcome, Result};
use crate::schema::label;
use crate::{family, generate, output};

/// Prints the implementation of the migration between two versions, with every mechanical line filled in.
///
/// Each decision is marked by the macro `decide!`, which is defined nowhere, so that the compiler names those that are left.
#[derive(Args, Debug)]
pub(crate) struct Scaffold {
    /// The directory of the family.
    family: PathBuf,
    /// The version that values come from, such as `v2`, or `v2-older` for an alternate.
    #[arg(value_name = "FROM", value_parser = label)]
    from: Label,
    /// The version that they go to; if it is no neighbour, all steps on the way are printed.
    #[arg(value_name = "TO", value_parser = label)]
    to: Label,
    /// The module that includes the generated code; by default `crate::` and the name of the family.
    #[arg(long, value_name = "PATH")]
    module: Option<String>,
    /// The type that implements the steps.
    #[arg(long = "for", value_name = "TYPE", default_value = "crate::Migrations")]
    ty: String,
    #[command(flatten)]
    config: ConfigArgs,
}

impl Scaffold {
    pub(crate) fn run(&self) -> Result {
        let family = match family::load(&self.family)? {
            Ok(family) => family,
            Err(outcome) => return Ok(outcome),
        };
        let module = self.module.clone().unwrap_or_else(|| format!("crate::{}", family.name()));
        let names = Names::new(&module, &self.ty).map_err(Failure::new)?;
        let config = self.config.config();
        let mut texts = Vec::new();
        for (from, to) in self.steps(&family)? {
            match config.scaffold(&family, &from, &to, &names) {
                Ok(Some(text)) => texts.push(text),
                Ok(None) => {
                    return Err(Failure::new(format_args!("there is no step from {from} to {to}")).note(
                        "values go from an alternate to its version, and between neighbouring versions",
                    ));
                }
                Err(error) => return generate::refused(error),
            }
        }
        if texts.is_empty() {
            return Err(Failure::new("a version needs no migration to itself"));
        }
        output::plain(&texts.join("\n"))?;
        Ok(Outcome::Clean)
    }

    /// The steps on the way.
    fn steps(&self, family: &Family) -> Result<Vec<(Label, Label)>> {
        for label in [&self.from, &self.to] {
            if family.find(label).is_none() {
                return Err(family::no_version(&self.family, family, label));
            }
        }
        let (from, to) = (self.from.number, self.to.number);
        let step = |from, to| (Label::version(from), Label::version(to));
        let mut steps = Vec::new();
        if self.from.alternate.is_some() {
            steps.push((self.from.clone(), Label::version(from)));
        }
        if self.to.alternate.is_some() {
            return Err(Failure::new(format_args!(
                "`{}` is an alternate, which is read and not written",
                self.to
            )));
        }
        steps.extend((from..to).map(|older| step(older, older + 1)));
        steps.extend((to..from).rev().map(|older| step(older + 1, older)));
        Ok(steps)
    }
}
