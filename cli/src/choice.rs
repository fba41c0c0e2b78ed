//! Which version and which type a message is taken for.

use barewire_dynamic::MessageType;
use barewire_syntax::family::Version;
use barewire_syntax::frozen::Label;

use crate::failure::{Failure, Result};
use crate::inspect::LIMITS;
use crate::output::listed;
use crate::schema::{SchemaArgs, Schemas, roots};

/// What a message is taken for.
pub(crate) struct Chosen<'s> {
    pub(crate) label: Label,
    pub(crate) version: &'s Version,
    pub(crate) message: MessageType<'s>,
    /// How many octets in front of the message are its version.
    pub(crate) prefix: usize,
}

/// A message that names a version which does not exist, or is too short to name one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UnknownVersion {
    pub(crate) number: Option<u16>,
    pub(crate) len: usize,
}

impl UnknownVersion {
    /// What is wrong with the message.
    pub(crate) fn described(&self, schemas: &Schemas) -> String {
        let there: Vec<String> = schemas.all().map(|(label, _)| label.to_string()).collect();
        match self.number {
            Some(number) => format!(
                "the message names version {number} in its first two octets, of which there are {}",
                listed(&there)
            ),
            None => format!(
                "a message with its version in front has two octets at least, this one has {}",
                self.len
            ),
        }
    }
}

/// Takes `octets` for what the arguments say, or else for the only thing that they can be.
pub(crate) fn choose<'s>(
    schemas: &'s Schemas,
    args: &SchemaArgs,
    octets: &[u8],
) -> Result<std::result::Result<Chosen<'s>, UnknownVersion>> {
    let (label, version, prefix) = match args.embedded {
        false => {
            let (label, version) = version(schemas, args)?;
            (label, version, 0)
        }
        true => {
            let number = embedded(octets);
            let label = number.map(Label::version);
            match label.and_then(|label| Some((schemas.family().find(&label)?, label))) {
                Some((version, label)) => (label, version, 2),
                None => return Ok(Err(UnknownVersion { number, len: octets.len() })),
            }
        }
    };
    let name = match &args.ty {
        Some(name) => name.as_str(),
        None => only_type(schemas, version, &label, &octets[prefix..])?,
    };
    let message = schemas.message(version, &label, name)?;
    Ok(Ok(Chosen { label, version, message, prefix }))
}

/// The version that the arguments name, or the newest.
fn version<'s>(schemas: &'s Schemas, args: &SchemaArgs) -> Result<(Label, &'s Version)> {
    match &args.version {
        Some(label) => Ok((label.clone(), schemas.version(label)?)),
        None => Ok((Label::version(schemas.latest().number), schemas.latest())),
    }
}

/// Refuses arguments that fit no octets at all.
pub(crate) fn check(schemas: &Schemas, args: &SchemaArgs) -> Result<()> {
    let (label, version) = version(schemas, args)?;
    let Some(name) = &args.ty else { return Ok(()) };
    let is_elsewhere = || schemas.all().any(|(_, version)| version.schema.find(name).is_some());
    if args.embedded && is_elsewhere() {
        return Ok(());
    }
    schemas.message(version, &label, name).map(drop)
}

/// The version in front of a message.
pub(crate) fn embedded(octets: &[u8]) -> Option<u16> {
    octets.first_chunk().map(|prefix| u16::from_le_bytes(*prefix))
}

/// The message of the version, or of several the one under which the octets decode.
fn only_type<'s>(schemas: &Schemas, version: &'s Version, label: &Label, octets: &[u8]) -> Result<&'s str> {
    let roots = roots(&version.schema);
    if let [only] = roots[..] {
        return Ok(only);
    }
    let decodes = |name: &&str| {
        let message = MessageType::new(&version.schema, name);
        message.is_ok_and(|message| message.decode_with(octets, &LIMITS).is_ok())
    };
    let fitting: Vec<&str> = roots.iter().copied().filter(decodes).collect();
    match fitting[..] {
        [only] => Ok(only),
        [] => {
            let of = if schemas.has_versions() { format!(" of {label}") } else { String::new() };
            Err(Failure::new(format_args!(
                "the octets are no message{of}; `--type` says what they should be"
            ))
            .note(format_args!("the messages are {}", listed(&roots))))
        }
        _ => Err(Failure::new(format_args!(
            "the octets may be {}; `--type` says which it is",
            listed(&fitting)
        ))),
    }
}

/// The type that the arguments name, or the only message, for octets that do not exist yet.
pub(crate) fn named<'s>(schemas: &'s Schemas, args: &SchemaArgs) -> Result<Chosen<'s>> {
    let (label, version) = version(schemas, args)?;
    let roots = roots(&version.schema);
    let name = match (&args.ty, &roots[..]) {
        (Some(name), _) => name,
        (None, [only]) => *only,
        (None, _) => {
            return Err(Failure::new("`--type` says what the value is")
                .note(format_args!("the messages are {}", listed(&roots))));
        }
    };
    let message = schemas.message(version, &label, name)?;
    let prefix = if args.embedded { 2 } else { 0 };
    Ok(Chosen { label, version, message, prefix })
}
