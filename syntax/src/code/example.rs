//! For each code a mistake that gives it, and the same thing done right.

use super::Code;

/// One way to write something, as one file or several.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Example {
    /// The text of one schema.
    Schema(&'static str),
    /// The files of a family: their names and texts.
    Family(&'static [(&'static str, &'static str)]),
    /// What it would be, in words: it is too long to be shown, or no text.
    Words(&'static str),
}

/// What is wrong and what is right.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Examples {
    /// Gives the code.
    pub wrong: Example,
    /// Gives no finding at all.
    pub right: Example,
}

use Example::{Family, Schema, Words};

/// The examples of a code of this crate.
pub(super) fn of(code: Code) -> Option<&'static Examples> {
    let at = EXAMPLES.binary_search_by(|(own, _)| (*own).cmp(code.as_str())).ok()?;
    Some(&EXAMPLES[at].1)
}

const fn schemas(wrong: &'static str, right: &'static str) -> Examples {
    Examples { wrong: Schema(wrong), right: Schema(right) }
}

const V1: (&str, &str) = ("v1.bare", "type Ping struct { sequence: u32 }\n");
const V3: (&str, &str) = ("v3.bare", "type Ping struct { sequence: u64 }\n");
const V2: (&str, &str) = ("v2.bare", V3.1);
const FROZEN: (&str, &str) = ("frozen.txt", "v1 frozen\nv1 Ping struct{sequence:u32}\n");

/// In ascending order.
static EXAMPLES: &[(&str, Examples)] = &[
    (
        "B001",
        Examples {
            wrong: Words("a file of more than 16 MiB"),
            right: Words("several families, each in a directory of its own"),
        },
    ),
    ("B002", schemas("type Größe u32\n", "# Größe\ntype Size u32\n")),
    ("B003", schemas("type Size\u{b}u32\n", "type Size u32\n")),
    ("B004", schemas("type Size u32 // in octets\n", "type Size u32 # in octets\n")),
    ("B005", schemas("# types will follow\n", "type Size u32\n")),
    (
        "B006",
        schemas(
            "include types\ntype Ping struct { sequence: u32 }\n",
            "type Ping struct { sequence: u32 }\n",
        ),
    ),
    ("B007", schemas("type ping struct { sequence: u32 }\n", "type Ping struct { sequence: u32 }\n")),
    ("B008", schemas("type Ping struct { sequence: }\n", "type Ping struct { sequence: u32 }\n")),
    ("B009", schemas("type Name string\n", "type Name str\n")),
    ("B010", schemas("type Names []str\n", "type Names list<str>\n")),
    ("B011", schemas("type Names map<str, u8>\n", "type Names map<str><u8>\n")),
    ("B012", schemas("type Id union { u32 = 1 | str = 1 }\n", "type Id union { u32 = 1 | str = 2 }\n")),
    ("B013", schemas("type Hash data[]\n", "type Hash data[32]\n")),
    ("B014", schemas("type Ping struct { sequence: u32\n", "type Ping struct { sequence: u32 }\n")),
    ("B015", schemas("type Ping struct { 1st: u32 }\n", "type Ping struct { first: u32 }\n")),
    ("B016", schemas("type Ping struct { sequence u32 }\n", "type Ping struct { sequence: u32 }\n")),
    ("B017", schemas("type Color enum { red }\n", "type Color enum { RED }\n")),
    ("B018", schemas("type Color enum { RED = -1 }\n", "type Color enum { RED = 1 }\n")),
    ("B019", schemas("type Id union { u32 str }\n", "type Id union { u32 | str }\n")),
    ("B020", schemas("type Point struct { x: i32, y: i32 }\n", "type Point struct { x: i32 y: i32 }\n")),
    (
        "B021",
        Examples {
            wrong: Words("129 types written inside each other, as in `type Deep optional<optional<…<u8>…>>`"),
            right: Words(
                "an inner part with a name of its own: `type Inner optional<…<u8>…>`, `type Deep optional<…<Inner>…>`",
            ),
        },
    ),
    ("B022", schemas("type Id union u32 | str\n", "type Id union { u32 | str }\n")),
    (
        "B023",
        Examples {
            wrong: Words("a file in Latin-1, in which `é` in a comment is the one octet e9"),
            right: Words("the same file in UTF-8, in which it is the two octets c3 a9"),
        },
    ),
    ("B030", schemas("type Flags list<void>\n", "type Flags list<bool>\n")),
    ("B031", schemas("type Color enum { }\n", "type Color enum { RED }\n")),
    ("B032", schemas("type Color enum { RED RED }\n", "type Color enum { RED GREEN }\n")),
    ("B033", schemas("type Color enum { RED = 1 GREEN = 1 }\n", "type Color enum { RED = 1 GREEN = 2 }\n")),
    ("B034", schemas("type Color enum { RED = 2 GREEN = 1 }\n", "type Color enum { GREEN = 1 RED = 2 }\n")),
    (
        "B035",
        schemas(
            "type Color enum { RED = 18446744073709551616 }\n",
            "type Color enum { RED = 18446744073709551615 }\n",
        ),
    ),
    ("B036", schemas("type Hash data[0]\n", "type Hash data[32]\n")),
    ("B037", schemas("type Hash data[18446744073709551616]\n", "type Hash data[32]\n")),
    ("B038", schemas("type Names map<f64><str>\n", "type Names map<u64><str>\n")),
    ("B039", schemas("type Id union { }\n", "type Id union { u32 }\n")),
    (
        "B040",
        schemas(
            "type Id union { str | str }\n",
            "type Name str\ntype Code str\ntype Id union { Name | Code }\n",
        ),
    ),
    ("B041", schemas("type Id union { u32 = 2 | str = 1 }\n", "type Id union { str = 1 | u32 = 2 }\n")),
    (
        "B042",
        schemas(
            "type Id union { u32 = 18446744073709551616 }\n",
            "type Id union { u32 = 18446744073709551615 }\n",
        ),
    ),
    ("B043", schemas("type Ping struct { }\n", "type Ping void\n")),
    ("B044", schemas("type Point struct { x: i32 x: i32 }\n", "type Point struct { x: i32 y: i32 }\n")),
    ("B045", schemas("type Ping struct { id: Id }\n", "type Id u32\ntype Ping struct { id: Id }\n")),
    (
        "B046",
        schemas("type Ping struct { id: Id }\ntype Id u32\n", "type Id u32\ntype Ping struct { id: Id }\n"),
    ),
    (
        "B047",
        schemas(
            "type Tree struct { children: list<Tree> }\n",
            "type Node struct { parent: optional<uint> }\n# A parent is the place of a node in this list.\ntype Tree list<Node>\n",
        ),
    ),
    ("B048", schemas("type Id u32\ntype Id str\n", "type Id u32\ntype Name str\n")),
    ("B049", schemas("type Ping struct { Sequence: u32 }\n", "type Ping struct { sequence: u32 }\n")),
    ("B050", Examples { wrong: Family(&[V1, V3]), right: Family(&[V1, V2]) }),
    (
        "B051",
        Examples {
            wrong: Family(&[FROZEN, ("v1.bare", "type Ping struct { sequence: u64 }\n")]),
            right: Family(&[FROZEN, V1, V2]),
        },
    ),
    ("B052", Examples { wrong: Family(&[FROZEN, V2]), right: Family(&[FROZEN, V1, V2]) }),
    (
        "B053",
        Examples {
            wrong: Family(&[("frozen.txt", "v1 Ping struct{sequence:u32}\n"), V1]),
            right: Family(&[FROZEN, V1]),
        },
    ),
];
