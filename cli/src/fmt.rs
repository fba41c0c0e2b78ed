//! `barewire fmt`: the one layout.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use barewire_syntax::{MAX_TEXT_LEN, Report, Source, format};
use clap::Args;

use crate::failure::{Failure, Failures, Outcome, Result};
use crate::report::{self, Format};
use crate::{changes, family, output, targets};

/// Rewrites schemas in the one layout; comments and meaning stay.
#[derive(Args, Debug)]
pub(crate) struct Fmt {
    /// Schemas, or directories with schemas somewhere below them; `-` reads standard input and writes standard output.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Writes nothing, but shows what would change, and fails if anything would.
    #[arg(long)]
    check: bool,
}

impl Fmt {
    pub(crate) fn run(&self) -> Result {
        let mut failures = Failures::default();
        let mut schemas = Vec::new();
        for path in &self.paths {
            match path.to_str() {
                Some("-") => schemas.push(path.clone()),
                _ => schemas.extend(targets::schemas(path, &mut failures)),
            }
        }
        let mut reports = Vec::new();
        let mut differs = false;
        for path in schemas {
            match failures.keep(self.schema(&path)) {
                Some(Ok(other)) => differs |= other,
                Some(Err(found)) => reports.push(found),
                None => {}
            }
        }
        if !reports.is_empty() {
            report::write(&reports, Format::Human)?;
        }
        failures.end(Outcome::findings_if(!reports.is_empty() || differs && self.check))
    }

    /// Whether the text of a schema is another one, or what is wrong with it.
    fn schema(&self, path: &Path) -> Result<std::result::Result<bool, Report>> {
        let source = match path == Path::new("-") {
            true => Ok(stdin()?),
            false => family::readable(path)?,
        };
        match source.and_then(|source| Ok((format(&source)?, source))) {
            Ok((text, source)) => self.written(path, &source, &text).map(Ok),
            Err(found) => Ok(Err(found)),
        }
    }

    /// Whether the text is another one.
    fn written(&self, path: &Path, source: &Source, text: &str) -> Result<bool> {
        let differs = source.text != text;
        if self.check {
            if differs {
                output::say(&changes::unified(&output::visible(&source.name), &source.text, text))?;
            }
        } else if path == Path::new("-") {
            output::plain(text)?;
        } else if differs {
            fs::write(path, text)
                .map_err(|error| Failure::new(format_args!("cannot write `{}`: {error}", path.display())))?;
            output::say(&format!("formatted `{}`\n", output::shown(path)))?;
        }
        Ok(differs)
    }
}

fn stdin() -> Result<Source> {
    let mut text = String::new();
    let limit = MAX_TEXT_LEN as u64 + 1;
    io::stdin()
        .take(limit)
        .read_to_string(&mut text)
        .map_err(|error| Failure::new(format_args!("cannot read standard input: {error}")))?;
    Ok(Source::new("<stdin>", text))
}
