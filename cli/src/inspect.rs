//! `barewire inspect`: what octets mean by a schema, also where they do not.

mod also;
mod broken;
mod json;
mod rows;
mod text;

use std::io::Write as _;
use std::ops::ControlFlow;

use barewire::Limits;
use barewire_dynamic::Annotated;
use barewire_syntax::family::Version;
use barewire_syntax::frozen::Label;
use clap::{Args, ValueEnum};

use crate::choice::{self, Chosen};
use crate::failure::{self, Failure, Outcome, Result};
use crate::frames::{Frame, FramesArgs};
use crate::octets::InputArgs;
use crate::output::{self, counted};
use crate::paint;
use crate::schema::{SchemaArgs, Schemas};

/// What a message may take on the heap. Its octets are in the hands of the user already, whose machine it is;
/// but a few that claim a lot must not take it all.
pub(crate) const LIMITS: Limits = Limits::with_heap(1 << 30);

/// Shows what the octets of a message are: offset, octets, field, type and value, a line for each.
///
/// Broken messages are shown as far as they go, then what is wrong and where, and under which other versions they decode.
#[derive(Args, Debug)]
pub(crate) struct Inspect {
    #[command(flatten)]
    schema: SchemaArgs,
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    frames: FramesArgs,
    /// How to write what was found.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Shows long data, strings and lists whole.
    #[arg(long)]
    full: bool,
    /// Shows each field by its whole path.
    #[arg(long)]
    paths: bool,
    /// Says under which other types of all versions the octets decode, too.
    #[arg(long)]
    try_types: bool,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
enum Format {
    /// A table.
    #[default]
    Text,
    /// A JSON document for each message, on one line.
    Json,
}

/// A message, and what is known about it.
struct Inspected<'a> {
    schemas: &'a Schemas,
    label: &'a Label,
    version: &'a Version,
    chosen: &'a Chosen<'a>,
    /// The octets in front of the message that are its version.
    prefix: &'a [u8],
    /// The message, without the version in front.
    octets: &'a [u8],
    annotated: &'a Annotated<'a>,
    also: Vec<also::Reading>,
    /// What the octets may be instead of what they were taken for.
    hint: Option<String>,
}

impl Inspect {
    pub(crate) fn run(&self) -> Result {
        let schemas = self.schema.load()?;
        if !self.frames.is_set() {
            let octets = self.input.read()?;
            let mut out = self.output();
            let outcome = self.message(&schemas, &octets, &mut out)?;
            out.flush()?;
            return Ok(outcome);
        }
        self.stream(&schemas)
    }

    /// Writes what each message of a stream is.
    fn stream(&self, schemas: &Schemas) -> Result {
        // Whatever fails from here on is about the octets of one frame.
        choice::check(schemas, &self.schema)?;
        let mut broken = 0;
        let end = self.frames.each(&self.input, &mut self.output(), |frame: &Frame<'_>, out| {
            if self.format == Format::Text {
                let Frame { number, offset, octets } = frame;
                let (strong, len) = (paint::STRONG, counted(octets.len(), "octet"));
                writeln!(out, "{strong}frame {number}, {len} at {offset}{strong:#}")?;
            }
            let outcome = match self.message(schemas, frame.octets, out) {
                Err(Failure::Message { text, notes }) => {
                    self.undecided(&text, &notes, frame.octets.len(), out)?;
                    Outcome::Findings
                }
                result => result?,
            };
            broken += usize::from(outcome == Outcome::Findings);
            if self.format == Format::Text {
                writeln!(out)?;
            }
            Ok(ControlFlow::Continue(()))
        })?;
        if self.format == Format::Text {
            let frames = counted(end.count, "frame");
            let mut summary = match broken {
                0 => frames,
                _ => format!("{frames}, {broken} of them broken"),
            };
            if let Some(error) = &end.error {
                let style = paint::ERROR;
                summary.push_str(&format!("\n{style}error{style:#}: {error} at byte {}", end.offset));
            }
            output::say(&format!("{summary}\n"))?;
        } else if let Some(error) = &end.error {
            output::plain(&json::stream_error(end.offset, error))?;
        }
        Ok(Outcome::findings_if(broken > 0 || end.error.is_some()))
    }

    fn output(&self) -> output::Stdout {
        match self.format {
            Format::Text => output::stdout(),
            Format::Json => output::data(),
        }
    }

    /// Writes what one message is.
    fn message(&self, schemas: &Schemas, octets: &[u8], out: &mut output::Stdout) -> Result {
        let chosen = match choice::choose(schemas, &self.schema, octets)? {
            Ok(chosen) => chosen,
            Err(unknown) => {
                self.undecided(&unknown.described(schemas), &[], unknown.len, out)?;
                return Ok(Outcome::Findings);
            }
        };
        let (prefix, octets) = octets.split_at(chosen.prefix);
        let annotated = chosen.message.annotate(octets, &LIMITS);
        let is_broken = annotated.error().is_some();
        let also = match (is_broken, self.try_types) {
            (_, true) => also::types(schemas, &chosen, octets),
            (true, false) => also::versions(schemas, &chosen, octets),
            (false, false) => Vec::new(),
        };
        let inspected = Inspected {
            schemas,
            label: &chosen.label,
            version: chosen.version,
            chosen: &chosen,
            prefix,
            octets,
            annotated: &annotated,
            also,
            hint: if is_broken { self.hint(octets) } else { None },
        };
        match self.format {
            Format::Text => text::write(&inspected, self, out)?,
            Format::Json => json::write(&inspected, out)?,
        }
        Ok(Outcome::findings_if(is_broken))
    }

    /// Writes why a frame cannot be taken for anything.
    fn undecided(&self, text: &str, notes: &[String], len: usize, out: &mut output::Stdout) -> Result<()> {
        match self.format {
            Format::Text => out.write_all(failure::message(text, notes).as_bytes())?,
            Format::Json => out.write_all(json::undecided(text, len).as_bytes())?,
        }
        Ok(())
    }

    /// Digits that were taken for octets.
    fn hint(&self, octets: &[u8]) -> Option<String> {
        let is_text = self.input.is_binary() && octets.len() > 1 && !self.frames.is_set();
        let is_hex = |octet: &u8| octet.is_ascii_hexdigit() || octet.is_ascii_whitespace();
        (is_text && octets.iter().all(is_hex)).then(|| {
            "the octets look like hexadecimal digits; `--encoding hex` reads them as such".to_owned()
        })
    }
}
