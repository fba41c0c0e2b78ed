//! Values as trees that know no library: what `serde` tells of a value, with the names that the schema gives.
//!
//! Two values of different libraries are the same if their trees are.
//! Numbers keep their widths and floats their bits; boxes and newtypes leave no trace.
//! A list of octets and `data` are alike, because some types have vectors of `u8` for `data`.

use std::fmt;

use serde::Serialize;
use serde::ser::{self, Serializer};

/// A value of any type of the format.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Tree {
    Bool(bool),
    U8(u8),
    U16(u16),
    U32(u32),
    U64(u64),
    I8(i8),
    I16(i16),
    I32(i32),
    I64(i64),
    /// The bits of an `f32`.
    F32(u32),
    /// The bits of an `f64`.
    F64(u64),
    Str(String),
    /// `data`, a list of `u8`, or an empty list.
    Octets(Vec<u8>),
    /// A list that is not empty, of anything but `u8`.
    List(Vec<Tree>),
    /// The pairs in the order in which they were told.
    Map(Vec<(Tree, Tree)>),
    Optional(Option<Box<Tree>>),
    Struct(Vec<(&'static str, Tree)>),
    /// An enum value or a void member.
    Unit(&'static str),
    Member(&'static str, Box<Tree>),
}

impl Tree {
    /// The tree of a value.
    pub fn of(value: &impl Serialize) -> Self {
        value.serialize(Planter).expect("types of the format are told without errors")
    }

    /// The same tree with the pairs of each map in the order of their keys.
    #[must_use]
    pub fn sorted(self) -> Self {
        match self {
            Self::List(elements) => Self::List(elements.into_iter().map(Self::sorted).collect()),
            Self::Map(pairs) => {
                let mut pairs: Vec<_> =
                    pairs.into_iter().map(|(key, value)| (key.sorted(), value.sorted())).collect();
                pairs.sort();
                Self::Map(pairs)
            }
            Self::Optional(value) => Self::Optional(value.map(|value| Box::new(value.sorted()))),
            Self::Struct(fields) => {
                Self::Struct(fields.into_iter().map(|(name, value)| (name, value.sorted())).collect())
            }
            Self::Member(name, value) => Self::Member(name, Box::new(value.sorted())),
            Self::Bool(_)
            | Self::U8(_)
            | Self::U16(_)
            | Self::U32(_)
            | Self::U64(_)
            | Self::I8(_)
            | Self::I16(_)
            | Self::I32(_)
            | Self::I64(_)
            | Self::F32(_)
            | Self::F64(_)
            | Self::Str(_)
            | Self::Octets(_)
            | Self::Unit(_) => self,
        }
    }
}

/// What the types of the format never tell.
#[derive(Debug)]
pub struct Foreign(String);

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Foreign {}

impl ser::Error for Foreign {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Makes the tree of whatever it is told.
struct Planter;

macro_rules! leaves {
    ($($method:ident($number:ty) -> $leaf:ident),* $(,)?) => {$(
        fn $method(self, number: $number) -> Result<Tree, Foreign> {
            Ok(Tree::$leaf(number))
        }
    )*};
}

impl Serializer for Planter {
    type Ok = Tree;
    type Error = Foreign;
    type SerializeSeq = Elements;
    type SerializeTuple = Elements;
    type SerializeTupleStruct = ser::Impossible<Tree, Foreign>;
    type SerializeTupleVariant = ser::Impossible<Tree, Foreign>;
    type SerializeMap = Pairs;
    type SerializeStruct = Fields;
    type SerializeStructVariant = ser::Impossible<Tree, Foreign>;

    leaves! {
        serialize_bool(bool) -> Bool,
        serialize_u8(u8) -> U8,
        serialize_u16(u16) -> U16,
        serialize_u32(u32) -> U32,
        serialize_u64(u64) -> U64,
        serialize_i8(i8) -> I8,
        serialize_i16(i16) -> I16,
        serialize_i32(i32) -> I32,
        serialize_i64(i64) -> I64,
    }

    fn serialize_f32(self, number: f32) -> Result<Tree, Foreign> {
        Ok(Tree::F32(number.to_bits()))
    }

    fn serialize_f64(self, number: f64) -> Result<Tree, Foreign> {
        Ok(Tree::F64(number.to_bits()))
    }

    fn serialize_char(self, character: char) -> Result<Tree, Foreign> {
        Err(Foreign(format!("the character {character:?}")))
    }

    fn serialize_str(self, text: &str) -> Result<Tree, Foreign> {
        Ok(Tree::Str(text.to_owned()))
    }

    fn serialize_bytes(self, octets: &[u8]) -> Result<Tree, Foreign> {
        Ok(Tree::Octets(octets.to_vec()))
    }

    fn serialize_none(self) -> Result<Tree, Foreign> {
        Ok(Tree::Optional(None))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Tree, Foreign> {
        Ok(Tree::Optional(Some(Box::new(value.serialize(Self)?))))
    }

    fn serialize_unit(self) -> Result<Tree, Foreign> {
        Err(Foreign("a unit outside of an enum".to_owned()))
    }

    fn serialize_unit_struct(self, name: &'static str) -> Result<Tree, Foreign> {
        Err(Foreign(format!("the unit `{name}` outside of an enum")))
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<Tree, Foreign> {
        Ok(Tree::Unit(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<Tree, Foreign> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Tree, Foreign> {
        Ok(Tree::Member(variant, Box::new(value.serialize(self)?)))
    }

    fn serialize_seq(self, _len: Option<usize>) -> Result<Elements, Foreign> {
        Ok(Elements(Vec::new()))
    }

    fn serialize_tuple(self, _len: usize) -> Result<Elements, Foreign> {
        Ok(Elements(Vec::new()))
    }

    fn serialize_tuple_struct(
        self,
        name: &'static str,
        _len: usize,
    ) -> Result<Self::SerializeTupleStruct, Foreign> {
        Err(Foreign(format!("the tuple `{name}`")))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Self::SerializeTupleVariant, Foreign> {
        Err(Foreign(format!("the tuple `{variant}`")))
    }

    fn serialize_map(self, _len: Option<usize>) -> Result<Pairs, Foreign> {
        Ok(Pairs { pairs: Vec::new(), key: None })
    }

    fn serialize_struct(self, _name: &'static str, _len: usize) -> Result<Fields, Foreign> {
        Ok(Fields(Vec::new()))
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Self::SerializeStructVariant, Foreign> {
        Err(Foreign(format!("the struct `{variant}`")))
    }
}

struct Elements(Vec<Tree>);

impl Elements {
    fn tree(self) -> Tree {
        let octet = |tree: &Tree| if let Tree::U8(octet) = tree { Some(*octet) } else { None };
        match self.0.iter().map(octet).collect() {
            Some(octets) => Tree::Octets(octets),
            None => Tree::List(self.0),
        }
    }
}

impl ser::SerializeSeq for Elements {
    type Ok = Tree;
    type Error = Foreign;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Foreign> {
        self.0.push(value.serialize(Planter)?);
        Ok(())
    }

    fn end(self) -> Result<Tree, Foreign> {
        Ok(self.tree())
    }
}

impl ser::SerializeTuple for Elements {
    type Ok = Tree;
    type Error = Foreign;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Foreign> {
        self.0.push(value.serialize(Planter)?);
        Ok(())
    }

    fn end(self) -> Result<Tree, Foreign> {
        Ok(self.tree())
    }
}

struct Pairs {
    pairs: Vec<(Tree, Tree)>,
    /// Set between a key and its value.
    key: Option<Tree>,
}

impl ser::SerializeMap for Pairs {
    type Ok = Tree;
    type Error = Foreign;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Foreign> {
        self.key = Some(key.serialize(Planter)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Foreign> {
        let key = self.key.take().ok_or_else(|| Foreign("a value without a key".to_owned()))?;
        self.pairs.push((key, value.serialize(Planter)?));
        Ok(())
    }

    fn end(self) -> Result<Tree, Foreign> {
        Ok(Tree::Map(self.pairs))
    }
}

struct Fields(Vec<(&'static str, Tree)>);

impl ser::SerializeStruct for Fields {
    type Ok = Tree;
    type Error = Foreign;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Foreign> {
        self.0.push((name, value.serialize(Planter)?));
        Ok(())
    }

    fn end(self) -> Result<Tree, Foreign> {
        Ok(Tree::Struct(self.0))
    }
}
