//! Schema texts that the language accepts, with all its forms and with names that are hard to respell.

use arbitrary::{Result, Unstructured};

/// What a definition that later ones may refer to can be used for.
#[derive(Clone, Copy, PartialEq)]
enum Use {
    /// Only as a union member.
    Void,
    /// Also as the key of a map.
    Key,
    Other,
}

/// A type as text.
struct Written {
    text: String,
    of: Use,
    /// About the fewest octets of a value, so that fixed lists in fixed lists stay small.
    len: usize,
}

struct Draft {
    definitions: Vec<(String, Use, usize)>,
}

/// Type names: the first ones often, the others are names that Rust or the generator have use for.
const TYPES: [&str; 24] = [
    "A",
    "B",
    "C",
    "D",
    "Order",
    "Item",
    "Self",
    "String",
    "Option",
    "Vec",
    "Result",
    "Some",
    "Box",
    "Str",
    "Map",
    "Bytes",
    "Reader",
    "OrderView",
    "AView",
    "Decode",
    "Message",
    "Type",
    "Ok",
    "S",
];

/// Field names, likewise.
const FIELDS: [&str; 22] = [
    "a", "b", "c", "id", "name", "type", "self", "fooBar", "foo_bar", "data", "len", "r", "s", "match",
    "crate", "value", "tag", "encode", "x1", "async", "void", "struct",
];

const KEYS: [(&str, usize); 13] = [
    ("u8", 1),
    ("str", 1),
    ("uint", 1),
    ("u16", 2),
    ("u32", 4),
    ("u64", 8),
    ("int", 1),
    ("i8", 1),
    ("i16", 2),
    ("i32", 4),
    ("i64", 8),
    ("bool", 1),
    ("data", 1),
];

/// The most octets that the smallest value of a drawn type takes, about.
const SMALL: usize = 512;

/// How deep types stand in types, without user types.
const DEPTH: usize = 4;

/// A schema of one to eight definitions.
///
/// # Errors
///
/// If the entropy is used up in a way that [`arbitrary`] does not make up for.
pub fn schema(u: &mut Unstructured<'_>) -> Result<String> {
    let mut draft = Draft { definitions: Vec::new() };
    let mut text = String::new();
    for index in 0..u.int_in_range(1..=8)? {
        let name = match u.choose(&TYPES)? {
            taken if draft.definitions.iter().any(|(name, ..)| name == taken) => format!("T{index}"),
            free => (*free).to_owned(),
        };
        let written = draft.definition(u)?;
        text.push_str(&format!("type {name} {}\n", written.text));
        draft.definitions.push((name, written.of, written.len));
    }
    Ok(text)
}

impl Draft {
    fn definition(&self, u: &mut Unstructured<'_>) -> Result<Written> {
        match u.int_in_range(0..=9)? {
            0 => Ok(written("void", Use::Void, 0)),
            1..=5 => self.structure(u, DEPTH),
            6 | 7 => self.union(u, DEPTH),
            _ => self.ty(u, DEPTH),
        }
    }

    /// A type that is not void.
    fn ty(&self, u: &mut Unstructured<'_>, depth: usize) -> Result<Written> {
        let forms = if depth == 0 { 5 } else { 15 };
        Ok(match u.int_in_range(0..=forms)? {
            0 | 1 => self.key(u)?,
            2 => self.named(u, |of| of != Use::Void)?.unwrap_or_else(|| written("str", Use::Key, 1)),
            3 => written("f32", Use::Other, 4),
            4 => written("f64", Use::Other, 8),
            5 => written("str", Use::Key, 1),
            6 | 7 => wrapped("optional", self.ty(u, depth - 1)?, 1),
            8 | 9 => wrapped("list", self.ty(u, depth - 1)?, 1),
            10 => {
                let element = self.ty(u, depth - 1)?;
                let len = fixed_len(u)?.min(SMALL / element.len.max(1)).max(1);
                let text = format!("list<{}>[{len}]", element.text);
                Written { text, of: Use::Other, len: len * element.len }
            }
            11 | 12 => {
                let (key, value) = (self.key(u)?, self.ty(u, depth - 1)?);
                Written { text: format!("map<{}><{}>", key.text, value.text), of: Use::Other, len: 1 }
            }
            13 => enumeration(u)?,
            14 => self.structure(u, depth - 1)?,
            _ => self.union(u, depth - 1)?,
        })
    }

