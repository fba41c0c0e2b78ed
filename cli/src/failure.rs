//! How a command ends.

use std::fmt::Display;
use std::io;
use std::process::ExitCode;

use barewire_syntax::Report;
use barewire_syntax::family::LoadError;

use crate::output::visible;
use crate::{output, paint};

/// What a command found, if it could do its work.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Outcome {
    Clean,
    Findings,
}

impl Outcome {
    pub(crate) const fn findings_if(is_found: bool) -> Self {
        if is_found { Self::Findings } else { Self::Clean }
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What is wrong, and what may help.
    Message { text: String, notes: Vec<String> },
    /// Everything was said already.
    Told,
    /// Nobody reads the output any more, as in `barewire … | head`.
    Closed,
}

pub(crate) type Result<T = Outcome> = std::result::Result<T, Failure>;

impl Failure {
    pub(crate) fn new(text: impl Display) -> Self {
        Self::Message { text: text.to_string(), notes: Vec::new() }
    }

    pub(crate) fn note(mut self, note: impl Display) -> Self {
        if let Self::Message { notes, .. } = &mut self {
            notes.push(note.to_string());
        }
        self
    }

    /// What is said where a schema is wrong that a command needs.
    pub(crate) fn schema(report: &Report) -> Self {
        let text = report.painted(&paint::palette()).to_string();
        match output::complain(&text) {
            Ok(()) => Self::Told,
            Err(error) => error.into(),
        }
    }

    /// Says what is wrong, on standard error.
    pub(crate) fn report(self) -> ExitCode {
        match self {
            Self::Message { text, notes } => {
                // There is nobody left to tell if this fails.
                let _ = output::complain(&message(&text, &notes));
                ExitCode::from(2)
            }
            Self::Told => ExitCode::from(2),
            Self::Closed => ExitCode::SUCCESS,
        }
    }
}

/// What could not be done of several things, where that does not keep the others from being done.
#[derive(Debug, Default)]
pub(crate) struct Failures(Vec<Failure>);

impl Failures {
    /// What was done, or nothing.
    pub(crate) fn keep<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|failure| self.add(failure)).ok()
    }

    pub(crate) fn add(&mut self, failure: Failure) {
        self.0.push(failure);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How the command ends, after all failures but the last were told.
    pub(crate) fn end(mut self, outcome: Outcome) -> Result {
        let Some(last) = self.0.pop() else { return Ok(outcome) };
        for failure in self.0 {
            failure.report();
        }
        Err(last)
    }
}

/// What is wrong, and what may help.
pub(crate) fn message(text: &str, notes: &[String]) -> String {
    let (error, strong) = (paint::ERROR, paint::STRONG);
    // Names of files may hold anything.
    let harmless = |text: &str| text.lines().map(visible).collect::<Vec<_>>().join("\n");
    let mut message = format!("{error}error{error:#}{strong}:{strong:#} {}\n", harmless(text));
    for note in notes {
        message.push_str(&format!("  {strong}note:{strong:#} {}\n", harmless(note)));
    }
    message
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Schema(report) => Self::schema(&report),
            error => Self::new(error),
        }
    }
}

impl From<io::Error> for Failure {
    /// For what cannot be written to standard output; other errors of files name the file.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::new(format_args!("cannot write the output: {error}")),
        }
    }
}
