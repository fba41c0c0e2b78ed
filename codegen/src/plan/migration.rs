//! What steps between versions are made of, and the way of each message through them.

use barewire_syntax::frozen::Label;

use super::Type;

/// How the values of one version become those of another.
#[derive(Clone, Debug)]
pub struct Step {
    pub from: Label,
    pub to: Label,
    /// What is asked first, then what is generated; each in the order of the newer schema.
    pub methods: Vec<Method>,
}

/// How the values of one type become those of another version.
#[derive(Clone, Debug)]
pub struct Method {
    pub name: String,
    /// What it takes; nothing for a void union member or an enum value.
    pub from: Option<Type>,
    pub to: Type,
    pub body: Body,
    /// Of a method that is asked, what the schemas determine nevertheless.
    pub draft: Draft,
}

/// The lines of a method that is asked which need no decision.
#[derive(Clone, Debug, Default)]
pub enum Draft {
    /// None.
    #[default]
    Whole,
    Struct {
        /// All fields of the source, by their names in Rust.
        from: Vec<String>,
        /// All fields of the target.
        fields: Vec<DraftField>,
        /// The fields of the source without a place, each with the reason to ask.
        dropped: Vec<(String, String)>,
    },
    /// All members of the source.
    Union(Vec<DraftArm>),
}

/// A field of the target, for which there may be a rule.
#[derive(Clone, Debug)]
pub struct DraftField {
    pub name: String,
    pub content: Drafted<Content>,
}

/// A member of the source, for which there may be a rule.
#[derive(Clone, Debug)]
pub struct DraftArm {
    /// The variant.
    pub name: String,
    /// Whether the variant holds a value.
    pub holds: bool,
    pub outcome: Drafted<Arm>,
}

/// What the schemas determine, or why they do not.
#[derive(Clone, Debug)]
pub enum Drafted<T> {
    Known(T),
    Open {
        reason: String,
        /// The field of the source that may help.
        from: Option<String>,
    },
}

#[derive(Clone, Debug)]
pub enum Body {
    /// The user writes it: the schemas leave open what these reasons say.
    Asked(Vec<String>),
    /// The target lacks it.
    Refused,
    Unit,
    /// An alias or newtype.
    Value {
        /// The old value is in a newtype.
        is_wrapped: bool,
        conversion: Conversion,
        /// The new value goes into this newtype.
        wrap: Option<String>,
    },
    Struct(Vec<Filled>),
    Enum(Vec<(String, Outcome)>),
    Union(Vec<Arm>),
}

/// A field of the target.
#[derive(Clone, Debug)]
pub struct Filled {
    pub name: String,
    pub content: Content,
}

#[derive(Clone, Debug)]
pub enum Content {
    /// What the old field holds.
    Field {
        name: String,
        schema_name: String,
        conversion: Conversion,
    },
    None,
    EmptyList,
    EmptyMap,
}

/// A value of an enum becomes one of the target, or a method says what.
#[derive(Clone, Debug)]
pub enum Outcome {
    Variant(String),
    /// The name of the method, and of the value in the schema.
    Method(String, String),
}

/// A member of a union.
#[derive(Clone, Debug)]
pub struct Arm {
    /// The variant.
    pub name: String,
    pub schema_name: String,
    /// Whether the variant holds a value: it does unless the member is void.
    pub holds: bool,
    /// Of a message, the tag of a member whose octets are the same in both versions, and about which no method decides.
    pub unchanged: Option<u64>,
    pub outcome: ArmOutcome,
}

#[derive(Clone, Debug)]
pub enum ArmOutcome {
    /// Void in both versions: the variant of the target.
    Void(String),
    /// A variant of the target that holds what becomes of the old value.
    Carried {
        variant: String,
        /// The old value, where the old variant is void.
        void: Option<Void>,
        conversion: Conversion,
    },
    /// A variant that is void in the target: the conversion decides on what the old one held.
    Emptied { variant: String, conversion: Conversion },
    /// The target lacks the member: the method says what becomes of it.
    Method { name: String, unbox: bool },
}

/// The only value of a void type.
#[derive(Clone, Debug)]
pub struct Void {
    pub name: String,
    /// Another name for a unit struct is no value by itself.
    pub is_alias: bool,
}

/// How the value at one place becomes that at the same place of the other version.
#[derive(Clone, Debug, PartialEq)]
pub enum Conversion {
    /// It is of the same type.
    Move,
    /// `From` does it.
    From,
    WidenFloat,
    Narrow,
    NarrowFloat,
    /// By a method of the step.
    Call(String),
    Option(Box<Conversion>),
    List(Box<Conversion>),
    Array(Box<Conversion>),
    FixedList(Box<Conversion>),
    /// An array becomes a fixed list on the heap.
    ArrayToHeap(Box<Conversion>),
    Map(Box<Conversion>, Box<Conversion>),
    Boxed {
        unbox: bool,
        rebox: bool,
        inner: Box<Conversion>,
    },
}

/// A message of the newest version through the versions.
#[derive(Clone, Debug)]
pub struct Message {
    /// The layouts it had, oldest first; the last is that of the newest version.
    pub layouts: Vec<MessageLayout>,
    /// For layouts of the message, a union, the members that are laid out as in the newest.
    pub unchanged: Vec<Unchanged>,
}

/// Members of a message that are laid out as in the newest version.
#[derive(Clone, Debug)]
pub struct Unchanged {
    /// The versions of the layout.
    pub first: u16,
    pub last: u16,
    /// The steps between it and the newest layout.
    pub steps: usize,
    pub tags: Vec<u64>,
}

/// Versions next to each other in which a message is the same Rust type.
#[derive(Clone, Debug)]
pub struct MessageLayout {
    pub first: u16,
    pub last: u16,
    /// The type, in the module of `last`.
    pub name: String,
    /// The methods that carry it to the next layout and back to this one; `None` for the newest.
    pub next: Option<MessageStep>,
    /// Other layouts that were released under one of these numbers, with the method that makes this layout of them.
    pub alternates: Vec<(Label, String)>,
}

#[derive(Clone, Debug)]
pub struct MessageStep {
    pub up: String,
    pub down: String,
}
