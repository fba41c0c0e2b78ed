//! What was found of a message as one line of JSON.

use std::io::{self, Write as _};

use barewire::FrameError;
use barewire_dynamic::{Content, Head, Leaf};
use serde::Serialize;
use serde_json::value::RawValue;

use super::{Inspected, rows};
use crate::octets::digits;
use crate::output::{Stdout, harmless};

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "type")]
    ty: &'a str,
    /// Absent for a schema without versions.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    /// Whether the version stands in front; offsets count from behind it.
    embedded: bool,
    length: usize,
    values: Vec<Value<'a>>,
    error: Option<Broken>,
    /// Under what else the octets decode, if that was asked or they are broken.
    also: Vec<Reading<'a>>,
}

#[derive(Serialize)]
struct Value<'a> {
    offset: usize,
    /// With all parts.
    length: usize,
    /// The octets of the value itself, without those of its parts.
    octets: String,
    path: String,
    #[serde(rename = "type")]
    ty: String,
    kind: &'static str,
    /// For what has no parts its JSON form, otherwise what is known of the parts.
    value: What<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum What<'a> {
    Leaf(Box<RawValue>),
    Set { set: bool },
    Count { count: usize },
    Member { tag: u64, member: &'a str },
    Nothing,
}

#[derive(Serialize)]
struct Broken {
    message: String,
    rule: Option<&'static str>,
    offset: usize,
    path: String,
    needed: Option<usize>,
}

#[derive(Serialize)]
struct Reading<'a> {
    #[serde(rename = "type")]
    ty: &'a str,
    version: String,
    embedded: bool,
}

pub(super) fn write(inspected: &Inspected<'_>, out: &mut Stdout) -> io::Result<()> {
    let schema = &inspected.version.schema;
    let values = inspected.annotated.values();
    let one = |index: usize| {
        let value = &values[index];
        let span = value.span.clone();
        // The first part follows its value.
        let first = values.get(index + 1).filter(|next| next.parent == Some(index));
        let own = span.start..first.map_or(span.end, |first| first.span.start);
        let (kind, what) = content(&value.content);
        Value {
            offset: span.start,
            length: span.len(),
            octets: digits(&inspected.octets[own]),
            path: inspected.annotated.path(index),
            ty: rows::written(schema, value.ty),
            kind,
            value: what,
        }
    };
    let document = Document {
        ty: inspected.chosen.message.name(),
        version: inspected.schemas.has_versions().then(|| inspected.label.to_string()),
        embedded: !inspected.prefix.is_empty(),
        length: inspected.octets.len(),
        values: (0..values.len()).map(one).collect(),
        error: inspected.annotated.error().map(|error| Broken {
            message: error.to_string(),
            rule: error.kind().rule(),
            offset: error.offset(),
            path: rows::path(error),
            needed: error.needed(),
        }),
        also: inspected
            .also
            .iter()
            .map(|reading| Reading {
                ty: &reading.ty,
                version: reading.label.to_string(),
                embedded: reading.is_embedded,
            })
            .collect(),
    };
    let text = serde_json::to_string(&document)?;
    writeln!(out, "{}", harmless(&text))
}

fn content<'a>(content: &Content<'a>) -> (&'static str, What<'a>) {
    match content {
        Content::Leaf(leaf) => {
            let kind = match leaf {
                Leaf::Void => "void",
                Leaf::Uint(_) => "uint",
                Leaf::Int(_) => "int",
                Leaf::F32(_) => "f32",
                Leaf::F64(_) => "f64",
                Leaf::Bool(_) => "bool",
                Leaf::Str(_) => "str",
                Leaf::Data(_) => "data",
                Leaf::Enum { .. } => "enum",
            };
            (kind, RawValue::from_string(leaf.to_json()).map_or(What::Nothing, What::Leaf))
        }
        Content::Head(head) => match *head {
            Head::Optional { is_set } => ("optional", What::Set { set: is_set }),
            Head::List { len } => ("list", What::Count { count: len }),
            Head::Map { len } => ("map", What::Count { count: len }),
            Head::Union { tag, member } => ("union", What::Member { tag, member }),
            Head::Struct => ("struct", What::Nothing),
        },
    }
}

/// What is said instead of a message that cannot be taken for anything.
pub(super) fn undecided(message: &str, len: usize) -> String {
    line(serde_json::json!({ "error": { "message": message, "offset": 0 }, "length": len }))
}

/// What is wrong with a stream behind its last whole message.
pub(super) fn stream_error(offset: u64, error: &FrameError) -> String {
    line(serde_json::json!({ "error": { "message": error.to_string(), "offset": offset } }))
}

fn line(value: serde_json::Value) -> String {
    format!("{value}\n")
}
