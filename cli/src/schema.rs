//! The schema, the version and the type that octets are read by.

use std::fs;
use std::path::{Path, PathBuf};

use barewire_dynamic::{MessageType, TypeError};
use barewire_syntax::Source;
use barewire_syntax::family::{Family, Version};
use barewire_syntax::frozen::Label;
use barewire_syntax::ir::Schema;
use clap::Args;

use crate::failure::{Failure, Result};
use crate::family;
use crate::output::listed;
use crate::targets::unreadable;

/// Which type octets are a message of.
#[derive(Args, Clone, Debug)]
pub(crate) struct SchemaArgs {
    /// A family of versions, or one schema.
    #[arg(value_name = "SCHEMA")]
    schema: PathBuf,
    /// The type of the message; may be left out where only one type fits.
    #[arg(long = "type", short = 't', value_name = "NAME")]
    pub(crate) ty: Option<String>,
    /// The version that it was written with, such as `3`, or `v2-older` for an alternate; the newest by default.
    #[arg(long = "version", short = 'v', value_name = "VERSION", value_parser = label)]
    pub(crate) version: Option<Label>,
    /// The message begins with its version in two octets, the lower one first.
    #[arg(long, conflicts_with = "version")]
    pub(crate) embedded: bool,
}

/// `3`, `v3` and `v2-older`.
pub(crate) fn label(text: &str) -> std::result::Result<Label, String> {
    let spelled = if text.starts_with('v') { text.to_owned() } else { format!("v{text}") };
    Label::parse(&spelled).ok_or_else(|| "expected a version such as `3`, `v3` or `v2-older`".to_owned())
}

/// A family, or one schema that has no versions.
#[derive(Debug)]
pub(crate) struct Schemas {
    family: Family,
    has_versions: bool,
    path: PathBuf,
}

impl SchemaArgs {
    pub(crate) fn load(&self) -> Result<Schemas> {
        let schemas = Schemas::load(&self.schema)?;
        if !schemas.has_versions {
            let asked =
                self.version.is_some().then_some("--version").or(self.embedded.then_some("--embedded"));
            if let Some(asked) = asked {
                return Err(Failure::new(format_args!(
                    "`{}` is one schema without versions, so that `{asked}` has no meaning",
                    self.schema.display()
                ))
                .note("give the directory of its family"));
            }
        }
        Ok(schemas)
    }
}

impl Schemas {
    pub(crate) fn load(path: &Path) -> Result<Self> {
        let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        let (family, has_versions) = if metadata.is_dir() {
            (Family::load(path)?, true)
        } else {
            let source = Source::load(path)?;
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            match Family::from_sources(name, vec![(1, source)]) {
                Ok(family) => (family, false),
                Err(report) => return Err(Failure::schema(&report)),
            }
        };
        Ok(Self { family, has_versions, path: path.to_owned() })
    }

    pub(crate) fn family(&self) -> &Family {
        &self.family
    }

    pub(crate) fn has_versions(&self) -> bool {
        self.has_versions
    }

    /// Neighbouring versions, each pair from the older one to the newer one.
    pub(crate) fn steps(&self) -> Vec<(&Schema, &Schema)> {
        family::steps(&self.family)
    }

    /// The newest version.
    pub(crate) fn latest(&self) -> &Version {
        self.family.versions().last().expect("checked: a family has a version")
    }

    /// The version of this label.
    pub(crate) fn version(&self, label: &Label) -> Result<&Version> {
        self.family.find(label).ok_or_else(|| family::no_version(&self.path, &self.family, label))
    }

    /// All versions and alternates.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Label, &Version)> {
        family::all(&self.family)
    }

    /// `ToServer of version 3`, for messages.
    pub(crate) fn described(&self, ty: &str, label: &Label) -> String {
        if self.has_versions { format!("`{ty}` of {label}") } else { format!("`{ty}`") }
    }

    /// The type of this name, or what to do about that there is none.
    pub(crate) fn message<'s>(
        &'s self,
        version: &'s Version,
        label: &Label,
        name: &str,
    ) -> Result<MessageType<'s>> {
        MessageType::new(&version.schema, name).map_err(|error| {
            let what = if self.has_versions {
                format!("{label} of `{}`", self.family.name())
            } else {
                format!("`{}`", self.path.display())
            };
            match error {
                TypeError::Unknown { name, near } => {
                    let failure = Failure::new(format_args!("{what} has no type `{}`", name.escape_debug()));
                    let elsewhere: Vec<String> = self
                        .all()
                        .filter(|(_, version)| version.schema.find(&name).is_some())
                        .map(|(label, _)| label.to_string())
                        .collect();
                    match near {
                        _ if !elsewhere.is_empty() => {
                            failure.note(format_args!("it is in {}", listed(&elsewhere)))
                        }
                        Some(near) => failure.note(format_args!("did you mean `{near}`?")),
                        None => {
                            failure.note(format_args!("the messages are {}", listed(&roots(&version.schema))))
                        }
                    }
                }
                error => Failure::new(error),
            }
        })
    }
}

/// The types that no other type uses.
pub(crate) fn roots(schema: &Schema) -> Vec<&str> {
    let roots = schema.ids().filter(|id| !schema.is_used(*id));
    roots.map(|id| schema.definition(id).name.as_str()).collect()
}
