//! A message as the lines of a table: one for each field.
//!
//! An optional and what it holds are one line, and so are a union and its member if that is a struct or void.

use std::ops::Range;

use barewire::DecodeErrorKind;
use barewire_dynamic::{Annotated, Annotation, Content, DecodeError, Head, Leaf, MessageType, PathSegment};
use barewire_syntax::ir::{Schema, Type, TypeId};

use crate::output::counted;

/// Of longer lists these many are shown at the beginning and at the end.
const FIRST: usize = 8;
const LAST: usize = 2;

/// Longer strings are shown up to here.
const CHARS: usize = 48;

/// A line of the table.
pub(super) struct Row {
    /// The octets that are this field itself, without those of its parts.
    pub(super) span: Range<usize>,
    pub(super) depth: usize,
    pub(super) name: String,
    pub(super) path: String,
    pub(super) ty: String,
    pub(super) value: String,
    pub(super) kind: RowKind,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum RowKind {
    Field,
    /// Stands for parts that are left out.
    Elided,
    /// What could not be read.
    Failed,
}

/// The lines of a message, and of what is wrong with it the value that could not be read.
pub(super) fn of(
    message: &MessageType<'_>,
    schema: &Schema,
    annotated: &Annotated<'_>,
    len: usize,
    is_full: bool,
) -> Vec<Row> {
    let values = annotated.values();
    let mut table = Table {
        schema,
        annotated,
        ends: ends(values),
        depths: vec![0; values.len()],
        rows: Vec::new(),
        is_full,
    };
    if !values.is_empty() {
        table.value(At { index: 0, depth: 0, start: values[0].span.start, optional: None });
    }
    if let Some(error) = annotated.error() {
        table.failed(message, error, len);
    }
    table.rows
}

/// For each value the index behind its last part.
fn ends(values: &[Annotation<'_>]) -> Vec<usize> {
    let mut ends: Vec<usize> = (1..=values.len()).collect();
    for index in (0..values.len()).rev() {
        if let Some(parent) = values[index].parent {
            ends[parent] = ends[parent].max(ends[index]);
        }
    }
    ends
}

struct Table<'a> {
    schema: &'a Schema,
    annotated: &'a Annotated<'a>,
    ends: Vec<usize>,
    /// How deep the parts of each value stand.
    depths: Vec<usize>,
    rows: Vec<Row>,
    is_full: bool,
}

/// A value that gets a line.
#[derive(Clone, Copy)]
struct At {
    index: usize,
    depth: usize,
    /// Where its octets begin, with those of the optionals around it.
    start: usize,
    /// The outermost of these.
    optional: Option<usize>,
}

impl Table<'_> {
    /// The recursion follows the type, whose depth is bounded.
    fn value(&mut self, at: At) {
        let At { index, depth, start, optional } = at;
        let value = &self.annotated.values()[index];
        self.depths[index] = depth + 1;
        let parts = self.parts(index);
        let own_end = parts.first().map_or(value.span.end, |part| self.annotated.values()[*part].span.start);
        let (text, span) = match value.content {
            Content::Leaf(leaf) => (self.leaf(leaf), start..value.span.end),
            Content::Head(Head::Optional { is_set: true }) if !parts.is_empty() => {
                let optional = Some(optional.unwrap_or(index));
                return self.value(At { index: parts[0], depth, start, optional });
            }
            Content::Head(head) => (self.head(head), start..own_end),
        };
        self.row(at, span, text);
        match value.content {
            Content::Head(Head::Union { .. }) => self.member(&parts, depth + 1),
            Content::Head(Head::List { .. }) => self.listed(&parts, 1, depth + 1),
            Content::Head(Head::Map { .. }) => self.listed(&parts, 2, depth + 1),
            Content::Head(Head::Struct) => parts.iter().for_each(|part| self.part(*part, depth + 1)),
            Content::Head(Head::Optional { .. }) | Content::Leaf(_) => {}
        }
    }

    fn part(&mut self, index: usize, depth: usize) {
        let start = self.annotated.values()[index].span.start;
        self.value(At { index, depth, start, optional: None });
    }

    /// The member of a union: the line of the union says already which it is.
    fn member(&mut self, parts: &[usize], depth: usize) {
        let Some(member) = parts.first() else { return };
        match self.annotated.values()[*member].content {
            Content::Leaf(Leaf::Void) => {}
            Content::Head(Head::Struct) => {
                self.depths[*member] = depth;
                self.parts(*member).into_iter().for_each(|part| self.part(part, depth));
            }
            Content::Leaf(_) | Content::Head(_) => self.part(*member, depth),
        }
    }

    /// Elements or pairs, of long lists some.
    fn listed(&mut self, parts: &[usize], width: usize, depth: usize) {
        let count = parts.len() / width;
        if self.is_full || count <= FIRST + LAST + 1 {
            return parts.iter().for_each(|part| self.part(*part, depth));
        }
        let (first, rest) = parts.split_at(FIRST * width);
        let (elided, last) = rest.split_at(rest.len() - LAST * width - parts.len() % width);
        first.iter().for_each(|part| self.part(*part, depth));
        let values = self.annotated.values();
        let span = values[elided[0]].span.start..values[last[0]].span.start;
        let what = if width == 1 { "elements" } else { "pairs" };
        self.rows.push(Row {
            value: format!("{} more {what}, {} octets", elided.len() / width, span.len()),
            span,
            depth,
            name: "…".to_owned(),
            path: String::new(),
            ty: String::new(),
            kind: RowKind::Elided,
        });
        for part in last {
            self.part(*part, depth);
        }
    }

