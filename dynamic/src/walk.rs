//! Reading a message by its schema: which octets are what, and what is refused.
//!
//! What becomes of the values is up to a [`Visitor`]: a tree, notes on where each of them stands, or nothing.
//! The order of all checks is that of generated code, whose errors these have to be.
//! Recursion follows the type, whose depth [`MessageType`] bounds.

use barewire::{DecodeErrorKind, Failed, Reader};
use barewire_syntax::ir::{Enum, Primitive, Struct, Type, TypeId, Union};

use crate::error::Explained as _;
use crate::{DecodeError, MessageType, PathSegment, shape, unique};

/// A value without parts, as it was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Leaf<'a> {
    /// Nothing: a message or a union member that is void.
    Void,
    /// A `uint`, `u8`, `u16`, `u32` or `u64`.
    Uint(u64),
    /// An `int`, `i8`, `i16`, `i32` or `i64`.
    Int(i64),
    /// An `f32`.
    F32(f32),
    /// An `f64`.
    F64(f64),
    /// A `bool`.
    Bool(bool),
    /// A `str`.
    Str(&'a str),
    /// A `data`, `data[n]`, `list<u8>` or `list<u8>[n]`.
    Data(&'a [u8]),
    /// An `enum`.
    Enum {
        /// The number on the wire.
        number: u64,
        /// The name in the schema.
        name: &'a str,
    },
}

impl Leaf<'_> {
    /// The [JSON form](crate#json) of the value; that of a `list<u8>` is the string of hexadecimal digits of a `data`.
    #[must_use]
    pub fn to_json(&self) -> String {
        crate::json::leaf(self)
    }
}

/// What is known of a value with parts before they are read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Head<'a> {
    /// An `optional`.
    Optional {
        /// Whether a value follows.
        is_set: bool,
    },
    /// A `list<T>` or `list<T>[n]` of anything but `u8`.
    List {
        /// How many elements follow.
        len: usize,
    },
    /// A `map`.
    Map {
        /// How many pairs follow.
        len: usize,
    },
    /// A `union`.
    Union {
        /// The tag of the member that follows.
        tag: u64,
        /// What the member is called.
        member: &'a str,
    },
    /// A `struct`.
    Struct,
}

/// The parts of a value, each made into an `M`.
pub(crate) enum Parts<M> {
    Optional(Option<M>),
    List(Vec<M>),
    Map(Vec<(M, M)>),
    Union(u64, M),
    Struct(Vec<M>),
}

/// Where a value stands.
pub(crate) struct Place<'a> {
    /// The position of its first octet.
    pub(crate) start: usize,
    /// The step from the value around; an optional and what it holds are one step.
    pub(crate) step: Option<PathSegment<'a>>,
    /// The type as it is written there.
    pub(crate) ty: TypeId,
}

/// What is made of the values of a message while they are read.
pub(crate) trait Visitor<'a> {
    /// What a value becomes.
    type Made;
    /// A value whose parts are still to come.
    type Open;
    /// Whether the keys of maps are checked; not if the octets were read before.
    const CHECKS_KEYS: bool = true;

    /// A value without parts was read.
    fn leaf(
        &mut self,
        r: &mut Reader<'a>,
        place: &Place<'a>,
        leaf: Leaf<'a>,
    ) -> Result<Self::Made, DecodeError>;

    /// The head of a value with parts was read.
    fn open(
        &mut self,
        r: &mut Reader<'a>,
        place: &Place<'a>,
        head: Head<'a>,
    ) -> Result<Self::Open, DecodeError>;

    /// All parts of a value were read.
    fn close(
        &mut self,
        r: &mut Reader<'a>,
        open: Self::Open,
        parts: Parts<Self::Made>,
    ) -> Result<Self::Made, DecodeError>;
}

/// One way through a message.
pub(crate) struct Walk<'a, V> {
    message: &'a MessageType<'a>,
    pub(crate) visitor: V,
}

