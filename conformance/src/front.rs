//! What the front end has to say of a schema: accept it, or refuse it at the right line.

use std::panic;

use barewire_codegen::Config;
use barewire_codegen::plan::Plan;
use barewire_syntax::code::Rule;
use barewire_syntax::{Diagnostic, Report, Severity, Source, check};

/// A schema that was accepted and turned into Rust.
pub(crate) struct Generated {
    pub(crate) plan: Plan,
    pub(crate) rust: String,
}

/// What became of a schema text.
pub(crate) enum Verdict {
    Generated(Generated),
    /// Accepted, but beyond a limit of the generator, which is documented: this report says which.
    BeyondGenerator(String),
    /// What is wrong with the text or, if it should be accepted, with the front end.
    Refused(String),
}

/// Takes a schema text through the front end and the generator.
pub(crate) fn generate(text: &str) -> Verdict {
    guarded(|| {
        let source = source(text);
        if let Err(report) = check(&source) {
            return Verdict::Refused(first_line(&report));
        }
        let config = Config::new();
        let both = config.plan_source(&source).and_then(|plan| Ok((plan, config.generate_source(&source)?)));
        match both {
            Ok((plan, generated)) => Verdict::Generated(Generated { plan, rust: generated.schema }),
            Err(error) => match error.report() {
                Some(report) if report.diagnostics().iter().all(is_limit_of_generator) => {
                    Verdict::BeyondGenerator(first_line(report))
                }
                Some(report) => Verdict::Refused(first_line(report)),
                None => Verdict::Refused(error.to_string()),
            },
        }
    })
    .unwrap_or_else(Verdict::Refused)
}

/// Checks that the front end refuses a schema text, at `line` if it is known, and returns the rules of its errors.
///
/// # Errors
///
/// What was expected and what was found instead.
pub(crate) fn refuses(text: &str, line: Option<usize>) -> Result<Vec<&'static str>, String> {
    guarded(|| {
        let report = match check(&source(text)) {
            Ok(_) => return Err("expected the schema to be refused, it was accepted".to_owned()),
            Err(report) => report,
        };
        if report.to_string().trim().is_empty() {
            return Err("expected a report that says something, found an empty one".to_owned());
        }
        let lines: Vec<usize> = errors(&report).flat_map(|error| primary_lines(text, error)).collect();
        match line {
            Some(line) if !lines.contains(&line) => {
                Err(format!("expected an error on line {line}, found {lines:?}: {}", first_line(&report)))
            }
            None if lines.is_empty() => {
                Err(format!("expected an error with a place in the text, found {}", first_line(&report)))
            }
            _ => Ok(errors(&report).map(rule).collect()),
        }
    })
    .unwrap_or_else(Err)
}

fn source(text: &str) -> Source {
    Source::new("schema.bare", text)
}

/// A panic of what is judged is a failure of the row, not the end of the run.
fn guarded<T>(judge: impl FnOnce() -> T + panic::UnwindSafe) -> Result<T, String> {
    panic::catch_unwind(judge).map_err(|_| "the front end or the generator panicked".to_owned())
}

fn errors(report: &Report) -> impl Iterator<Item = &Diagnostic> {
    report.diagnostics().iter().filter(|diagnostic| diagnostic.severity == Severity::Error)
}

/// The codes from B100 on are those of the generator.
fn is_limit_of_generator(diagnostic: &Diagnostic) -> bool {
    diagnostic.code.as_str() >= "B100"
}

/// The rule behind an error, as the rows spell it.
fn rule(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.code.explanation().map(|explanation| explanation.rule) {
        Some(Rule::Grammar) => "G",
        Some(Rule::R1) => "R1",
        Some(Rule::R2) => "R2",
        Some(Rule::R3) => "R3",
        Some(Rule::R4) => "R4",
        Some(Rule::R5) => "R5",
        Some(Rule::R6) => "R6",
        Some(Rule::R7) => "R7",
        Some(Rule::R8) => "R8",
        Some(Rule::Limit | Rule::Draft | Rule::Family) | None => "no rule of the language",
    }
}

/// The lines on which the primary labels begin that lie in the text.
fn primary_lines(text: &str, diagnostic: &Diagnostic) -> impl Iterator<Item = usize> {
    let primary = diagnostic.labels.iter().filter(|label| label.primary).map(|label| label.span.range());
    let inside = primary.filter(|span| text.get(span.clone()).is_some());
    inside.map(|span| 1 + text[..span.start].matches('\n').count())
}

fn first_line(report: &Report) -> String {
    match report.diagnostics().first() {
        Some(diagnostic) => format!("{}: {}", diagnostic.code, diagnostic.message),
        None => "a report without findings".to_owned(),
    }
}
