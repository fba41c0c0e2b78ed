//! Rules R7 and R8: what a name stands for.

use super::Check;
use crate::ast::Name;
use crate::ir::DefId;
use crate::quote::quote;
use crate::{code, suggest};
use std::collections::HashMap;

/// The names of all definitions, those after the current one too.
#[derive(Default)]
pub(super) struct Names<'s> {
    first: HashMap<&'s str, DefId>,
    /// For each definition the group of those that contain each other, once somebody asked.
    groups: Option<Vec<u32>>,
}

impl<'s> Check<'_, 's> {
    /// Collects the names, and reports those that are defined twice.
    pub(super) fn collect_names(&mut self) {
        let definitions = &self.tree.definitions;
        let mut repeated = Vec::new();
        self.names.first.reserve(definitions.len());
        for (i, definition) in definitions.iter().enumerate() {
            let id = DefId(i as u32);
            let first = *self.names.first.entry(definition.name.text).or_insert(id);
            if first != id {
                repeated.push((first, definition.name));
            }
        }
        for (first, name) in repeated {
            let first = definitions[first.index()].name;
            self.error(
                code::DUPLICATE_TYPE,
                format!("the type {} is defined twice", quote(name.text)),
                name.span,
                "defined again",
            )
            .and(self.findings, first.span, "first defined here")
            .push(self.findings);
        }
    }

    /// The definition that a name stands for, if it stands before the current one.
    pub(super) fn resolve(&mut self, name: Name<'s>) -> Option<DefId> {
        let current = self.schema.definitions().len();
        match self.names.first.get(name.text) {
            Some(target) if target.index() < current => Some(*target),
            Some(target) => {
                self.report_not_yet_defined(name, current, *target);
                None
            }
            None => {
                self.report_unknown(name);
                None
            }
        }
    }

    #[cold]
    fn report_not_yet_defined(&mut self, name: Name<'s>, current: usize, target: DefId) {
        let tree = self.tree;
        let user = tree.definitions[current].name;
        let found = tree.definitions[target.index()].name;
        let no_recursion = "no type contains itself, not even through optional, list, map or union; keep the parts in a list and let them refer to each other by number";
        if target.index() == current {
            let message = format!("the type {} contains itself", quote(name.text));
            return self
                .error(code::RECURSIVE, message, name.span, "refers to the type being defined")
                .and(self.findings, found.span, "being defined here")
                .note(no_recursion)
                .push(self.findings);
        }
        let groups =
            self.names.groups.get_or_insert_with(|| super::recursion::groups(tree, &self.names.first));
        if groups[current] == groups[target.index()] {
            let message =
                format!("the types {} and {} contain each other", quote(user.text), quote(name.text));
            return self
                .error(code::RECURSIVE, message, name.span, "leads back to the type being defined")
                .and(self.findings, found.span, format!("{} is defined here", quote(name.text)))
                .note(no_recursion)
                .push(self.findings);
        }
        let message = format!("{} is used before it is defined", quote(name.text));
        self.error(code::USED_BEFORE_DEFINED, message, name.span, "not yet defined here")
            .and(self.findings, found.span, "defined only here")
            .note(format!("move the definition of {} above that of {}", quote(name.text), quote(user.text)))
            .push(self.findings);
    }

    #[cold]
    fn report_unknown(&mut self, name: Name<'s>) {
        // The definition may be among those that could not be read.
        if self.incomplete {
            return;
        }
        let message = format!("the type {} is not defined", quote(name.text));
        let error = self.error(code::UNKNOWN_TYPE, message, name.span, "");
        if self.findings.is_full() {
            return error.push(self.findings);
        }
        let definitions = self.tree.definitions.iter();
        let near = suggest::nearest(name.text, definitions.map(|definition| definition.name.text));
        match near.or_else(|| suggest::keyword(name.text)) {
            Some(meant) => error.note(format!("did you mean {}?", quote(meant))).push(self.findings),
            None => error.push(self.findings),
        }
    }
}
