//! Which definitions contain each other.
//!
//! This runs only after a name was used before its definition, to tell recursion from a wrong order.

use crate::ast::{Tree, TypeKind};
use crate::ir::DefId;
use std::collections::HashMap;

/// Gives each definition a number, the same for all that can be reached from each other.
///
/// Tarjan's algorithm for strongly connected components, with a stack of its own: linear, and without recursion.
pub(super) fn groups(tree: &Tree<'_>, names: &HashMap<&str, DefId>) -> Vec<u32> {
    let edges = references(tree, names);
    let count = edges.len();
    let mut search = Search {
        order: vec![UNSEEN; count],
        low: vec![0; count],
        group: vec![UNSEEN; count],
        open: Vec::new(),
        next: 0,
    };
    for root in 0..count {
        if search.order[root] == UNSEEN {
            search.visit(root, &edges);
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
    fn visit(&mut self, root: usize, edges: &[Vec<usize>]) {
        // Each entry is a definition and how many of its edges were followed.
        let mut path = vec![(root, 0)];
        self.enter(root);
        while let Some((node, followed)) = path.last_mut() {
            let node = *node;
            if let Some(&target) = edges[node].get(*followed) {
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
fn references(tree: &Tree<'_>, names: &HashMap<&str, DefId>) -> Vec<Vec<usize>> {
    let mut from = 0;
    let of_definition = |definition: &crate::ast::Definition<'_>| {
        let types = &tree.types[from..=definition.ty.index()];
        from = definition.ty.index() + 1;
        let named = types.iter().filter_map(|ty| match &ty.kind {
            TypeKind::Named(name) => names.get(name.text).map(|id| id.index()),
            _ => None,
        });
        named.collect()
    };
    tree.definitions.iter().map(of_definition).collect()
}
