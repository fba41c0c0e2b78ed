//! Why a line is not shown as a message, in words.

use std::fmt::{self, Display};

use barewire::DecodeError;

use crate::counted;
use crate::types::{FrameType, VERSIONS, WHOLE};

pub(crate) enum Refusal {
    NotUtf8 { at: usize },
    UnknownVersion { found: String },
    NoType { version: &'static str },
    UnknownType { version: &'static str, found: String },
    NotHex { found: char },
    HalfOctet { digits: usize },
    Decode(DecodeError),
    Changed { encoded: Vec<u8> },
}

impl From<DecodeError> for Refusal {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8 { at } => write!(f, "the line is not UTF-8, {} into it", counted(*at, "byte")),
            Self::UnknownVersion { found } => {
                write!(f, "unknown version `{found}`, expected one of {}", VERSIONS.join(", "))
            }
            Self::NoType { version } => {
                write!(f, "expected a type after `{version}`, such as {}", whole(version).join(", "))
            }
            Self::UnknownType { version, found } => {
                write!(f, "{version} has no type `{found}`, ")?;
                if let Some(ty) = FrameType::all().find(|ty| ty.name == found) {
                    write!(f, "but {} has", ty.version)
                } else if let Some(near) = nearest(found, FrameType::of(version).map(|ty| ty.name)) {
                    write!(f, "did you mean `{near}`?")
                } else {
                    write!(f, "expected one such as {}", whole(version).join(", "))
                }
            }
            Self::NotHex { found } => write!(f, "expected hexadecimal digits, found `{found}`"),
            Self::HalfOctet { digits } => {
                write!(f, "expected two digits for each byte, found {}", counted(*digits, "digit"))
            }
            Self::Decode(error) => {
                write!(f, "{error}")?;
                error.needed().map_or(Ok(()), |needed| {
                    let needed = counted(needed, "more byte");
                    write!(f, "\n    if the frame is cut: at least {needed} would be needed")
                })
            }
            Self::Changed { encoded } => {
                f.write_str("encodes to other bytes: ")?;
                encoded.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
            }
        }
    }
}

/// The few types to begin with.
fn whole(version: &str) -> Vec<&'static str> {
    let has = |name: &&str| FrameType::of(version).any(|ty| ty.name == *name);
    WHOLE.into_iter().filter(has).collect()
}

/// The name that was probably meant: it differs in a few letters.
fn nearest<'a>(found: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let alike = names.filter(|name| name.len().abs_diff(found.len()) <= 3);
    let (edits, name) = alike.map(|name| (edits(found, name), name)).min()?;
    (edits * 3 <= name.len()).then_some(name)
}

/// How many letters must be changed, added or dropped to get `b` from `a`.
fn edits(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let changed = diagonal + usize::from(!x.eq_ignore_ascii_case(&y));
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
