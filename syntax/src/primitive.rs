//! The types that have no parts and take no parameter.

/// A primitive type other than `data` and `enum`, which carry more than their name.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Primitive {
    /// A variable-length unsigned integer.
    Uint,
    /// A variable-length signed integer.
    Int,
    /// An unsigned integer of one octet.
    U8,
    /// An unsigned integer of two octets.
    U16,
    /// An unsigned integer of four octets.
    U32,
    /// An unsigned integer of eight octets.
    U64,
    /// A signed integer of one octet.
    I8,
    /// A signed integer of two octets.
    I16,
    /// A signed integer of four octets.
    I32,
    /// A signed integer of eight octets.
    I64,
    /// A binary32 floating-point number.
    F32,
    /// A binary64 floating-point number.
    F64,
    /// A truth value.
    Bool,
    /// UTF-8 text.
    Str,
    /// Nothing.
    Void,
}

impl Primitive {
    /// Every primitive type.
    pub const ALL: [Primitive; 15] = [
        Primitive::Uint,
        Primitive::Int,
        Primitive::U8,
        Primitive::U16,
        Primitive::U32,
        Primitive::U64,
        Primitive::I8,
        Primitive::I16,
        Primitive::I32,
        Primitive::I64,
        Primitive::F32,
        Primitive::F64,
        Primitive::Bool,
        Primitive::Str,
        Primitive::Void,
    ];

    /// The keyword.
    pub fn name(self) -> &'static str {
        match self {
            Primitive::Uint => "uint",
            Primitive::Int => "int",
            Primitive::U8 => "u8",
            Primitive::U16 => "u16",
            Primitive::U32 => "u32",
            Primitive::U64 => "u64",
            Primitive::I8 => "i8",
            Primitive::I16 => "i16",
            Primitive::I32 => "i32",
            Primitive::I64 => "i64",
            Primitive::F32 => "f32",
            Primitive::F64 => "f64",
            Primitive::Bool => "bool",
            Primitive::Str => "str",
            Primitive::Void => "void",
        }
    }

    /// The type with this keyword.
    pub(crate) fn from_name(name: &str) -> Option<Primitive> {
        Primitive::ALL.into_iter().find(|primitive| primitive.name() == name)
    }
}
