//! A type of a schema, and what can be done with its messages.

use std::fmt;

use barewire::{Failed, Limits, Reader};
use barewire_syntax::Checked;
use barewire_syntax::ir::{Schema, TypeId};

use crate::annotate::{self, Annotated};
use crate::decode::Build;
use crate::encode;
use crate::error::Explained as _;
use crate::json::{self, Written};
use crate::names::Names;
use crate::path::{PathSegment, STEP};
use crate::walk::Walk;
use crate::{DecodeError, EncodeError, JsonError, MAX_DEPTH, TypeError, Value};

/// What the path of an error may take of the 8 KiB that the default limits keep for it; the rest is for what else it says.
const KEPT_FOR_PATHS: usize = 7 << 10;

const WRITABLE: &str = "checked: the value is one of the type, and these all have a JSON form";

/// A type of a checked schema, whose messages can be decoded and encoded without generated code.
///
/// # Examples
///
/// ```
/// use barewire_dynamic::{MessageType, Value};
/// use barewire_syntax::{Source, check};
///
/// let schema = check(&Source::new("ping.bare", "type Ping struct { sequence: u32 reply: bool }"))?;
/// let ping = MessageType::new(&schema, "Ping")?;
///
/// let value = ping.decode(&[7, 0, 0, 0, 1])?;
/// assert_eq!(value, Value::Struct([Value::Uint(7), Value::Bool(true)].into()));
/// assert_eq!(ping.encode(&value)?, [7, 0, 0, 0, 1]);
///
/// let error = ping.decode(&[7, 0, 0, 0, 2]).unwrap_err();
/// assert_eq!(error.to_string(), "expected 00 or 01 for a bool, found 02 at byte 4 in Ping.reply");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct MessageType<'s> {
    pub(crate) schema: &'s Schema,
    pub(crate) id: TypeId,
    pub(crate) name: &'s str,
    pub(crate) names: Names<'s>,
}

impl<'s> MessageType<'s> {
    /// The type that `schema` defines as `name`.
    ///
    /// # Errors
    ///
    /// [`TypeError`] if there is none, or if it nests deeper than [`MAX_DEPTH`].
    pub fn new(schema: &'s Checked<Schema>, name: &str) -> Result<Self, TypeError> {
        let schema: &Schema = schema;
        let Some(def) = schema.find(name) else {
            let near = schema.near_name(name).map(str::to_owned);
            return Err(TypeError::Unknown { name: name.to_owned(), near });
        };
        let definition = schema.definition(def);
        let id = definition.ty;
        let depth = schema.depth(id);
        if depth > MAX_DEPTH {
            return Err(TypeError::TooDeep { name: name.to_owned(), depth });
        }
        Ok(Self { schema, id, name: &definition.name, names: Names::of(schema, id) })
    }

