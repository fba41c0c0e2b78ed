//! Streams of messages, each behind its length.

use std::io::{self, IsTerminal as _, Read, Write as _};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use barewire::{FrameError, Frames};
use clap::Args;

use crate::failure::{Failure, Result};
use crate::octets::{InputArgs, Opened};
use crate::output::{Stdout, counted};

/// How much is read of a stream at once.
const CHUNK: usize = 64 << 10;

/// How often progress is shown.
const PERIOD: Duration = Duration::from_millis(100);

/// Whether the input is a stream, and how long its messages may be.
#[derive(Args, Clone, Debug)]
pub(crate) struct FramesArgs {
    /// The input is a stream of messages, each behind its length in four octets, the lowest one first.
    #[arg(long)]
    frames: bool,
    /// The longest message that is accepted, in octets.
    #[arg(long, value_name = "OCTETS", requires = "frames", default_value_t = Frames::DEFAULT_MAX_LEN)]
    max_frame: usize,
}

/// One message of a stream.
pub(crate) struct Frame<'f> {
    /// Counted from 1.
    pub(crate) number: usize,
    /// Where its length begins.
    pub(crate) offset: u64,
    pub(crate) octets: &'f [u8],
}

/// How a stream ended.
pub(crate) struct End {
    pub(crate) count: usize,
    /// Behind the last whole message.
    pub(crate) offset: u64,
    /// What is wrong behind it.
    pub(crate) error: Option<FrameError>,
}

impl FramesArgs {
    pub(crate) const fn is_set(&self) -> bool {
        self.frames
    }

    /// Hands over one message after the other until it is told to stop, and holds no more than one of them; `out` is
    /// flushed before progress is shown.
    pub(crate) fn each(
        &self,
        input: &InputArgs,
        out: &mut Stdout,
        mut one: impl FnMut(&Frame<'_>, &mut Stdout) -> Result<ControlFlow<()>>,
    ) -> Result<End> {
        let (mut stream, name, len): (Box<dyn Read>, _, _) = match input.open()? {
            Opened::Octets(octets) => {
                let len = octets.len() as u64;
                (Box::new(io::Cursor::new(octets)), String::new(), Some(len))
            }
            Opened::Stream { stream, name, len } => (stream, name, len),
        };
        let mut progress = Progress::new(len);
        let mut frames = Frames::new(self.max_frame);
        let mut buffer: Vec<u8> = Vec::new();
        let mut end = End { count: 0, offset: 0, error: None };
        progress.show(0, 0)?;
        loop {
            let mut rest = buffer.as_slice();
            loop {
                match frames.next(&mut rest) {
                    Ok(Some(octets)) => {
                        end.count += 1;
                        let frame = Frame { number: end.count, offset: end.offset, octets: &octets };
                        progress.clear()?;
                        if one(&frame, out)?.is_break() {
                            out.flush()?;
                            return Ok(end);
                        }
                        end.offset += 4 + octets.len() as u64;
                        if progress.is_due() {
                            out.flush()?;
                            progress.show(end.count, end.offset)?;
                        }
                    }
                    Ok(None) => break,
                    Err(error) => {
                        progress.clear()?;
                        out.flush()?;
                        return Ok(End { error: Some(error), ..end });
                    }
                }
            }
            let taken = buffer.len() - rest.len();
            buffer.drain(..taken);
            // As much as there is: a live stream is shown while it comes in.
            let mut chunk = vec![0; CHUNK];
            match stream.read(&mut chunk) {
                Ok(0) => break,
                Ok(len) => buffer.extend_from_slice(&chunk[..len]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Failure::new(format_args!("cannot read {name}: {error}"))),
            }
        }
        progress.clear()?;
        out.flush()?;
        Ok(End { error: frames.finish().err(), ..end })
    }
}

/// A line on a terminal that says how far a stream was read.
struct Progress {
    is_shown: bool,
    is_terminal: bool,
    len: Option<u64>,
    last: Option<Instant>,
}

impl Progress {
    fn new(len: Option<u64>) -> Self {
        Self { is_shown: false, is_terminal: io::stderr().is_terminal(), len, last: None }
    }

    fn is_due(&self) -> bool {
        self.is_terminal && self.last.is_none_or(|last| last.elapsed() >= PERIOD)
    }

    fn show(&mut self, count: usize, offset: u64) -> io::Result<()> {
        if !self.is_terminal {
            return Ok(());
        }
        let part = match self.len {
            Some(len) if len > 0 => format!(", {}%", offset.saturating_mul(100) / len),
            Some(_) | None => String::new(),
        };
        write!(io::stderr(), "\r\x1b[K{}{part}", counted(count, "frame"))?;
        io::stderr().flush()?;
        self.is_shown = true;
        self.last = Some(Instant::now());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.is_shown) {
            write!(io::stderr(), "\r\x1b[K")?;
            io::stderr().flush()?;
        }
        Ok(())
    }
}
