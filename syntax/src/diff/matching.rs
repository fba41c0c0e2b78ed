//! Which part of a body is which part of the same body in the other version.

use super::pairing::{Loose, pair};
use std::collections::HashMap;
use std::hash::Hash;

/// Which old part each new part of a body is: the fields of a struct, the values of an enum, the members of a union.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Matching {
    /// One for each new part, in their order.
    pub new: Vec<Match>,
    /// The old parts that no new one is, not even by another name, in their order.
    pub dropped: Vec<usize>,
}

/// What a new part of a body was.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Match {
    /// The old part at this place, which has the same name.
    Same(usize),
    /// Perhaps the old part at this place, under another name.
    Renamed(usize),
    /// Nothing: it was added.
    None,
}

/// The old parts of a body.
pub(super) struct Side<N> {
    /// The place of each name.
    pub(super) names: HashMap<N, usize>,
    pub(super) len: usize,
}

impl Matching {
    /// `old_loose` and `new_loose` give the position and the number of the type of a part.
    pub(super) fn new<N: Eq + Hash>(
        old: Side<N>,
        new: impl Iterator<Item = N>,
        old_loose: impl Fn(usize) -> (u64, u32),
        new_loose: impl Fn(usize) -> (u64, u32),
    ) -> Matching {
        let mut is_matched = vec![false; old.len];
        let mut found = Vec::new();
        for name in new {
            match old.names.get(&name) {
                Some(from) => {
                    is_matched[*from] = true;
                    found.push(Match::Same(*from));
                }
                None => found.push(Match::None),
            }
        }
        let loose = |index, (position, ty)| Loose { index, position, ty };
        let dropped: Vec<Loose> =
            (0..old.len).filter(|i| !is_matched[*i]).map(|i| loose(i, old_loose(i))).collect();
        let is_added = |i: &usize| matches!(found[*i], Match::None);
        let added: Vec<Loose> = (0..found.len()).filter(is_added).map(|i| loose(i, new_loose(i))).collect();
        for (new, old) in pair(&dropped, &added) {
            is_matched[old] = true;
            found[new] = Match::Renamed(old);
        }
        let dropped = (0..old.len).filter(|i| !is_matched[*i]).collect();
        Matching { new: found, dropped }
    }
}
