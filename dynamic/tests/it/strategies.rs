//! Random schemas, and random values of any type.

use barewire_dynamic::Value;
use barewire_syntax::ir::{Primitive, Schema, Type, TypeId};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// The text of a schema whose last type is `T`.
pub(crate) fn schema() -> impl Strategy<Value = String> {
    vec(any::<u8>(), 1..120).prop_map(written)
}

/// The texts of two schemas as they may follow each other: the same author, who chose otherwise here and there.
pub(crate) fn versions() -> impl Strategy<Value = (String, String)> {
    let changes = vec((any::<prop::sample::Index>(), any::<u8>()), 0..4);
    (vec(any::<u8>(), 1..120), changes).prop_map(|(choices, changes)| {
        let mut others = choices.clone();
        for (place, choice) in changes {
            let place = place.index(others.len());
            others[place] = choice;
        }
        (written(choices), written(others))
    })
}

fn written(choices: Vec<u8>) -> String {
    let mut author = Author { choices: choices.into_iter(), named: Vec::new() };
    let mut text = String::new();
    for name in ["A", "B", "C", "T"] {
        let ty = author.ty(3);
        text += &format!("type {name} {ty}\n");
        author.named.push(name);
    }
    text
}

/// Writes types as the choices say, and simple ones when there are none left.
struct Author {
    choices: std::vec::IntoIter<u8>,
    named: Vec<&'static str>,
}

impl Author {
    fn choose(&mut self, count: usize) -> usize {
        usize::from(self.choices.next().unwrap_or(0)) % count
    }

    fn ty(&mut self, depth: u32) -> String {
        let count = if depth == 0 { 4 } else { 11 };
        match self.choose(count) {
            0 => self.key(),
            1 => ["f32", "f64"][self.choose(2)].to_owned(),
            2 if !self.named.is_empty() => {
                let place = self.choose(self.named.len());
                self.named[place].to_owned()
            }
            2 | 3 => self.key(),
            4 => format!("optional<{}>", self.ty(depth - 1)),
            5 => format!("list<{}>", self.ty(depth - 1)),
            // Only few of what has parts itself, or values would be very large.
            6 if depth > 1 => format!("list<{}>[{}]", self.ty(depth - 1), 1 + self.choose(3)),
            6 => format!("list<{}>[{}]", self.ty(depth - 1), 1 + self.choose(40)),
            7 => format!("map<{}><{}>", self.key(), self.ty(depth - 1)),
            8 | 9 => {
                let fields = ["a", "bC", "d_1"].into_iter().take(1 + self.choose(3));
                let fields = fields.map(|name| format!("{name}: {}", self.ty(depth - 1)));
                format!("struct {{ {} }}", fields.collect::<Vec<_>>().join(" "))
            }
            _ => {
                let mut members = vec!["void".to_owned()];
                for _ in 0..1 + self.choose(4) {
                    let member = self.ty(depth - 1);
                    if !members.contains(&member) {
                        members.push(member);
                    }
                }
                union(&members[self.choose(2)..])
            }
        }
    }

    fn key(&mut self) -> String {
        const KEYS: [&str; 16] = [
            "u8",
            "uint",
            "int",
            "u16",
            "u32",
            "u64",
            "i8",
            "i16",
            "i32",
            "i64",
            "bool",
            "str",
            "data",
            "data[3]",
            "data[40]",
            "enum { LOW = 3 MID HIGH = 18446744073709551615 }",
        ];
        KEYS[self.choose(KEYS.len())].to_owned()
    }
}

fn union(members: &[String]) -> String {
    let members: Vec<String> =
        members.iter().enumerate().map(|(place, member)| format!("{member} = {}", place * 100)).collect();
    format!("union {{ {} }}", members.join(" | "))
}

