//! Values of one version as those of the next or the one before, where the schemas leave nothing open.
//!
//! The rules are those of the generator, which asks in the other cases: what is the same in depth moves, numbers get more
//! room, new optionals, lists and maps are empty, and going down, what the older version lacks is refused.

mod carry;
mod question;

use std::error::Error;
use std::fmt;

use barewire_syntax::Checked;
use barewire_syntax::diff::Comparison;
use barewire_syntax::ir::{Schema, Type, TypeId};

use crate::path::{Path, PathSegment};
use crate::{EncodeError, MessageType, Value};
pub use question::Question;

/// A message through one step between neighbouring versions.
///
/// # Examples
///
/// ```
/// use barewire_dynamic::{MessageType, Migration};
/// use barewire_syntax::{Source, check};
///
/// let v1 = check(&Source::new("v1.bare", "type Ping struct { sequence: u16 }"))?;
/// let v2 = check(&Source::new("v2.bare", "type Ping struct { sequence: u32 note: optional<str> }"))?;
/// let (old, new) = (MessageType::new(&v1, "Ping")?, MessageType::new(&v2, "Ping")?);
///
/// let up = Migration::up((&v1, "Ping"), (&v2, "Ping"))?;
/// let value = up.migrate(&old.decode(&[7, 0])?)?;
/// assert_eq!(new.to_json(&value)?, r#"{"sequence":7,"note":null}"#);
///
/// let error = Migration::down((&v2, "Ping"), (&v1, "Ping")).unwrap_err();
/// assert_eq!(error.to_string(), "the schemas leave open what becomes of `Ping`: `note` has no place");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Migration<'s> {
    from: MessageType<'s>,
    to: MessageType<'s>,
    comparison: Comparison<'s>,
    is_up: bool,
}

