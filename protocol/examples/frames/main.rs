//! Shows what frames say: `cargo run -p barewire-protocol --example frames [FILE|-]`.
//!
//! A frame is one line: its version, its type, its octets in hexadecimal, and after `#` what you know about it.
//!
//! ```text
//! v3 ToServer 0601020304050607080100060201   # acknowledges messages of the client
//! ```
//!
//! Without an argument the recorded vectors of this crate are shown, with `-` the frames on standard input.
//! Each frame is decoded, printed and encoded again; the last line counts how that went.
//! The exit status is 0 if every frame came back the same, 1 if one did not, 2 if there was none to read
//! or nowhere to write to.

mod fold;
mod refusal;
mod types;

use std::fmt::Debug;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use barewire::{Bytes, Decode, DecodeError, Message};
use refusal::Refusal;
use types::{FrameType, VERSIONS};

/// Decodes `octets`, and encodes the message again: all that this program does with the protocol.
fn decode<M>(octets: &Bytes) -> Result<Decoded, DecodeError>
where
    M: Message + for<'a> Decode<'a> + Debug,
{
    let message = M::decode(octets)?;
    Ok(Decoded { debug: format!("{message:#?}"), encoded: message.encode_to_vec() })
}

struct Decoded {
    debug: String,
    encoded: Vec<u8>,
}

const RECORDED: &str =
    concat!(include_str!("../../vectors/runner.txt"), include_str!("../../vectors/actor.txt"));

fn main() -> ExitCode {
    let input = match input() {
        Ok(input) => input,
        Err(reason) => return nothing_shown(&format!("{reason}\nusage: frames [FILE|-]")),
    };
    let mut counts = Counts::default();
    match show_all(&input, &mut io::stdout().lock(), &mut counts) {
        Ok(()) => {}
        // Whoever reads the output has seen enough, as `head` does. What was refused so far still counts.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        Err(error) => return nothing_shown(&format!("the output cannot be written: {error}")),
    }
    match counts {
        Counts { same: 0, refused: 0 } => nothing_shown("the input has no frame"),
        Counts { refused: 0, .. } => ExitCode::SUCCESS,
        Counts { .. } => ExitCode::FAILURE,
    }
}

/// The lines that the arguments ask for, or why there are none.
fn input() -> Result<Vec<u8>, String> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let Some(file) = arguments.next() else { return Ok(RECORDED.into()) };
    if let Some(second) = arguments.next() {
        return Err(format!("expected one argument, found `{}` behind it", second.display()));
    }
    if file.as_os_str() == "-" {
        let mut input = Vec::new();
        let read = io::stdin().read_to_end(&mut input);
        return read.map(|_| input).map_err(|error| format!("standard input cannot be read: {error}"));
    }
    std::fs::read(&file).map_err(|error| format!("`{}` cannot be read: {error}", file.display()))
}

fn nothing_shown(reason: &str) -> ExitCode {
    eprintln!("{reason}");
    ExitCode::from(2)
}

#[derive(Default)]
struct Counts {
    same: usize,
    refused: usize,
}

/// Shows every line; `counts` says how far it came if the output ends before the input.
fn show_all(input: &[u8], out: &mut impl Write, counts: &mut Counts) -> io::Result<()> {
    for (index, line) in input.split(|octet| *octet == b'\n').enumerate() {
        let end = line.iter().position(|octet| *octet == b'#').unwrap_or(line.len());
        let (frame, about) = line.split_at(end);
        if frame.trim_ascii().is_empty() {
            continue;
        }
        match Frame::parse(frame).and_then(|frame| frame.show(&String::from_utf8_lossy(about))) {
            Ok(shown) => {
                counts.same += 1;
                writeln!(out, "{shown}")?;
            }
            Err(refusal) => {
                counts.refused += 1;
                let line = String::from_utf8_lossy(line);
                writeln!(out, "line {}: {}\n    refused: {refusal}\n", index + 1, line.trim())?;
            }
        }
    }
    let Counts { same, refused } = *counts;
    writeln!(out, "{}: {same} same, {refused} refused", counted(same + refused, "frame"))
}

/// One line, understood but not decoded yet.
struct Frame {
    ty: &'static FrameType,
    octets: Bytes,
}

impl Frame {
    fn parse(line: &[u8]) -> Result<Self, Refusal> {
        let line = str::from_utf8(line).map_err(|error| Refusal::NotUtf8 { at: error.valid_up_to() })?;
        let mut words = line.split_whitespace();
        let version = words.next().unwrap_or_default();
        let name = words.next().unwrap_or_default();
        let ty = find(version, name)?;
        // The digits may be grouped. There are none for a type that is void.
        let digits: Vec<char> = words.flat_map(str::chars).collect();
        Ok(Self { ty, octets: octets(&digits)? })
    }

    /// The message as text with `about` behind its name, if it encodes to the octets that it came from.
    fn show(&self, about: &str) -> Result<String, Refusal> {
        let FrameType { family, version, name, decode } = self.ty;
        let Decoded { debug, encoded } = decode(&self.octets)?;
        if encoded != self.octets {
            return Err(Refusal::Changed { encoded });
        }
        let head = format!("{family} {version} {name}, {}   {about}", counted(encoded.len(), "byte"));
        let value = fold::fold(&debug).replace('\n', "\n    ");
        Ok(format!("{}\n    {value}\n    encoded again: the same\n", head.trim_end()))
    }
}

fn find(version: &str, name: &str) -> Result<&'static FrameType, Refusal> {
    let Some(version) = VERSIONS.into_iter().find(|known| *known == version) else {
        return Err(Refusal::UnknownVersion { found: version.to_owned() });
    };
    match FrameType::of(version).find(|ty| ty.name == name) {
        Some(ty) => Ok(ty),
        None if name.is_empty() => Err(Refusal::NoType { version }),
        None => Err(Refusal::UnknownType { version, found: name.to_owned() }),
    }
}

fn octets(digits: &[char]) -> Result<Bytes, Refusal> {
    let digit = |c: &char| c.to_digit(16).map(|value| value as u8).ok_or(Refusal::NotHex { found: *c });
    digits
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Ok(digit(high)? << 4 | digit(low)?),
            _ => Err(Refusal::HalfOctet { digits: digits.len() }),
        })
        .collect()
}

/// Such as `1 byte` and `2 bytes`.
fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
