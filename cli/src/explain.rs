//! `barewire explain`: the rule behind a code.

use std::fmt::Write as _;

use barewire_syntax::code::{Example, Examples, Explanation, REGISTRY};
use clap::Args;

use crate::failure::{Failure, Outcome, Result};
use crate::output::visible;
use crate::{output, paint};

/// Explains a code such as B012: the rule, what breaks it, what is right instead, and where the rule stands.
#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// A code, as it stands in brackets behind `error` or `warning`; without one, all codes are listed.
    code: Option<String>,
}

impl Explain {
    pub(crate) fn run(&self) -> Result {
        let text = match &self.code {
            None => list(),
            Some(code) => match find(code) {
                Some((entry, examples)) => explained(entry, examples),
                None => return Err(unknown(code)),
            },
        };
        output::say(&text)?;
        Ok(Outcome::Clean)
    }
}

/// What is known of a code, however it is spelled.
pub(crate) fn find(code: &str) -> Option<(&'static Explanation, &'static Examples)> {
    all().find(|(entry, _)| entry.code.as_str().eq_ignore_ascii_case(code.trim_matches(['[', ']'])))
}

/// Every code, in ascending order.
fn all() -> impl Iterator<Item = (&'static Explanation, &'static Examples)> {
    let language = REGISTRY.iter().filter_map(|entry| Some((entry, entry.examples()?)));
    let generator = barewire_codegen::CODES.iter().map(|(entry, examples)| (entry, examples));
    language.chain(generator)
}

fn unknown(code: &str) -> Failure {
    let failure = Failure::new(format_args!("there is no code `{}`", code.escape_debug()));
    // `12`, `E012` and `B12` are the code as somebody remembers it.
    let digits = code.trim_start_matches(|c: char| !c.is_ascii_digit());
    let near = digits.parse().ok().map(|number: u32| format!("B{number:03}"));
    match near.filter(|near| find(near).is_some()) {
        Some(near) => failure.note(format_args!("did you mean `{near}`?")),
        None => failure.note("`barewire explain` without a code lists them all"),
    }
}

fn list() -> String {
    all().map(|(entry, _)| format!("{}  {}\n", entry.code, entry.title)).collect()
}

fn explained(entry: &Explanation, examples: &Examples) -> String {
    let strong = paint::STRONG;
    let mut text = format!("{strong}{}: {}{strong:#}\n\n", entry.code, entry.title);
    // One sentence a line, as they were written.
    let _ = writeln!(text, "{}\n", sentences(entry.text).join("\n"));
    for (head, example) in [("Wrong", &examples.wrong), ("Right", &examples.right)] {
        let _ = writeln!(text, "{strong}{head}:{strong:#}\n\n{}", shown(example));
    }
    let _ = writeln!(text, "{strong}Rule:{strong:#} {}", entry.rule.section());
    text
}

/// The sentences of a text; a full stop inside one is not followed by a capital letter.
fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut rest = text;
    while let Some(end) = rest
        .match_indices(". ")
        .map(|(at, _)| at)
        .find(|at| rest[at + 2..].starts_with(|c: char| c.is_ascii_uppercase() || c == '`'))
    {
        sentences.push(&rest[..=end]);
        rest = &rest[end + 2..];
    }
    sentences.push(rest);
    sentences
}

fn shown(example: &Example) -> String {
    let indented =
        |text: &str| -> String { text.lines().map(|line| format!("    {}\n", visible(line))).collect() };
    match example {
        Example::Schema(text) => indented(text),
        Example::Family(files) => files
            .iter()
            .map(|(name, text)| format!("  {name}\n\n{}", indented(text)))
            .collect::<Vec<_>>()
            .join("\n"),
        Example::Words(words) => format!("  {words}\n"),
    }
}
