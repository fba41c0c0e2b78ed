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
//! The exit status is 0 if every frame came back the same, 1 if one did not, 2 if there was nothing to read.

use std::fmt::{self, Debug, Display};
use std::io::{self, Write};
use std::process::ExitCode;

use barewire::{Bytes, Decode, DecodeError, Message};
use barewire_protocol::{actor, runner};

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

const RECORDED: &str = concat!(include_str!("../vectors/runner.txt"), include_str!("../vectors/actor.txt"));

fn main() -> ExitCode {
    let input = match std::env::args_os().nth(1) {
        None => Ok(RECORDED.to_owned()),
        Some(file) if file == "-" => io::read_to_string(io::stdin()),
        Some(file) => std::fs::read_to_string(file),
    };
    let lines = match input {
        Ok(lines) => lines,
        Err(error) => {
            eprintln!("the frames cannot be read: {error}\nusage: frames [FILE|-]");
            return ExitCode::from(2);
        }
    };
    match show_all(&lines, &mut io::stdout().lock()) {
        Ok(Counts { refused: 0, .. }) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        // Whoever reads the output has seen enough, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the output cannot be written: {error}");
            ExitCode::from(2)
        }
    }
}

#[derive(Default)]
struct Counts {
    same: usize,
    refused: usize,
}

fn show_all(lines: &str, out: &mut impl Write) -> io::Result<Counts> {
    let mut counts = Counts::default();
    for (index, line) in lines.lines().enumerate() {
        let (frame, about) = line.split_once('#').unwrap_or((line, ""));
        if frame.trim().is_empty() {
            continue;
        }
        match Frame::parse(frame).and_then(|frame| frame.show(about.trim())) {
            Ok(shown) => {
                counts.same += 1;
                writeln!(out, "{shown}")?;
            }
            Err(refusal) => {
                counts.refused += 1;
                writeln!(out, "line {}: {}\n    refused: {refusal}\n", index + 1, line.trim())?;
            }
        }
    }
    let Counts { same, refused } = counts;
    writeln!(out, "{}: {same} same, {refused} refused", counted(same + refused, "frame"))?;
    Ok(counts)
}

/// One line, understood but not decoded yet.
struct Frame {
    ty: &'static FrameType,
    octets: Bytes,
}

impl Frame {
    fn parse(line: &str) -> Result<Self, Refusal> {
        let mut words = line.split_whitespace();
        let version = words.next().unwrap_or_default();
        let name = words.next().unwrap_or_default();
        let ty = FrameType::find(version, name)?;
        // The digits may be grouped. There are none for a type that is void.
        let digits: Vec<char> = words.flat_map(str::chars).collect();
        Ok(Self { ty, octets: octets(&digits)? })
    }

    /// The message as text, if it encodes to the octets that it came from.
    fn show(&self, about: &str) -> Result<String, Refusal> {
        let FrameType { family, version, name, decode } = self.ty;
        let Decoded { debug, encoded } = decode(&self.octets)?;
        if encoded != self.octets {
            return Err(Refusal::Changed { encoded });
        }
        let len = counted(encoded.len(), "byte");
        let about = if about.is_empty() { String::new() } else { format!("   # {about}") };
        let value = fold(&debug).replace('\n', "\n    ");
        Ok(format!("{family} {version} {name}, {len}{about}\n    {value}\n    encoded again: the same\n"))
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

/// Why a line is not shown as a message.
enum Refusal {
    UnknownVersion { found: String },
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
            Self::UnknownVersion { found } => {
                write!(f, "unknown version `{found}`, expected one of {}", VERSIONS.join(", "))
            }
            Self::UnknownType { version, found } => {
                write!(f, "{version} has no type `{found}`")?;
                let elsewhere = FrameType::all().find(|ty| ty.name == found);
                let mut names: Vec<_> = FrameType::of(version).map(|ty| ty.name).collect();
                names.sort_unstable();
                match (elsewhere, nearest(found, &names)) {
                    (Some(ty), _) => write!(f, ", but {} has", ty.version),
                    (None, Some(near)) => write!(f, ", did you mean `{near}`?"),
                    (None, None) => write!(f, ", expected one of {}", names.join(", ")),
                }
            }
            Self::NotHex { found } => write!(f, "expected hexadecimal digits, found `{found}`"),
            Self::HalfOctet { digits } => {
                write!(f, "expected two digits for each byte, found {}", counted(*digits, "digit"))
            }
            Self::Decode(error) => match error.needed() {
                Some(needed) => {
                    write!(f, "{error}\n    the frame is cut: {needed} or more bytes are missing")
                }
                None => write!(f, "{error}"),
            },
            Self::Changed { encoded } => {
                f.write_str("encodes to other bytes: ")?;
                encoded.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
            }
        }
    }
}

/// A type that a frame can be a value of.
struct FrameType {
    family: &'static str,
    version: &'static str,
    name: &'static str,
    decode: fn(&Bytes) -> Result<Decoded, DecodeError>,
}

