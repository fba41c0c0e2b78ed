//! What is compared: files, directories, versions of a family, and any of them at a revision.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use barewire_syntax::Source;
use barewire_syntax::family::LoadError;
use barewire_syntax::frozen::Label;

use crate::failure::{Failure, Result};
use crate::family::{self, Found};
use crate::schema::label;
use crate::targets::{self, unreadable};

/// The schemas in a directory.
pub(super) type Sources = BTreeMap<Label, Source>;

/// One side of a comparison.
pub(super) enum Operand {
    Schema(Source),
    Family(Sources),
}

/// Both sides.
pub(super) struct Operands {
    pub(super) old: Operand,
    pub(super) new: Operand,
}

/// One side, as it was written.
#[derive(Clone, Debug)]
enum Spelled {
    Path(PathBuf),
    /// A revision, and the path if it is another one than that of the other side.
    Git(String, Option<PathBuf>),
}

impl Operands {
    /// `OLD NEW` or `FAMILY OLD NEW`.
    pub(super) fn read(words: &[String]) -> Result<Found<Self>> {
        let (family, old, new) = match words {
            [old, new] => (None, old, new),
            [family, old, new] => (Some(Path::new(family)), old, new),
            _ => return Err(Failure::new("expected two schemas, or a family and two of its versions")),
        };
        if let Some(family) = family
            && !family.is_dir()
        {
            return Err(Failure::new(format_args!("`{}` is no directory of a family", family.display())));
        }
        let (old, new) = (spelled(old, family)?, spelled(new, family)?);
        let path_of = |side: &Spelled| match side {
            Spelled::Path(path) | Spelled::Git(_, Some(path)) => Some(path.clone()),
            Spelled::Git(_, None) => None,
        };
        let (old_path, new_path) = (path_of(&old), path_of(&new));
        let default = old_path.or(new_path).or_else(|| family.map(Path::to_owned));
        match (operand(old, default.as_deref())?, operand(new, default.as_deref())?) {
            (Ok(old), Ok(new)) => Ok(Ok(Self { old, new })),
            (Err(outcome), _) | (_, Err(outcome)) => Ok(Err(outcome)),
        }
    }
}

fn spelled(word: &str, family: Option<&Path>) -> Result<Spelled> {
    if let Some(revision) = word.strip_prefix("git:") {
        let (revision, path) = match revision.split_once(':') {
            Some((revision, path)) => (revision, Some(PathBuf::from(path))),
            None => (revision, None),
        };
        // Git would take an empty one for the index, and a dash for an option.
        if revision.is_empty() || revision.starts_with('-') {
            return Err(Failure::new(format_args!("`{word}` names no revision: expected `git:REV`")));
        }
        return Ok(Spelled::Git(revision.to_owned(), path));
    }
    let path = Path::new(word);
    if let Some(family) = family {
        let label = label(word).map_err(|expected| {
            Failure::new(format_args!(
                "`{word}` is no version of `{}`: {expected}, or `git:REV`",
                family.display()
            ))
        })?;
        return Ok(Spelled::Path(family.join(format!("{label}.bare"))));
    }
    // `schema/v2` is `schema/v2.bare`, and so is `v2` in the directory of the family.
    let with_extension = PathBuf::from(format!("{word}.bare"));
    match !path.exists() && with_extension.exists() {
        true => Ok(Spelled::Path(with_extension)),
        false => Ok(Spelled::Path(path.to_owned())),
    }
}

fn operand(side: Spelled, default: Option<&Path>) -> Result<Found<Operand>> {
    match side {
        Spelled::Path(path) => from_files(&path),
        Spelled::Git(revision, path) => match path.as_deref().or(default) {
            Some(path) => from_git(&revision, path).map(Ok),
            None => Err(Failure::new(format_args!("`git:{revision}` of what?"))
                .note(format_args!("name the other side, or write `git:{revision}:PATH`"))),
        },
    }
}

fn from_files(path: &Path) -> Result<Found<Operand>> {
    let metadata = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !metadata.is_dir() {
        return Ok(family::source(path)?.map(Operand::Schema));
    }
    let mut family = BTreeMap::new();
    for file in targets::versions(path)? {
        let Some(label) = label_of(&file) else { continue };
        match family::source(&file)? {
            Ok(source) => family.insert(label, source),
            Err(outcome) => return Ok(Err(outcome)),
        };
    }
    if family.is_empty() {
        return Err(LoadError::NoVersions { dir: path.to_owned() }.into());
    }
    Ok(Ok(Operand::Family(family)))
}

fn label_of(path: &Path) -> Option<Label> {
    Label::parse(path.file_name()?.to_str()?.strip_suffix(".bare")?)
}

/// How many versions lie between two versions of one family.
pub(super) fn between(old: &Source, new: &Source) -> u16 {
    let (old, new) = (Path::new(&old.name), Path::new(&new.name));
    match (label_of(old), label_of(new)) {
        (Some(one), Some(other)) if old.parent() == new.parent() => {
            one.number.abs_diff(other.number).saturating_sub(1)
        }
        _ => 0,
    }
}

/// A path at a revision of the repository that it is in.
fn from_git(revision: &str, path: &Path) -> Result<Operand> {
    // The directory of a file that is gone may be gone, too: git is asked from the first that is there.
    let base = path.ancestors().skip(1).find(|dir| dir.is_dir()).unwrap_or(Path::new("."));
    let base = if base.as_os_str().is_empty() { Path::new(".") } else { base };
    let inside = path.strip_prefix(base).unwrap_or(path);
    let object = format!("{revision}:./{}", inside.to_string_lossy());
    let name = |inside: &str| format!("git:{revision}:{inside}");
    let kind = git(base, &["cat-file", "-t", &object])?;
    if kind.trim() != "tree" {
        let text = git(base, &["show", &object])?;
        return Ok(Operand::Schema(Source::new(name(&path.to_string_lossy()), text)));
    }
    let mut family = BTreeMap::new();
    for file in git(base, &["ls-tree", "--name-only", &object])?.lines() {
        if let Some(label) = label_of(Path::new(file)) {
            let text = git(base, &["show", &format!("{object}/{file}")])?;
            family.insert(label, Source::new(name(&path.join(file).to_string_lossy()), text));
        }
    }
    if family.is_empty() {
        return Err(Failure::new(format_args!("`{object}` holds no version of a family")));
    }
    Ok(Operand::Family(family))
}

fn git(dir: &Path, args: &[&str]) -> Result<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(dir)
        .args(args)
        .output()
        .map_err(|error| Failure::new(format_args!("cannot run git: {error}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let why = said.trim().lines().next().unwrap_or_default();
        return Err(Failure::new(format_args!("git cannot show `{}`", args.last().unwrap_or(&"")))
            .note(why.strip_prefix("fatal: ").unwrap_or(why)));
    }
    String::from_utf8(output.stdout).map_err(|_| Failure::new("git gave a text that is not UTF-8"))
}
