//! What the methods of a step are called: one for each pair of types, and one for each part that the target lacks.
//!
//! A method is named for the type of the newer version. Where two types became one, as inline types do that are
//! written with an alias later, the others take the first free suffix. Whoever asks twice gets the same name.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::convert::Pair;
use super::names::{self, Scope};

/// Names of methods that every step has from the runtime.
const RESERVED: [&str; 5] = ["begin", "each", "losses", "part", "within"];

/// The names of one step.
pub(super) struct MethodNames {
    /// The name for each Rust type of the newer version.
    wanted: BTreeMap<String, String>,
    is_up: bool,
    /// Names are given while conversions are looked for, which changes nothing else.
    given: RefCell<Given>,
}

struct Given {
    scope: Scope,
    /// What the name of a type was given to first.
    first: BTreeMap<String, Pair>,
    others: BTreeMap<Pair, String>,
    /// By the pair and the variant that the target lacks.
    parts: BTreeMap<(Pair, String), String>,
}

impl MethodNames {
    /// Names for the Rust types `newer` of the newer version.
    pub(super) fn new<'n>(newer: impl Iterator<Item = &'n str> + Clone, is_up: bool) -> Self {
        let mut scope = Scope::default();
        for name in RESERVED {
            scope.claim(name);
        }
        let methods = scope.claim_all(newer.clone(), names::snake);
        let wanted = newer.map(str::to_owned).zip(methods).collect();
        let given = Given { scope, first: BTreeMap::new(), others: BTreeMap::new(), parts: BTreeMap::new() };
        Self { wanted, is_up, given: RefCell::new(given) }
    }

    /// The method that carries `pair`.
    pub(super) fn of(&self, pair: &Pair) -> String {
        let newer = if self.is_up { &pair.to } else { &pair.from };
        let wanted = &self.wanted[&newer.name];
        let Given { scope, first, others, .. } = &mut *self.given.borrow_mut();
        if first.entry(newer.name.clone()).or_insert_with(|| pair.clone()) == pair {
            return wanted.clone();
        }
        others.entry(pair.clone()).or_insert_with(|| scope.claim(wanted)).clone()
    }

    /// The method that says what becomes of the variant of `pair` that the target lacks.
    pub(super) fn of_part(&self, pair: &Pair, variant: &str) -> String {
        let method = self.of(pair);
        let Given { scope, parts, .. } = &mut *self.given.borrow_mut();
        // `self__a` would not be in snake case.
        let claim = || scope.claim(&format!("{}_{}", method.trim_end_matches('_'), names::snake(variant)));
        parts.entry((pair.clone(), variant.to_owned())).or_insert_with(claim).clone()
    }
}