    fn row(&mut self, at: At, span: Range<usize>, value: String) {
        let named = at.optional.unwrap_or(at.index);
        let annotation = &self.annotated.values()[named];
        self.rows.push(Row {
            span,
            depth: at.depth,
            name: annotation.step.map_or_else(String::new, name),
            path: self.annotated.path(named),
            ty: written(self.schema, annotation.ty),
            value,
            kind: RowKind::Field,
        });
    }

    /// The value at which reading stopped, if it is not one that was read.
    fn failed(&mut self, message: &MessageType<'_>, error: &DecodeError, len: usize) {
        let values = self.annotated.values();
        let start = values.last().map_or(0, |value| value.span.end);
        let is_read = match error.kind() {
            DecodeErrorKind::TrailingBytes { .. } | DecodeErrorKind::DuplicateKey { .. } => true,
            _ => error.offset() < start,
        };
        let steps: Vec<PathSegment<'_>> = error.path().collect();
        let (Some(last), Some(ty)) = (steps.last(), message.type_at(steps.iter().copied())) else { return };
        if is_read {
            return;
        }
        self.rows.push(Row {
            span: start..len,
            depth: self.around(steps.len()).map_or(0, |around| self.depths[around]),
            name: name(*last),
            path: path(error),
            ty: written(self.schema, ty),
            value: "not read".to_owned(),
            kind: RowKind::Failed,
        });
    }

    /// The value around one that could not be read, which has this many steps.
    fn around(&self, steps: usize) -> Option<usize> {
        let values = self.annotated.values();
        let mut at = values.len().checked_sub(1);
        while let Some(index) = at {
            let value = &values[index];
            let count = self.steps(index);
            let is_optional = matches!(value.content, Content::Head(Head::Optional { .. }));
            if matches!(value.content, Content::Head(_)) && (count < steps || is_optional && count == steps) {
                return Some(index);
            }
            at = value.parent;
        }
        None
    }

    fn steps(&self, index: usize) -> usize {
        let values = self.annotated.values();
        let up = std::iter::successors(Some(index), |index| values[*index].parent);
        up.filter(|index| values[*index].step.is_some()).count()
    }

    fn parts(&self, index: usize) -> Vec<usize> {
        let mut parts = Vec::new();
        let mut at = index + 1;
        while at < self.ends[index] {
            parts.push(at);
            at = self.ends[at];
        }
        parts
    }

    fn leaf(&self, leaf: Leaf<'_>) -> String {
        match leaf {
            Leaf::Str(text) => {
                let shown: String = text.chars().take(CHARS).collect();
                if self.is_full || shown.len() == text.len() {
                    return format!("{text:?}");
                }
                format!("{shown:?}…, {} octets", text.len())
            }
            Leaf::Data(octets) => {
                let count = counted(octets.len(), "octet");
                let is_text = |octet: &u8| octet.is_ascii_graphic() || *octet == b' ';
                match str::from_utf8(octets) {
                    Ok(text) if (2..=CHARS).contains(&octets.len()) && octets.iter().all(is_text) => {
                        format!("{count} {text:?}")
                    }
                    _ => count,
                }
            }
            Leaf::Enum { number, name } => format!("{name} ({number})"),
            Leaf::Void => String::new(),
            Leaf::Uint(number) => number.to_string(),
            Leaf::Int(number) => number.to_string(),
            Leaf::Bool(truth) => truth.to_string(),
            Leaf::F32(_) | Leaf::F64(_) => leaf.to_json().trim_matches('"').to_owned(),
        }
    }

    fn head(&self, head: Head<'_>) -> String {
        match head {
            Head::Optional { is_set: false } => "none".to_owned(),
            Head::Optional { is_set: true } => "some".to_owned(),
            Head::List { len } => counted(len, "element"),
            Head::Map { len } => counted(len, "pair"),
            Head::Union { tag, member } => format!("{member} (tag {tag})"),
            Head::Struct => String::new(),
        }
    }
}

fn name(step: PathSegment<'_>) -> String {
    match step {
        PathSegment::Name(name) => name.to_owned(),
        PathSegment::Index(index) => format!("[{index}]"),
        PathSegment::Key(index) => format!("[{index}].key"),
        _ => String::new(),
    }
}

/// The path of an error, whole.
pub(super) fn path(error: &DecodeError) -> String {
    let mut path = String::new();
    for (at, step) in error.path().enumerate() {
        if at > 0 && matches!(step, PathSegment::Name(_)) {
            path.push('.');
        }
        path.push_str(&name(step));
    }
    path
}

/// A type as it is written, without the bodies of inline types; the recursion follows inline nesting.
pub(super) fn written(schema: &Schema, id: TypeId) -> String {
    match schema.ty(id) {
        Type::Struct(_) => "struct".to_owned(),
        Type::Enum(_) => "enum".to_owned(),
        Type::Union(_) => "union".to_owned(),
        Type::Optional(inner) => format!("optional<{}>", written(schema, *inner)),
        Type::List { element, len: None } => format!("list<{}>", written(schema, *element)),
        Type::List { element, len: Some(len) } => format!("list<{}>[{len}]", written(schema, *element)),
        Type::Map { key, value } => format!("map<{}><{}>", written(schema, *key), written(schema, *value)),
        Type::Primitive(_) | Type::Data { .. } | Type::Named(_) => schema.canonical_type(id),
    }
}
