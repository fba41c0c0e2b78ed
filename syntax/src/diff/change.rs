//! One change inside a definition, as data.

use crate::Span;
use crate::ir::TypeId;
use std::sync::Arc;

/// One change inside a definition that both schemas have.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
    /// Where it is, below the definition.
    pub path: Path,
    /// The place in the old text, unless something was added.
    pub old: Option<Span>,
    /// The place in the new text, unless something was dropped.
    pub new: Option<Span>,
    /// What it is.
    pub kind: ChangeKind,
}

/// What changed at a place; ids belong to the old or the new schema as the names of the fields say.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ChangeKind {
    /// The definition stands for another kind of type.
    KindChanged {
        /// What it was.
        old: Kind,
        /// What it is.
        new: Kind,
    },
    /// The definition is another name for another type.
    AliasRetargeted {
        /// What it stood for.
        old: TypeId,
        /// What it stands for.
        new: TypeId,
    },
    /// The same type under another name: the octets are the same.
    Respelled {
        /// The type as it was written.
        old: TypeId,
        /// The type as it is written.
        new: TypeId,
    },
    /// Another type, with no rule that carries every value over or back.
    Retyped {
        /// The type that it had.
        old: TypeId,
        /// The type that it has.
        new: TypeId,
    },
    /// A type of numbers that holds every old value; the octets may differ.
    Widened {
        /// The type that it had.
        old: TypeId,
        /// The type that it has.
        new: TypeId,
    },
    /// A type of numbers that holds some of the old values only.
    Narrowed {
        /// The type that it had.
        old: TypeId,
        /// The type that it has.
        new: TypeId,
    },
    /// The struct has a new field.
    FieldAdded(FieldPart),
    /// The struct lost a field.
    FieldDropped(FieldPart),
    /// A field was dropped and one of the same type added: at the same place, or the only ones of this type.
    FieldRenameCandidate {
        /// The field that was dropped.
        old: FieldPart,
        /// The field that was added.
        new: FieldPart,
    },
    /// The fields that both have stand in another order; given once for a struct.
    FieldsReordered {
        /// The first field, in the new order, that stood before one of its predecessors.
        first: FieldPart,
    },
    /// The enum has a new value.
    ValueAdded(ValuePart),
    /// The enum lost a value.
    ValueDropped(ValuePart),
    /// A value was dropped and one added: of the same number, or the only ones.
    ValueRenameCandidate {
        /// The value that was dropped.
        old: ValuePart,
        /// The value that was added.
        new: ValuePart,
    },
    /// A value has another number.
    ValueRenumbered {
        /// The value as it was.
        old: ValuePart,
        /// The value as it is.
        new: ValuePart,
    },
    /// The union has a new member.
    MemberAdded(MemberPart),
    /// The union lost a member.
    MemberDropped(MemberPart),
    /// A member was dropped and one added whose type is the same but for its name: of the same tag, or the only ones of this type.
    MemberRenameCandidate {
        /// The member that was dropped.
        old: MemberPart,
        /// The member that was added.
        new: MemberPart,
    },
    /// A member has another tag.
    MemberRetagged {
        /// The member as it was.
        old: MemberPart,
        /// The member as it is.
        new: MemberPart,
    },
}

/// What a definition stands for, roughly.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Kind {
    /// A type that has a name already, or a primitive, optional, list, map or data.
    Alias,
    /// An enum.
    Enum,
    /// A struct.
    Struct,
    /// A union.
    Union,
    /// Nothing.
    Void,
}

/// A field of the struct at the place of the change.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FieldPart {
    /// Its name.
    pub name: String,
    /// Its place among the fields, counted from 0.
    pub index: usize,
    /// Its type.
    pub ty: TypeId,
}

/// A value of the enum at the place of the change.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ValuePart {
    /// Its name.
    pub name: String,
    /// Its number on the wire.
    pub value: u64,
}

/// A member of the union at the place of the change.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct MemberPart {
    /// Its tag on the wire.
    pub tag: u64,
    /// Its type, which is also its name.
    pub ty: TypeId,
}

/// The way from a definition to a place inside it; empty for the definition itself.
///
/// Paths share their beginnings, so that many changes in one deep place take little memory.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Path(Option<Arc<Node>>);

#[derive(Debug, Eq, PartialEq)]
struct Node {
    before: Path,
    step: Step,
}

/// One step of a [`Path`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Step {
    /// Into the field of this name.
    Field(String),
    /// Into what an optional holds.
    Inner,
    /// Into the elements of a list.
    Element,
    /// Into the keys of a map.
    Key,
    /// Into the values of a map.
    Value,
}

impl Path {
    /// This path and one step more.
    #[must_use]
    pub fn then(&self, step: Step) -> Path {
        Path(Some(Arc::new(Node { before: self.clone(), step })))
    }

    /// Whether this is the definition itself.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The steps from the definition on; as many as types are nested, which the parser bounds.
    pub fn steps(&self) -> Vec<&Step> {
        let mut steps = Vec::new();
        let mut path = self;
        while let Some(node) = &path.0 {
            steps.push(&node.step);
            path = &node.before;
        }
        steps.reverse();
        steps
    }
}
