//! Which of the dropped and added parts of a body may be one part under another name.

use std::collections::{HashMap, HashSet};

/// A part that the other side does not have.
pub(super) struct Loose {
    /// Its place among the parts.
    pub(super) index: usize,
    /// What stands for its place on the wire: a place, number or tag.
    pub(super) position: u64,
    /// A number for its type.
    pub(super) ty: u32,
}

/// For each added part, by its place, the dropped one of the same type: at the same position, or else the only ones.
pub(super) fn pair(dropped: &[Loose], added: &[Loose]) -> HashMap<usize, usize> {
    let at: HashMap<(u64, u32), usize> =
        dropped.iter().map(|part| ((part.position, part.ty), part.index)).collect();
    let mut pairs = HashMap::new();
    let mut taken = HashSet::new();
    for part in added {
        if let Some(old) = at.get(&(part.position, part.ty)) {
            pairs.insert(part.index, *old);
            taken.insert(*old);
        }
    }
    let left_old = only(dropped.iter().filter(|part| !taken.contains(&part.index)));
    let left_new = only(added.iter().filter(|part| !pairs.contains_key(&part.index)));
    for (ty, new) in left_new {
        if let (Some(new), Some(Some(old))) = (new, left_old.get(&ty)) {
            pairs.insert(new, *old);
        }
    }
    pairs
}

/// For each type the only part that has it, or nothing where there are several.
fn only<'a>(parts: impl Iterator<Item = &'a Loose>) -> HashMap<u32, Option<usize>> {
    let mut found = HashMap::new();
    for part in parts {
        found.entry(part.ty).and_modify(|only| *only = None).or_insert(Some(part.index));
    }
    found
}
