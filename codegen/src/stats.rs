//! What a family costs: sizes on the wire, heap, nesting, and lines of Rust.

use barewire_syntax::family::{Family, Version};
use barewire_syntax::frozen::Label;

use crate::plan::Module;
use crate::plan::heap::Heap;
use crate::{Config, Error};

/// What a family costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Stats {
    /// The versions in ascending order, behind them the alternates.
    pub versions: Vec<VersionStats>,
    /// All lines that are generated, with steps and codec.
    pub lines: usize,
}

/// What a version costs.
#[derive(Clone, Debug, PartialEq)]
pub struct VersionStats {
    /// `None` for a schema without versions.
    pub label: Option<Label>,
    /// In the order of the schema.
    pub types: Vec<TypeStats>,
    /// The lines of its types and views, without those that it shares.
    pub lines: usize,
}

/// What a type costs.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeStats {
    /// Its name in the schema.
    pub name: String,
    /// The fewest octets of a value.
    pub min_len: u64,
    /// The most octets of a value, if there is a bound.
    pub max_len: Option<u64>,
    /// How deep it nests, named types counted.
    pub depth: u32,
    /// The most heap that a decoded value holds for each octet of its input, estimated for 64-bit targets.
    ///
    /// Strings and data of the default types share the input and count nothing.
    pub heap_per_octet: f64,
    /// The version whose Rust type it is, if that is an earlier one.
    pub shared_with: Option<Label>,
}

impl Config {
    /// What `family` costs as this configuration generates it.
    ///
    /// # Errors
    ///
    /// As [`Config::generate`].
    pub fn stats(&self, family: &Family) -> Result<Stats, Error> {
        let plan = self.plan_family(family)?;
        let text = self.generate(family)?.schema;
        let version = |label: &Label| family.find(label);
        let versions = plan.modules.iter().filter_map(|module| {
            let label = module.label.as_ref()?;
            Some(of_version(module, version(label)?, &text))
        });
        Ok(Stats { versions: versions.collect(), lines: text.lines().count() })
    }
}

fn of_version(module: &Module, version: &Version, text: &str) -> VersionStats {
    let heap = Heap::of(module);
    let schema = &version.schema;
    let types = schema.ids().zip(&module.definitions).map(|(id, planned)| {
        let definition = schema.definition(id);
        TypeStats {
            name: definition.name.clone(),
            min_len: schema.min_len(definition.ty),
            max_len: schema.max_len(definition.ty),
            depth: schema.depth(definition.ty),
            heap_per_octet: heap.per_octet(&planned.item().name),
            shared_with: planned.origin.as_ref().map(|origin| origin.label.clone()),
        }
    });
    VersionStats { label: module.label.clone(), types: types.collect(), lines: lines(module, text) }
}

/// The lines between the head of a module and its closing brace, which alone stand at the margin.
fn lines(module: &Module, text: &str) -> usize {
    let Some(label) = &module.label else { return text.lines().count() };
    let head = format!("pub mod {} {{", label.to_string().replace('-', "_"));
    let inside = text.lines().skip_while(|line| *line != head).skip(1).take_while(|line| *line != "}");
    inside.count()
}
