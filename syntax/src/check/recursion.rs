//! Which definitions contain each other, and how.
//!
//! This runs only after a name was used before its definition, to tell recursion from a wrong order.

use crate::Span;
use crate::ast::{self, Tree, TypeKind};
use crate::ir::DefId;
use std::collections::{HashMap, HashSet, VecDeque};

/// One definition names another.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) from: usize,
    /// Where the name stands.
    pub(super) span: Span,
    pub(super) to: usize,
}

/// For each definition those that it names, and which can be reached from each other.
pub(super) struct References {
    steps: Vec<Vec<Step>>,
    /// The same number for all definitions that contain each other.
    group: Vec<u32>,
    /// The groups that were asked for.
    seen: HashSet<u32>,
}

impl References {
    pub(super) fn new(tree: &Tree<'_>, names: &HashMap<&str, DefId>) -> References {
        let steps = steps(tree, names);
        let group = groups(&steps);
        References { steps, group, seen: HashSet::new() }
    }

    pub(super) fn contain_each_other(&self, a: usize, b: usize) -> bool {
        self.group[a] == self.group[b]
    }

    /// Whether this was not asked before about anything that contains this definition and is contained in it.
    pub(super) fn is_first_of_its_group(&mut self, definition: usize) -> bool {
        self.seen.insert(self.group[definition])
    }

    /// The shortest way from a definition back to itself that begins with a step to `second`, which is in its group.
    ///
    /// Looks at each step within the group once, so asking once for each group is linear.
    pub(super) fn circle(&self, first: usize, span: Span, second: usize) -> Vec<Step> {
        let mut by: HashMap<usize, Step> = HashMap::new();
        let mut open = VecDeque::from([second]);
        while let Some(node) = open.pop_front().filter(|node| *node != first) {
            for step in &self.steps[node] {
                let is_new = step.to != second && !by.contains_key(&step.to);
                if is_new && self.contain_each_other(step.to, first) {
                    by.insert(step.to, *step);
                    open.push_back(step.to);
                }
            }
        }
        let mut circle = Vec::new();
        let mut node = first;
        while let Some(step) = by.get(&node).filter(|_| node != second) {
            circle.push(*step);
            node = step.from;
        }
        circle.push(Step { from: first, span, to: second });
        circle.reverse();
        circle
    }
}

/// Gives each definition a number, the same for all that can be reached from each other.
///
/// Tarjan's algorithm for strongly connected components, with a stack of its own: linear, and without recursion.
fn groups(steps: &[Vec<Step>]) -> Vec<u32> {
    let count = steps.len();
    let mut search = Search {
        order: vec![UNSEEN; count],
        low: vec![0; count],
        group: vec![UNSEEN; count],
        open: Vec::new(),
        next: 0,
    };
    for root in 0..count {
        if search.order[root] == UNSEEN {
            search.visit(root, steps);
        }
    }
    search.group
}

const UNSEEN: u32 = u32::MAX;

struct Search {
    /// When a definition was entered.
    order: Vec<u32>,
    /// The earliest definition that is known to be reachable and has no group yet.
    low: Vec<u32>,
    group: Vec<u32>,
    /// Entered, and without a group.
    open: Vec<usize>,
    next: u32,
}

impl Search {
    fn visit(&mut self, root: usize, steps: &[Vec<Step>]) {
        // Each entry is a definition and how many of its steps were followed.
        let mut path = vec![(root, 0)];
        self.enter(root);
        while let Some((node, followed)) = path.last_mut() {
            let node = *node;
            if let Some(&Step { to: target, .. }) = steps[node].get(*followed) {
                *followed += 1;
                if self.order[target] == UNSEEN {
                    self.enter(target);
                    path.push((target, 0));
                } else if self.group[target] == UNSEEN {
                    self.low[node] = self.low[node].min(self.order[target]);
                }
                continue;
            }
            path.pop();
            if let Some((parent, _)) = path.last() {
                self.low[*parent] = self.low[*parent].min(self.low[node]);
            }
            if self.low[node] == self.order[node] {
                self.close(node);
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.order[node] = self.next;
        self.low[node] = self.next;
        self.next += 1;
        self.open.push(node);
    }

    /// Gives a group to everything that was entered since `node`.
    fn close(&mut self, node: usize) {
        while let Some(member) = self.open.pop() {
            self.group[member] = self.order[node];
            if member == node {
                return;
            }
        }
    }
}

/// For each definition those that it names.
fn steps(tree: &Tree<'_>, names: &HashMap<&str, DefId>) -> Vec<Vec<Step>> {
    let mut begin = 0;
    let of_definition = |(from, definition): (usize, &ast::Definition<'_>)| {
        let types = &tree.types[begin..=definition.ty.index()];
        begin = definition.ty.index() + 1;
        let named = types.iter().filter_map(|ty| match &ty.kind {
            TypeKind::Named(name) => {
                names.get(name.text).map(|id| Step { from, span: name.span, to: id.index() })
            }
            TypeKind::Primitive(_)
            | TypeKind::Data(_)
            | TypeKind::Optional(_)
            | TypeKind::List { .. }
            | TypeKind::Map { .. }
            | TypeKind::Enum(_)
            | TypeKind::Struct(_)
            | TypeKind::Union(_)
            | TypeKind::Unreadable => None,
        });
        named.collect()
    };
    tree.definitions.iter().enumerate().map(of_definition).collect()
}