impl<'a, V: Visitor<'a>> Walk<'a, V> {
    pub(crate) fn new(message: &'a MessageType<'a>, visitor: V) -> Self {
        Self { message, visitor }
    }

    /// Reads the value of type `id` that is reached by `step`.
    pub(crate) fn value(
        &mut self,
        r: &mut Reader<'a>,
        step: Option<PathSegment<'a>>,
        id: TypeId,
    ) -> Result<V::Made, DecodeError> {
        let place = Place { start: r.position(), step, ty: id };
        let result = self.resolved(r, &place);
        match step {
            Some(step) => result.map_err(|error| error.within(step)),
            None => result,
        }
    }

    fn resolved(&mut self, r: &mut Reader<'a>, place: &Place<'a>) -> Result<V::Made, DecodeError> {
        let schema = self.message.schema;
        let id = schema.resolve(place.ty);
        match schema.ty(id) {
            Type::Primitive(primitive) => self.leaf(r, place, |r| primitive_value(r, *primitive)),
            Type::Data { len } => self.leaf(r, place, |r| data_value(r, *len)),
            Type::Enum(body) => self.leaf(r, place, |r| enum_value(r, body)),
            Type::Optional(inner) => self.optional(r, place, *inner),
            Type::List { element, len } => self.list(r, place, *element, *len),
            Type::Map { key, value } => self.map(r, place, *key, *value),
            Type::Union(body) => self.union(r, place, id, body),
            Type::Struct(body) => self.structure(r, place, body),
            Type::Named(_) => unreachable!("resolved above"),
        }
    }

    fn leaf(
        &mut self,
        r: &mut Reader<'a>,
        place: &Place<'a>,
        read: impl FnOnce(&mut Reader<'a>) -> Result<Leaf<'a>, Failed>,
    ) -> Result<V::Made, DecodeError> {
        let leaf = read(r).explained(r)?;
        self.visitor.leaf(r, place, leaf)
    }

    fn optional(
        &mut self,
        r: &mut Reader<'a>,
        place: &Place<'a>,
        inner: TypeId,
    ) -> Result<V::Made, DecodeError> {
        let is_set = r.present().explained(r)?;
        let open = self.visitor.open(r, place, Head::Optional { is_set })?;
        let made = if is_set { Some(self.value(r, None, inner)?) } else { None };
        self.visitor.close(r, open, Parts::Optional(made))
    }

    fn list(
        &mut self,
        r: &mut Reader<'a>,
        place: &Place<'a>,
        element: TypeId,
        len: Option<u64>,
    ) -> Result<V::Made, DecodeError> {
        let min_len = self.message.min_len(element);
        let len = match len {
            None => r.count(min_len).explained(r)?,
            Some(len) => {
                let len = usize::try_from(len).unwrap_or(usize::MAX);
                r.fixed_count(len, min_len).explained(r)?;
                len
            }
        };
        if shape::is_octet(self.message.schema, element) {
            let octets = r.slice(len).explained(r)?;
            return self.visitor.leaf(r, place, Leaf::Data(octets));
        }
        let open = self.visitor.open(r, place, Head::List { len })?;
        let mut elements = r.vec(len).explained(r)?;
        for index in 0..len {
            r.grow(&mut elements).explained(r)?;
            elements.push(self.value(r, Some(PathSegment::Index(index)), element)?);
        }
        self.visitor.close(r, open, Parts::List(elements))
    }

    fn map(
        &mut self,
        r: &mut Reader<'a>,
        place: &Place<'a>,
        key: TypeId,
        value: TypeId,
    ) -> Result<V::Made, DecodeError> {
        let len = r.count(self.message.min_len(key).saturating_add(self.message.min_len(value)));
        let len = len.explained(r)?;
        let open = self.visitor.open(r, place, Head::Map { len })?;
        let start = r.clone();
        let mut pairs = r.vec(len).explained(r)?;
        let mut last: Option<&[u8]> = None;
        let mut ascending = true;
        for index in 0..len {
            r.grow(&mut pairs).explained(r)?;
            let rest = r.rest();
            let key = self.value(r, Some(PathSegment::Key(index)), key)?;
            let octets = &rest[..rest.len() - r.remaining()];
            ascending = ascending && last.is_none_or(|last| last < octets);
            last = Some(octets);
            let value = self.value(r, Some(PathSegment::Index(index)), value)?;
            pairs.push((key, value));
        }
        if V::CHECKS_KEYS && !ascending {
            Walk::new(self.message, Skip).check_keys(r, start, len, (key, value))?;
        }
        self.visitor.close(r, open, Parts::Map(pairs))
    }

    fn union(
        &mut self,
        r: &mut Reader<'a>,
        place: &Place<'a>,
        id: TypeId,
        body: &'a Union,
    ) -> Result<V::Made, DecodeError> {
        let tag = r.uint().explained(r)?;
        // Tags ascend.
        let Ok(at) = body.members.binary_search_by_key(&tag, |member| member.tag) else {
            return Err(r.unknown_tag(tag)).explained(r);
        };
        let member = self.message.names.member(id, at);
        let open = self.visitor.open(r, place, Head::Union { tag, member })?;
        let made = self.value(r, Some(PathSegment::Name(member)), body.members[at].ty)?;
        self.visitor.close(r, open, Parts::Union(tag, made))
    }

    fn structure(
        &mut self,
        r: &mut Reader<'a>,
        place: &Place<'a>,
        body: &'a Struct,
    ) -> Result<V::Made, DecodeError> {
        let open = self.visitor.open(r, place, Head::Struct)?;
        let mut fields = r.scratch(body.fields.len()).explained(r)?;
        for field in &body.fields {
            fields.push(self.value(r, Some(PathSegment::Name(&field.name)), field.ty)?);
        }
        self.visitor.close(r, open, Parts::Struct(fields))
    }
}

