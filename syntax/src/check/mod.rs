//! From the tree to a schema that follows every rule.
//!
//! The types of a tree stand in the order of the text, parts first, so one pass from front to back resolves, numbers and checks everything; nothing here recurses.
//! Each rule has its own file; this one decides what is looked at when.

mod members;
mod names;
mod numbers;
mod place;
mod recursion;
mod shape;

use crate::ast::{self, Number, Tree, TypeKind};
use crate::findings::{Findings, Pending};
use crate::ir::{self, DefId, Schema, TypeId};
use crate::parse::{Reading, read};
use crate::quote::quote;
use crate::{Checked, Code, Diagnostic, Report, Source, SourceId, Span, code};
use names::Names;
use shape::Shapes;

/// Reads and checks a schema.
///
/// # Errors
///
/// Everything that is wrong with it, as far as one mistake does not hide another: at most a hundred errors, and the number of the rest.
/// Labels of the report, and of the warnings of a checked schema, point into source 0.
pub fn check(source: &Source) -> Result<Checked<Schema>, Report> {
    check_in(source, SourceId::new(0)).map_err(|findings| {
        let (diagnostics, hidden) = findings.into_diagnostics();
        Report::new(vec![source.clone()], diagnostics).with_hidden(vec![hidden])
    })
}

/// Checks a schema that is one of several sources.
pub(crate) fn check_in(source: &Source, id: SourceId) -> Result<Checked<Schema>, Findings> {
    let mut findings = Findings::new(id);
    let reading = read(source, &mut findings);
    let schema = Check::new(&source.text, &reading, &mut findings).run();
    match findings.error_count() {
        0 => Ok(Checked::new(schema, findings.into_warnings())),
        _ => Err(findings),
    }
}

/// The state of one check.
struct Check<'t, 's> {
    text: &'s str,
    tree: &'t Tree<'s>,
    findings: &'t mut Findings,
    schema: Schema,
    names: Names<'s>,
    shapes: Shapes<'s>,
    /// Whether what seems undefined may be defined in a part of the text that could not be read.
    names_lost: bool,
}

impl<'t, 's> Check<'t, 's> {
    fn new(text: &'s str, reading: &'t Reading<'s>, findings: &'t mut Findings) -> Check<'t, 's> {
        let Reading { tree, names_lost } = reading;
        Check {
            text,
            tree,
            findings,
            schema: Schema::default(),
            names: Names::default(),
            shapes: Shapes::default(),
            names_lost: *names_lost,
        }
    }

    fn run(mut self) -> Schema {
        let tree = self.tree;
        self.collect_names();
        let mut types = tree.types.iter();
        for definition in &tree.definitions {
            while self.schema.types().len() <= definition.ty.index() {
                let Some(ty) = types.next() else { break };
                self.ty(ty);
            }
            self.schema.push_definition(ir::Definition {
                name: definition.name.text.to_owned(),
                docs: definition.docs.clone(),
                ty: TypeId(definition.ty.0),
                span: definition.span,
                name_span: definition.name.span,
            });
        }
        self.schema.index_names();
        self.schema
    }

    /// Checks one type and gives it the id that it has in the tree.
    fn ty(&mut self, ty: &'t ast::Type<'s>) {
        let lowered = match &ty.kind {
            TypeKind::Primitive(primitive) => ir::Type::Primitive(*primitive),
            TypeKind::Data(len) => ir::Type::Data { len: self.len(*len) },
            TypeKind::Optional(inner) => {
                self.reject_void(*inner, "an optional", "`void` takes no octets, so `bool` says the same");
                ir::Type::Optional(id(*inner))
            }
            TypeKind::List { element, len } => {
                self.reject_void(*element, "a list element", "a list of nothing is a `uint`");
                ir::Type::List { element: id(*element), len: self.len(*len) }
            }
            TypeKind::Map { key, value } => {
                self.check_key(*key);
                self.reject_void(*value, "a map value", "keys without values are a `list` of them");
                ir::Type::Map { key: id(*key), value: id(*value) }
            }
            TypeKind::Enum(values) => ir::Type::Enum(self.enum_type(ty, values)),
            TypeKind::Struct(fields) => ir::Type::Struct(self.struct_type(ty, fields)),
            TypeKind::Union(members) => ir::Type::Union(self.union_type(ty, members)),
            TypeKind::Named(name) => match self.resolve(*name) {
                Some(target) => ir::Type::Named(target),
                None => return self.placeholder(),
            },
            TypeKind::Unreadable => return self.placeholder(),
        };
        self.shapes.push(&lowered, &ty.kind);
        self.schema.push_type(lowered);
    }

    /// Stands in for a type that was reported.
    ///
    /// No rule refuses a `bool` anywhere, and its shape equals no other, so nothing more is said about it; the schema is not handed out.
    fn placeholder(&mut self) {
        self.shapes.push_unknown();
        self.schema.push_type(ir::Type::Primitive(ir::Primitive::Bool));
    }

    /// The length of `data[n]` or `list<T>[n]`.
    fn len(&mut self, len: Option<Number>) -> Option<u64> {
        let number = len?;
        match number.value {
            Some(0) => self
                .error(code::ZERO_LENGTH, "a length of zero is not allowed", number.span, "")
                .note("a length is at least 1")
                .push(self.findings),
            None => self
                .error(code::LENGTH_TOO_LARGE, "the length is above 2^64-1", number.span, "")
                .note("the largest length is 18446744073709551615")
                .push(self.findings),
            Some(_) => {}
        }
        number.value
    }

    fn error(&self, code: Code, message: impl Into<String>, span: Span, label: &str) -> Pending {
        Pending(Diagnostic::error(code, message).primary(self.findings.source, span, label))
    }

    fn warning(&self, code: Code, message: impl Into<String>, span: Span, label: &str) -> Pending {
        Pending(Diagnostic::warning(code, message).primary(self.findings.source, span, label))
    }

    /// A type as messages name it: by its first words.
    fn describe(&self, id: ast::TypeId) -> String {
        let text = &self.text[self.tree.ty(id).span.range()];
        let mut line = text.lines().next().unwrap_or_default().trim_end().to_owned();
        if line.len() < text.len() {
            line.push_str(" …");
        }
        quote(&line)
    }
}

/// A type has the same place in the tree and in the schema.
fn id(id: ast::TypeId) -> TypeId {
    TypeId(id.0)
}

impl Check<'_, '_> {
    /// The definition that a type names, if it is one that can be pointed at.
    fn named(&self, id: ast::TypeId) -> Option<(DefId, &ir::Definition)> {
        match self.schema.ty(TypeId(id.0)) {
            ir::Type::Named(target) => Some((*target, self.schema.definition(*target))),
            ir::Type::Primitive(_)
            | ir::Type::Data { .. }
            | ir::Type::Optional(_)
            | ir::Type::List { .. }
            | ir::Type::Map { .. }
            | ir::Type::Enum(_)
            | ir::Type::Struct(_)
            | ir::Type::Union(_) => None,
        }
    }
}
