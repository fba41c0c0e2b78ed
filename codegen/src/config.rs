//! The few choices of a user, and the calls that a `build.rs` makes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Bound, RangeBounds};
use std::path::{Path, PathBuf};

use barewire_syntax::diff::is_renamed;
use barewire_syntax::family::{Family, Version};
use barewire_syntax::frozen::FILE_NAME;
use barewire_syntax::ir::{Primitive, Schema, Type, TypeId};
use barewire_syntax::{Report, Source};

use crate::error::Error;
use crate::{emit, limits, output, plan};

/// Which Rust type holds a `str`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum StrAs {
    /// `barewire::Str`: short strings inline, longer ones shared with the frame. The default.
    Str,
    /// `alloc::string::String`: for code that has to hand strings on.
    String,
}

/// Which Rust type holds a `data`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DataAs {
    /// `bytes::Bytes`, shared with the frame. The default.
    Bytes,
    /// `alloc::vec::Vec<u8>`, always a copy.
    Vec,
}

/// Generates Rust from schemas, with choices.
///
/// Paths name what a choice is for: `"."` everything, `"Type"` a definition with all inline types in it,
/// `"Type.field"` a field. The longest path wins.
///
/// # Examples
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), barewire_codegen::Error> {
///     barewire_codegen::Config::new()
///         .versions(2..)
///         .messages(["ToServer", "ToClient"])
///         .renamed("TunnelAck", "DeprecatedTunnelAck")
///         .derive("StopCode", ["serde::Serialize"])
///         .strings("ActorName.metadata", barewire_codegen::StrAs::String)
///         .compile("schema/envoy")
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Config {
    derives: BTreeMap<String, Vec<String>>,
    strings: BTreeMap<String, StrAs>,
    data: BTreeMap<String, DataAs>,
    /// The first and the last version to generate, if they were chosen.
    versions: Option<(u16, u16)>,
    messages: Option<Vec<String>>,
    /// Old names and the new ones of the same definitions.
    renamed: Vec<(String, String)>,
    strategies: bool,
    out_dir: Option<PathBuf>,
}

/// Rust generated for a family of schemas.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Generated {
    /// The types, views and codecs.
    pub schema: String,
    /// The strategies for property tests, if [`Config::strategies`] asked for them.
    pub strategies: Option<String>,
}

impl Config {
    /// The defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds derives to the owned types that `path` names; views and aliases get none.
    #[must_use]
    pub fn derive<D: Into<String>>(
        mut self,
        path: impl Into<String>,
        derives: impl IntoIterator<Item = D>,
    ) -> Self {
        self.derives.entry(path.into()).or_default().extend(derives.into_iter().map(Into::into));
        self
    }

    /// Chooses the type that holds the `str`s which `path` names. The bytes on the wire do not change.
    #[must_use]
    pub fn strings(mut self, path: impl Into<String>, strings: StrAs) -> Self {
        self.strings.insert(path.into(), strings);
        self
    }

    /// Chooses the type that holds the `data` (without a length) which `path` names.
    /// The bytes on the wire do not change.
    #[must_use]
    pub fn data(mut self, path: impl Into<String>, data: DataAs) -> Self {
        self.data.insert(path.into(), data);
        self
    }

    /// Generates these versions only: what the program speaks. Older ones cost nothing then.
    ///
    /// The last of them is `latest`. The others are still checked, and so is `frozen.txt`.
    #[must_use]
    pub fn versions(mut self, versions: impl RangeBounds<u16>) -> Self {
        let first = match versions.start_bound() {
            Bound::Included(first) => *first,
            Bound::Excluded(before) => before.saturating_add(1),
            Bound::Unbounded => 0,
        };
        let last = match versions.end_bound() {
            Bound::Included(last) => *last,
            Bound::Excluded(after) => after.saturating_sub(1),
            Bound::Unbounded => u16::MAX,
        };
        self.versions = Some((first, last));
        self
    }

    /// The messages: what a codec decodes and encodes, and what migrations start from.
    ///
    /// By default these are the types that no other type of the newest version uses.
    #[must_use]
    pub fn messages<N: Into<String>>(mut self, messages: impl IntoIterator<Item = N>) -> Self {
        self.messages.get_or_insert_default().extend(messages.into_iter().map(Into::into));
        self
    }