fn primitive_value<'a>(r: &mut Reader<'a>, primitive: Primitive) -> Result<Leaf<'a>, Failed> {
    Ok(match primitive {
        Primitive::Uint => Leaf::Uint(r.uint()?),
        Primitive::Int => Leaf::Int(r.int()?),
        Primitive::U8 => Leaf::Uint(u8::from_le_bytes(*r.array()?).into()),
        Primitive::U16 => Leaf::Uint(u16::from_le_bytes(*r.array()?).into()),
        Primitive::U32 => Leaf::Uint(u32::from_le_bytes(*r.array()?).into()),
        Primitive::U64 => Leaf::Uint(u64::from_le_bytes(*r.array()?)),
        Primitive::I8 => Leaf::Int(i8::from_le_bytes(*r.array()?).into()),
        Primitive::I16 => Leaf::Int(i16::from_le_bytes(*r.array()?).into()),
        Primitive::I32 => Leaf::Int(i32::from_le_bytes(*r.array()?).into()),
        Primitive::I64 => Leaf::Int(i64::from_le_bytes(*r.array()?)),
        Primitive::F32 => Leaf::F32(f32::from_le_bytes(*r.array()?)),
        Primitive::F64 => Leaf::F64(f64::from_le_bytes(*r.array()?)),
        Primitive::Bool => Leaf::Bool(r.bool()?),
        Primitive::Str => Leaf::Str(r.str()?),
        Primitive::Void => Leaf::Void,
    })
}

fn data_value<'a>(r: &mut Reader<'a>, len: Option<u64>) -> Result<Leaf<'a>, Failed> {
    let octets = match len {
        None => r.data()?,
        Some(len) => r.slice(usize::try_from(len).unwrap_or(usize::MAX))?,
    };
    Ok(Leaf::Data(octets))
}

fn enum_value<'a>(r: &mut Reader<'a>, body: &'a Enum) -> Result<Leaf<'a>, Failed> {
    let start = r.clone();
    let number = r.uint()?;
    // Numbers ascend.
    match body.values.binary_search_by_key(&number, |value| value.value) {
        Ok(at) => Ok(Leaf::Enum { number, name: &body.values[at].name }),
        Err(_) => {
            *r = start;
            Err(r.fail(DecodeErrorKind::UnknownEnumValue { found: number }))
        }
    }
}

/// Reads past values that were read before.
struct Skip;

impl<'a> Visitor<'a> for Skip {
    type Made = ();
    type Open = ();
    const CHECKS_KEYS: bool = false;

    fn leaf(&mut self, _: &mut Reader<'a>, _: &Place<'a>, _: Leaf<'a>) -> Result<(), DecodeError> {
        Ok(())
    }

    fn open(&mut self, _: &mut Reader<'a>, _: &Place<'a>, _: Head<'a>) -> Result<(), DecodeError> {
        Ok(())
    }

    fn close(&mut self, _: &mut Reader<'a>, (): (), _: Parts<()>) -> Result<(), DecodeError> {
        Ok(())
    }
}

impl<'a> Walk<'a, Skip> {
    /// Checks that no key repeats among the `len` pairs from `start` on, which `r` has read; `ty` are the types of both
    /// sides. The scratch space for it is charged to `r`.
    fn check_keys(
        &mut self,
        r: &mut Reader<'a>,
        start: Reader<'a>,
        len: usize,
        ty: (TypeId, TypeId),
    ) -> Result<(), DecodeError> {
        let mut walk = start.clone();
        let mut keys: Vec<(&[u8], usize)> = r.scratch(len).explained(r)?;
        for index in 0..len {
            let rest = walk.rest();
            self.value(&mut walk, None, ty.0)?;
            keys.push((&rest[..rest.len() - walk.remaining()], index));
            self.value(&mut walk, None, ty.1)?;
        }
        let repeated = unique::first_repeated(&mut keys);
        drop(keys);
        r.refund::<(&[u8], usize)>(len);
        let Some((first, second)) = repeated else { return Ok(()) };

        let mut walk = start;
        for _ in 0..second {
            self.value(&mut walk, None, ty.0)?;
            self.value(&mut walk, None, ty.1)?;
        }
        let repeated = Err(walk.fail(DecodeErrorKind::DuplicateKey { first })).explained(&mut walk);
        repeated.map_err(|error| error.within(PathSegment::Key(second)))
    }
}
