//! The choices of a build script, on the command line.

use std::ops::RangeInclusive;

use barewire_codegen::{Config, DataAs, StrAs};
use clap::Args;

use crate::renamed::{RenamedArgs, pair};

/// What a build script would say by `barewire_codegen::Config`.
#[derive(Args, Clone, Debug)]
pub(crate) struct ConfigArgs {
    /// Only these versions, as in `2..` or `1..=3`.
    #[arg(long, value_name = "RANGE", value_parser = range)]
    versions: Option<RangeInclusive<u16>>,
    /// A message; by default the types that no other type uses. May be repeated.
    #[arg(long = "message", value_name = "TYPE")]
    messages: Vec<String>,
    #[command(flatten)]
    renamed: RenamedArgs,
    /// A derive for a type, or for all with `.`, as in `StopCode=serde::Serialize`. May be repeated.
    #[arg(long, value_name = "PATH=DERIVE", value_parser = pair)]
    derive: Vec<(String, String)>,
    /// Holds the `str`s of a type or field, or all with `.`, in `String`s. May be repeated.
    #[arg(long, value_name = "PATH")]
    string: Vec<String>,
    /// Holds the `data` of a type or field, or all with `.`, in `Vec<u8>`s. May be repeated.
    #[arg(long, value_name = "PATH")]
    vec: Vec<String>,
}

impl ConfigArgs {
    pub(crate) fn config(&self) -> Config {
        let mut config = Config::new();
        if let Some(versions) = &self.versions {
            config = config.versions(versions.clone());
        }
        if !self.messages.is_empty() {
            config = config.messages(self.messages.iter().cloned());
        }
        for (old, new) in self.renamed.pairs() {
            config = config.renamed(old, new);
        }
        for (path, derive) in &self.derive {
            config = config.derive(path, [derive.as_str()]);
        }
        for path in &self.string {
            config = config.strings(path, StrAs::String);
        }
        for path in &self.vec {
            config = config.data(path, DataAs::Vec);
        }
        config
    }
}

/// `2..`, `..3`, `..=3`, `1..=3` and `2`, as in Rust.
fn range(text: &str) -> Result<RangeInclusive<u16>, String> {
    let number = |text: &str, default: u16| match text {
        "" => Ok(default),
        _ => text
            .parse::<u16>()
            .map_err(|_| format!("`{text}` is no version: expected a range such as `2..` or `1..=3`")),
    };
    if let Some((first, last)) = text.split_once("..=") {
        return Ok(number(first, 0)?..=number(last, u16::MAX)?);
    }
    match text.split_once("..") {
        Some((first, "")) => Ok(number(first, 0)?..=u16::MAX),
        Some((first, after)) => Ok(number(first, 0)?..=number(after, u16::MAX)?.saturating_sub(1)),
        None => number(text, 0).map(|only| only..=only),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_those_of_rust() {
        assert_eq!(range("2.."), Ok(2..=u16::MAX));
        assert_eq!(range("..3"), Ok(0..=2));
        assert_eq!(range("..=3"), Ok(0..=3));
        assert_eq!(range("1..=3"), Ok(1..=3));
        assert_eq!(range("1..3"), Ok(1..=2));
        assert_eq!(range("2"), Ok(2..=2));
        assert!(range("two..").is_err() && range("1..=70000").is_err());
    }
}
