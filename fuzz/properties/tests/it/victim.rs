//! What the tests of heap and memory try inputs on.

use arbitrary::Unstructured;
use barewire::{Bytes, CodecError, DecodeError, DecodeErrorKind, Input, Limits, MigrateErrorKind};
use barewire_dynamic::{JsonError, JsonErrorKind};
use barewire_properties::migrate::{COURSES, Policy};
use barewire_properties::random::{Size, octets};
use barewire_properties::subject::{Subject, subjects};
use std::collections::BTreeSet;

/// A type, and the ways from its octets to values.
pub(crate) struct Victim {
    pub(crate) name: String,
    pub(crate) subject: &'static Subject,
    /// Whether its version was released with two layouts.
    pub(crate) has_alternates: bool,
    /// Whether the ways begin with the JSON of a value.
    pub(crate) is_json: bool,
    pub(crate) ways: Vec<Way>,
}

pub(crate) struct Way {
    pub(crate) name: &'static str,
    pub(crate) take: Take,
}

type Take = Box<dyn Fn(&Bytes, &Limits) -> Result<(), Refusal>>;

/// Why octets were refused.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Refusal {
    OutOfMemory,
    /// The limit, with the text of the error.
    Limit(String),
    Other(String),
}

impl Victim {
    /// Every type once, and every message of an older version.
    pub(crate) fn all() -> Vec<Self> {
        let mut seen = BTreeSet::new();
        let new = subjects().iter().filter(|subject| seen.insert(subject.codec.rust_name()));
        let types = new.map(|subject| {
            let codec = subject.codec;
            let ways = vec![
                way("shared", move |frame, limits| codec.owned(Input::Shared(frame), limits)),
                way("copied", move |frame, limits| codec.owned(Input::Borrowed(frame), limits)),
                way("from a view", move |frame, limits| codec.owned_from_view(frame, limits)),
                way("dynamic", move |frame, limits| subject.dynamic().decode_with(frame, limits).map(drop)),
                way("annotated", move |frame, limits| {
                    let annotated = subject.dynamic().annotate(frame, limits);
                    annotated.error().cloned().map_or(Ok(()), Err)
                }),
            ];
            Self { name: format!("{subject:?}"), subject, has_alternates: false, is_json: false, ways }
        });
        let migrated = COURSES.iter().flat_map(|course| {
            course.layouts.iter().enumerate().map(move |(layout, (version, title, name))| {
                let up = |title, policy| {
                    way(title, move |frame, limits| {
                        course.migrations.up(*version, Input::Shared(frame), policy, *limits)
                    })
                };
                let ways = vec![up("migrated", Policy::Strict), up("migrated with losses", Policy::Lenient)];
                Self {
                    name: format!("{title} {name} to the newest"),
                    subject: course.subject(layout),
                    has_alternates: title.starts_with("actor v2"),
                    is_json: false,
                    ways,
                }
            })
        });
        // JSON of nine million numbers says no more than that of a few, and takes long.
        let is_short = |subject: &&&Subject| subject.schema().min_len(subject.ty()) < 1 << 12;
        let json = subjects().iter().filter(is_short).map(|subject| {
            let ways = vec![way("dynamic", move |text, limits| {
                let text = str::from_utf8(text).expect("JSON");
                subject.dynamic().from_json_with(text, limits).map(drop)
            })];
            Self {
                name: format!("{subject:?} from JSON"),
                subject,
                has_alternates: false,
                is_json: true,
                ways,
            }
        });
        types.chain(migrated).chain(json).collect()
    }

    /// The octets that this entropy makes of the type.
    pub(crate) fn drawn(&self, entropy: &[u8], fill: usize) -> Bytes {
        let mut u = Unstructured::new(entropy);
        let size = Size { room: 512, fill };
        let octets = octets(self.subject.schema(), self.subject.ty(), &mut u, size).expect("some octets");
        if !self.is_json {
            return octets.into();
        }
        let message = self.subject.dynamic();
        let value = message.decode_with(&octets, &Limits::trusted()).expect("drawn as a value of the type");
        message.to_json(&value).expect("a value of the type").into()
    }
}

fn way<E: Into<Refusal>>(
    name: &'static str,
    take: impl Fn(&Bytes, &Limits) -> Result<(), E> + 'static,
) -> Way {
    Way { name, take: Box::new(move |frame, limits| take(frame, limits).map_err(Into::into)) }
}

impl From<DecodeError> for Refusal {
    fn from(error: DecodeError) -> Self {
        match error.kind() {
            DecodeErrorKind::OutOfMemory { .. } => Self::OutOfMemory,
            DecodeErrorKind::LimitExceeded { .. } => Self::Limit(error.to_string()),
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<barewire_dynamic::DecodeError> for Refusal {
    fn from(error: barewire_dynamic::DecodeError) -> Self {
        match error.kind() {
            DecodeErrorKind::OutOfMemory { .. } => Self::OutOfMemory,
            DecodeErrorKind::LimitExceeded { .. } => Self::Limit(error.to_string()),
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<JsonError> for Refusal {
    fn from(error: JsonError) -> Self {
        match error.kind() {
            JsonErrorKind::OutOfMemory { .. } => Self::OutOfMemory,
            JsonErrorKind::LimitExceeded { .. } => Self::Limit(error.to_string()),
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<CodecError> for Refusal {
    fn from(error: CodecError) -> Self {
        match error {
            CodecError::Decode(error) => error.into(),
            CodecError::Migrate(error) => match error.kind() {
                MigrateErrorKind::OutOfMemory { .. } => Self::OutOfMemory,
                MigrateErrorKind::LimitExceeded { .. } => Self::Limit(error.to_string()),
                _ => Self::Other(error.to_string()),
            },
            error => Self::Other(error.to_string()),
        }
    }
}
