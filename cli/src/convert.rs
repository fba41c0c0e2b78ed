//! `barewire convert`: messages to JSON and back, and from one version to another.

use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::ops::ControlFlow;

use barewire_dynamic::{CarryError, JsonError, MessageType, Migration, MigrationError, Question, Value};
use barewire_syntax::frozen::Label;
use clap::{Args, ValueEnum};

use crate::choice::{self, Chosen};
use crate::failure::{Failure, Outcome, Result};
use crate::frames::FramesArgs;
use crate::inspect::LIMITS;
use crate::octets::{self, Encoding, InputArgs, Opened};
use crate::output::{self, visible};
use crate::paint;
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
                let number = unknown
                    .number
                    .map_or_else(|| "no version".to_owned(), |number| format!("version {number}"));
                return refused(
                    &format!("the message names {number} in its first two octets, which there is not"),
                    &[],
                );
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
            Some(to) => match self.carried(schemas, chosen, value, to)? {
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
            Err(error) => refused(&error.to_string(), &[excerpt(text, &error)]),
        }
    }

    /// The value through the steps to another version, or what keeps it from getting there.
    fn carried<'s>(
        &self,
        schemas: &'s Schemas,
        chosen: Chosen<'s>,
        mut value: Value,
        to: &Label,
    ) -> Result<std::result::Result<(MessageType<'s>, Value), Outcome>> {
        if to.alternate.is_some() {
            return Err(Failure::new(format_args!("`{to}` is an alternate, which is read and not written")));
        }
        let (mut at, mut message) = (chosen.label, chosen.message);
        while at != *to {
            let next = next(&at, to);
            let (here, there) = (&schemas.version(&at)?.schema, schemas.version(&next)?);
            let is_up = at.number < next.number || at.alternate.is_some();
            let renamed = self.renamed.pairs();
            let name = match is_up {
                true => self.renamed.newer((here, &there.schema), message.name()),
                false => self.renamed.older((&there.schema, here), message.name()),
            };
            let target = match schemas.message(there, &next, name) {
                Ok(target) => target,
                Err(failure) => {
                    let (old, new) = if is_up { (name, "…") } else { ("…", name) };
                    return Err(failure.note(format_args!(
                        "`--renamed {old}={new}` says that it has another name in {next}"
                    )));
                }
            };
            let step = match is_up {
                true => Migration::up_with_renamed((here, message.name()), (&there.schema, name), renamed),
                false => Migration::down_with_renamed((here, message.name()), (&there.schema, name), renamed),
            };
            let step = match step {
                Ok(step) => step,
                Err(MigrationError::Open(questions)) => return refused_open(&questions, &at, &next).map(Err),
                Err(error) => return Err(Failure::new(error)),
            };
            value = match step.migrate(&value) {
                Ok(value) => value,
                Err(CarryError::Unrepresentable { path }) => {
                    let text = format!("version {} has no place for this value in {path}", next.number);
                    return refused(&text, &[]).map(Err);
                }
                Err(error) => return Err(Failure::new(error)),
            };
            (at, message) = (next, target);
        }
        Ok(Ok((message, value)))
    }
}

/// Says that a step asks what only its author can answer.
fn refused_open(questions: &[Question], at: &Label, next: &Label) -> Result {
    let notes = questions.iter().map(|question| format!("asked: {question}"));
    let advice = format!("`barewire scaffold` prints that code for {at} and {next}");
    let text = format!("the schemas leave open how {at} becomes {next}, which only code can answer");
    refused(&text, &notes.chain([advice]).collect::<Vec<_>>())
}

/// The version after `at` on the way to `to`.
fn next(at: &Label, to: &Label) -> Label {
    if at.alternate.is_some() {
        return Label::version(at.number);
    }
    Label::version(if at.number < to.number { at.number + 1 } else { at.number - 1 })
}

/// Says on standard error what cannot be converted: standard output is for what can.
fn refused(text: &str, notes: &[String]) -> Result {
    let (error, strong) = (paint::ERROR, paint::STRONG);
    let mut message = format!("{error}error{error:#}{strong}:{strong:#} {text}\n");
    for note in notes.iter().filter(|note| !note.is_empty()) {
        message.push_str(&format!("  {note}\n"));
    }
    output::complain(&message)?;
    Ok(Outcome::Findings)
}

/// The line of a JSON text on which reading stopped, and where.
fn excerpt(text: &str, error: &JsonError) -> String {
    const AROUND: usize = 30;
    let Some(line) = text.lines().nth(error.line().saturating_sub(1)) else { return String::new() };
    // The parser counts octets, and has read the one that is wrong.
    let at = floor_boundary(line, error.column().saturating_sub(1));
    let start = floor_boundary(line, at.saturating_sub(AROUND));
    let end = floor_boundary(line, at + AROUND);
    let (head, tail) = (visible(&line[start..at]), visible(&line[at..end.max(at)]));
    let indent = " ".repeat(head.chars().count());
    format!("{head}{tail}\n  {indent}^")
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