/// A value of the type `id`.
pub(crate) fn value(schema: &Schema, id: TypeId) -> BoxedStrategy<Value> {
    match schema.ty(schema.resolve(id)) {
        Type::Primitive(primitive) => self::primitive(*primitive),
        Type::Data { len } => octets(*len),
        Type::Enum(body) => {
            let numbers: Vec<u64> = body.values.iter().map(|value| value.value).collect();
            select(numbers).prop_map(Value::Enum).boxed()
        }
        Type::Optional(inner) => proptest::option::of(value(schema, *inner))
            .prop_map(|value| Value::Optional(value.map(Box::new)))
            .boxed(),
        Type::List { element, len } => match schema.ty(schema.resolve(*element)) {
            Type::Primitive(Primitive::U8) => octets(*len),
            _ => vec(value(schema, *element), lengths(*len))
                .prop_map(|elements| Value::List(elements.into()))
                .boxed(),
        },
        Type::Map { key, value: held } => vec((value(schema, *key), value(schema, *held)), 0..20)
            .prop_map(|pairs| {
                let mut unique: Vec<(Value, Value)> = Vec::new();
                for pair in pairs {
                    if unique.iter().all(|(key, _)| *key != pair.0) {
                        unique.push(pair);
                    }
                }
                Value::Map(unique.into())
            })
            .boxed(),
        Type::Union(body) => {
            let members = body.members.iter().map(|member| {
                let tag = member.tag;
                value(schema, member.ty)
                    .prop_map(move |value| Value::Union { tag, value: Box::new(value) })
                    .boxed()
            });
            proptest::strategy::Union::new(members).boxed()
        }
        Type::Struct(body) => {
            let fields: Vec<_> = body.fields.iter().map(|field| value(schema, field.ty)).collect();
            fields.prop_map(|values| Value::Struct(values.into())).boxed()
        }
        Type::Named(_) => unreachable!("resolved above"),
    }
}

fn primitive(primitive: Primitive) -> BoxedStrategy<Value> {
    match primitive {
        Primitive::Uint | Primitive::U64 => unsigned(64),
        Primitive::U8 => unsigned(8),
        Primitive::U16 => unsigned(16),
        Primitive::U32 => unsigned(32),
        Primitive::Int | Primitive::I64 => signed(64),
        Primitive::I8 => signed(8),
        Primitive::I16 => signed(16),
        Primitive::I32 => signed(32),
        Primitive::F32 => prop_oneof![any::<u32>(), select(vec![0, 1 << 31, 0x7f80_0000, 0x7f80_0001])]
            .prop_map(|bits| Value::F32(f32::from_bits(bits)))
            .boxed(),
        Primitive::F64 => prop_oneof![any::<u64>(), any::<f64>().prop_map(f64::to_bits), Just(1 << 63)]
            .prop_map(|bits| Value::F64(f64::from_bits(bits)))
            .boxed(),
        Primitive::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Primitive::Str => "[a-c\"\\\\\n\u{0}é日😀]{0,4}".prop_map(|text| Value::Str(text.into())).boxed(),
        Primitive::Void => Just(Value::Void).boxed(),
    }
}

/// Numbers of up to `bits` bits, small and large ones alike.
fn unsigned(bits: u32) -> BoxedStrategy<Value> {
    (0..bits, any::<u64>())
        .prop_map(move |(shift, number)| Value::Uint((number >> (64 - bits)) >> shift))
        .boxed()
}

fn signed(bits: u32) -> BoxedStrategy<Value> {
    (0..bits, any::<i64>())
        .prop_map(move |(shift, number)| Value::Int((number >> (64 - bits)) >> shift))
        .boxed()
}

fn octets(len: Option<u64>) -> BoxedStrategy<Value> {
    vec(any::<u8>(), lengths(len)).prop_map(|octets| Value::Data(octets.into())).boxed()
}

fn lengths(len: Option<u64>) -> std::ops::Range<usize> {
    match len.and_then(|len| usize::try_from(len).ok()) {
        Some(len) => len..len + 1,
        None => 0..4,
    }
}
