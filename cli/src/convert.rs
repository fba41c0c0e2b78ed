//! `barewire convert`: messages to JSON and back, and from one version to another.

mod carry;

use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::ops::ControlFlow;

use barewire_dynamic::{JsonError, MessageType, Value};
use barewire_syntax::frozen::Label;
use clap::{Args, ValueEnum};

use crate::choice::{self, Chosen};
use crate::excerpt::excerpt;
use crate::failure::{self, Failure, Outcome, Result};
use crate::frames::FramesArgs;
use crate::inspect::LIMITS;
use crate::octets::{self, Encoding, InputArgs, Opened};
use crate::output;
use crate::renamed::RenamedArgs;
use crate::schema::{SchemaArgs, Schemas, label};

/// Turns messages into JSON and back, or into another version.
///
/// The JSON keeps everything that the octets say: 64-bit integers beyond ±(2^53 - 1) are strings, data is hexadecimal,
/// an optional is null or {"some": …}, a union {"tag": …, "value": …}, a map a list of pairs.
/// What cannot be converted is said on standard error.
#[derive(Args, Debug)]
pub(crate) struct Convert {
    #[command(flatten)]
    schema: SchemaArgs,
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    frames: FramesArgs,
    /// What to write: from octets JSON, from JSON octets.
    #[arg(long, value_enum, value_name = "FORM", required_unless_present = "to_version")]
    to: Option<Form>,
    /// The version that the octets were written with; the same as `--version`.
    #[arg(long, value_name = "VERSION", value_parser = label, requires = "to_version", conflicts_with_all = ["version", "embedded"])]
    from: Option<Label>,
    /// Reads octets and carries them to this version, if the schemas leave nothing open on the way.
    #[arg(long, value_name = "VERSION", value_parser = label)]
    to_version: Option<Label>,
    #[command(flatten)]
    renamed: RenamedArgs,
    /// How to write octets; on a terminal, those that are `binary` are shown as `hex`.
    #[arg(id = "as", long = "as", value_enum, default_value_t, value_name = "ENCODING")]
    encoding: Encoding,
    /// Writes JSON on one line.
    #[arg(long)]
    compact: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Form {
    Json,
    Bare,
}

impl Convert {
    pub(crate) fn run(&self) -> Result {
        let mut args = self.schema.clone();
        args.version = self.from.clone().or(args.version);
        let schemas = args.load()?;
        if let Some(to) = &self.to_version {
            schemas.version(to)?;
        }
        self.renamed.check(&schemas.steps())?;
        let from_json = self.to == Some(Form::Bare) && self.to_version.is_none();
        match (from_json, self.frames.is_set()) {
            (false, false) => {
                let octets = self.input.read()?;
                let mut out = output::data();
                let outcome = self.message(&schemas, &args, &octets, &mut out)?;
                out.flush()?;
                Ok(outcome)
            }
            (false, true) => self.stream(&schemas, &args),
            (true, false) => self.json(&schemas, &args),
            (true, true) => self.lines(&schemas, &args),
        }
    }

    /// Every message of a stream; at the first that cannot be converted it ends.
    fn stream(&self, schemas: &Schemas, args: &SchemaArgs) -> Result {
        let mut outcome = Outcome::Clean;
        let end = self.frames.each(&self.input, &mut output::data(), |frame, out| {
            outcome = self.message(schemas, args, frame.octets, out)?;
            if outcome == Outcome::Clean {
                return Ok(ControlFlow::Continue(()));
            }
            output::complain(&format!("  in frame {} at byte {}\n", frame.number, frame.offset))?;
            Ok(ControlFlow::Break(()))
        })?;
        if let Some(error) = end.error {
            return refused(&format!("{error} at byte {}", end.offset), &[]);
        }
        Ok(outcome)
    }

    /// Octets to JSON or to the octets of another version.
    fn message(
        &self,
        schemas: &Schemas,
        args: &SchemaArgs,
        octets: &[u8],
        out: &mut output::Stdout,
    ) -> Result {
        let chosen = match choice::choose(schemas, args, octets)? {
            Ok(chosen) => chosen,
            Err(unknown) => {
                return refused(&unknown.described(schemas), &[]);
            }
        };
        let value = match chosen.message.decode_with(&octets[chosen.prefix..], &LIMITS) {
            Ok(value) => value,
            Err(error) => {
                return refused(
                    &error.to_string(),
                    &["`barewire inspect` shows how far the octets go".to_owned()],
                );
            }
        };
        match &self.to_version {
            None => self.written(&chosen.message, &chosen.label, &value, out),
            Some(to) => match carry::carried(schemas, &self.renamed, chosen, value, to)? {
                Ok((message, value)) => self.written(&message, to, &value, out),
                Err(outcome) => Ok(outcome),
            },
        }
    }

