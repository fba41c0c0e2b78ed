//! Reading `frozen.txt`.

use super::{Entry, Frozen, Label, Line, State};
use crate::check::check_in;
use crate::findings::Findings;
use crate::quote::quote;
use crate::{Checked, Diagnostic, MAX_TEXT_LEN, Source, SourceId, Span, code, ir};
use std::collections::BTreeMap;

/// The lines of one version while they are collected.
#[derive(Default)]
struct Collected<'a> {
    state: Option<(State, Option<&'a str>, Span)>,
    /// Name and type, as they are written.
    types: Vec<(Span, &'a str)>,
}

/// Reads the text, whose places are labelled with `id`.
pub(crate) fn parse(source: &Source, id: SourceId) -> Result<Frozen, Findings> {
    let mut findings = Findings::new(id);
    // Spans hold 32 bits, and only what comes from a file is bounded already.
    if source.text.len() > MAX_TEXT_LEN {
        let message = format!("the text is longer than {MAX_TEXT_LEN} bytes");
        findings.push(Diagnostic::error(code::TEXT_TOO_LONG, message).primary(id, Span::default(), ""));
        return Err(findings);
    }
    let mut collected: BTreeMap<Label, Collected<'_>> = BTreeMap::new();
    let mut start = 0;
    for line in source.text.split('\n') {
        let at = start;
        start += line.len() + 1;
        let line = line.trim_end();
        let span = Span::new(at as u32, (at + line.len()) as u32);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Err(message) = collect(&mut collected, line, span) {
            findings.push(error(id, span, message));
        }
    }
    let mut entries = Vec::new();
    for (label, collected) in collected {
        entries.extend(entry(label, collected, id, &mut findings));
    }
    if findings.error_count() > 0 { Err(findings) } else { Ok(Frozen { entries }) }
}

fn collect<'a>(
    collected: &mut BTreeMap<Label, Collected<'a>>,
    line: &'a str,
    span: Span,
) -> Result<(), String> {
    let expected = || format!("expected a label and what it stands for, found {}", quote(line));
    let (label, rest) = line.split_once(' ').ok_or_else(expected)?;
    let label = Label::parse(label).ok_or_else(|| format!("{} names no version", quote(label)))?;
    if rest.starts_with(|c: char| c.is_ascii_uppercase()) {
        let name = Span::new(span.end - rest.len() as u32, span.end);
        collected.entry(label).or_default().types.push((name, rest));
        return Ok(());
    }
    let (word, why) = match rest.split_once(": ") {
        Some((word, why)) => (word, Some(why)),
        None => (rest, None),
    };
    let state =
        State::from_word(word).ok_or_else(|| format!("{} is neither a state nor a type", quote(rest)))?;
    if !label.may_be(state) {
        return Err(format!("`{label}` cannot be `{}`", state.word()));
    }
    let entry = collected.entry(label).or_default();
    if entry.state.is_some() {
        return Err("the version has a state already".to_owned());
    }
    entry.state = Some((state, why, span));
    if why.is_some() && state != State::Retired {
        return Err("only a retired version has a reason".to_owned());
    }
    Ok(())
}

/// Checks the lines of a version, which are a schema.
fn entry(label: Label, collected: Collected<'_>, id: SourceId, findings: &mut Findings) -> Option<Entry> {
    let Collected { state, types } = collected;
    let Some((state, why, state_span)) = state else {
        let (span, _) = types.first()?;
        findings.push(error(id, *span, format!("`{label}` has no line with its state")));
        return None;
    };
    if types.is_empty() {
        findings.push(error(id, state_span, format!("`{label}` has no types")));
        return None;
    }
    let mut text = String::new();
    let mut lines = Vec::with_capacity(types.len());
    for (span, definition) in &types {
        text.push_str("type ");
        lines.push(Line { span: *span, checked_start: text.len() as u32 });
        text.push_str(definition);
        text.push('\n');
    }
    match check_in(&Source::new(label.to_string(), text), id) {
        Ok(schema) => {
            let wrong = wrong_form(&schema, &types);
            match wrong {
                None => {
                    let why = why.map(str::to_owned);
                    return Some(Entry { label, state, why, schema, state_span, lines });
                }
                Some(span) => findings.push(error(id, span, "the line is not in canonical form")),
            }
        }
        Err(found) => {
            for found in found.into_diagnostics().0 {
                let at = found.primary_label().map_or(Span::default(), |label| label.span);
                let line = lines.partition_point(|line| line.checked_start <= at.start).max(1) - 1;
                findings.push(error(id, lines[line].place(at), found.message));
            }
        }
    }
    None
}

/// The first line that is not what the schema's own canonical line says: with a comment, or two types in it.
fn wrong_form(schema: &Checked<ir::Schema>, types: &[(Span, &str)]) -> Option<Span> {
    let mut ids = schema.ids();
    let mut is_wrong = |text: &str| ids.next().is_none_or(|id| schema.canonical(id) != text);
    types.iter().find(|(_, text)| is_wrong(text)).map(|(span, _)| *span)
}

fn error(id: SourceId, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code::FROZEN_LINE, message).primary(id, span, "")
}
