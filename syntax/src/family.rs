//! All versions of one protocol: `v1.bare`, `v2.bare`, … in one directory.

mod files;

use crate::check::check_in;
use crate::ir::Schema;
use crate::{Checked, Diagnostic, Report, Source, SourceId, code};
use std::path::{Path, PathBuf};

pub use crate::load::LoadError;

/// The versions of one protocol, each checked, in ascending order without gaps.
#[derive(Clone, Debug)]
pub struct Family {
    name: String,
    versions: Vec<Version>,
}

/// One version of a family.
#[derive(Clone, Debug)]
pub struct Version {
    /// The number in the file name.
    pub number: u16,
    /// The checked schema.
    ///
    /// Labels of its warnings carry [`Version::source_id`].
    pub schema: Checked<Schema>,
    /// The text.
    pub source: Source,
    /// Which source of [`Family::report`] this version is.
    pub source_id: SourceId,
    /// The file, if it came from one.
    pub path: Option<PathBuf>,
}

impl Family {
    /// Reads and checks every `v<number>.bare` in a directory.
    ///
    /// The family is named after the directory.
    /// Other files are left alone, but a `.bare` file with another name is an error: it looks like a version and would be missing.
    ///
    /// # Errors
    ///
    /// If the directory or a file cannot be read, a file is misnamed, a version is missing, or a schema is wrong.
    /// The findings of all versions come in one report.
    pub fn load(dir: &Path) -> Result<Family, LoadError> {
        let files = files::read(dir)?;
        let name = files::family_name(dir);
        let paths: Vec<PathBuf> = files.iter().map(|file| file.path.clone()).collect();
        let sources = files.into_iter().map(|file| (file.number, file.source)).collect();
        let mut family = Family::from_sources(name, sources).map_err(LoadError::Schema)?;
        for (version, path) in family.versions.iter_mut().zip(paths) {
            version.path = Some(path);
        }
        Ok(family)
    }

    /// Checks versions that are already in memory, in any order.
    ///
    /// # Errors
    ///
    /// If there is none, a number is 0, given twice or missing between two others, or a schema is wrong.
    pub fn from_sources(name: impl Into<String>, mut sources: Vec<(u16, Source)>) -> Result<Family, Report> {
        sources.sort_by_key(|(number, _)| *number);
        let mut diagnostics = check_numbers(&sources);
        let mut hidden = Vec::new();
        let mut versions = Vec::new();
        for (i, (number, source)) in sources.iter().enumerate() {
            let source_id = SourceId::new(i as u32);
            match check_in(source, source_id) {
                Ok(schema) => {
                    let (number, source) = (*number, source.clone());
                    versions.push(Version { number, schema, source, source_id, path: None });
                }
                Err(findings) => {
                    let (found, more) = findings.into_diagnostics();
                    diagnostics.extend(found);
                    hidden.push(more);
                }
            }
        }
        if diagnostics.is_empty() {
            return Ok(Family { name: name.into(), versions });
        }
        let sources = sources.into_iter().map(|(_, source)| source).collect();
        Err(Report::new(sources, diagnostics).with_hidden(hidden))
    }

    /// The name: that of the directory.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The versions in ascending order; there is at least one.
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// The paths that were read, for a build script to watch.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.versions.iter().filter_map(|version| version.path.as_deref())
    }

    /// What is legal in the versions but deserves a second look: version by version, in the order of the text.
    ///
    /// At most a hundred findings for each version, all of [`Severity::Warning`](crate::Severity::Warning); nothing if there are none.
    pub fn warnings(&self) -> Option<Report> {
        let warnings: Vec<Diagnostic> =
            self.versions.iter().flat_map(|version| version.schema.warnings()).cloned().collect();
        if warnings.is_empty() { None } else { Some(self.report(warnings)) }
    }

    /// A report on findings whose labels carry the [`Version::source_id`] of their version.
    pub fn report(&self, diagnostics: Vec<Diagnostic>) -> Report {
        let sources = self.versions.iter().map(|version| version.source.clone()).collect();
        Report::new(sources, diagnostics)
    }
}

/// Checks that sorted version numbers begin above 0 and have neither gaps nor repetitions.
fn check_numbers(sources: &[(u16, Source)]) -> Vec<Diagnostic> {
    let error = |message: String| Diagnostic::error(code::VERSIONS, message);
    let mut found = Vec::new();
    if sources.is_empty() {
        found.push(error("the family has no versions".to_owned()));
    }
    if let Some((0, source)) = sources.first() {
        found.push(
            error(format!("`{}` has the version number 0", source.name))
                .note("the first version is number 1"),
        );
    }
    for pair in sources.windows(2) {
        let [(before, first), (number, source)] = pair else { continue };
        if number == before {
            found.push(error(format!("`{}` and `{}` are both version {number}", first.name, source.name)));
        } else if number - before > 1 {
            found.push(
                error(format!("version {} is missing between {before} and {number}", before + 1))
                    .note("versions are numbered without gaps; one that nobody speaks any more keeps its file, because migrations go through it"),
            );
        }
    }
    found
}