    /// A value in the form that was asked for.
    fn written(
        &self,
        message: &MessageType<'_>,
        label: &Label,
        value: &Value,
        out: &mut output::Stdout,
    ) -> Result {
        if self.to == Some(Form::Json) {
            let json = match self.compact || self.frames.is_set() {
                true => message.to_json(value),
                false => message.to_json_pretty(value),
            };
            writeln!(out, "{}", output::harmless(&json.map_err(Failure::new)?))?;
        } else {
            let mut octets =
                if self.schema.embedded { label.number.to_le_bytes().to_vec() } else { Vec::new() };
            octets.extend(message.encode(value).map_err(Failure::new)?);
            self.put(&octets, out)?;
        }
        Ok(Outcome::Clean)
    }

    /// Octets as they were asked for.
    fn put(&self, octets: &[u8], out: &mut output::Stdout) -> Result<()> {
        let prefix = match self.frames.is_set() {
            false => Vec::new(),
            true => match u32::try_from(octets.len()) {
                Ok(len) => len.to_le_bytes().to_vec(),
                Err(_) => return Err(Failure::new("a message above 4 GiB has no length in four octets")),
            },
        };
        let octets = [prefix.as_slice(), octets].concat();
        match self.encoding {
            // Escapes that a terminal would act on may stand in them.
            Encoding::Binary if !output::is_terminal() => out.write_all(&octets)?,
            Encoding::Binary | Encoding::Hex => writeln!(out, "{}", octets::digits(&octets))?,
            Encoding::Base64 => writeln!(out, "{}", octets::base64(&octets))?,
        }
        Ok(())
    }

    /// One JSON document to octets.
    fn json(&self, schemas: &Schemas, args: &SchemaArgs) -> Result {
        let chosen = choice::named(schemas, args)?;
        let octets = self.input.read()?;
        let mut out = output::data();
        let outcome = self.text(&chosen, octets, &mut out)?;
        out.flush()?;
        Ok(outcome)
    }

    /// Lines of JSON to a stream of messages.
    fn lines(&self, schemas: &Schemas, args: &SchemaArgs) -> Result {
        let chosen = choice::named(schemas, args)?;
        let stream: Box<dyn Read> = match self.input.open()? {
            Opened::Octets(octets) => Box::new(io::Cursor::new(octets)),
            Opened::Stream { stream, .. } => stream,
        };
        let mut out = output::data();
        for (i, line) in BufReader::new(stream).split(b'\n').enumerate() {
            let line =
                line.map_err(|error| Failure::new(format_args!("cannot read line {}: {error}", i + 1)))?;
            if !line.trim_ascii().is_empty() && self.text(&chosen, line, &mut out)? == Outcome::Findings {
                out.flush()?;
                output::complain(&format!("  in the document on line {} of the input\n", i + 1))?;
                return Ok(Outcome::Findings);
            }
        }
        out.flush()?;
        Ok(Outcome::Clean)
    }

    /// The value that a JSON text is.
    fn text(&self, chosen: &Chosen<'_>, octets: Vec<u8>, out: &mut output::Stdout) -> Result {
        let text = match String::from_utf8(octets) {
            Ok(text) => text,
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                return refused(&format!("JSON is UTF-8, which the input is not at byte {at}"), &[]);
            }
        };
        // Some editors put a byte order mark in front of every text.
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        match chosen.message.from_json_with(text, &LIMITS) {
            Ok(value) => self.written(&chosen.message, &chosen.label, &value, out),
            Err(error) => refused(&error.to_string(), &Vec::from_iter(place(text, &error))),
        }
    }
}

/// Says on standard error what cannot be converted: standard output is for what can.
fn refused(text: &str, notes: &[String]) -> Result {
    output::complain(&failure::message(text, notes))?;
    Ok(Outcome::Findings)
}

/// The place in a JSON text at which reading stopped.
fn place(text: &str, error: &JsonError) -> Option<String> {
    let line = text.lines().nth(error.line().saturating_sub(1))?;
    // The parser counts octets, and has read the one that is wrong.
    Some(excerpt(line, error.column().saturating_sub(1)))
}
