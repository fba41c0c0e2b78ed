//! `barewire diff`: what changed between two schemas or families, and what that means.

mod asked;
mod operand;

use std::collections::BTreeSet;

use barewire_syntax::family::{Family, Version};
use barewire_syntax::frozen::Label;
use barewire_syntax::ir::{DefId, Schema};
use barewire_syntax::{Source, diff};
use clap::Args;

use crate::failure::{Failure, Outcome, Result};
use crate::family::steps;
use crate::output::{self, counted, visible};
use crate::paint;
use crate::renamed::RenamedArgs;
use crate::report::{self, Format};
use operand::{Operand, Operands, Sources};

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
    #[command(flatten)]
    renamed: RenamedArgs,
}

impl Diff {
    pub(crate) fn run(&self) -> Result {
        let operands = match Operands::read(&self.operands)? {
            Ok(operands) => operands,
            Err(outcome) => return Ok(outcome),
        };
        match operands {
            Operands { old: Operand::Schema(old), new: Operand::Schema(new) } => self.schemas(old, new),
            Operands { old: Operand::Family(old), new: Operand::Family(new) } => self.families(old, new),
            Operands { old: Operand::Schema(_), new: Operand::Family(_) }
            | Operands { old: Operand::Family(_), new: Operand::Schema(_) } => {
                Err(Failure::new("one side is a schema and the other a family: expected two of a kind"))
            }
        }
    }

    fn schemas(&self, old: Source, new: Source) -> Result {
        let between = operand::between(&old, &new);
        let sources = [(Label::version(1), old), (Label::version(2), new)];
        let Some(family) = family(sources.into())? else { return Ok(Outcome::Findings) };
        let [old, new] = family.versions() else { unreachable!("checked: two versions") };
        self.renamed.check(&steps(&family))?;
        let (mut text, is_changed) = self.compared(old, new);
        if is_changed {
            text.push_str(&match between {
                0 => asked::between(&family, self.renamed.pairs()),
                _ => "\na migration goes through the versions in between: compare neighbours to see what it decides\n"
                    .to_owned(),
            });
        }
        output::say(&text)?;
        Ok(Outcome::findings_if(is_changed))
    }

    fn families(&self, old: Sources, new: Sources) -> Result {
        let labels: BTreeSet<Label> = old.keys().chain(new.keys()).cloned().collect();
        let (Some(old), Some(new)) = (family(old)?, family(new)?) else { return Ok(Outcome::Findings) };
        let both = labels.iter().filter_map(|label| Some((old.find(label)?, new.find(label)?)));
        let both: Vec<(&Schema, &Schema)> =
            both.map(|(before, after)| (&*before.schema, &*after.schema)).collect();
        self.renamed.check(&[both, steps(&old), steps(&new)].concat())?;
        let mut text = String::new();
        let mut is_changed = false;
        for label in labels {
            match (old.find(&label), new.find(&label)) {
                (Some(before), Some(after)) => {
                    let (compared, differs) = self.compared(before, after);
                    if differs {
                        is_changed = true;
                        text.push_str(&format!("{compared}\n"));
                    }
                }
                (Some(old), None) => {
                    is_changed = true;
                    text.push_str(&format!(
                        "`{}` is gone: values written with {label} can no longer be read\n\n",
                        visible(&old.source.name)
                    ));
                }
                (None, Some(added)) => {
                    is_changed = true;
                    text.push_str(&format!("`{}` is new\n", visible(&added.source.name)));
                    if let Some((before, after)) = step_of(&new, &label, added) {
                        text.push_str(&self.compared(before, after).0);
                    }
                    text.push('\n');
                }
                (None, None) => {}
            }
        }
        if is_changed {
            let (was, is) = (self.renamed.within(&steps(&old)), self.renamed.within(&steps(&new)));
            text.push_str(asked::since((&old, &was), (&new, &is)).trim_start());
        } else {
            text.push_str("nothing changed; comments and layout do not count\n");
        }
        output::say(&text)?;
        Ok(Outcome::findings_if(is_changed))
    }

    /// What changed, and whether anything did.
    fn compared(&self, old: &Version, new: &Version) -> (String, bool) {
        let strong = paint::STRONG;
        let diff = diff::compare_renamed(&old.schema, &new.schema, self.renamed.pairs());
        let mut text =
            format!("{strong}{} → {}{strong:#}\n", visible(&old.source.name), visible(&new.source.name));
        if diff.is_empty() {
            text.push_str("nothing changed; comments and layout do not count\n");
            return (text, false);
        }
        text.push('\n');
        for line in diff.display(&old.schema, &new.schema).with_consequences().to_string().lines() {
            // Definitions stand at the margin.
            if line.starts_with(' ') {
                text.push_str(&format!("{line}\n"));
            } else {
                text.push_str(&format!("{strong}{line}{strong:#}\n"));
            }
        }
        let is_renamed = |id: DefId| diff.renamed.iter().any(|(_, after)| *after == id);
        let same = new.schema.ids().filter(|id| diff.status(*id).is_identical() && !is_renamed(*id));
        text.push_str(&format!("\n{} unchanged\n", counted(same.count(), "type")));
        (text, true)
    }
}

/// A family, unless something is wrong with it, which is shown then.
fn family(sources: Sources) -> Result<Option<Family>> {
    match Family::from_labelled("compared", sources.into_iter().collect()) {
        Ok(family) => Ok(Some(family)),
        Err(found) => {
            report::write(&[found], Format::Human)?;
            Ok(None)
        }
    }
}

/// The step that a new version adds: to it from the one before, or from an alternate to its version.
fn step_of<'f>(family: &'f Family, label: &Label, added: &'f Version) -> Option<(&'f Version, &'f Version)> {
    match label.alternate {
        Some(_) => Some((added, family.find(&Label::version(label.number))?)),
        None => Some((family.find(&Label::version(label.number.checked_sub(1)?))?, added)),
    }
}
