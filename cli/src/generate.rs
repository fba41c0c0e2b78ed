//! `barewire generate`: the Rust that a build script makes of schemas.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use barewire_codegen::Error;
use clap::Args;

use crate::config::ConfigArgs;
use crate::failure::{Failure, Outcome, Result};
use crate::report::{self, Format};
use crate::targets::unreadable;
use crate::{changes, family, output};

/// Prints the Rust that a build script generates for a family or a schema, or writes it to a directory.
#[derive(Args, Debug)]
pub(crate) struct Generate {
    /// The directory of a family, or one schema without versions.
    schema: PathBuf,
    /// Writes `<name>.rs` into this directory, where the name is that of the family.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Writes nothing, but shows where the file in that directory differs, and fails if it does.
    #[arg(long, requires = "out")]
    check: bool,
    /// Also strategies for property tests, in `<name>_strategies.rs`.
    #[arg(long, requires = "out")]
    strategies: bool,
    #[command(flatten)]
    config: ConfigArgs,
}

impl Generate {
    pub(crate) fn run(&self) -> Result {
        let config = self.config.config();
        let config = if self.strategies { config.strategies() } else { config };
        let metadata = fs::metadata(&self.schema).map_err(|error| unreadable(&self.schema, &error))?;
        let (name, generated) = if metadata.is_dir() {
            let family = match family::load(&self.schema)? {
                Ok(family) => family,
                Err(outcome) => return Ok(outcome),
            };
            (family.name().to_owned(), config.generate(&family))
        } else {
            let name = self.schema.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            match family::source(&self.schema)? {
                Ok(source) => (name, config.generate_source(&source)),
                Err(outcome) => return Ok(outcome),
            }
        };
        let generated = match generated {
            Ok(generated) => generated,
            Err(error) => return refused(error),
        };
        let Some(dir) = &self.out else {
            output::plain(&generated.schema)?;
            return Ok(Outcome::Clean);
        };
        let mut outcome = Outcome::Clean;
        let strategies = generated.strategies.map(|text| (format!("{name}_strategies.rs"), text));
        for (file, text) in [(format!("{name}.rs"), generated.schema)].into_iter().chain(strategies) {
            if self.file(&dir.join(file), &text)? == Outcome::Findings {
                outcome = Outcome::Findings;
            }
        }
        Ok(outcome)
    }

    fn file(&self, path: &Path, text: &str) -> Result {
        let shown = output::shown(path);
        let before = match fs::read_to_string(path) {
            Ok(before) => Some(before),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(unreadable(path, &error)),
        };
        match before {
            Some(before) if before == text => {
                output::say(&format!("`{shown}` is up to date\n"))?;
                Ok(Outcome::Clean)
            }
            Some(before) if self.check => {
                output::say(&changes::unified(&shown, &before, text))?;
                output::say(&format!("`{shown}` is stale\n"))?;
                Ok(Outcome::Findings)
            }
            None if self.check => {
                output::say(&format!("`{shown}` is missing\n"))?;
                Ok(Outcome::Findings)
            }
            Some(_) | None => {
                let written =
                    path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
                written.map_err(|error| Failure::new(format_args!("cannot write `{shown}`: {error}")))?;
                output::say(&format!("wrote `{shown}`\n"))?;
                Ok(Outcome::Clean)
            }
        }
    }
}

/// What the generator refuses: findings in the schemas, or a choice that does not fit them.
pub(crate) fn refused(error: Error) -> Result {
    match error.report() {
        Some(found) => {
            report::write(std::slice::from_ref(found), Format::Human)?;
            Ok(Outcome::Findings)
        }
        None => Err(Failure::new(error)),
    }
}
