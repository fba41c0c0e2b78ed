//! Rules R7 and R8: what a name stands for.

use super::Check;
use super::recursion::{References, Step};
use crate::ast::Name;
use crate::ir::DefId;
use crate::parse::is_type_name;
use crate::quote::quote;
use crate::{Diagnostic, code, suggest};
use std::collections::HashMap;

/// How many steps of a circle are shown.
const MAX_STEPS: usize = 5;

/// The names of all definitions, those after the current one too.
#[derive(Default)]
pub(super) struct Names<'s> {
    first: HashMap<&'s str, DefId>,
    /// Which definitions name which, once somebody asked.
    references: Option<References>,
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
        let references =
            self.names.references.get_or_insert_with(|| References::new(tree, &self.names.first));
        if references.contain_each_other(current, target.index()) {
            // One report for all that contain each other: the next circle may be gone once this one is broken.
            if references.is_first_of_its_group(current) {
                let circle = references.circle(current, name.span, target.index());
                self.report_circle(&circle, no_recursion);
            }
            return;
        }
        let message = format!("{} is used before it is defined", quote(name.text));
        self.error(code::USED_BEFORE_DEFINED, message, name.span, "not yet defined here")
            .and(self.findings, found.span, "defined only here")
            .note(format!("move the definition of {} above that of {}", quote(name.text), quote(user.text)))
            .push(self.findings);
    }

    /// Reports definitions of which each contains the next, and the last the first.
    fn report_circle(&mut self, circle: &[Step], note: &str) {
        let tree = self.tree;
        let name = |step: &Step| quote(tree.definitions[step.from].name.text);
        let names: Vec<String> = circle.iter().take(MAX_STEPS).map(name).collect();
        let message = match (names.split_last(), circle.len() - names.len()) {
            (Some((last, others)), 0) => {
                format!("the types {} and {last} contain each other", others.join(", "))
            }
            (_, more) => format!("the types {} and {more} more contain each other", names.join(", ")),
        };
        let Some((closing, before)) = circle.split_last() else { return };
        let is_cut = circle.len() > MAX_STEPS;
        let source = self.findings.source;
        let contains =
            |step: &Step| format!("{} contains {}", name(step), quote(tree.definitions[step.to].name.text));
        let mut error = Diagnostic::error(code::RECURSIVE, message);
        for (i, step) in before.iter().take(MAX_STEPS - 1).enumerate() {
            let mut text = contains(step);
            if is_cut && i == MAX_STEPS - 2 {
                text.push_str(", and so on");
            }
            error = match i {
                0 => error.primary(source, step.span, text),
                _ => error.secondary(source, step.span, text),
            };
        }
        error = error.secondary(source, closing.span, format!("{} again", contains(closing)));
        self.findings.push(error.note(note));
    }

    #[cold]
    fn report_unknown(&mut self, name: Name<'s>) {
        if self.names_lost {
            return;
        }
        let message = format!("the type {} is not defined", quote(name.text));
        let error = self.error(code::UNKNOWN_TYPE, message, name.span, "");
        if self.findings.is_full() {
            return error.push(self.findings);
        }
        let definitions = self.tree.definitions.iter();
        let near = suggest::nearest(name.text, definitions.map(|definition| definition.name.text));
        if near.is_some_and(|near| !is_type_name(near)) {
            // That name was reported, and this may well be the corrected one.
            return;
        }
        match near.or_else(|| suggest::keyword(name.text)) {
            Some(meant) => error.note(format!("did you mean {}?", quote(meant))).push(self.findings),
            None => error.push(self.findings),
        }
    }
}
