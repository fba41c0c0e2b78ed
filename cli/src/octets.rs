//! Octets as they come in: from a file, from standard input or from the command line; as they are, or as digits.

mod base64;
mod hex;

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::excerpt::excerpt;
use crate::failure::{Failure, Result};
use crate::output::visible;
use crate::targets::unreadable;

pub(crate) use base64::encoded as base64;
pub(crate) use hex::{digits, spaced};

/// How octets are written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum Encoding {
    /// As they are.
    #[default]
    Binary,
    /// Two hexadecimal digits for each; white space, `:`, `_` and `0x` may stand between them.
    Hex,
    /// Base64, with the signs of either alphabet, with or without padding.
    Base64,
}

/// Where octets come from.
#[derive(Args, Clone, Debug)]
pub(crate) struct InputArgs {
    /// A file with the octets; `-`, or nothing, for standard input.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// The octets in hexadecimal digits, instead of a file.
    #[arg(long, value_name = "DIGITS", conflicts_with_all = ["file", "base64", "encoding"])]
    hex: Option<String>,
    /// The octets in base64, instead of a file.
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["file", "encoding"])]
    base64: Option<String>,
    /// How the octets are written in the file.
    #[arg(long, value_enum, default_value_t, value_name = "ENCODING")]
    encoding: Encoding,
}

impl InputArgs {
    /// All octets.
    pub(crate) fn read(&self) -> Result<Vec<u8>> {
        match self.open()? {
            Opened::Octets(octets) => Ok(octets),
            Opened::Stream { mut stream, name, .. } => read_all(&mut stream, &name),
        }
    }

    /// The octets, or the stream that they come from one after the other.
    pub(crate) fn open(&self) -> Result<Opened> {
        if let Some(text) = &self.hex {
            return decoded(text.as_bytes(), Encoding::Hex, "--hex").map(Opened::Octets);
        }
        if let Some(text) = &self.base64 {
            return decoded(text.as_bytes(), Encoding::Base64, "--base64").map(Opened::Octets);
        }
        let (mut stream, name, len): (Box<dyn Read>, _, _) = match self.path() {
            Some(path) => {
                let file = File::open(path).map_err(|error| unreadable(path, &error))?;
                let metadata = file.metadata().map_err(|error| unreadable(path, &error))?;
                if metadata.is_dir() {
                    return Err(Failure::new(format_args!("`{}` is a directory", path.display())));
                }
                (Box::new(file), format!("`{}`", path.display()), Some(metadata.len()))
            }
            None => {
                let stdin = io::stdin();
                if stdin.is_terminal() {
                    return Err(Failure::new("expected octets, but standard input is a terminal")
                        .note("name a file, or write them as in `--hex '04 00'`"));
                }
                (Box::new(stdin), "standard input".to_owned(), None)
            }
        };
        if self.encoding == Encoding::Binary {
            return Ok(Opened::Stream { stream, name, len });
        }
        let text = read_all(&mut stream, &name)?;
        decoded(&text, self.encoding, &name).map(Opened::Octets)
    }

    /// Whether the octets were taken as they are, so that a text may have been meant otherwise.
    pub(crate) fn is_binary(&self) -> bool {
        self.hex.is_none() && self.base64.is_none() && self.encoding == Encoding::Binary
    }

    fn path(&self) -> Option<&Path> {
        self.file.as_deref().filter(|path| *path != Path::new("-"))
    }
}

/// Octets that are there, or a stream of them.
pub(crate) enum Opened {
    Octets(Vec<u8>),
    Stream {
        stream: Box<dyn Read>,
        name: String,
        /// How long it is, if that is known.
        len: Option<u64>,
    },
}

fn read_all(stream: &mut dyn Read, name: &str) -> Result<Vec<u8>> {
    let mut octets = Vec::new();
    match stream.read_to_end(&mut octets) {
        Ok(_) => Ok(octets),
        Err(error) => Err(Failure::new(format_args!("cannot read {name}: {error}"))),
    }
}

/// What is no digit, and where.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct NoDigits {
    /// The octet of the text that is wrong, or its end.
    at: usize,
    what: &'static str,
}

/// The octets that a text stands for.
fn decoded(text: &[u8], encoding: Encoding, name: &str) -> Result<Vec<u8>> {
    let octets = match encoding {
        Encoding::Binary => return Ok(text.to_vec()),
        Encoding::Hex => hex::octets(text),
        Encoding::Base64 => base64::octets(text),
    };
    octets.map_err(|error| not_digits(text, name, error))
}

fn not_digits(text: &[u8], name: &str, NoDigits { at, what }: NoDigits) -> Failure {
    let before = &text[..at];
    let line_start = before.iter().rposition(|octet| *octet == b'\n').map_or(0, |feed| feed + 1);
    let line = before.iter().filter(|octet| **octet == b'\n').count() + 1;
    let head = String::from_utf8_lossy(&before[line_start..]).into_owned();
    let rest = text[at..].split(|octet| *octet == b'\n').next().unwrap_or_default();
    let found = match String::from_utf8_lossy(&text[at..text.len().min(at + 4)]).chars().next() {
        Some(found) => format!("found `{}`", visible(&found.to_string())),
        None => "the text ended".to_owned(),
    };
    let column = head.chars().count() + 1;
    Failure::new(format_args!("expected {what}, {found} at line {line} column {column} of {name}"))
        .note(excerpt(&format!("{head}{}", String::from_utf8_lossy(rest)), head.len()))
}
