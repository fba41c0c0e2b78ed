//! Rows: what a line of a data file says, and reading all of them.
//!
//! A line that says nothing usable is not an error of the run but a failure of that line, like a row that is wrong.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::{Error, hex};

/// Where a row stands.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Place {
    /// The data file.
    pub file: Rc<Path>,
    /// The line, from 1.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file.display(), self.line)
    }
}

/// The files of a directory, one for each form of row.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum File {
    Vectors,
    BadBytes,
    GoodSchemas,
    BadSchemas,
}

impl File {
    const ALL: [Self; 4] = [Self::Vectors, Self::BadBytes, Self::GoodSchemas, Self::BadSchemas];

    const fn name(self) -> &'static str {
        match self {
            Self::Vectors => "vectors.jsonl",
            Self::BadBytes => "bad-bytes.jsonl",
            Self::GoodSchemas => "good-schemas.jsonl",
            Self::BadSchemas => "bad-schemas.jsonl",
        }
    }
}

/// One line of a data file.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) place: Place,
    pub(crate) file: File,
    /// What the line claims, or why it cannot be understood.
    pub(crate) claim: Result<Claim, String>,
}

/// What a row claims.
#[derive(Debug)]
pub(crate) enum Claim {
    /// The value of this type and these octets belong together.
    Message { root: Root, octets: Vec<u8>, value: Value },
    /// These octets are no message of this type, by this rule.
    NoMessage { root: Root, octets: Vec<u8>, rule: String },
    /// The text is a schema.
    Schema { text: String },
    /// The text is no schema, by this rule, and the mistake is on this line, from 1.
    NoSchema { text: String, line: Option<usize>, rule: Option<String> },
}

/// The type that the octets of a row are a message of.
#[derive(Debug)]
pub(crate) struct Root {
    pub(crate) schema: String,
    pub(crate) name: String,
}

/// The rows of the files in `dir`.
///
/// # Errors
///
/// If the directory has none of the files, or a file cannot be read.
pub(crate) fn read(dir: &Path) -> Result<Vec<Row>, Error> {
    let mut rows = Vec::new();
    let mut has_files = false;
    for file in File::ALL {
        let path = dir.join(file.name());
        // Octets, because a line that is not UTF-8 must not take the other lines with it.
        let octets = match fs::read(&path) {
            Ok(octets) => octets,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Error::io("read", &path, error)),
        };
        has_files = true;
        let path: Rc<Path> = path.into();
        for (index, line) in octets.split(|octet| *octet == b'\n').enumerate() {
            if !line.trim_ascii().is_empty() {
                let place = Place { file: Rc::clone(&path), line: index + 1 };
                rows.push(Row { place, file, claim: claim(file, line) });
            }
        }
    }
    if has_files { Ok(rows) } else { Err(Error::NoFiles(PathBuf::from(dir))) }
}

fn claim(file: File, line: &[u8]) -> Result<Claim, String> {
    let row: Map<String, Value> =
        serde_json::from_slice(line).map_err(|error| format!("expected a JSON object: {error}"))?;
    Ok(match file {
        File::Vectors => Claim::Message {
            root: root(&row)?,
            octets: octets(&row)?,
            value: row.get("value").cloned().ok_or_else(|| missing("value"))?,
        },
        File::BadBytes => {
            Claim::NoMessage { root: root(&row)?, octets: octets(&row)?, rule: text(&row, "rule")? }
        }
        File::GoodSchemas => Claim::Schema { text: text(&row, "schema")? },
        File::BadSchemas => Claim::NoSchema {
            text: text(&row, "schema")?,
            line: line_number(&row)?,
            rule: row.get("rule").map(|_| text(&row, "rule")).transpose()?,
        },
    })
}

fn root(row: &Map<String, Value>) -> Result<Root, String> {
    Ok(Root { schema: text(row, "schema")?, name: text(row, "type")? })
}

fn octets(row: &Map<String, Value>) -> Result<Vec<u8>, String> {
    hex::octets(&text(row, "hex")?).map_err(|problem| format!("\"hex\": {problem}"))
}

fn text(row: &Map<String, Value>, key: &str) -> Result<String, String> {
    match row.get(key) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(other) => Err(format!("\"{key}\": expected a string, found {other}")),
        None => Err(missing(key)),
    }
}

fn line_number(row: &Map<String, Value>) -> Result<Option<usize>, String> {
    let Some(value) = row.get("line") else { return Ok(None) };
    match value.as_u64().and_then(|line| usize::try_from(line).ok()) {
        Some(line) if line > 0 => Ok(Some(line)),
        _ => Err(format!("\"line\": expected a number from 1, found {value}")),
    }
}

fn missing(key: &str) -> String {
    format!("expected the key \"{key}\", which is missing")
}
