//! Octets that are a value of a type, whatever the type is.
//!
//! They are written here without the codec that is tested: what is drawn is valid by the specification.

use std::collections::BTreeSet;

use arbitrary::{Result, Unstructured};
use barewire_syntax::ir::{Primitive, Schema, Type, TypeId};

/// How many octets a value may take, about.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Lists end when there are so many octets.
    pub room: usize,
    /// Lists repeat their elements until there are so many octets: values that are large and cheap to draw.
    pub fill: usize,
}

impl Size {
    /// Values of a few elements.
    pub const SMALL: Self = Self { room: 256, fill: 0 };
}

/// The octets of one value of `ty`.
///
/// # Errors
///
/// If the entropy is used up in a way that [`arbitrary`] does not make up for.
pub fn octets(schema: &Schema, ty: TypeId, u: &mut Unstructured<'_>, size: Size) -> Result<Vec<u8>> {
    let mut pen = Pen { schema, size, octets: Vec::new() };
    pen.value(ty, u)?;
    Ok(pen.octets)
}

struct Pen<'s> {
    schema: &'s Schema,
    size: Size,
    octets: Vec<u8>,
}

impl Pen<'_> {
    fn value(&mut self, ty: TypeId, u: &mut Unstructured<'_>) -> Result<()> {
        let schema = self.schema;
        match schema.ty(schema.resolve(ty)) {
            Type::Primitive(primitive) => self.primitive(*primitive, u)?,
            Type::Data { len: None } => {
                let data = if self.has_room() { payload(u)? } else { Vec::new() };
                self.counted(&data);
            }
            Type::Data { len: Some(len) } => {
                let octet: u8 = u.arbitrary()?;
                // A run of one octet and another in front: long data costs no entropy.
                self.octets.push(u.arbitrary()?);
                self.octets.extend(std::iter::repeat_n(octet, *len as usize - 1));
            }
            Type::Optional(inner) => {
                let is_set = self.has_room() && u.arbitrary()?;
                self.octets.push(u8::from(is_set));
                if is_set {
                    self.value(*inner, u)?;
                }
            }
            Type::List { element, len: None } => self.list(*element, u)?,
            Type::List { element, len: Some(len) } => {
                // Some of the elements are drawn, the others repeat the last one, which is small if there are many.
                for _ in 1..(*len).min(4) {
                    self.value(*element, u)?;
                }
                let room = self.size.room;
                if *len > 4 {
                    self.size.room = 0;
                }
                let start = self.octets.len();
                self.value(*element, u)?;
                self.size.room = room;
                self.repeat(start, len.saturating_sub(4) as usize);
            }
            Type::Map { key, value } => self.map(*key, *value, u)?,
            Type::Enum(body) => {
                let number = u.choose(&body.values)?.value;
                self.uint(number);
            }
            Type::Struct(body) => {
                for field in &body.fields {
                    self.value(field.ty, u)?;
                }
            }
            Type::Union(body) => {
                let member = u.choose(&body.members)?;
                self.uint(member.tag);
                if !schema.is_void(member.ty) {
                    self.value(member.ty, u)?;
                }
            }
            Type::Named(_) => unreachable!("resolved"),
        }
        Ok(())
    }

    fn has_room(&self) -> bool {
        self.octets.len() < self.size.room
    }

    /// A count, and behind it elements that are all drawn, or of which the last is repeated.
    fn list(&mut self, element: TypeId, u: &mut Unstructured<'_>) -> Result<()> {
        let drawn = self.count(u)?;
        let start = self.octets.len();
        let mut last = start;
        for _ in 0..drawn {
            last = self.octets.len();
            self.value(element, u)?;
        }
        let mut count = drawn;
        if drawn > 0 && u.arbitrary()? {
            let more = self.size.fill.saturating_sub(self.octets.len()) / (self.octets.len() - last).max(1);
            self.repeat(last, more);
            count += more;
        }
        self.insert_count(start, count);
        Ok(())
    }

    fn map(&mut self, key: TypeId, value: TypeId, u: &mut Unstructured<'_>) -> Result<()> {
        let drawn = self.count(u)?;
        let start = self.octets.len();
        let (mut keys, mut number) = (BTreeSet::new(), 0);
        for _ in 0..drawn {
            let pair = self.octets.len();
            self.value(key, u)?;
            self.pair(&mut keys, pair, value, u)?;
        }
        if drawn > 0 && u.arbitrary()? {
            while self.octets.len() < self.size.fill && number < self.size.fill as u64 {
                let pair = self.octets.len();
                // Pairs of neighbours stand in the wrong order: such keys have to be sorted.
                self.numbered_key(key, number ^ 1);
                self.pair(&mut keys, pair, value, u)?;
                number += 1;
            }
        }
        self.insert_count(start, keys.len());
        Ok(())
    }

    /// Completes the pair whose key stands from `pair` on, unless the map has the key.
    fn pair(
        &mut self,
        keys: &mut BTreeSet<Vec<u8>>,
        pair: usize,
        value: TypeId,
        u: &mut Unstructured<'_>,
    ) -> Result<()> {
        if keys.insert(self.octets[pair..].to_vec()) {
            return self.value(value, u);
        }
        self.octets.truncate(pair);
        Ok(())
    }

    /// A key that takes few octets and is another for another number, as far as the type has so many.
    fn numbered_key(&mut self, key: TypeId, number: u64) {
        match self.schema.ty(self.schema.resolve(key)) {
            Type::Primitive(Primitive::Str) => self.counted(number.to_string().as_bytes()),
            Type::Primitive(Primitive::Uint | Primitive::Int) => self.uint(number),
            Type::Primitive(Primitive::Bool) => self.octets.push(number as u8 & 1),
            Type::Primitive(primitive) => {
                self.octets.extend_from_slice(&number.to_le_bytes()[..width(*primitive)])
            }
            Type::Data { len: None } => self.counted(number.to_string().as_bytes()),
            Type::Data { len: Some(len) } => {
                let octets = number.to_le_bytes().into_iter().chain(std::iter::repeat(0));
                self.octets.extend(octets.take(*len as usize));
            }
            Type::Enum(body) => {
                let value = body.values[number as usize % body.values.len()].value;
                self.uint(value);
            }
            Type::Optional(_)
            | Type::List { .. }
            | Type::Map { .. }
            | Type::Struct(_)
            | Type::Union(_)
            | Type::Named(_) => {
                unreachable!("checked: no key of a map")
            }
        }
    }

    /// Mostly few, and nothing once the value is large.
    fn count(&self, u: &mut Unstructured<'_>) -> Result<usize> {
        if !self.has_room() {
            return Ok(0);
        }
        match u.arbitrary::<u8>()? {
            few @ 0..=199 => Ok(usize::from(few % 5)),
            // More than a map compares pairwise.
            many => Ok(usize::from(many - 190)),
        }
    }

    /// Repeats what stands from `start` on.
    fn repeat(&mut self, start: usize, times: usize) {
        let element = self.octets[start..].to_vec();
        for _ in 0..times {
            self.octets.extend_from_slice(&element);
        }
    }

    fn insert_count(&mut self, start: usize, count: usize) {
        let elements = self.octets.split_off(start);
        self.uint(count as u64);
        self.octets.extend(elements);
    }

    fn counted(&mut self, data: &[u8]) {
        self.uint(data.len() as u64);
        self.octets.extend_from_slice(data);
    }

    fn uint(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.octets.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.octets.push(number as u8);
    }

    fn primitive(&mut self, primitive: Primitive, u: &mut Unstructured<'_>) -> Result<()> {
        match primitive {
            Primitive::Uint | Primitive::Int => {
                // Shifted, so that every length is as likely as any other.
                let number = u.arbitrary::<u64>()? >> u.int_in_range(0..=63)?;
                self.uint(number);
            }
            Primitive::Bool => self.octets.push(u.arbitrary::<u8>()? & 1),
            Primitive::Str => {
                let text = if self.has_room() { text(u)? } else { String::new() };
                self.counted(text.as_bytes());
            }
            Primitive::Void => {}
            fixed => {
                for _ in 0..width(fixed) {
                    self.octets.push(u.arbitrary()?);
                }
            }
        }
        Ok(())
    }
}