    /// A type that may be the key of a map.
    fn key(&self, u: &mut Unstructured<'_>) -> Result<Written> {
        Ok(match u.int_in_range(0..=11)? {
            0 => enumeration(u)?,
            1 => self.named(u, |of| of == Use::Key)?.unwrap_or_else(|| written("u8", Use::Key, 1)),
            2 => {
                // The longest are held on the heap.
                let len = if u.ratio(1, 8)? { 300 } else { fixed_len(u)? };
                Written { text: format!("data[{len}]"), of: Use::Key, len }
            }
            _ => {
                let (text, len) = u.choose(&KEYS)?;
                written(text, Use::Key, *len)
            }
        })
    }

    /// One of the definitions so far for which `wanted` holds.
    fn named(&self, u: &mut Unstructured<'_>, wanted: impl Fn(Use) -> bool) -> Result<Option<Written>> {
        let wanted: Vec<_> =
            self.definitions.iter().filter(|(_, of, len)| wanted(*of) && *len <= SMALL).collect();
        if wanted.is_empty() {
            return Ok(None);
        }
        let (name, of, len) = u.choose(&wanted)?;
        Ok(Some(written(name, *of, *len)))
    }

    fn structure(&self, u: &mut Unstructured<'_>, depth: usize) -> Result<Written> {
        let mut fields: Vec<(String, Written)> = Vec::new();
        for index in 0..u.int_in_range(1..=6)? {
            let name = match u.choose(&FIELDS)? {
                taken if fields.iter().any(|(name, _)| name == taken) => format!("f{index}"),
                free => (*free).to_owned(),
            };
            fields.push((name, self.ty(u, depth)?));
        }
        let len = fields.iter().map(|(_, ty)| ty.len).sum();
        let fields: Vec<_> = fields.iter().map(|(name, ty)| format!("{name}: {}", ty.text)).collect();
        Ok(Written { text: format!("struct {{ {} }}", fields.join(" ")), of: Use::Other, len })
    }

    fn union(&self, u: &mut Unstructured<'_>, depth: usize) -> Result<Written> {
        let mut members: Vec<Written> = Vec::new();
        let mut text = Vec::new();
        let mut tag = 0_u64;
        for _ in 0..u.int_in_range(1..=5)? {
            let member = match u.int_in_range(0..=5)? {
                0 => self.named(u, |of| of == Use::Void)?.unwrap_or_else(|| written("void", Use::Void, 0)),
                1 | 2 => match self.named(u, |of| of != Use::Void)? {
                    Some(named) => named,
                    None => self.structure(u, depth)?,
                },
                _ => self.ty(u, depth)?,
            };
            // No type may stand in a union twice.
            if members.iter().any(|other| other.text == member.text) {
                continue;
            }
            text.push(numbered(u, &member.text, &mut tag)?);
            members.push(member);
        }
        let len = 1 + members.iter().map(|member| member.len).min().unwrap_or(0);
        Ok(Written { text: format!("union {{ {} }}", text.join(" | ")), of: Use::Other, len })
    }
}

fn written(text: &str, of: Use, len: usize) -> Written {
    Written { text: text.to_owned(), of, len }
}

fn wrapped(form: &str, inner: Written, len: usize) -> Written {
    Written { text: format!("{form}<{}>", inner.text), of: Use::Other, len }
}

fn enumeration(u: &mut Unstructured<'_>) -> Result<Written> {
    let mut values = Vec::new();
    let mut number = 0_u64;
    for index in 0..u.int_in_range(1..=5)? {
        let name = u.choose(&["A", "B_", "SELF", "V1_0", "V10"])?;
        values.push(numbered(u, &format!("{name}{index}"), &mut number)?);
    }
    Ok(Written { text: format!("enum {{ {} }}", values.join(" ")), of: Use::Key, len: 1 })
}

/// `item`, sometimes with a number that is written out; `next` is the lowest that it may have.
fn numbered(u: &mut Unstructured<'_>, item: &str, next: &mut u64) -> Result<String> {
    let steps = [0_u64, 0, 0, 1, 100, 1 << 14, 1 << 40];
    let step = *u.choose(&steps)?;
    let number = *next + step;
    *next = number + 1;
    Ok(if step == 0 { item.to_owned() } else { format!("{item} = {number}") })
}

/// Lengths on both sides of what is held in an array.
fn fixed_len(u: &mut Unstructured<'_>) -> Result<usize> {
    u.choose(&[1, 2, 3, 4, 16, 32, 33, 40]).copied()
}
