//! What happened, as it is printed and as it is checked.

use std::fmt;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;

/// How long the driver waits for anything. A machine has to be very busy to get there.
const PATIENCE: Duration = Duration::from_secs(120);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Who {
    Client,
    Gateway,
    Runner,
    Driver,
}

#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) who: Who,
    pub(super) text: String,
}

pub(super) struct Timeline {
    start: Instant,
    /// For those who have something to say.
    pub(super) lines: UnboundedSender<Line>,
    said: UnboundedReceiver<Line>,
    /// All lines so far.
    pub(super) seen: Vec<Line>,
    /// Numbers that go on, each printed as one line.
    runs: Vec<Run>,
}

/// Lines that differ in a number only.
struct Run {
    at: Duration,
    who: Who,
    verb: &'static str,
    first: u32,
    last: u32,
}

/// What is said of one message after the other.
const VERBS: [&str; 5] = ["sends", "handles", "drops", "stores", "is answered"];

impl Timeline {
    pub(super) fn new() -> Self {
        let (lines, said) = unbounded_channel();
        Self { start: Instant::now(), lines, said, seen: Vec::new(), runs: Vec::new() }
    }

    /// Waits until a line is found, among those seen so far from this one on and those to come.
    pub(super) async fn until<T>(
        &mut self,
        what: &str,
        mut from: usize,
        mut find: impl FnMut(&Line) -> Option<T>,
    ) -> Result<T, String> {
        loop {
            while let Some(line) = self.seen.get(from) {
                if let Some(found) = find(line) {
                    return Ok(found);
                }
                from += 1;
            }
            match timeout(PATIENCE, self.said.recv()).await {
                Ok(Some(line)) => self.note(line),
                Ok(None) | Err(_) => {
                    self.print_runs();
                    return Err(format!("waited in vain for {what}"));
                }
            }
        }
    }

    /// Adds a line behind what was said so far.
    pub(super) fn say(&mut self, who: Who, text: impl Into<String>) {
        self.catch_up();
        self.note(Line { who, text: text.into() });
    }

    pub(super) fn catch_up(&mut self) {
        while let Ok(line) = self.said.try_recv() {
            self.note(line);
        }
    }

    fn note(&mut self, line: Line) {
        let at = self.start.elapsed();
        match counted(&line.text) {
            Some((verb, number)) => self.count(at, line.who, verb, number),
            None => {
                self.print_runs();
                print(at, line.who, &line.text);
            }
        }
        self.seen.push(line);
    }

    fn count(&mut self, at: Duration, who: Who, verb: &'static str, number: u32) {
        let goes_on = |run: &&mut Run| run.who == who && run.verb == verb;
        match self.runs.iter_mut().find(goes_on) {
            Some(run) if verb == "stores" || run.last + 1 == number => run.last = number,
            Some(_) => {
                self.print_runs();
                self.runs.push(Run { at, who, verb, first: number, last: number });
            }
            None => self.runs.push(Run { at, who, verb, first: number, last: number }),
        }
    }

    pub(super) fn print_runs(&mut self) {
        for run in self.runs.drain(..) {
            print(run.at, run.who, &run);
        }
    }
}

/// A line about the message of this number.
pub(super) fn counted(text: &str) -> Option<(&'static str, u32)> {
    let (verb, number) = text.rsplit_once(' ')?;
    let verb = VERBS.into_iter().find(|known| *known == verb)?;
    Some((verb, number.parse().ok()?))
}

fn print(at: Duration, who: Who, text: &dyn fmt::Display) {
    println!("{:7.3}  {who:<9}{text}", at.as_secs_f64());
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { verb, first, last, .. } = self;
        match *verb {
            "stores" => write!(f, "stores all up to {last}"),
            verb if first == last => write!(f, "{verb} {first}"),
            verb => write!(f, "{verb} {first} to {last}"),
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Client => "client",
            Self::Gateway => "gateway",
            Self::Runner => "runner",
            Self::Driver => "driver",
        })
    }
}