    /// Says that the definition `old` of some version is called `new` in the next.
    ///
    /// Schemas do not tell a new name from a type that was dropped and another that was added.
    /// Renamed types are migrated as those that kept their name; a renamed message is read in the versions in which it
    /// had the old name.
    #[must_use]
    pub fn renamed(mut self, old: impl Into<String>, new: impl Into<String>) -> Self {
        self.renamed.push((old.into(), new.into()));
        self
    }

    /// Writes `proptest` strategies too, for `barewire::include_strategies!`.
    ///
    /// They need the runtime's feature `proptest`.
    #[must_use]
    pub fn strategies(mut self) -> Self {
        self.strategies = true;
        self
    }

    /// The folder to write to; by default `OUT_DIR`, which cargo sets for build scripts.
    #[must_use]
    pub fn out_dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(dir.into());
        self
    }

    /// Generates the family of versions in the folder `dir` (`v1.bare`, `v2.bare`, …) into `<out_dir>/<name>.rs`,
    /// where the name is that of the folder: two families of one crate need folders of different names.
    ///
    /// Cargo runs the build script again when anything in the folder changes, since a new version is a new file there.
    /// A version that `frozen.txt` in the folder names must still mean what it did; without that file cargo shows a warning, as it does the warnings about the schemas.
    ///
    /// # Errors
    ///
    /// [`Error`], whose `Debug` is the report that a build shows when `main` returns it.
    pub fn compile(&self, dir: impl AsRef<Path>) -> Result<(), Error> {
        let dir = dir.as_ref();
        output::rerun_if_changed(dir);
        if dir.is_file() {
            return Err(Error::config(format!(
                "`{}` is a file: `compile` takes the folder with the versions of a family, `compile_file` one schema without \
                 versions",
                dir.display()
            )));
        }
        let family = Family::load(dir).map_err(Error::load)?;
        warn(&family);
        if family.frozen().is_none() {
            output::warning(&format!(
                "nothing in `{}` is frozen: without `{FILE_NAME}` a released version may change unnoticed",
                dir.display()
            ));
        }
        self.write(family.name(), &self.generate(&family)?)
    }

    /// Generates one schema without versions into `<out_dir>/<name>.rs`, where the name is that of the file.
    ///
    /// # Errors
    ///
    /// As [`Config::compile`].
    pub fn compile_file(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        output::rerun_if_changed(path);
        if path.is_dir() {
            return Err(Error::config(format!(
                "`{}` is a folder: `compile_file` takes one schema without versions, `compile` the folder with the versions \
                 of a family",
                path.display()
            )));
        }
        let name = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .ok_or_else(|| Error::config(format!("`{}` names no schema file", path.display())))?;
        let source = Source::load(path).map_err(Error::load)?;
        let family = single(&source)?;
        warn(&family);
        self.write(name, &self.print(&family, false)?)
    }

    /// The Rust for `family`, without writing it anywhere.
    ///
    /// # Errors
    ///
    /// [`Error`] if a type is beyond a limit of the generator, or a path of this configuration names nothing.
    pub fn generate(&self, family: &Family) -> Result<Generated, Error> {
        self.print(family, true)
    }

    /// The Rust for one schema without versions, without writing it anywhere.
    ///
    /// # Errors
    ///
    /// As [`Config::generate`], and for each mistake in the schema.
    pub fn generate_source(&self, source: &Source) -> Result<Generated, Error> {
        self.print(&single(source)?, false)
    }

    /// What one schema without versions becomes, for tools that have to know the names chosen.
    ///
    /// # Errors
    ///
    /// As [`Config::generate_source`].
    #[doc(hidden)]
    pub fn plan_source(&self, source: &Source) -> Result<plan::Plan, Error> {
        self.plan(&single(source)?, false)
    }

    /// What a family becomes, for tools that have to know what its steps ask.
    ///
    /// # Errors
    ///
    /// As [`Config::generate`].
    #[doc(hidden)]
    pub fn plan_family(&self, family: &Family) -> Result<plan::Plan, Error> {
        self.plan(family, true)
    }

    fn plan(&self, family: &Family, has_versions: bool) -> Result<plan::Plan, Error> {
        limits::check(family).map_err(Error::schema)?;
        self.check_paths(family)?;
        if has_versions {
            self.check_versions(family)?;
        }
        Ok(plan::plan(family, self, has_versions))
    }

    fn print(&self, family: &Family, has_versions: bool) -> Result<Generated, Error> {
        let plan = self.plan(family, has_versions)?;
        let (schema, strategies) = emit::print(&plan, self.strategies).map_err(Error::thread)?;
        Ok(Generated { schema, strategies })
    }

    fn write(&self, name: &str, generated: &Generated) -> Result<(), Error> {
        let dir = match &self.out_dir {
            Some(dir) => dir.clone(),
            None => std::env::var_os("OUT_DIR").map(PathBuf::from).ok_or_else(|| {
                Error::config(
                    "`OUT_DIR` is not set: call this from a build script, or choose a folder by `Config::out_dir`",
                )
            })?,
        };
        output::write_if_changed(&dir.join(format!("{name}.rs")), &generated.schema)?;
        if let Some(strategies) = &generated.strategies {
            output::write_if_changed(&dir.join(format!("{name}_strategies.rs")), strategies)?;
        }
        Ok(())
    }

    /// A path that names nothing is a typo, and would otherwise be ignored.
    fn check_paths(&self, family: &Family) -> Result<(), Error> {
        for path in self.derives.keys() {
            expect_known(family, path, "\".\" or \"Type\"", |_, _| !path.contains('.') || path == ".")?;
        }
        let is_str = |ty: &Type| matches!(ty, Type::Primitive(Primitive::Str));
        for path in self.strings.keys() {
            expect_known(
                family,
                path,
                "\".\", \"Type\" or \"Type.field\" with a `str` in it",
                |schema, id| is_str(schema.ty(id)),
            )?;
        }
        let is_data = |ty: &Type| matches!(ty, Type::Data { len: None });
        for path in self.data.keys() {
            let expected = "\".\", \"Type\" or \"Type.field\" with a `data` without a length in it";
            expect_known(family, path, expected, |schema, id| is_data(schema.ty(id)))?;
        }
        for derive in self.derives.values().flatten() {
            if syn::parse_str::<syn::Path>(derive).is_err() {
                return Err(Error::config(format!(
                    "`{derive}` is no path of a derive: expected one such as \"serde::Serialize\""
                )));
            }
        }
        Ok(())
    }

    /// What is said about versions has to fit those that there are.
    fn check_versions(&self, family: &Family) -> Result<(), Error> {
        let name = family.name();
        let selected: Vec<&Version> = self.selected(family).collect();
        let Some(latest) = selected.last() else {
            let (first, last) = self.versions.unwrap_or_default();
            return Err(Error::config(format!(
                "the configuration asks for the versions {first} to {last}, of which `{name}` has none"
            )));
        };
        if plan::retired(family, self).contains(&latest.number) {
            return Err(Error::config(format!(
                "version {} of `{name}` is retired: expected a newest version that is spoken",
                latest.number
            )));
        }
        let applied = |pair: &[Version], (old, new): &(String, String)| {
            is_renamed(&pair[0].schema, &pair[1].schema, old, new)
        };
        for renamed in &self.renamed {
            let (old, new) = renamed;
            if !family.versions().windows(2).any(|pair| applied(pair, renamed)) {
                return Err(Error::config(format!(
                    "the configuration says that `{old}` was renamed to `{new}`, which no version of `{name}` did: \
                     expected one with `{old}` alone, and `{new}` alone in the next{}{}",
                    did_you_mean(family, old),
                    did_you_mean(family, new)
                )));
            }
        }
        // Which of two types the one with the new name is would depend on who asks.
        for pair in family.versions().windows(2) {
            let here: BTreeSet<_> = self.renamed.iter().filter(|renamed| applied(pair, renamed)).collect();
            let clash = here.iter().find_map(|a| {
                let other = here.iter().find(|b| *b != a && (a.0 == b.0 || a.1 == b.1))?;
                Some((a, other))
            });
            if let Some(((old, new), (other_old, other_new))) = clash {
                return Err(Error::config(format!(
                    "the configuration says that `{old}` was renamed to `{new}` and `{other_old}` to `{other_new}`, both in \
                     version {} of `{name}`: expected one new name for each old one",
                    pair[1].number
                )));
            }
        }
        for message in self.messages.iter().flatten() {
            let number = latest.number;
            let Some(id) = latest.schema.find(message) else {
                return Err(Error::config(format!(
                    "the configuration names the message `{message}`, which version {number} of `{name}` does not have{}",
                    suggested(message, latest.schema.near_name(message))
                )));
            };
            if !plan::is_message(&latest.schema, id) {
                return Err(Error::config(format!(
                    "the configuration names the message `{message}`, which is only another name in version {number} \
                     of `{name}`: expected a struct, an enum, a union or a void type"
                )));
            }
        }
        Ok(())
    }

    /// The versions to generate.
    pub(crate) fn selected<'f>(&self, family: &'f Family) -> impl Iterator<Item = &'f Version> {
        let (first, last) = self.versions.unwrap_or((0, u16::MAX));
        family.versions().iter().filter(move |version| (first..=last).contains(&version.number))
    }

    /// The messages that were chosen, by name.
    pub(crate) fn chosen_messages(&self) -> Option<&[String]> {
        self.messages.as_deref()
    }

    /// Old names and the new ones of the same definitions.
    pub(crate) fn renames(&self) -> &[(String, String)] {
        &self.renamed
    }

    pub(crate) fn derives(&self, definition: &str) -> Vec<String> {
        let everywhere = self.derives.get(".").into_iter().flatten();
        everywhere.chain(self.derives.get(definition).into_iter().flatten()).cloned().collect()
    }

    /// The choice for exactly this field.
    pub(crate) fn field_strings(&self, definition: &str, field: &str) -> Option<StrAs> {
        self.strings.get(&format!("{definition}.{field}")).copied()
    }

    /// The choice for exactly this field.
    pub(crate) fn field_data(&self, definition: &str, field: &str) -> Option<DataAs> {
        self.data.get(&format!("{definition}.{field}")).copied()
    }

    pub(crate) fn strings_at(&self, definition: &str, field: Option<&str>) -> StrAs {
        field
            .and_then(|field| self.field_strings(definition, field))
            .or_else(|| self.strings.get(definition).copied())
            .or_else(|| self.strings.get(".").copied())
            .unwrap_or(StrAs::Str)
    }

    pub(crate) fn data_at(&self, definition: &str, field: Option<&str>) -> DataAs {
        field
            .and_then(|field| self.field_data(definition, field))
            .or_else(|| self.data.get(definition).copied())
            .or_else(|| self.data.get(".").copied())
            .unwrap_or(DataAs::Bytes)
    }
}