impl FrameType {
    fn all() -> impl Iterator<Item = &'static Self> {
        TYPES.iter().copied().flatten()
    }

    fn of(version: &str) -> impl Iterator<Item = &'static Self> {
        Self::all().filter(move |ty| ty.version == version)
    }

    fn find(version: &str, name: &str) -> Result<&'static Self, Refusal> {
        let Some(version) = VERSIONS.into_iter().find(|known| *known == version) else {
            return Err(Refusal::UnknownVersion { found: version.to_owned() });
        };
        Self::of(version)
            .find(|ty| ty.name == name)
            .ok_or_else(|| Refusal::UnknownType { version, found: name.to_owned() })
    }
}

const VERSIONS: [&str; 3] = ["v1", "v2", "v3"];

/// Lists [`FrameType`]s: a family, the versions, and the types that all of these versions have.
macro_rules! frame_types {
    ($($family:ident $($version:ident)+: $names:tt)*) => {
        &[$($(frame_types!(@one $family $version $names)),+),*]
    };
    (@one $family:ident $version:ident { $($name:ident)* }) => {
        &[$(FrameType {
            family: stringify!($family),
            version: stringify!($version),
            name: stringify!($name),
            decode: decode::<$family::$version::$name>,
        }),*]
    };
}

/// Every struct, enum, union and void type, and the one alias that no other type refers to.
static TYPES: &[&[FrameType]] = frame_types! {
    runner v1 v2 v3: {
        KvMetadata KvListAllQuery KvListRangeQuery KvListPrefixQuery KvListQuery
        KvGetRequest KvListRequest KvPutRequest KvDeleteRequest KvDropRequest KvRequestData
        KvErrorResponse KvGetResponse KvListResponse KvPutResponse KvDeleteResponse KvDropResponse
        KvResponseData
        StopCode ActorName ActorConfig ActorIntentSleep ActorIntentStop ActorIntent
        ActorStateRunning ActorStateStopped ActorState
        EventActorIntent EventActorStateUpdate EventActorSetAlarm Event EventWrapper
        CommandStartActor CommandStopActor Command CommandWrapper
        ToClientRequestStart ToClientRequestChunk ToClientRequestAbort
        ToServerResponseStart ToServerResponseChunk ToServerResponseAbort
        ToClientWebSocketOpen ToClientWebSocketMessage ToClientWebSocketClose
        ToServerWebSocketOpen ToServerWebSocketMessage ToServerWebSocketClose
        ToServerTunnelMessageKind ToServerTunnelMessage ToClientTunnelMessageKind ToClientTunnelMessage
        ToServerInit ToServerAckCommands ToServerStopping ToServerPing ToServerKvRequest ToServer
        ProtocolMetadata ToClientInit ToClientAckEvents ToClientKvResponse ToClientClose ToClient
        ToGateway ToServerlessServerInit ToServerlessServer
    }
    runner v1 v2: { TunnelAck }
    runner v2 v3: { ToServerWebSocketMessageAck }
    runner v3: { MessageId HibernatingRequest DeprecatedTunnelAck ToRunnerPing ToRunner ToGatewayPong }
    actor v1 v2: {
        PersistedSubscription PersistedConnection GenericPersistedScheduleEvent PersistedScheduleEventKind
        PersistedScheduleEvent PersistedActor
    }
    actor v2: { PersistedHibernatableWebSocket }
    actor v3: { MessageIndex Subscription Conn ScheduleEvent Actor }
};

/// Shortens the lines of `{:#?}`, which gives each octet of an id a line of its own.
fn fold(debug: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut open = Vec::new();
    for line in debug.lines() {
        lines.push(line.to_owned());
        if line.ends_with(['{', '(', '[']) {
            open.push(lines.len() - 1);
        } else if line.trim_start().starts_with(['}', ')', ']']) {
            let group = lines.split_off(open.pop().unwrap_or_default());
            lines.extend(fold_group(group));
        }
    }
    lines.join("\n")
}

/// Fewer lines for a group, the first line of which opens it and the last of which closes it.
fn fold_group(lines: Vec<String>) -> Vec<String> {
    const WIDTH: usize = 110;
    let [open, parts @ .., close] = &lines[..] else { return lines };
    let one_line = join(open, parts, close);
    if one_line.trim_start().len() <= WIDTH {
        return vec![one_line];
    }
    // A group that holds nothing but another group is opened and closed on the lines of that.
    match parts {
        [first, inner @ .., last]
            if !open.ends_with('{') && inner.iter().all(|line| indent(line) > indent(first)) =>
        {
            let first = format!("{open}{}", first.trim());
            let last = format!("{}{}", last[4..].trim_end_matches(','), close.trim());
            let inner = inner.iter().map(|line| line[4..].to_owned());
            [first].into_iter().chain(inner).chain([last]).collect()
        }
        _ => lines,
    }
}

fn join(open: &str, parts: &[String], close: &str) -> String {
    let parts = parts.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
    let parts = parts.trim_end_matches(',');
    let space = if open.ends_with('{') { " " } else { "" };
    format!("{open}{space}{parts}{space}{}", close.trim())
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Such as `1 byte` and `2 bytes`.
fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// The name that was probably meant: it differs in a few letters.
fn nearest<'a>(found: &str, names: &[&'a str]) -> Option<&'a str> {
    let alike = names.iter().filter(|name| name.len().abs_diff(found.len()) <= 3);
    let (edits, name) = alike.map(|name| (edits(found, name), *name)).min()?;
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
