//! A value of any type, as a tree.

use std::mem::size_of;

/// A value of a BARE type; the type it belongs to is known to the [`MessageType`](crate::MessageType) that made it.
///
/// `==` compares what is on the wire: a float equals another of the same bits, so that a NaN equals itself and
/// `0.0` differs from `-0.0`, and maps of the same pairs in another order differ.
#[derive(Clone, Debug)]
pub enum Value {
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
    Str(Box<str>),
    /// A `data` or `data[n]`; also a `list<u8>` or `list<u8>[n]`, whose elements would take 24 octets each as values.
    Data(Box<[u8]>),
    /// An `enum`, as its number.
    Enum(u64),
    /// An `optional`.
    Optional(Option<Box<Value>>),
    /// A `list<T>` or `list<T>[n]` of anything but `u8`.
    List(Box<[Value]>),
    /// A `map`: the pairs of keys and values in the order of the wire.
    Map(Box<[(Value, Value)]>),
    /// A `union`.
    Union {
        /// The tag of the member.
        tag: u64,
        /// The value of the member; [`Value::Void`] if that is void.
        value: Box<Value>,
    },
    /// A `struct`: the values of its fields in the order of the schema.
    Struct(Box<[Value]>),
}

// The heap that a message takes is this for each of its values.
const _: () = assert!(size_of::<Value>() <= 24);

impl Value {
    /// What the value is, for messages.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Void => "nothing",
            Self::Uint(_) => "an unsigned integer",
            Self::Int(_) => "a signed integer",
            Self::F32(_) => "an f32",
            Self::F64(_) => "an f64",
            Self::Bool(_) => "a bool",
            Self::Str(_) => "a string",
            Self::Data(_) => "data",
            Self::Enum(_) => "an enum value",
            Self::Optional(_) => "an optional",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
            Self::Union { .. } => "a union",
            Self::Struct(_) => "a struct",
        }
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Void, Self::Void) => true,
            (Self::Uint(a), Self::Uint(b)) | (Self::Enum(a), Self::Enum(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::F32(a), Self::F32(b)) => a.to_bits() == b.to_bits(),
            (Self::F64(a), Self::F64(b)) => a.to_bits() == b.to_bits(),
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Str(a), Self::Str(b)) => a == b,
            (Self::Data(a), Self::Data(b)) => a == b,
            (Self::Optional(a), Self::Optional(b)) => a == b,
            (Self::List(a), Self::List(b)) | (Self::Struct(a), Self::Struct(b)) => a == b,
            (Self::Map(a), Self::Map(b)) => a == b,
            (Self::Union { tag: a, value: in_a }, Self::Union { tag: b, value: in_b }) => {
                a == b && in_a == in_b
            }
            (
                Self::Void
                | Self::Uint(_)
                | Self::Int(_)
                | Self::F32(_)
                | Self::F64(_)
                | Self::Bool(_)
                | Self::Str(_)
                | Self::Data(_)
                | Self::Enum(_)
                | Self::Optional(_)
                | Self::List(_)
                | Self::Map(_)
                | Self::Union { .. }
                | Self::Struct(_),
                _,
            ) => false,
        }
    }
}

impl Eq for Value {}
