//! All versions of one protocol: `v1.bare`, `v2.bare`, … in one directory, and `frozen.txt` beside them.

mod files;

use crate::check::check_in;
use crate::frozen::{self, Entry, Frozen, Label};
use crate::ir::Schema;
use crate::report::Hidden;
use crate::{Checked, Diagnostic, Report, Source, SourceId, code};
use std::path::{Path, PathBuf};

pub use crate::load::LoadError;
pub(crate) use files::{find, frozen_path};

/// The versions of one protocol, each checked, in ascending order without gaps.
#[derive(Clone, Debug)]
pub struct Family {
    name: String,
    versions: Vec<Version>,
    alternates: Vec<Alternate>,
    frozen: Option<Frozen>,
    /// The file that `frozen` came from, if it came from one.
    frozen_path: Option<PathBuf>,
}

/// A second layout that was released under the number of a version: `v2-older.bare`.
#[derive(Clone, Debug)]
pub struct Alternate {
    /// The name after the hyphen.
    pub name: String,
    /// The layout, with the number of the version that it is an alternate of.
    pub version: Version,
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
    /// Reads and checks every `v<number>.bare` in a directory, every alternate `v<number>-<name>.bare`, and `frozen.txt`.
    ///
    /// The family is named after the directory.
    /// Other files are left alone, but a `.bare` file with another name is an error: it looks like a version and would be missing.
    /// Without a `frozen.txt` nothing is frozen.
    ///
    /// # Errors
    ///
    /// If the directory or a file cannot be read, a file is misnamed, a version is missing, a schema is wrong, or a frozen version is not what it was.
    /// The findings of all versions come in one report.
    pub fn load(dir: &Path) -> Result<Family, LoadError> {
        let files = files::read(dir)?;
        let name = files::family_name(dir);
        let paths: Vec<(Label, PathBuf)> =
            files.iter().map(|file| (file.label.clone(), file.path.clone())).collect();
        let sources = files.into_iter().map(|file| (file.label, file.source)).collect();
        let mut family = Family::from_labelled(name, sources).map_err(LoadError::Schema)?;
        for (label, path) in paths {
            if let Some(version) = family.find_mut(&label) {
                version.path = Some(path);
            }
        }
        if let Some((path, source)) = files::read_frozen(dir)? {
            family = family.with_frozen(source).map_err(LoadError::Schema)?;
            family.frozen_path = Some(path);
        }
        Ok(family)
    }

    /// Checks versions that are already in memory, in any order.
    ///
    /// # Errors
    ///
    /// If there is none, a number is 0, given twice or missing between two others, or a schema is wrong.
    pub fn from_sources(name: impl Into<String>, sources: Vec<(u16, Source)>) -> Result<Family, Report> {
        let labelled = |(number, source)| (Label::version(number), source);
        Family::from_labelled(name.into(), sources.into_iter().map(labelled).collect())
    }

    /// Checks versions and alternates that are already in memory, in any order.
    ///
    /// # Errors
    ///
    /// As [`Family::from_sources`], and if an alternate is given twice or there is no version of its number.
    pub fn from_labelled(
        name: impl Into<String>,
        mut sources: Vec<(Label, Source)>,
    ) -> Result<Family, Report> {
        // The alternates come last, so that the ids of the other sources do not depend on them.
        sources.sort_by(|(a, _), (b, _)| (a.alternate.is_some(), a).cmp(&(b.alternate.is_some(), b)));
        let mut diagnostics = check_labels(&sources);
        let mut hidden = Vec::new();
        let (mut versions, mut alternates) = (Vec::new(), Vec::new());
        for (i, (label, source)) in sources.iter().enumerate() {
            let source_id = SourceId::new(i as u32);
            match check_in(source, source_id) {
                Ok(schema) => {
                    let (number, source) = (label.number, source.clone());
                    let version = Version { number, schema, source, source_id, path: None };
                    match &label.alternate {
                        Some(name) => alternates.push(Alternate { name: name.clone(), version }),
                        None => versions.push(version),
                    }
                }
                Err(findings) => {
                    let (found, more) = findings.into_diagnostics();
                    diagnostics.extend(found);
                    hidden.push(more);
                }
            }
        }
        if diagnostics.is_empty() {
            return Ok(Family { name: name.into(), versions, alternates, frozen: None, frozen_path: None });
        }
        let sources = sources.into_iter().map(|(_, source)| source).collect();
        Err(Report::new(sources, diagnostics).with_hidden(hidden))
    }

    /// Holds the versions against the text of a `frozen.txt`.
    ///
    /// # Errors
    ///
    /// If the text cannot be understood, a released version has no source, or one means something else than what was released.
    pub fn with_frozen(mut self, source: Source) -> Result<Family, Report> {
        let id = SourceId::new(self.sources().count() as u32);
        let departures = match frozen::parse(&source, id) {
            Ok(frozen) => {
                let current = |entry: &Entry| {
                    let Version { schema, source_id, .. } = self.find(&entry.label)?;
                    Some(frozen::Current { schema, source: *source_id })
                };
                let departures = frozen::verify(&frozen, id, current);
                if departures.is_empty() {
                    self.frozen = Some(frozen);
                    return Ok(self);
                }
                departures
            }
            Err(findings) => vec![findings],
        };
        let sources = self.sources().cloned().chain([source]).collect();
        let (found, hidden): (Vec<_>, Vec<Hidden>) =
            departures.into_iter().map(|findings| findings.into_diagnostics()).unzip();
        Err(Report::new(sources, found.into_iter().flatten().collect()).with_hidden(hidden))
    }

