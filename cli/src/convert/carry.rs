//! A message through the steps to another version.

use barewire_dynamic::{CarryError, MessageType, Migration, MigrationError, Question, Value};
use barewire_syntax::frozen::Label;

use super::refused;
use crate::choice::Chosen;
use crate::failure::{Failure, Outcome, Result};
use crate::renamed::RenamedArgs;
use crate::schema::Schemas;

/// The value through the steps to another version, or what keeps it from getting there.
pub(super) fn carried<'s>(
    schemas: &'s Schemas,
    renamed: &RenamedArgs,
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
        let (migration, target) = match step(schemas, renamed, (&at, &message), &next)? {
            Ok(step) => step,
            Err(outcome) => return Ok(Err(outcome)),
        };
        value = match migration.migrate(&value) {
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

/// The step from a message of one version to that of the next, and what it is called there.
fn step<'s>(
    schemas: &'s Schemas,
    renamed: &RenamedArgs,
    (at, message): (&Label, &MessageType<'s>),
    next: &Label,
) -> Result<std::result::Result<(Migration<'s>, MessageType<'s>), Outcome>> {
    let (here, there) = (&schemas.version(at)?.schema, schemas.version(next)?);
    let is_up = at.number < next.number || at.alternate.is_some();
    let name = match is_up {
        true => renamed.newer((here, &there.schema), message.name()),
        false => renamed.older((&there.schema, here), message.name()),
    };
    let target = schemas.message(there, next, name).map_err(|failure| {
        let (old, new) = if is_up { (name, "…") } else { ("…", name) };
        failure.note(format_args!("`--renamed {old}={new}` says that it has another name in {next}"))
    })?;
    let migration = if is_up { Migration::up_with_renamed } else { Migration::down_with_renamed };
    match migration((here, message.name()), (&there.schema, name), renamed.pairs()) {
        Ok(migration) => Ok(Ok((migration, target))),
        Err(MigrationError::Open(questions)) => refused_open(&questions, at, next).map(Err),
        Err(error) => Err(Failure::new(error)),
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