impl<'s> Migration<'s> {
    /// From the older version to the newer one, each with the name of the message in it.
    ///
    /// # Errors
    ///
    /// If a version has no such type, or the schemas leave something open.
    pub fn up(
        older: (&'s Checked<Schema>, &str),
        newer: (&'s Checked<Schema>, &str),
    ) -> Result<Self, MigrationError> {
        Self::up_with_renamed(older, newer, &[])
    }

    /// As [`Migration::up`], where each pair of `renamed` is a name in the older version and that of the same
    /// definition in the newer one.
    ///
    /// A pair counts only where the versions have one name each: see [`is_renamed`](barewire_syntax::diff::is_renamed).
    ///
    /// # Errors
    ///
    /// As [`Migration::up`].
    pub fn up_with_renamed(
        older: (&'s Checked<Schema>, &str),
        newer: (&'s Checked<Schema>, &str),
        renamed: &[(String, String)],
    ) -> Result<Self, MigrationError> {
        Self::new(older, newer, renamed, true)
    }

    /// From the newer version to the older one, each with the name of the message in it.
    ///
    /// # Errors
    ///
    /// As [`Migration::up`].
    pub fn down(
        newer: (&'s Checked<Schema>, &str),
        older: (&'s Checked<Schema>, &str),
    ) -> Result<Self, MigrationError> {
        Self::down_with_renamed(newer, older, &[])
    }

    /// As [`Migration::down`], with the same `renamed` as [`Migration::up_with_renamed`].
    ///
    /// # Errors
    ///
    /// As [`Migration::up`].
    pub fn down_with_renamed(
        newer: (&'s Checked<Schema>, &str),
        older: (&'s Checked<Schema>, &str),
        renamed: &[(String, String)],
    ) -> Result<Self, MigrationError> {
        let reversed: Vec<(String, String)> =
            renamed.iter().map(|(before, after)| (after.clone(), before.clone())).collect();
        Self::new(newer, older, &reversed, false)
    }

    fn new(
        from: (&'s Checked<Schema>, &str),
        to: (&'s Checked<Schema>, &str),
        renamed: &[(String, String)],
        is_up: bool,
    ) -> Result<Self, MigrationError> {
        let message = |(schema, name)| MessageType::new(schema, name).map_err(MigrationError::Type);
        let comparison = Comparison::with_renamed(from.0, to.0, renamed);
        let migration = Self { from: message(from)?, to: message(to)?, comparison, is_up };
        let questions = migration.questions();
        if questions.is_empty() { Ok(migration) } else { Err(MigrationError::Open(questions)) }
    }

    /// What becomes of a value.
    ///
    /// # Errors
    ///
    /// If it is no value of the type, or the target cannot hold it.
    pub fn migrate(&self, value: &Value) -> Result<Value, CarryError> {
        // What is not of the type would meet no rule.
        self.from.encode(value).map_err(CarryError::NoValue)?;
        let carried = self.carry(self.from.id, self.to.id, value);
        carried.map_err(|mut path| {
            path.push(self.from.root());
            CarryError::Unrepresentable { path: path.to_string() }
        })
    }

    fn from(&self) -> &'s Schema {
        self.from.schema
    }

    fn to(&self) -> &'s Schema {
        self.to.schema
    }

    /// The types of both sides behind the names that both have, or behind other names for types.
    fn behind(&self, from: TypeId, to: TypeId) -> Result<(TypeId, TypeId), ()> {
        if let Some(pair) = self.by_name(from, to) {
            return Ok(pair);
        }
        let (from, to) = (behind_aliases(self.from(), from), behind_aliases(self.to(), to));
        if let Some(pair) = self.by_name(from, to) {
            return Ok(pair);
        }
        match (self.from().ty(from), self.to().ty(to)) {
            // Types of different names are different types.
            (Type::Named(_), _) | (_, Type::Named(_)) => Err(()),
            _ => Ok((from, to)),
        }
    }

    /// What two names of the same definition stand for.
    fn by_name(&self, from: TypeId, to: TypeId) -> Option<(TypeId, TypeId)> {
        let (Type::Named(from), Type::Named(to)) = (self.from().ty(from), self.to().ty(to)) else {
            return None;
        };
        let is_it = self.comparison.counterpart(*to) == Some(*from);
        is_it.then(|| (self.from().definition(*from).ty, self.to().definition(*to).ty))
    }
}

impl fmt::Debug for Migration<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to, comparison: _, is_up } = self;
        let mut debug = f.debug_struct("Migration");
        debug.field("from", from).field("to", to).field("is_up", is_up).finish_non_exhaustive()
    }
}

/// The first type on the way that is no other name for a type.
fn behind_aliases(schema: &Schema, mut id: TypeId) -> TypeId {
    while let Type::Named(def) = schema.ty(id) {
        let target = schema.definition(*def).ty;
        match schema.ty(target) {
            Type::Struct(_) | Type::Enum(_) | Type::Union(_) => return id,
            Type::Primitive(barewire_syntax::ir::Primitive::Void) => return id,
            Type::Primitive(_)
            | Type::Data { .. }
            | Type::Optional(_)
            | Type::List { .. }
            | Type::Map { .. }
            | Type::Named(_) => id = target,
        }
    }
    id
}

/// Why a message cannot be migrated without somebody's answer.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum MigrationError {
    /// A version has no such message.
    Type(crate::TypeError),
    /// What the schemas leave open.
    Open(Vec<Question>),
}

impl fmt::Display for MigrationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(error) => error.fmt(f),
            Self::Open(questions) => {
                f.write_str("the schemas leave open what becomes of ")?;
                for (i, question) in questions.iter().enumerate() {
                    let separator = if i == 0 { "" } else { ", and of " };
                    write!(f, "{separator}{question}")?;
                }
                Ok(())
            }
        }
    }
}

impl Error for MigrationError {}

/// Why a value was not migrated.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum CarryError {
    /// It is no value of the type that it should be migrated from.
    NoValue(EncodeError),
    /// The target has no place for a part of it.
    Unrepresentable {
        /// The path to this part.
        path: String,
    },
}

impl fmt::Display for CarryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoValue(error) => error.fmt(f),
            Self::Unrepresentable { path } => {
                write!(f, "the other version has no place for this value in {path}")
            }
        }
    }
}

impl Error for CarryError {}

/// A value that the target cannot hold: the steps to it.
type Carried = Result<Value, Path>;

fn within(segment: PathSegment<'_>) -> impl FnOnce(Path) -> Path + '_ {
    move |mut path| {
        path.push(segment);
        path
    }
}
