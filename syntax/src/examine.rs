//! Everything that can be said about files, however much is wrong with them.
//!
//! [`Family::load`](crate::family::Family::load) stops at the first stage that fails, because nobody can use what comes behind it.
//! Whoever wants to know what is left to do asks here.

use crate::check::check_in;
use crate::family::{self, LoadError};
use crate::findings::Findings;
use crate::frozen::{self, Current, Label};
use crate::ir::Schema;
use crate::load::{Lossy, load_lossy};
use crate::quote::visible;
use crate::report::Hidden;
use crate::{Checked, Diagnostic, Report, Source, SourceId, code};
use std::collections::BTreeMap;
use std::path::Path;

/// Every error and warning about the schemas in the directory of a family, their names, and `frozen.txt`; in the order of the versions.
///
/// # Errors
///
/// If there is no such directory, it holds no schema, or a file cannot be read.
pub fn examine(dir: &Path) -> Result<Report, LoadError> {
    let found = family::find(dir)?;
    let mut page = Page::default();
    for (path, suggestion) in &found.misnamed {
        page.findings.push(misnamed(path, suggestion.as_deref()));
    }
    let mut labelled = Vec::new();
    for (label, path) in &found.versions {
        labelled.push((label.clone(), load_lossy(path)?));
    }
    let frozen = family::frozen_path(dir).map(|path| load_lossy(&path)).transpose()?;
    let names: Vec<(Label, Source)> =
        labelled.iter().map(|(label, lossy)| (label.clone(), lossy.source.clone())).collect();
    page.findings.extend(family::check_labels(&names));
    let mut checked = BTreeMap::new();
    for (label, lossy) in labelled {
        let (id, schema) = page.schema(lossy);
        checked.insert(label, (id, schema));
    }
    if let Some(lossy) = frozen {
        page.frozen(lossy, &checked);
    }
    Ok(page.report())
}

/// Every error and warning about one schema; of a version of a family also what departs from what was frozen of it.
///
/// # Errors
///
/// If the file cannot be read.
pub fn examine_file(path: &Path) -> Result<Report, LoadError> {
    let version = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".bare"));
    if version.and_then(Label::parse).is_some()
        && let Some(dir) = path.parent()
        && family::frozen_path(dir).is_some()
        && let Ok(report) = examine(dir)
    {
        return Ok(report.about(&path.display().to_string()));
    }
    let mut page = Page::default();
    page.schema(load_lossy(path)?);
    Ok(page.report())
}

/// A schema, unless it is wrong, and which source it is.
type Examined = (SourceId, Option<Checked<Schema>>);

/// The report while it is written.
#[derive(Default)]
struct Page {
    sources: Vec<Source>,
    findings: Vec<Diagnostic>,
    hidden: Vec<Hidden>,
}

impl Page {
    fn schema(&mut self, lossy: Lossy) -> Examined {
        let id = self.source(&lossy);
        if lossy.not_utf8.is_some() {
            return (id, None);
        }
        match check_in(&lossy.source, id) {
            Ok(schema) => {
                self.findings.extend_from_slice(schema.warnings());
                (id, Some(schema))
            }
            Err(findings) => {
                self.add(findings);
                (id, None)
            }
        }
    }

    fn frozen(&mut self, lossy: Lossy, checked: &BTreeMap<Label, Examined>) {
        let id = self.source(&lossy);
        if lossy.not_utf8.is_some() {
            return;
        }
        let frozen = match frozen::parse(&lossy.source, id) {
            Ok(frozen) => frozen,
            Err(findings) => return self.add(findings),
        };
        for entry in frozen.entries() {
            let current = match checked.get(&entry.label) {
                // What is wrong with it was said.
                Some((_, None)) => continue,
                Some((source, Some(schema))) => Some(Current { schema, source: *source }),
                None => None,
            };
            self.add(frozen::departures(entry, id, current));
        }
    }

    fn source(&mut self, lossy: &Lossy) -> SourceId {
        let id = SourceId::new(self.sources.len() as u32);
        self.sources.push(lossy.source.clone());
        if let Some(span) = lossy.not_utf8 {
            let name = &lossy.source.name;
            let finding = Diagnostic::error(code::NOT_UTF8, format!("`{name}` is not UTF-8"));
            self.findings.push(
                finding.primary(id, span, "the first octet that is not").note("save it in that encoding"),
            );
        }
        id
    }

    fn add(&mut self, findings: Findings) {
        let (found, hidden) = findings.into_diagnostics();
        self.findings.extend(found);
        self.hidden.push(hidden);
    }

    fn report(self) -> Report {
        Report::new(self.sources, self.findings).with_hidden(self.hidden)
    }
}

fn misnamed(path: &Path, suggestion: Option<&str>) -> Diagnostic {
    let finding = Diagnostic::error(
        code::VERSIONS,
        format!("`{}` is not named like a version", visible(&path.to_string_lossy())),
    );
    match suggestion {
        Some(name) => finding.note(format!("rename it to `{name}`, or give it another extension")),
        None => finding.note("versions are `v1.bare` to `v65535.bare`, other files need another extension"),
    }
}