    /// The name in the schema, with which the path of an error begins.
    #[must_use]
    pub fn name(&self) -> &'s str {
        self.name
    }

    /// The type that the name stands for.
    #[must_use]
    pub fn type_id(&self) -> TypeId {
        self.id
    }

    /// Decodes `input`, which has to be exactly one message, under the default [`Limits`].
    ///
    /// # Errors
    ///
    /// A [`DecodeError`] with the rule, the offset and the path.
    pub fn decode(&self, input: &[u8]) -> Result<Value, DecodeError> {
        self.decode_with(input, &Limits::default())
    }

    /// Decodes `input`, which has to be exactly one message, under `limits`.
    ///
    /// Each value is charged to the budget with 24 octets, strings and data with their length besides.
    ///
    /// # Errors
    ///
    /// A [`DecodeError`] with the rule, the offset and the path.
    pub fn decode_with(&self, input: &[u8], limits: &Limits) -> Result<Value, DecodeError> {
        let (value, mut r) = self.read(input, limits)?;
        self.finish(&mut r)?;
        Ok(value)
    }

    /// Decodes the message at the start of `input`, and returns it with the octets it took.
    ///
    /// # Errors
    ///
    /// A [`DecodeError`] with the rule, the offset and the path;
    /// its [`needed`](DecodeError::needed) tells an incomplete input from a wrong one.
    pub fn decode_prefix(&self, input: &[u8], limits: &Limits) -> Result<(Value, usize), DecodeError> {
        let (value, r) = self.read(input, limits)?;
        Ok((value, r.position()))
    }

    /// The octets of `value`.
    ///
    /// # Errors
    ///
    /// An [`EncodeError`] if it is not a value of this type.
    pub fn encode(&self, value: &Value) -> Result<Vec<u8>, EncodeError> {
        let mut octets = Vec::new();
        encode::write(self, self.root(), self.id, value, &mut octets)?;
        Ok(octets)
    }

    /// The [JSON form](crate#json) of `value`, on one line without spaces.
    ///
    /// # Errors
    ///
    /// An [`EncodeError`] if it is not a value of this type.
    ///
    /// # Examples
    ///
    /// ```
    /// use barewire_dynamic::MessageType;
    /// use barewire_syntax::{Source, check};
    ///
    /// let schema = check(&Source::new("note.bare", "type Note struct { text: str ttl: optional<u64> }"))?;
    /// let note = MessageType::new(&schema, "Note")?;
    ///
    /// let value = note.from_json(r#"{"text": "hi", "ttl": {"some": 3600}}"#)?;
    /// assert_eq!(note.to_json(&value)?, r#"{"text":"hi","ttl":{"some":3600}}"#);
    ///
    /// let error = note.from_json(r#"{"text": "hi", "ttl": 3600}"#).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     r#"expected null or {"some": …}, found 3600 at line 1 column 26 in $.ttl"#
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_json(&self, value: &Value) -> Result<String, EncodeError> {
        Ok(serde_json::to_string(&self.written(value)?).expect(WRITABLE))
    }

    /// The [JSON form](crate#json) of `value`, a line for each part, indented by two spaces.
    ///
    /// # Errors
    ///
    /// An [`EncodeError`] if it is not a value of this type.
    pub fn to_json_pretty(&self, value: &Value) -> Result<String, EncodeError> {
        Ok(serde_json::to_string_pretty(&self.written(value)?).expect(WRITABLE))
    }

    /// The value whose [JSON form](crate#json) is `text`, under the default [`Limits`].
    ///
    /// # Errors
    ///
    /// A [`JsonError`] with what was expected, what was found, and where.
    pub fn from_json(&self, text: &str) -> Result<Value, JsonError> {
        self.from_json_with(text, &Limits::default())
    }

    /// The value whose [JSON form](crate#json) is `text`, under `limits`: the budget is that of an input of the length of `text`.
    ///
    /// What the parser may need for strings with escapes and for parts that it passes over is charged before anything is read:
    /// three octets for each octet of the text, and 400 for each level that its brackets nest.
    /// A value takes what it does in [`MessageType::decode_with`]; a list or a map about twice of that while it is read, up to
    /// three times where the budget allows it, since nothing says before how many elements come.
    ///
    /// # Errors
    ///
    /// A [`JsonError`] with what was expected, what was found, and where.
    pub fn from_json_with(&self, text: &str, limits: &Limits) -> Result<Value, JsonError> {
        json::read(self, text, limits)
    }

    /// What the octets of `input` are, under `limits`; also of an `input` that is not a message, as far as it goes.
    ///
    /// Each value is charged to the budget with what its [`Annotation`](crate::Annotation) takes, about 100 octets.
    /// The input is read twice, so that these are all that is held.
    ///
    /// # Examples
    ///
    /// ```
    /// use barewire::Limits;
    /// use barewire_dynamic::MessageType;
    /// use barewire_syntax::{Source, check};
    ///
    /// let schema = check(&Source::new("ping.bare", "type Ping struct { sequence: u32 reply: bool }"))?;
    /// let ping = MessageType::new(&schema, "Ping")?;
    ///
    /// let annotated = ping.annotate(&[7, 0, 0, 0, 2], &Limits::default());
    /// let lines: Vec<String> = annotated
    ///     .values()
    ///     .iter()
    ///     .enumerate()
    ///     .map(|(index, value)| {
    ///         let ty = schema.canonical_type(value.ty);
    ///         format!("{:?} {}: {ty}", value.span, annotated.path(index))
    ///     })
    ///     .collect();
    /// assert_eq!(lines, ["0..4 Ping: struct{sequence:u32 reply:bool}", "0..4 Ping.sequence: u32"]);
    /// assert_eq!(
    ///     annotated.error().map(ToString::to_string).as_deref(),
    ///     Some("expected 00 or 01 for a bool, found 02 at byte 4 in Ping.reply")
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn annotate<'a>(&'a self, input: &'a [u8], limits: &Limits) -> Annotated<'a> {
        annotate::annotate(self, input, limits)
    }

    /// `value`, which is found to be one of this type, for JSON.
    fn written<'v>(&'v self, value: &'v Value) -> Result<Written<'v>, EncodeError> {
        self.encode(value)?;
        Ok(Written { message: self, ty: self.id, value })
    }

    fn read<'a>(&'a self, input: &'a [u8], limits: &Limits) -> Result<(Value, Reader<'a>), DecodeError> {
        let mut r = Reader::new(input, limits);
        self.charge_paths(&mut r, 1).explained(&mut r)?;
        let value = Walk::new(self, Build).value(&mut r, Some(self.root()), self.id)?;
        Ok((value, r))
    }

    /// Charges what the paths of `count` errors may take beyond what is kept for the error: they are made while all that was
    /// read is held.
    pub(crate) fn charge_paths(&self, r: &mut Reader<'_>, count: usize) -> Result<(), Failed> {
        let longest = STEP + self.name.len() + self.names.longest_path;
        r.charge::<u8>((count * longest).saturating_sub(KEPT_FOR_PATHS))
    }

    /// Checks that nothing follows the message.
    pub(crate) fn finish(&self, r: &mut Reader<'_>) -> Result<(), DecodeError> {
        r.finish().explained(r).map_err(|error| error.within(self.root()))
    }

    /// The first step of every path.
    pub(crate) fn root(&self) -> PathSegment<'s> {
        PathSegment::Name(self.name)
    }

    /// The fewest octets of a value; `usize::MAX` stands for more than an input can have.
    pub(crate) fn min_len(&self, id: TypeId) -> usize {
        usize::try_from(self.schema.min_len(id)).unwrap_or(usize::MAX)
    }
}

impl fmt::Debug for MessageType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessageType").field("name", &self.name).finish_non_exhaustive()
    }
}
