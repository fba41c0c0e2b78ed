//! Names that changed between versions: schemas do not tell them from types that went and others that came.

use barewire_syntax::diff::is_renamed;
use barewire_syntax::ir::Schema;
use clap::Args;

use crate::failure::{Failure, Result};

/// What a build script would say by `barewire_codegen::Config::renamed`.
#[derive(Args, Clone, Debug)]
pub(crate) struct RenamedArgs {
    /// A definition that is called otherwise from some version on. May be repeated.
    #[arg(long = "renamed", value_name = "OLD=NEW", value_parser = pair)]
    pairs: Vec<(String, String)>,
}

impl RenamedArgs {
    /// The old names, each with the new one.
    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// The pairs that count in one of these steps, each from an older version to a newer one.
    pub(crate) fn within(&self, steps: &[(&Schema, &Schema)]) -> Vec<(String, String)> {
        let counts = |(old, new): &&(String, String)| {
            steps.iter().any(|(older, newer)| is_renamed(older, newer, old, new))
        };
        self.pairs.iter().filter(counts).cloned().collect()
    }

    /// Refuses a pair that counts in none of these steps: it is a typo, and would be ignored otherwise.
    pub(crate) fn check(&self, steps: &[(&Schema, &Schema)]) -> Result<()> {
        let known = self.within(steps);
        match self.pairs.iter().find(|pair| !known.contains(pair)) {
            None => Ok(()),
            Some((old, new)) => Err(Failure::new(format_args!(
                "`{}` was not renamed to `{}`",
                old.escape_debug(),
                new.escape_debug()
            ))
            .note(
                "`--renamed` takes a name that only the older side has, and one that only the newer side has",
            )),
        }
    }

    /// What the definition `name` of the older version is called in the newer one.
    pub(crate) fn newer<'n>(&'n self, (older, newer): (&Schema, &Schema), name: &'n str) -> &'n str {
        let found = self.pairs.iter().find(|(old, new)| old == name && is_renamed(older, newer, old, new));
        found.map_or(name, |(_, new)| new)
    }

    /// What the definition `name` of the newer version is called in the older one.
    pub(crate) fn older<'n>(&'n self, (older, newer): (&Schema, &Schema), name: &'n str) -> &'n str {
        let found = self.pairs.iter().find(|(old, new)| new == name && is_renamed(older, newer, old, new));
        found.map_or(name, |(old, _)| old)
    }
}

/// `A=B`
pub(crate) fn pair(text: &str) -> std::result::Result<(String, String), String> {
    match text.split_once('=') {
        Some((one, other)) if !one.is_empty() && !other.is_empty() => Ok((one.to_owned(), other.to_owned())),
        _ => Err("expected two names with `=` between them".to_owned()),
    }
}