    /// The name: that of the directory.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The versions in ascending order; there is at least one.
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// Second layouts that were released under the number of a version, in the order of their labels.
    pub fn alternates(&self) -> &[Alternate] {
        &self.alternates
    }

    /// What was released, if there is a `frozen.txt`; every version in it is still what it was.
    pub fn frozen(&self) -> Option<&Frozen> {
        self.frozen.as_ref()
    }

    /// The version or alternate with this label.
    pub fn find(&self, label: &Label) -> Option<&Version> {
        match &label.alternate {
            None => Some(&self.versions[self.position(label.number)?]),
            Some(name) => {
                let is_it = |it: &&Alternate| it.version.number == label.number && it.name == *name;
                self.alternates.iter().find(is_it).map(|it| &it.version)
            }
        }
    }

    fn find_mut(&mut self, label: &Label) -> Option<&mut Version> {
        match &label.alternate {
            None => {
                let at = self.position(label.number)?;
                Some(&mut self.versions[at])
            }
            Some(name) => {
                let is_it = |it: &&mut Alternate| it.version.number == label.number && it.name == *name;
                self.alternates.iter_mut().find(is_it).map(|it| &mut it.version)
            }
        }
    }

    fn position(&self, number: u16) -> Option<usize> {
        self.versions.binary_search_by_key(&number, |version| version.number).ok()
    }

    /// The versions, then the alternates: each stands where its [`Version::source_id`] says.
    fn all(&self) -> impl Iterator<Item = &Version> {
        self.versions.iter().chain(self.alternates.iter().map(|alternate| &alternate.version))
    }

    fn sources(&self) -> impl Iterator<Item = &Source> {
        self.all().map(|version| &version.source)
    }

    /// The paths that were read, for a build script to watch.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.all().filter_map(|version| version.path.as_deref()).chain(self.frozen_path.as_deref())
    }

    /// What is legal in the versions and alternates but deserves a second look: version by version, in the order of the text.
    ///
    /// At most a hundred findings for each version, all of [`Severity::Warning`](crate::Severity::Warning); nothing if there are none.
    pub fn warnings(&self) -> Option<Report> {
        let warnings: Vec<Diagnostic> =
            self.all().flat_map(|version| version.schema.warnings()).cloned().collect();
        if warnings.is_empty() { None } else { Some(self.report(warnings)) }
    }

    /// A report on findings whose labels carry the [`Version::source_id`] of their version.
    pub fn report(&self, diagnostics: Vec<Diagnostic>) -> Report {
        let sources = self.sources().cloned().collect();
        Report::new(sources, diagnostics)
    }
}

/// Checks that versions, and behind them alternates, form a family; both are sorted.
pub(crate) fn check_labels(sources: &[(Label, Source)]) -> Vec<Diagnostic> {
    let first_alternate = sources.partition_point(|(label, _)| label.alternate.is_none());
    let mut found = check_numbers(&sources[..first_alternate]);
    found.extend(check_alternates(sources, first_alternate));
    found
}

/// Checks that sorted version numbers begin above 0 and have neither gaps nor repetitions.
fn check_numbers(sources: &[(Label, Source)]) -> Vec<Diagnostic> {
    let error = |message: String| Diagnostic::error(code::VERSIONS, message);
    let mut found = Vec::new();
    if sources.is_empty() {
        found.push(error("the family has no versions".to_owned()));
    }
    if let Some((Label { number: 0, .. }, source)) = sources.first() {
        found.push(
            error(format!("`{}` has the version number 0", source.name))
                .note("the first version is number 1"),
        );
    }
    for pair in sources.windows(2) {
        let [(before, first), (number, source)] = pair else { continue };
        let (before, number) = (before.number, number.number);
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

/// Checks that every alternate is one of a version, and given once.
fn check_alternates(sources: &[(Label, Source)], first: usize) -> Vec<Diagnostic> {
    let error = |message: String| Diagnostic::error(code::VERSIONS, message);
    let (versions, alternates) = sources.split_at(first);
    let mut found = Vec::new();
    for (i, (label, source)) in alternates.iter().enumerate() {
        let number = label.number;
        if versions.binary_search_by_key(&number, |(label, _)| label.number).is_err() {
            found.push(
                error(format!("`{}` is an alternate of version {number}, which does not exist", source.name))
                    .note(format!("the layout that is spoken goes into `v{number}.bare`")),
            );
        }
        if let Some((before, first)) = i.checked_sub(1).map(|i| &alternates[i])
            && before == label
        {
            found.push(error(format!("`{}` and `{}` are both `{label}`", first.name, source.name)));
        }
    }
    found
}