/// A schema without versions is planned as the only version of a family.
fn single(source: &Source) -> Result<Family, Error> {
    Family::from_sources("schema", vec![(1, source.clone())]).map_err(Error::schema)
}

/// Shows the warnings about the schemas, a line each.
fn warn(family: &Family) {
    for warning in family.warnings().iter().flat_map(Report::diagnostics) {
        let report = family.report(vec![warning.clone()]).to_string();
        // The message and the place; the picture would be broken up by what cargo puts before each line.
        output::warning(&report.lines().take(2).map(str::trim).collect::<Vec<_>>().join(" "));
    }
}

/// What `name` was probably meant to be, if no version of `family` has it.
fn did_you_mean(family: &Family, name: &str) -> String {
    let schemas = || family.versions().iter().rev().map(|version| &*version.schema);
    if schemas().any(|schema| schema.find(name).is_some()) {
        return String::new();
    }
    suggested(name, schemas().find_map(|schema| schema.near_name(name)))
}

fn suggested(name: &str, near: Option<&str>) -> String {
    near.map(|near| format!("; for `{name}`, did you mean `{near}`?")).unwrap_or_default()
}

/// Refuses a `path` under which no version of `family` has a type that `fits`.
fn expect_known(
    family: &Family,
    path: &str,
    expected: &str,
    fits: impl Fn(&Schema, TypeId) -> bool,
) -> Result<(), Error> {
    let (name, field) = match path.split_once('.') {
        _ if path == "." => return Ok(()),
        Some((name, field)) => (name, Some(field)),
        None => (path, None),
    };
    let fits_in = |schema: &Schema| {
        let Some(id) = schema.find(name) else { return false };
        let ty = schema.definition(id).ty;
        let Some(field) = field else {
            return limits::parts(schema, ty).any(|part| fits(schema, part));
        };
        let Type::Struct(body) = schema.ty(ty) else { return false };
        let fields = body.fields.iter().filter(|candidate| candidate.name == field);
        // A field may be written with an alias of a string, and still be chosen for.
        fields
            .flat_map(|field| limits::parts(schema, field.ty))
            .any(|part| fits(schema, schema.resolve(part)))
    };
    if family.versions().iter().any(|version| fits_in(&version.schema)) {
        return Ok(());
    }
    Err(Error::config(format!(
        "the configuration names `{path}`, which no version of `{}` has: expected {expected}{}",
        family.name(),
        did_you_mean(family, name)
    )))
}