/// The octets of a number of fixed width.
fn width(primitive: Primitive) -> usize {
    match primitive {
        Primitive::U8 | Primitive::I8 => 1,
        Primitive::U16 | Primitive::I16 => 2,
        Primitive::U32 | Primitive::I32 | Primitive::F32 => 4,
        Primitive::U64 | Primitive::I64 | Primitive::F64 => 8,
        Primitive::Uint | Primitive::Int | Primitive::Bool | Primitive::Str | Primitive::Void => {
            unreachable!("of no fixed width, or handled before")
        }
    }
}

/// Text whose length is often at an edge: 38 octets are held inline, 39 are not, 128 take a longer count.
fn text(u: &mut Unstructured<'_>) -> Result<String> {
    let len = len(u)?;
    let letter = *u.choose(&['a', '\0', '"', 'é', '\u{800}', '\u{10ffff}'])?;
    let first: char = u.arbitrary()?;
    let mut text = String::from(if len == 0 { "" } else { "x" });
    if len > 4 {
        text.push(first);
    }
    while text.len() + letter.len_utf8() <= len {
        text.push(letter);
    }
    Ok(text)
}

fn payload(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let len = len(u)?;
    let octet = u.arbitrary()?;
    Ok(vec![octet; len])
}

fn len(u: &mut Unstructured<'_>) -> Result<usize> {
    u.choose(&[0, 0, 1, 2, 5, 38, 39, 127, 128, 200]).copied()
}
