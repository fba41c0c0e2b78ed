//! `barewire diff`: what changed between two schemas or families, and what that means.

mod operand;

use std::collections::{BTreeMap, BTreeSet};

use barewire_codegen::Config;
use barewire_codegen::scaffold::Question;
use barewire_syntax::family::Family;
use barewire_syntax::frozen::Label;
use barewire_syntax::ir::Schema;
use barewire_syntax::{Checked, Source, check, diff};
use clap::Args;

use crate::failure::{Outcome, Result};
use crate::output::{self, counted};
use crate::paint;
use crate::report::{self, Format};
use operand::{Operand, Operands};

/// Shows what changed, what each change means to old readers and old octets, and what a migration has to decide.
///
/// The exit code is 1 if anything changed. OLD and NEW are schemas, families, versions of FAMILY such as `v2`,
/// or `git:REV` for the other one as it was at a revision, `git:REV:PATH` for another path.
#[derive(Args, Debug)]
#[command(override_usage = "barewire diff [FAMILY] <OLD> <NEW>")]
pub(crate) struct Diff {
    /// What to compare, perhaps behind the family whose versions it is.
    #[arg(required = true, num_args = 1..=3, value_name = "OLD NEW")]
    operands: Vec<String>,
}

impl Diff {
    pub(crate) fn run(&self) -> Result {
        match Operands::read(&self.operands)? {
            Operands { old: Operand::Schema(old), new: Operand::Schema(new) } => schemas(&old, &new),
            Operands { old: Operand::Family(old), new: Operand::Family(new) } => families(&old, &new),
            Operands { .. } => Err(crate::failure::Failure::new(
                "one side is a schema and the other a family: expected two of a kind",
            )),
        }
    }
}

fn schemas(old: &Source, new: &Source) -> Result {
    let (Some(before), Some(after)) = (checked(old)?, checked(new)?) else { return Ok(Outcome::Findings) };
    let (mut text, is_changed) = compared(&old.name, &new.name, &before, &after);
    if is_changed {
        text.push_str(&match operand::between(old, new) {
            0 => questions(old, new),
            _ => "\na migration goes through the versions in between: compare neighbours to see what it decides\n"
                .to_owned(),
        });
    }
    output::say(&text)?;
    Ok(Outcome::findings_if(is_changed))
}

/// A schema, unless it is wrong, which is shown then.
fn checked(source: &Source) -> Result<Option<Checked<Schema>>> {
    match check(source) {
        Ok(schema) => Ok(Some(schema)),
        Err(found) => {
            report::write(&[found], Format::Human)?;
            Ok(None)
        }
    }
}

/// What changed, and whether anything did.
fn compared(old: &str, new: &str, before: &Checked<Schema>, after: &Checked<Schema>) -> (String, bool) {
    let strong = paint::STRONG;
    let diff = diff::compare(before, after);
    let mut text = format!("{strong}{old} → {new}{strong:#}\n");
    if diff.is_empty() {
        text.push_str("nothing changed; comments and layout do not count\n");
        return (text, false);
    }
    text.push('\n');
    for line in diff.display(before, after).with_consequences().to_string().lines() {
        // Definitions stand at the margin.
        if line.starts_with(' ') {
            text.push_str(&format!("{line}\n"));
        } else {
            text.push_str(&format!("{strong}{line}{strong:#}\n"));
        }
    }
    let same = diff.definitions.iter().filter(|status| status.is_identical()).count();
    text.push_str(&format!("\n{} unchanged\n", counted(same, "type")));
    (text, true)
}

/// What a migration between two versions has to decide, in both directions.
fn questions(old: &Source, new: &Source) -> String {
    let sources = vec![(1, old.clone()), (2, new.clone())];
    let Ok(family) = Family::from_sources("compared", sources) else { return String::new() };
    let Ok(questions) = Config::new().questions(&family) else {
        return "\nno code is generated for these schemas; `barewire generate` says why\n".to_owned();
    };
    let strong = paint::STRONG;
    let mut text = String::new();
    for (from, way) in [(1, "from old to new"), (2, "from new to old")] {
        let asked: Vec<&Question> =
            questions.iter().filter(|question| question.from == Label::version(from)).collect();
        text.push_str(&format!("\n{strong}a migration {way} {strong:#}"));
        match asked.len() {
            0 => text.push_str("has nothing to decide\n"),
            count => {
                text.push_str(&format!("has {} to write\n", counted(count, "method")));
                for question in asked {
                    text.push_str(&format!("  {}: {}\n", question.method, question.reasons.join("; ")));
                }
            }
        }
    }
    text
}

fn families(old: &BTreeMap<Label, Source>, new: &BTreeMap<Label, Source>) -> Result {
    let labels: BTreeSet<&Label> = old.keys().chain(new.keys()).collect();
    let mut text = String::new();
    let mut is_changed = false;
    for label in labels {
        match (old.get(label), new.get(label)) {
            (Some(before), Some(after)) if before.text == after.text => {}
            (Some(old), Some(new)) => {
                let (Some(before), Some(after)) = (checked(old)?, checked(new)?) else {
                    return Ok(Outcome::Findings);
                };
                let (compared, differs) = compared(&old.name, &new.name, &before, &after);
                if differs {
                    is_changed = true;
                    text.push_str(&format!("{compared}\n"));
                }
            }
            (Some(old), None) => {
                is_changed = true;
                text.push_str(&format!(
                    "`{}` is gone: values written with {label} can no longer be read\n",
                    old.name
                ));
            }
            (None, Some(new)) => {
                is_changed = true;
                text.push_str(&format!("`{}` is new\n", new.name));
            }
            (None, None) => {}
        }
    }
    if !is_changed {
        text.push_str("nothing changed; comments and layout do not count\n");
    }
    output::say(&text)?;
    Ok(Outcome::findings_if(is_changed))
}
